"""Who wrote what between two instants that bears on some items as they stood on a day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import AuditEvent, Base
from planner.queries.log_subjects import item_by_row

# What items refer to: a write to one of these may bear on any of them.
_AROUND = ("clause", "link", "mandate", "measure", "organisation", "plan", "theme")

# How many items one statement asks for: databases limit the length of a list.
_AT_A_TIME = 1_000


@dataclass(frozen=True, order=True)
class Write:
    """One write, which may have changed several rows: no two have the same instant."""

    recorded_at: datetime
    actor: str


@dataclass(frozen=True)
class Span:
    """After one instant, up to and with another; records of a day later than `as_of` are left out."""

    after: datetime
    until: datetime
    as_of: date


def read_writes(session: Session, items: Sequence[int], span: Span) -> dict[int, tuple[Write, ...]]:
    """Per item, in their order, all writes that can have changed how it stands on the day.

    Those are the writes to its own rows and to what items refer to. Not each of them need have changed anything.
    """
    around = set(_writes(session, _within(select(AuditEvent.recorded_at, AuditEvent.actor), span, _AROUND)))
    found: dict[int, set[Write]] = defaultdict(set)
    for start in range(0, len(items), _AT_A_TIME):
        for table in item_by_row():
            statement = _to_rows_of(table, items[start : start + _AT_A_TIME], span)
            for recorded_at, actor, item in session.execute(statement):
                found[item].add(Write(recorded_at, actor))
    return {item: tuple(sorted(found[item] | around)) for item in items}


def _writes(session: Session, statement: Any) -> Iterator[Write]:
    for recorded_at, actor in session.execute(statement):
        yield Write(recorded_at, actor)


def _to_rows_of(table: str, items: Sequence[int], span: Span) -> Any:
    """Select the writes to a table's rows that belong to some items, with the item."""
    pair, rows = item_by_row()[table], Base.metadata.tables[table]
    statement = (
        select(AuditEvent.recorded_at, AuditEvent.actor, pair.c.item)
        .join(pair, pair.c.row == AuditEvent.row_id)
        .where(pair.c.item.in_(items))
    )
    if "as_of" in rows.c:
        statement = statement.join(rows, rows.c.id == AuditEvent.row_id).where(rows.c.as_of <= span.as_of)
    return _within(statement, span, (table,))


def _within(statement: Any, span: Span, tables: Sequence[str]) -> Any:
    recorded = AuditEvent.recorded_at
    return statement.where(recorded > span.after, recorded <= span.until, AuditEvent.table_name.in_(tables)).distinct()
