"""The weekly file before it is written, section by section, and writing it."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.errors import BadValueError
from planner.listing import listed

if TYPE_CHECKING:
    from planner.rules.rollup import RollUp
    from planner.rules.weeks import Week
    from planner.weekly.contents import WeeklyFile
    from planner.weekly.reading import Instance
    from planner.weekly.table import Filled
    from tui.data.door import Door


@dataclass(frozen=True)
class Sheet:
    """A section of a week's file as it would be written now, and the whole of the items now and a week before.

    `titles` are the titles of all sections by name, in their order.
    """

    instance: "Instance"
    filled: "Filled[Any]"
    titles: dict[str, str]
    now: "RollUp"
    before: "RollUp"

    @property
    def name(self) -> str:
        """The name of the section."""
        return self.filled.section.name

    @property
    def place(self) -> int:
        """The section's place among all, from 0."""
        return list(self.titles).index(self.name)

    def beside(self, by: int) -> str:
        """The name of the section so many places on, from the last on to the first."""
        names = list(self.titles)
        return names[(self.place + by) % len(names)]


def read_sheet(door: "Door", week: "Week", section: str) -> Sheet:
    """A section of the file of a week as known now. Raises TooSoonError and BadValueError as `planner weekly` does."""
    from planner.rules.rollup import roll_up
    from planner.weekly.contents import SECTIONS, fill, section_named
    from planner.weekly.reading import open_week

    with door.settled_reading() as (session, plan, now):
        reading = open_week(session, plan, now=now, week=week)
        filled = fill(reading, section_named(section))
        titles = {one.name: one.title for one in SECTIONS}
        return Sheet(reading.instance, filled, titles, roll_up(reading.items), roll_up(reading.earlier))


def place_of(sheet: Sheet, given: str) -> Path:
    """The whole path of the file that is meant; in a folder, the one that `planner weekly` would name."""
    from planner.weekly.file import place

    path = place(given, sheet.instance, section=sheet.name)
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


def write_sheet(door: "Door", sheet: Sheet, path: Path, *, replace: bool = False) -> Path:
    """Write the file as `planner weekly` does, in the format that its ending names; gives back where it is.

    A CSV holds the section that is shown, and lies beside what describes its columns; the other formats hold all of
    them, as known at the same instant. Raises BadValueError for an ending that is no format, and FileTroubleError.
    """
    from planner.weekly.csv_file import section_csv
    from planner.weekly.formats import Format, whole_file, write_described
    from planner.written import write_file

    ending = path.suffix.removeprefix(".").lower()
    if ending not in tuple(Format):
        known = listed([f".{form}" for form in Format])
        raise BadValueError(f"the ending of {path.name} names no format", do=f"The endings are {known}")
    form = Format(ending)
    if form is Format.CSV:
        write_described(path, section_csv(sheet.filled), sheet.filled.section, sheet.instance, replace=replace)
    else:
        content = whole_file(_all_of(door, sheet.instance, pictures=form.pictured), form)
        write_file(path, content, replace=replace)
    return path


def _all_of(door: "Door", instance: "Instance", *, pictures: bool) -> "WeeklyFile":
    """All sections of the file of which one is shown."""
    from planner.weekly.contents import fill_all
    from planner.weekly.reading import open_week

    with door.settled_reading() as (session, plan, now):
        reading = open_week(session, plan, now=now, week=instance.week, known_at=instance.known_at)
        return fill_all(reading, pictures=pictures)
