"""The preview of the weekly file, section by section, and writing the file."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.listing import listed

if TYPE_CHECKING:
    from planner.domain.rules.rollup import RollUp
    from planner.domain.rules.weeks import Week
    from planner.tables.table import Filled
    from planner.weekly.contents import WeeklyFile
    from planner.weekly.formats import Format
    from planner.weekly.reading import Instance, WeekReading
    from tui.data.door import Door


@dataclass(frozen=True)
class Sheet:
    """A section of a weekly file as it would be written now, with the summary of all items now and a week before.

    `titles` are the titles of all sections by name, in order.
    """

    week: "WeekReading"
    filled: "Filled[Any]"
    titles: dict[str, str]
    now: "RollUp"
    before: "RollUp"

    @property
    def instance(self) -> "Instance":
        """Return the data that identifies the weekly file."""
        return self.week.instance

    @property
    def name(self) -> str:
        """Return the name of the section that the sheet shows."""
        return self.filled.table.name

    @property
    def place(self) -> int:
        """Return the position of the section among all sections, from 0."""
        return list(self.titles).index(self.name)

    def beside(self, by: int) -> str:
        """Return the name of the section that is `by` positions further. After the last section comes the first."""
        names = list(self.titles)
        return names[(self.place + by) % len(names)]


def read_sheet(door: "Door", week: "Week", section: str) -> Sheet:
    """Return a section of a week's file, as known now.

    Raises TooSoonError and BadValueError under the same conditions as `planner weekly`.
    """
    from planner.domain.rules.rollup import roll_up
    from planner.weekly.contents import SECTIONS, fill, section_named
    from planner.weekly.reading import open_week

    with door.settled_reading() as (reading, now):
        opened = open_week(reading, now=now, week=week)
        filled = fill(opened, section_named(section))
        titles = {one.name: one.title for one in SECTIONS}
        return Sheet(opened, filled, titles, roll_up(opened.items), roll_up(opened.earlier))


def read_section(door: "Door", sheet: Sheet, section: str) -> Sheet:
    """Return another section of the same file. The items, which all sections need, are not read again."""
    from planner.weekly.contents import fill, section_named

    with door.reading() as reading:
        week = sheet.week.on_session(reading.session)
        return replace(sheet, week=week, filled=fill(week, section_named(section)))


def absolute_path(sheet: Sheet, given: str) -> Path:
    """Return the absolute path of the file to write.

    For a folder, the file has the name that `planner weekly` gives it.
    """
    from planner.weekly.file import output_path

    path = output_path(given, sheet.instance, section=sheet.name)
    try:
        return path.absolute()
    except OSError:
        return path  # the working directory has been deleted


def is_there(path: Path) -> bool:
    """Return whether a file exists at this path.

    If the file system reports an error, return False. Writing the file will then show the error.
    """
    try:
        return path.exists()
    except OSError:
        return False


def write_sheet(door: "Door", sheet: Sheet, path: Path, *, replace: bool = False) -> Path:
    """Write the weekly file as `planner weekly` does, in the format given by the path's extension. Return the path.

    A CSV file holds the section that is shown, with a description of its columns in a second file. The other formats
    hold all sections, as known at the same instant. Raises BadValueError if the extension is unknown, and
    FileTroubleError if the file cannot be written.
    """
    from planner.base.output_files import write_file
    from planner.tables.csv_form import csv_bytes
    from planner.weekly.formats import Format, whole_file, write_described

    ending = path.suffix.removeprefix(".").lower()
    formats = {form.ending: form for form in Format}
    if ending not in formats:
        known = listed([f".{known_ending}" for known_ending in formats])
        raise BadValueError(
            tr("the extension of {file} is not a known format", file=path.name),
            do=tr("Use one of these extensions: {known}", known=known),
        )
    form = formats[ending]
    if form is Format.CSV:
        content = csv_bytes(sheet.filled.columns, sheet.filled.rows)
        write_described(path, content, sheet.filled.table, sheet.instance, replace=replace)
    else:
        content = whole_file(_all_of(door, sheet.instance, form), form)
        write_file(path, content, replace=replace)
    return path


def _all_of(door: "Door", instance: "Instance", form: "Format") -> "WeeklyFile":
    """Return all sections of the file to which the shown section belongs."""
    from planner.weekly.contents import fill_all
    from planner.weekly.page.drawing_process import drawing_meanwhile
    from planner.weekly.reading import open_week

    with door.settled_reading() as (reading, now):
        opened = open_week(reading.at(instance.as_of, instance.known_at), now=now, week=instance.week)
        with drawing_meanwhile(form.drawn) as drawing:
            return fill_all(opened, pictures=form.pictured, drawing=drawing)
