"""Writing the files of a week to standard output, a file or a folder."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from planner.base.errors import BadValueError
from planner.base.language import tr, tr_count
from planner.cli.output import as_bytes
from planner.cli.output_file import STANDARD_OUTPUT, require_folder_name
from planner.tables.csv_form import USUAL, CsvStyle

if TYPE_CHECKING:
    from pathlib import Path

    from planner.tables.table import Table
    from planner.weekly.contents import WeeklyFile
    from planner.weekly.file import NamedFile
    from planner.weekly.reading import Instance

ITEMS = "items"
ALL = "all"


def write_one(
    instance: "Instance",
    content: Iterable[bytes],
    given: str,
    ending: str,
    name: str,
    *,
    table: "Table[Any] | None" = None,
    style: CsvStyle = USUAL,
    replace: bool,
) -> str:
    """Write a file to standard output or to the place that -o names. Return a name for that place.

    `ending` and `name` are parts of the file's default name. `table` is the table of a CSV in a `style`, whose
    description is written to a second file.
    """
    if given == STANDARD_OUTPUT:
        as_bytes(content)
        return tr("standard output")
    from planner.base.output_files import write_file
    from planner.weekly.file import output_path
    from planner.weekly.formats import write_described

    path = output_path(given, instance, ending, name)
    if table:
        write_described(path, content, table, instance, style, replace=replace)
    else:
        write_file(path, content, replace=replace)
    return str(path)


def write_folder(found: "WeeklyFile", given: str, form: str, style: CsvStyle, *, replace: bool) -> str:
    """Write the files of one format (`form`), or of all formats, into a folder. Return the path of the folder."""
    from planner.base.output_files import write_files

    folder = require_folder(given)
    write_files(folder, {file.name: file.content for file in _files(found, form, style)}, replace=replace)
    return str(folder)


def _files(found: "WeeklyFile", form: str, style: CsvStyle) -> "Iterable[NamedFile]":
    from planner.weekly.file import NamedFile
    from planner.weekly.formats import Format, files_of

    if form != ALL:
        return files_of(found, Format(form), style)
    # All files are made before the first is written. Otherwise, a missing library could leave only some of them.
    each = (file for one in Format for file in files_of(found, one, style))
    return [NamedFile(file.name, [b"".join(file.content)]) for file in each]


def require_folder(given: str) -> "Path":
    """Return the folder for several files. It need not exist. Raises BadValueError if the name is that of a file."""
    from planner.base.files import expanded

    folder = expanded(given)
    if given == STANDARD_OUTPUT or (folder.exists() and not folder.is_dir()):
        raise BadValueError(
            tr("several files can only be written to a folder"), where="-o", do=tr("Give the name of a folder")
        )
    require_folder_name(given)
    return folder


def require_no_terminal(given: str) -> None:
    """Raise BadValueError if a file would be printed on a terminal that cannot show it."""
    if given == STANDARD_OUTPUT and sys.stdout.isatty():
        raise BadValueError(
            tr("a terminal cannot show this format"),
            where="-o",
            do=tr("Give a file or a folder, or use a pipe"),
        )


def again(instance: "Instance", *chosen: tuple[str, str | bool | None]) -> str:
    """Return the line that says how to write the same bytes again.

    `chosen` has the further options of the command that change them, each with its value. A value that is empty or
    False is that of an option that was not given, and one of True that of an option without a value.
    """
    from shlex import quote

    given = [name if value is True else f"{name} {quote(str(value))}" for name, value in chosen if value]
    return tr("To write the same output again, use: {options}", options=" ".join([instance.options, *given]))


def data_of(instance: "Instance") -> str:
    """Return which data a file has, for the sentence that says that it was written."""
    week = instance.week
    return tr("simulated data, week {week}", week=week) if instance.plan.simulated else tr("week {week}", week=week)


def written_lines(
    instance: "Instance", rows: int, where: str, *chosen: tuple[str, str | bool | None]
) -> tuple[str, str]:
    """Return what was written, and how to reproduce the same bytes. `chosen` are the options that `again` takes."""
    written = tr_count(
        "Wrote {count} row to {place}: {data} as of {day}, as known at {instant}.",
        "Wrote {count} rows to {place}: {data} as of {day}, as known at {instant}.",
        rows,
        place=where,
        data=data_of(instance),
        day=instance.as_of,
        instant=instance.known_at_local,
    )
    return written, again(instance, *chosen)


def missing_letters(characters: str) -> str:
    """Return the sentence that no font of this computer has some characters of a file."""
    from planner.weekly.typesetting import NO_GLYPH, scripts_of

    return tr(
        "No font on this computer has some letters ({scripts}); {sign} stands for them. Install a font that has them, "
        "such as Noto.",
        scripts=scripts_of(characters),
        sign=NO_GLYPH,
    )
