"""The reasons for moved dates: the latest change of each date since a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from planner.queries.effective_records import is_effective
from planner.register.instants import recorded_until
from planner.register.item_rows import is_item_of
from planner.register.reading import Reading
from planner.store.models import DateChange, Item

# The key of a date: the item's id, and the milestone's id. The latter is None for the item's own due date.
Dated = tuple[int, int | None]


@dataclass(frozen=True)
class DateChangeView:
    """A date change: its as-of date, the reason given, and the login of the person who recorded it."""

    as_of: date
    reason: str
    actor: str


def read_date_changes(reading: Reading, since: date) -> dict[Dated, DateChangeView]:
    """Return the latest change of each date that moved after the day `since`, as known at the point in time."""
    statement = (
        select(DateChange)
        .join(Item, Item.id == DateChange.item_id)
        .where(
            is_item_of(reading.plan.id),
            DateChange.as_of > since,
            *recorded_until(DateChange, reading.as_of, reading.known_at),
            is_effective(DateChange, reading.known_at),
        )
        .order_by(DateChange.as_of, DateChange.id)
    )
    return {
        (row.item_id, row.milestone_id): DateChangeView(row.as_of, row.reason, row.actor)
        for row in reading.session.execute(statement).scalars()
    }
