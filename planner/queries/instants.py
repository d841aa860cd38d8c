"""By which instant a row counts as recorded: the one place where `recorded_at` is compared with a past instant."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_

from planner.models import ClockCorrection


def known_by(recorded_at: Any, instant: datetime) -> ColumnElement[bool]:
    """The condition under which a row was known at an instant, given its column of instants.

    A row counts from the instant it bears. Where a wrong clock gave it that instant and this was corrected, it counts
    from the instant of the correction.
    """
    corrected = exists().where(
        and_(
            ClockCorrection.false_from <= recorded_at,
            ClockCorrection.false_until >= recorded_at,
            ClockCorrection.counts_from <= instant,
        )
    )
    condition: ColumnElement[bool] = or_(recorded_at <= instant, corrected)
    return condition
