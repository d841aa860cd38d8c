"""How often the dates and rows of items were changed, and when the last record about each item was made.

A calendar program that already received a date must be able to tell a newer version from an older one. Records are only
ever added, so these counts never go down.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from planner.queries.history.log_subjects import item_by_row
from planner.register.instants import known_by
from planner.register.item_rows import is_item_of
from planner.register.reading import Reading
from planner.store.models import AuditEvent, DateChange, Item, Milestone, Withdrawal

# The owner of a date: the item's id, and the milestone's id or None for the item's own due date.
Owner = tuple[int, int | None]

# The tables whose rows are about the dates of an item, or about meeting these dates.
_TABLES = (
    "item",
    "milestone",
    "date_change",
    "milestone_report",
    "status_update",
    "completion_confirmation",
    "withdrawal",
)


@dataclass(frozen=True)
class Revisions:
    """How often each date of a plan was changed, and when the last record about each item was made, by item id."""

    changes: Counter[Owner]
    recorded: dict[int, datetime]


def read_revisions(reading: Reading) -> Revisions:
    """Return the revisions of a plan's dates as known at a point in time.

    Each date change, each withdrawal of a date change, and each edit of the item's or milestone's own row counts as one
    revision.
    """
    return Revisions(
        changes=_moves(reading) + _edits_of_items(reading) + _edits_of_milestones(reading),
        recorded=_recorded(reading),
    )


def _moves(reading: Reading) -> Counter[Owner]:
    moves: Any = (
        select(DateChange.item_id, DateChange.milestone_id)
        .join(Item, Item.id == DateChange.item_id)
        .where(is_item_of(reading.plan.id), DateChange.as_of <= reading.as_of)
    )
    withdrawn = moves.join(Withdrawal, Withdrawal.date_change_id == DateChange.id)
    known = (_known(moves, DateChange, reading.known_at), _known(withdrawn, Withdrawal, reading.known_at))
    return Counter((item, milestone) for statement in known for item, milestone in reading.session.execute(statement))


def _edits_of_items(reading: Reading) -> Counter[Owner]:
    edits = _edits("item").join(Item, Item.id == AuditEvent.row_id).where(is_item_of(reading.plan.id))
    return Counter(
        {(item, None): count for item, count in reading.session.execute(_known(edits, AuditEvent, reading.known_at))}
    )


def _edits_of_milestones(reading: Reading) -> Counter[Owner]:
    edits = (
        _edits("milestone")
        .add_columns(Milestone.item_id)
        .join(Milestone, Milestone.id == AuditEvent.row_id)
        .join(Item, Item.id == Milestone.item_id)
        .where(is_item_of(reading.plan.id))
        .group_by(Milestone.item_id)
    )
    found = reading.session.execute(_known(edits, AuditEvent, reading.known_at))
    return Counter({(item, milestone): count for milestone, count, item in found})


def _edits(table: str) -> Any:
    """Select the id of each row of a table, and how often the row was edited. Adding the row does not count."""
    count = (func.count() - 1).label("edits")
    return select(AuditEvent.row_id, count).where(AuditEvent.table_name == table).group_by(AuditEvent.row_id)


def _recorded(reading: Reading) -> dict[int, datetime]:
    newest: dict[int, datetime] = {}
    for table in _TABLES:
        pair = item_by_row()[table]
        statement = (
            select(pair.c.item, func.max(AuditEvent.recorded_at))
            .join(pair, pair.c.row == AuditEvent.row_id)
            .join(Item, Item.id == pair.c.item)
            .where(AuditEvent.table_name == table, is_item_of(reading.plan.id))
            .group_by(pair.c.item)
        )
        for item, instant in reading.session.execute(_known(statement, AuditEvent, reading.known_at)):
            newest[item] = max(instant, newest.get(item, instant))
    return newest


def _known(statement: Select[Any], history: Any, known_at: datetime | None) -> Select[Any]:
    return statement if known_at is None else statement.where(known_by(history.recorded_at, known_at))
