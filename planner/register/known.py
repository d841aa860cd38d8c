"""Rows of editable tables, as they were known at a past instant or as they were on an earlier day.

History tables carry their own instant. For other tables, the audit log has the values before each edit. Undoing the
later edits restores a row, so that no second copy of old values is needed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Date, Select, func, not_, select
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.domain.vocabulary import words_by_text
from planner.register.instants import KNOWN_AT, known_by
from planner.register.raw_rows import columns
from planner.store.models import HISTORY_TABLES, AuditEvent, Base, Instant, WordOf, row_values

_Row = TypeVar("_Row", bound=Base)
_Form = TypeVar("_Form", bound=NamedTuple)


@value_class
class Rollback:
    """The values to restore in each row, by table and row id, to get the row as it was at a point in time.

    They are the values before the first edit after that point. None means that the row did not exist then.
    """

    before: Mapping[tuple[str, int], Mapping[str, Any] | None] = field(default_factory=dict)

    @cached_property
    def tables(self) -> frozenset[str]:
        """The names of the tables that have such rows."""
        return frozenset(table for table, _ in self.before)

    def then(self, earlier: Mapping[tuple[str, int], Mapping[str, Any] | None]) -> "Rollback":
        """Return this rollback followed by another one, which restores still earlier values of some rows."""
        if not earlier:
            return self
        before = dict(self.before)
        for place, values in earlier.items():
            known = before.get(place, {})
            before[place] = None if known is None or values is None else {**known, **values}
        return Rollback(before)

    def rows(self, rows: list[_Row]) -> list[_Row]:
        """Return the rows as they were known at the past instant.

        Rows written later are left out, and edited rows have their earlier values. Restored rows are copies, detached
        from the session.
        """
        if not self.before:
            return rows
        known = (self._row(row) for row in rows)
        return [row for row in known if row is not None]

    def _row(self, row: _Row) -> _Row | None:
        place = (row.__tablename__, row.id)  # type: ignore[attr-defined]
        if place not in self.before:
            return row
        values = self.before[place]
        # A column that a later revision added has its present value: the events before that revision do not name it.
        return None if values is None else type(row)(**(row_values(row) | decode_values(type(row), values)))

    def records(
        self, model: type[Base], names: Sequence[str], records: Sequence[tuple[Any, ...]]
    ) -> Sequence[tuple[Any, ...]]:
        """Return plain records as they were known at the past instant.

        `names` are the columns that were read, the id first.
        """
        if model.__tablename__ not in self.tables:
            return records
        known = (self._record(model, names, record) for record in records)
        return [record for record in known if record is not None]

    def _record(self, model: type[Base], names: Sequence[str], record: tuple[Any, ...]) -> tuple[Any, ...] | None:
        place = (model.__tablename__, record[0])
        if place not in self.before:
            return record
        values = self.before[place]
        if values is None:
            return None
        decoded = decode_values(model, values)
        return tuple(decoded.get(name, value) for name, value in zip(names, record, strict=True))


def decode_values(model: type[Base], values: Mapping[str, Any]) -> dict[str, Any]:
    """Convert the JSON values of an event to the types of the table's columns."""
    known = columns(model)
    decoded: dict[str, Any] = {}
    for name, value in values.items():
        kind = known[name].type
        if value is not None and isinstance(kind, Instant):
            value = datetime.fromisoformat(value)
        elif value is not None and isinstance(kind, Date):
            value = date.fromisoformat(value)
        elif isinstance(kind, WordOf):
            value = words_by_text(kind.vocabulary)[value]
        decoded[name] = value
    return decoded


def rollback_to(session: Session, known_at: datetime | None) -> Rollback:
    """Return the rollback of all editable tables to an instant. It is empty if `known_at` is None."""
    if known_at is None:
        return Rollback()
    before: dict[tuple[str, int], Mapping[str, Any] | None] = {}
    for table, row_id, body in session.execute(_later_edits(), {"known_at": known_at}):
        if (table, row_id) not in before:
            # docs/decisions/0001: the first later edit has the values of the instant.
            before[table, row_id] = json.loads(body)["before"]
    return Rollback(before)


@cache
def _later_edits() -> Select[str, int, bytes]:
    """Select the events that are about editable tables and were recorded after an instant, oldest first.

    Instants never go back, so they come after the last event that was known. From the end of the log it is near.
    """
    known = AuditEvent.__table__.alias().columns
    # docs/decisions/0002: so nothing before the last known event was recorded later.
    last = select(known.seq).where(known_by(known.recorded_at, KNOWN_AT)).order_by(known.seq.desc()).limit(1)
    return (
        select(AuditEvent.table_name, AuditEvent.row_id, AuditEvent.body)
        .where(AuditEvent.seq > func.coalesce(last.scalar_subquery(), 0))
        .where(not_(known_by(AuditEvent.recorded_at, KNOWN_AT)), AuditEvent.table_name.not_in(HISTORY_TABLES))
        .order_by(AuditEvent.seq)
    )


@cache
def all_rows(model: Any) -> Select[Any]:
    """Select all rows of a table."""
    return select(model)


@cache
def columns_of(model: type[Base], form: type[NamedTuple]) -> Select[Any]:
    """Select the columns of a table that have the names of a named tuple's fields. The first column must be the id."""
    return select(*(columns(model)[name] for name in form._fields))
