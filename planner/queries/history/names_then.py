"""The names that rows had when an event was recorded: an event is read with the names that its author saw."""

import json
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.store.models import AuditEvent

Place = tuple[str, int]

# The names of rows, by table and row id or by table and key.
Names = Mapping[tuple[str, int | str], str]


class _Name(NamedTuple):
    """A name and the instant from which a row had it."""

    since: datetime
    name: str


@value_class
class NamesThen:
    """The names of rows today, and the names that some of them had before.

    `earlier` has all names of a row that was renamed, the first one first.
    """

    today: Names
    earlier: Mapping[tuple[str, int | str], tuple[_Name, ...]]

    def at(self, instant: datetime) -> Names:
        """Return the names at an instant. A row that was added later has its first name."""
        if not self.earlier:
            return self.today
        return {**self.today, **{row: _name_at(names, instant) for row, names in self.earlier.items()}}


def read_names_then(
    session: Session, today: Mapping[Place, str], columns: Mapping[str, str], keys: Mapping[Place, str] | None = None
) -> NamesThen:
    """Return the names of rows at any time, given those of today.

    `columns` has the column with the name, by table. Rows of other tables were never renamed. `keys` has keys of rows,
    by which their names are found too.
    """
    earlier: dict[tuple[str, int | str], tuple[_Name, ...]] = {}
    rows: dict[str, set[int]] = defaultdict(set)
    for table, row in today:
        rows[table].add(row)
    for table, ids in rows.items():
        if table in columns:
            earlier |= _renamed(session, table, ids, columns[table])
    by_key = {(place[0], key): place for place, key in (keys or {}).items()}
    names: dict[tuple[str, int | str], str] = dict(today.items())
    names |= {key: today[place] for key, place in by_key.items() if place in today}
    return NamesThen(names, earlier | {key: earlier[place] for key, place in by_key.items() if place in earlier})


def _renamed(
    session: Session, table: str, ids: Iterable[int], column: str
) -> dict[tuple[str, int | str], tuple[_Name, ...]]:
    """Return the names of those rows of a table that had more than one, according to the log."""
    of_rows = (AuditEvent.table_name == table, AuditEvent.row_id.in_(sorted(ids)))
    statement = select(AuditEvent.row_id, AuditEvent.recorded_at, AuditEvent.body).where(*of_rows)
    found: dict[int, list[_Name]] = defaultdict(list)
    for row_id, recorded_at, body in session.execute(statement.order_by(AuditEvent.seq)):
        values = json.loads(body)["after"]
        name, known = values.get(column), found[row_id]
        # A removed row makes its name free by changing it, which nobody reads.
        if name is not None and not values.get("taken_out") and (not known or known[-1].name != name):
            known.append(_Name(recorded_at, name))
    return {(table, row_id): tuple(names) for row_id, names in found.items() if len(names) > 1}


def _name_at(names: tuple[_Name, ...], instant: datetime) -> str:
    place = bisect_right(names, instant, key=lambda one: one.since)
    return names[max(place - 1, 0)].name
