"""By which instant a row counts as recorded: the one place where `recorded_at` is compared with a past instant."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

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


def instants_counted(session: Session) -> Callable[[datetime], datetime]:
    """The instant from which a row counts, given the one it bears: the same rule, for rows that were read already."""
    corrections = session.execute(
        select(ClockCorrection.false_from, ClockCorrection.false_until, ClockCorrection.counts_from)
    ).all()

    def counted(recorded_at: datetime) -> datetime:
        right = (counts for since, until, counts in corrections if since <= recorded_at <= until)
        return min(recorded_at, min(right, default=recorded_at))

    return counted
