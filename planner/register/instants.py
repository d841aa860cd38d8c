"""Conditions on the recorded instant of rows: whether a row was known at a past instant. No other module has them."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, not_, or_, select
from sqlalchemy.orm import Session

from planner.store.models import Instant

# A past instant, or the parameter of a statement that is built once.
PastInstant = datetime | BindParameter[datetime]

KNOWN_AT: BindParameter[datetime] = bindparam("known_at", type_=Instant())


def known_at_parameter(in_past: bool) -> BindParameter[datetime] | None:
    """Return the parameter `known_at` of a statement for reads in the past. Return None if all rows are read."""
    return KNOWN_AT if in_past else None


def known_by(recorded_at: Any, instant: PastInstant) -> ColumnElement[bool]:
    """Return the condition that a row was known at an instant. `recorded_at` is the column with its recorded instant.

    A row counts from its recorded instant. If a wrong clock recorded that instant and this was corrected, the row
    counts from the instant that the correction names.
    """
    from planner.store.models import ClockCorrection  # mapped only to read as known at a past instant

    corrected = exists().where(
        and_(
            ClockCorrection.false_from <= recorded_at,
            ClockCorrection.false_until >= recorded_at,
            ClockCorrection.counts_from <= instant,
        )
    )
    # docs/decisions/0003: a correction decides from when an event counts, not its own instant.
    condition: ColumnElement[bool] = or_(recorded_at <= instant, corrected)
    return condition


# A span of time: what was recorded after its first instant and up to its last one.
Late = tuple[datetime, datetime]


def recorded_in(recorded_at: Any, span: Late) -> ColumnElement[bool]:
    """Return the condition that a row was recorded in a span of time. `recorded_at` is the column with its instant."""
    after, until = span
    return and_(not_(known_by(recorded_at, after)), known_by(recorded_at, until))


def recorded_until(history: Any, as_of: date | BindParameter[date], known_at: PastInstant | None) -> list[Any]:
    """Return the conditions that a history row is dated on or before a day and was known at an instant."""
    until = [history.as_of <= as_of]
    return until if known_at is None else [*until, known_by(history.recorded_at, known_at)]


def effective_instants(session: Session) -> Callable[[datetime], datetime]:
    """Return a function that corrects a recorded instant if a wrong clock recorded it.

    The rule is that of `known_by`, but for rows that are already in memory.
    """
    from planner.store.models import ClockCorrection

    corrections = session.execute(
        select(ClockCorrection.false_from, ClockCorrection.false_until, ClockCorrection.counts_from)
    ).all()

    def counted(recorded_at: datetime) -> datetime:
        right = (counts for since, until, counts in corrections if since <= recorded_at <= until)
        return min(recorded_at, min(right, default=recorded_at))

    return counted
