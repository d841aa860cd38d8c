"""The writes between two instants that may have changed the state of items on a day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.queries.history.log_subjects import item_by_row
from planner.store.models import AuditEvent, table_called

# Tables that items refer to. A write to one of them may affect any item.
_REFERRED_TO = ("clause", "link", "mandate", "measure", "organisation", "plan", "theme")

# The number of items in one statement, because databases limit the length of a list.
_AT_A_TIME = 1_000


@dataclass(frozen=True, order=True)
class Write:
    """One write, which may have changed several rows. No two writes have the same instant."""

    recorded_at: datetime
    actor: str


@value_class
class Span:
    """The time after one instant and up to another, inclusive. Records dated after `as_of` are left out."""

    after: datetime
    until: datetime
    as_of: date


def read_writes(session: Session, items: Sequence[int], span: Span) -> dict[int, tuple[Write, ...]]:
    """Return the writes that may have changed an item's state on the as-of date, by item id, oldest first.

    These are the writes to the item's own rows and to rows that items refer to. Some of them may have changed nothing.
    """
    shared_writes = set(_writes(session, _within(select(AuditEvent.recorded_at, AuditEvent.actor), span, _REFERRED_TO)))
    # Few tables were written to, and a statement for each other one would only have to be compiled.
    written = set(session.execute(_within(select(AuditEvent.table_name), span, tuple(item_by_row()))).scalars())
    tables = [table for table in item_by_row() if table in written]
    found: dict[int, set[Write]] = defaultdict(set)
    for start in range(0, len(items), _AT_A_TIME):
        for table in tables:
            statement = _writes_to_table(table, items[start : start + _AT_A_TIME], span)
            for recorded_at, actor, item in session.execute(statement):
                found[item].add(Write(recorded_at, actor))
    return {item: tuple(sorted(found[item] | shared_writes)) for item in items}


def _writes(session: Session, statement: Any) -> Iterator[Write]:
    for recorded_at, actor in session.execute(statement):
        yield Write(recorded_at, actor)


def _writes_to_table(table: str, items: Sequence[int], span: Span) -> Any:
    """Select the writes to those rows of a table that belong to these items, each with the id of its item."""
    pair, rows = item_by_row()[table], table_called(table)
    statement = (
        select(AuditEvent.recorded_at, AuditEvent.actor, pair.c.item)
        .join(pair, pair.c.row == AuditEvent.row_id)
        .where(pair.c.item.in_(items))
    )
    if rows is not None and "as_of" in rows.c:
        statement = statement.join(rows, rows.c.id == AuditEvent.row_id).where(rows.c.as_of <= span.as_of)
    return _within(statement, span, (table,))


def _within(statement: Any, span: Span, tables: Sequence[str]) -> Any:
    recorded = AuditEvent.recorded_at
    return statement.where(recorded > span.after, recorded <= span.until, AuditEvent.table_name.in_(tables)).distinct()
