"""The weekly file before it is written, and writing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.rules.rollup import RollUp
    from planner.rules.weeks import Week
    from planner.weekly.rows import Weekly
    from tui.data.door import Door


@dataclass(frozen=True)
class SheetColumn:
    """A column of a section: its name and short title, what its cells hold (a word of planner.weekly.columns)."""

    name: str
    title: str
    holds: str
    read: Callable[[Any], Any]

    @property
    def words(self) -> str:
        """The name as people read it."""
        return self.name.replace("_", " ")


@dataclass(frozen=True)
class Section:
    """One table of the file: its columns in order, its rows, and what tells a row from the others."""

    title: str
    columns: tuple[SheetColumn, ...]
    rows: Sequence[Any]
    identity: Callable[[Any], str]


@dataclass(frozen=True)
class Sheet:
    """A weekly file as it would be written now: its sections, and the whole of its items now and a week before."""

    found: "Weekly"
    now: "RollUp"
    before: "RollUp"
    sections: tuple[Section, ...]


def read_sheet(door: "Door", week: "Week") -> Sheet:
    """The file of a week as known now. Raises TooSoonError and BadValueError as `planner weekly` does."""
    from planner.rules.rollup import roll_up
    from planner.weekly.rows import read_weekly

    with door.settled_reading() as (session, plan, now):
        found = read_weekly(session, plan, now=now, week=week)
    return Sheet(
        found,
        roll_up(row.item.standing for row in found.rows),
        roll_up(row.before.standing for row in found.rows),
        (_items(found),),
    )


def _items(found: "Weekly") -> Section:
    from planner.weekly.columns import COLUMNS

    columns = tuple(SheetColumn(column.name, column.title, column.type.value, column.read) for column in COLUMNS)
    return Section("Items", columns, found.rows, lambda row: str(row.item.code))


def place_of(sheet: Sheet, given: str) -> Path:
    """The whole path of the file that is meant; in a folder, the one that `planner weekly` would name."""
    from planner.weekly.file import place

    path = place(given, sheet.found)
    try:
        return path.absolute()
    except OSError:
        return path  # the folder one stands in is gone


def is_there(path: Path) -> bool:
    """Whether a file would be replaced; what the system does not let us look at is told when it is written."""
    try:
        return path.exists()
    except OSError:
        return False


def write_sheet(sheet: Sheet, path: Path) -> Path:
    """Write the file as `planner weekly` does; gives back where it is. Raises FileTroubleError."""
    from planner.weekly.file import write_csv

    write_csv(path, sheet.found)
    return path
