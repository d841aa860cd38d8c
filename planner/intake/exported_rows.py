"""Which rows of the files were exported from a register, and until which event of its log their author knew it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy.orm import Session

from planner.base.views import view
from planner.intake.origin import Origin
from planner.intake.sheets import Place, Row, Value
from planner.queries.history.positions import has_event

# The last event that the author of the row at a place knew, or 0 if the row says nothing about it.
KnownUntil: TypeAlias = Callable[[Place], int]


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

    def lists(self, subject: str) -> bool:
        """Return whether the files have the table of an exported register about a subject, such as its milestones."""
        return any(table.subject == subject for table in self.tables)

    def known_until(self, session: Session, here: Origin) -> KnownUntil:
        """Return until which event the author of each row knew the plan, with the log of the register of a session.

        An origin counts only if it names this plan and an event that the log has, so that nobody makes a file newer
        than it is by counting the number up. A row without an origin, in a sheet whose rows have one, was added by the
        author of the sheet, who knew what the sheet shows.
        """
        # docs/decisions/0123: the number alone could be changed by hand.
        stated = {*self._usual.values(), *filter(None, self._others.values())}
        events: dict[Origin | None, int] = {origin: _event(session, origin, here) for origin in stated}
        if not any(events.values()):
            return knows_nothing

        def known(place: Place) -> int:
            usual = self._usual.get((place.file, place.sheet))
            origin = self._others.get((place.file, place.sheet, place.row), usual)
            return events.get(origin or usual, 0)

        return known


def knows_nothing(_: Place) -> int:
    """Return 0: the files do not say what their author knew."""
    return 0


def _event(session: Session, origin: Origin, here: Origin) -> int:
    """Return the event that an origin states, or 0 if the origin is not this plan or the log has no such event."""
    if not origin.is_same_plan(here) or not origin.event:
        return 0
    return origin.event if has_event(session, origin.event, origin.leaf) else 0
