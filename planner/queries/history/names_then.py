"""The names that rows had when an event was recorded: an event is read with the names that its author saw."""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, and_, func, literal, or_, select, union_all
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.base.views import value_class
from planner.store.models import AuditEvent, Item, table_called
from planner.store.models.items import code_before_removal

Place = tuple[str, int]
# A table and a key of one of its rows.
Key = tuple[str, str]
_Row = tuple[str, int | str]

# The names of rows, by table and row id or by table and key.
Names = Mapping[_Row, str]

# The column with the readable name of a row, by table. Rows of other tables are named by the event that added them.
_NAMES = {
    "clause": "key",
    "derivation_rule": "key",
    "document": "key",
    "drafted_clause": "key",
    "indicator": "name",
    "item": "code",
    "mandate": "key",
    "mandate_draft": "key",
    "measure": "code",
    "milestone": "title",
    "organisation": "name",
    "person": "name",
    "plan": "key",
    "theme": "title",
}
# The column with the key of a row, of which the histories of acts keep the values.
_KEYS = {"organisation": "key", "person": "login"}


class _Name(NamedTuple):
    """A name and the instant from which a row had it."""

    since: datetime
    name: str


class _NamesAt(Mapping[_Row, str]):
    """The names of rows at an instant. A row that was added later has its first name."""

    def __init__(self, names: "NamesThen", instant: datetime) -> None:
        self._names, self._instant = names, instant

    def __getitem__(self, row: _Row) -> str:
        earlier = self._names.earlier.get(row)
        return _name_at(earlier, self._instant) if earlier else self._names.today[row]

    def __iter__(self) -> Iterator[_Row]:
        return iter(self._names.today)

    def __len__(self) -> int:
        return len(self._names.today)


@value_class
class NamesThen:
    """The names of rows today, and the names that some of them had before.

    `earlier` has all names of a row that was renamed, the first one first.
    """

    today: Names
    earlier: Mapping[_Row, tuple[_Name, ...]]

    def at(self, instant: datetime) -> Names:
        """Return the names at an instant. A row that was added later has its first name."""
        return _NamesAt(self, instant) if self.earlier else self.today


def rows_of_keys(session: Session, table: str, keys: Iterable[str]) -> dict[Key, int]:
    """Return the ids of organisations or people by their table and their key, as the history of an act keeps it."""
    own = _columns(table)
    found = select(own["id"], own[_KEYS[table]]).where(own[_KEYS[table]].in_(sorted(keys)))
    return {(table, key): row for row, key in session.execute(found)}


def read_names(session: Session, rows: Iterable[Place], keys: Mapping[Key, int] | None = None) -> Names:
    """Return the names of rows today. `keys` has ids of rows by keys, by which their names are found too."""
    ids: dict[str, set[int]] = defaultdict(set)
    for table, row in (*rows, *((key[0], row) for key, row in (keys or {}).items())):
        ids[table].add(row)
    names: dict[_Row, str] = dict(_names(session, {table: ids[table] for table in ids if table in _NAMES}))
    for table in ids.keys() - _NAMES.keys():
        names |= {(table, row): name for row, name in _events_that_added(session, table, ids[table])}
    return names | {key: names[key[0], row] for key, row in (keys or {}).items() if (key[0], row) in names}


def read_names_then(session: Session, rows: Iterable[Place], keys: Mapping[Key, int] | None = None) -> NamesThen:
    """Return the names of rows at any time.

    `keys` has ids of rows by keys, by which their names are found too.
    """
    today = read_names(session, rows, keys)
    earlier = _renamed(session, [(table, row) for table, row in today if table in _NAMES and isinstance(row, int)])
    by_key = {key: earlier[key[0], row] for key, row in (keys or {}).items() if (key[0], row) in earlier}
    return NamesThen(today, earlier | by_key)


def _names(session: Session, ids: Mapping[str, Set[int]]) -> Iterator[tuple[Place, str]]:
    """Yield the names of rows today, given the ids of rows by table. One statement reads all tables."""
    parts = []
    for table, rows in ids.items():
        own = _columns(table)
        name = code_before_removal(Item.__table__.c) if table == Item.__tablename__ else own[_NAMES[table]]
        parts.append(select(literal(table), own["id"], name).where(own["id"].in_(rows)))
    found = session.execute(union_all(*parts)) if parts else ()
    yield from (((table, row), name) for table, row, name in found)


def _events_that_added(session: Session, table: str, ids: Set[int]) -> Iterator[tuple[int, str]]:
    of_rows = (AuditEvent.table_name == table, AuditEvent.row_id.in_(ids))
    found = session.execute(
        select(AuditEvent.row_id, func.min(AuditEvent.seq)).where(*of_rows).group_by(AuditEvent.row_id)
    )
    yield from ((row, tr("event {number}", number=seq)) for row, seq in found)


def _columns(table: str) -> Mapping[str, Column[Any]]:
    known = table_called(table)
    return {} if known is None else dict(known.columns)


def _renamed(session: Session, places: Collection[Place]) -> dict[_Row, tuple[_Name, ...]]:
    """Return the names of those rows that had more than one, according to the log."""
    if not places:
        return {}
    event = AuditEvent
    statement = select(event.table_name, event.row_id, event.recorded_at, event.body).where(events_of_rows(places))
    found: dict[Place, list[_Name]] = defaultdict(list)
    for table, row_id, recorded_at, body in session.execute(statement.order_by(event.seq)):
        values = json.loads(body)["after"]
        name, known = values.get(_NAMES[table]), found[table, row_id]
        # A removed row makes its name free by changing it, which nobody reads.
        if name is not None and not values.get("taken_out") and (not known or known[-1].name != name):
            known.append(_Name(recorded_at, name))
    return {place: tuple(names) for place, names in found.items() if len(names) > 1}


def events_of_rows(places: Iterable[Place]) -> ColumnElement[bool]:
    """Return the condition that an event is about one of these rows. At least one row must be given."""
    rows: dict[str, list[int]] = defaultdict(list)
    for table, row in sorted(places):
        rows[table].append(row)
    return or_(*(and_(AuditEvent.table_name == table, AuditEvent.row_id.in_(ids)) for table, ids in rows.items()))


def _name_at(names: tuple[_Name, ...], instant: datetime) -> str:
    place = bisect_right(names, instant, key=lambda one: one.since)
    return names[max(place - 1, 0)].name
