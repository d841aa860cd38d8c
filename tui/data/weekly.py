"""The weekly file before it is written, and writing it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planner.rules.rollup import RollUp
    from planner.rules.weeks import Week
    from planner.weekly.contents import WeeklyFile
    from planner.weekly.reading import Instance
    from planner.weekly.table import Filled
    from tui.data.door import Door


@dataclass(frozen=True)
class Sheet:
    """A weekly file as it would be written now, and the whole of its items now and a week before."""

    file: "WeeklyFile"
    now: "RollUp"
    before: "RollUp"

    @property
    def instance(self) -> "Instance":
        """Which week's file, as known when."""
        return self.file.instance

    @property
    def sections(self) -> "tuple[Filled[Any], ...]":
        """Its sections in their order."""
        return self.file.sections


def read_sheet(door: "Door", week: "Week") -> Sheet:
    """The file of a week as known now. Raises TooSoonError and BadValueError as `planner weekly` does."""
    from planner.rules.rollup import roll_up
    from planner.weekly.contents import fill_all
    from planner.weekly.reading import open_week

    with door.settled_reading() as (session, plan, now):
        reading = open_week(session, plan, now=now, week=week)
        file = fill_all(reading)
    return Sheet(file, roll_up(reading.items), roll_up(reading.earlier))


def place_of(sheet: Sheet, given: str) -> Path:
    """The whole path of the file that is meant; in a folder, the one that `planner weekly` would name."""
    from planner.weekly.file import place

    path = place(given, sheet.instance)
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
    from planner.files import write_whole
    from planner.weekly.csv_file import section_csv

    write_whole(path, section_csv(sheet.file.section("items")))
    return path
