"""Moved dates with their reasons: the latest change of each date since a day, and changes with an earlier day."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from planner.base.views import value_class
from planner.register.effective_records import is_effective
from planner.register.instants import Late, recorded_in, recorded_until
from planner.register.item_rows import is_item_of
from planner.register.raw_rows import columns, raw_rows
from planner.register.reading import Reading
from planner.store.models import DateChange, Item

# The key of a date: the item's id, and the milestone's id. The latter is None for the item's own due date.
Dated = tuple[int, int | None]


@value_class
class DateChangeView:
    """A change of a date: which date, its as-of date, the values before and after, the reason, who and when."""

    dated: Dated
    as_of: date
    old: date
    new: date
    reason: str
    actor: str
    recorded_at: datetime


def read_date_changes(reading: Reading, since: date) -> dict[Dated, DateChangeView]:
    """Return the latest change of each date that moved after the day `since`, as known at the point in time."""
    changes = _changes(reading, reading.as_of).where(columns(DateChange).as_of > since)
    return {change.dated: change for change in _views(reading, changes)}


def read_dates_moved_late(reading: Reading, before: date, late: Late) -> Sequence[DateChangeView]:
    """Return the date changes that hold from `before` or an earlier day and were recorded in a span, in order."""
    return _views(reading, _changes(reading, before).where(recorded_in(columns(DateChange).recorded_at, late)))


def _changes(reading: Reading, until: date) -> Select[Any]:
    own = columns(DateChange)
    return (
        select(*own)
        .join_from(DateChange.__table__, Item.__table__, columns(Item).id == own.item_id)
        .where(
            is_item_of(reading.plan.id),
            *recorded_until(own, until, reading.known_at),
            is_effective(DateChange, reading.known_at),
        )
        .order_by(own.as_of, own.id)
    )


def _views(reading: Reading, changes: Select[Any]) -> list[DateChangeView]:
    return [date_change_view(row) for row in raw_rows(reading.session, changes)]


def date_change_view(row: Any) -> DateChangeView:
    """Return a row of a changed date as a view."""
    dated = (row.item_id, row.milestone_id)
    return DateChangeView(dated, row.as_of, row.old_date, row.new_date, row.reason, row.actor, row.recorded_at)
