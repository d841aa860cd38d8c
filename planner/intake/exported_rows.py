"""Which rows of the files were exported from a register, and until which event of its log their author knew it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeAlias

from sqlalchemy.orm import Session

from planner.base.views import view
from planner.intake.origin import Origin
from planner.intake.sheets import Place, Row, Value
from planner.queries.history.positions import has_event


class Moment(NamedTuple):
    """What an exported row shows: the register after an event of its log, on a day if somebody asked for one."""

    event: int
    day: date | None = None


# What the author of the row at a place saw, or None if the row says nothing about it.
KnownUntil: TypeAlias = Callable[[Place], Moment | None]


@view
class ReadingTable:
    """A table of an exported register, with its columns that no import takes, and those by which its rows are known.

    `place` is its sheet. `columns` has the index of each column by its heading.
    """

    subject: str
    place: Place
    columns: Mapping[str, int]
    rows: Sequence[Row]

    def value(self, row: Row, column: str) -> Value:
        """Return the value of a row in a column, or None if the table has no such column."""
        at = self.columns.get(column)
        return row.values[at] if at is not None and at < len(row.values) else None

    def place_of(self, row: Row, column: str | None = None) -> Place:
        """Return the place of a row, or of its cell in a column."""
        number = 0 if column is None else self.columns[column] + 1
        return Place(self.place.file, self.place.sheet, row.number, number)


@dataclass
class ExportedRows:
    """The origins that rows state, by the place of the row. The origin of most rows of a sheet is kept once.

    `tables` are the tables of an exported register.
    """

    tables: list[ReadingTable] = field(default_factory=list)
    _usual: dict[tuple[str, str], Origin] = field(default_factory=dict)
    _others: dict[tuple[str, str, int], Origin | None] = field(default_factory=dict)

    def add(self, row: Place, origin: Origin | None) -> None:
        """Note what a row states: its origin, or None if it states none."""
        usual = self._usual.setdefault((row.file, row.sheet), origin) if origin is not None else None
        if origin is None or origin != usual:
            self._others[row.file, row.sheet, row.row] = origin

    def states_origin(self, row: Place) -> bool:
        """Return whether a row states itself where it was exported from."""
        return self._others.get((row.file, row.sheet, row.row), self._usual.get((row.file, row.sheet))) is not None

    def at(self, place: Place) -> tuple[ReadingTable, Row] | None:
        """Return the exported row at a place with its table, or None if the row does not state where it is from."""
        if not self.states_origin(place):
            return None
        for table, rows in self._by_number:
            if (table.place.file, table.place.sheet) == (place.file, place.sheet) and place.row in rows:
                return table, rows[place.row]
        return None

    @cached_property
    def _by_number(self) -> Sequence[tuple[ReadingTable, Mapping[int, Row]]]:
        """The tables, each with its rows by their numbers."""
        return [(table, {row.number: row for row in table.rows}) for table in self.tables]

    def lists(self, subject: str) -> bool:
        """Return whether the files have the table of an exported register about a subject, such as its milestones."""
        return any(table.subject == subject for table in self.tables)

    def known_until(self, session: Session, here: Origin) -> KnownUntil:
        """Return what the author of each row saw of the plan, with the log of the register of a session.

        An origin counts only if it names this plan and an event that the log has, so that nobody makes a file newer
        than it is by counting the number up. A row without an origin, in a sheet whose rows have one, was added by the
        author of the sheet, who knew what the sheet shows.
        """
        # docs/decisions/0123: the number alone could be changed by hand.
        stated = {*self._usual.values(), *filter(None, self._others.values())}
        moments: dict[Origin | None, Moment | None] = {one: _moment(session, one, here) for one in stated}
        if not any(moments.values()):
            return knows_nothing

        def known(place: Place) -> Moment | None:
            usual = self._usual.get((place.file, place.sheet))
            origin = self._others.get((place.file, place.sheet, place.row), usual)
            return moments.get(origin or usual)

        return known


def knows_nothing(_: Place) -> Moment | None:
    """Return None: the files do not say what their author knew."""
    return None


def _moment(session: Session, origin: Origin, here: Origin) -> Moment | None:
    """Return what an origin states, or None if the origin is not this plan or the log has no such event."""
    if not origin.is_same_plan(here) or not origin.event or not has_event(session, origin.event, origin.leaf):
        return None
    return Moment(origin.event, origin.day)
