"""Whether anything was reported about a plan's items in a span of days."""

from datetime import date
from typing import Any

from sqlalchemy import select

from planner.queries.history.log_subjects import item_by_row
from planner.register.effective_records import is_effective
from planner.register.instants import known_by
from planner.register.item_rows import is_item_of
from planner.register.reading import Reading
from planner.store.models import DateChange, Item, MilestoneReport, Observation, StatusUpdate

_HISTORIES: tuple[Any, ...] = (StatusUpdate, MilestoneReport, DateChange, Observation)


def anything_recorded(reading: Reading, first: date) -> bool:
    """Return whether a report, milestone, date change or value is dated from `first` to the as-of date.

    Only effective rows are considered.
    """
    return any(reading.session.execute(_first_record(reading, history, first)).first() for history in _HISTORIES)


def _first_record(reading: Reading, history: Any, first: date) -> Any:
    pair = item_by_row()[history.__tablename__]
    statement = (
        select(history.id)
        .join(pair, pair.c.row == history.id)
        .join(Item, Item.id == pair.c.item)
        .where(
            is_item_of(reading.plan.id),
            history.as_of.between(first, reading.as_of),
            is_effective(history, reading.known_at),
        )
        .limit(1)
    )
    return statement if reading.known_at is None else statement.where(known_by(history.recorded_at, reading.known_at))
