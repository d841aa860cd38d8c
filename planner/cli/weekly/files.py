"""Where a week's files go: standard output, a file, a folder; and what is said of it afterwards."""

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from planner.base.errors import BadValueError
from planner.cli.output import as_bytes
from planner.cli.output_file import STANDARD_OUTPUT

if TYPE_CHECKING:
    from pathlib import Path

    from planner.weekly.contents import WeeklyFile
    from planner.weekly.formats import NamedFile
    from planner.weekly.reading import Instance

ITEMS = "items"
ALL = "all"


def write_one(
    instance: "Instance", content: Iterable[bytes], given: str, form: str, section: str, *, replace: bool
) -> str:
    """Write a file to where it belongs, and say where that is."""
    if given == STANDARD_OUTPUT:
        as_bytes(content)
        return "standard output"
    from planner.base.output_files import write_file
    from planner.weekly.contents import section_named
    from planner.weekly.file import place
    from planner.weekly.formats import write_described

    path = place(given, instance, form, ITEMS if section == ALL else section)
    if form == "csv":
        write_described(path, content, section_named(section), instance, replace=replace)
    else:
        write_file(path, content, replace=replace)
    return str(path)


def write_folder(found: "WeeklyFile", given: str, form: str, *, bom: bool, replace: bool) -> str:
    """Write all files of a format, or of every format, into a folder, and say which."""
    from planner.base.files import write_all
    from planner.base.output_files import require_planner_output

    folder = require_folder(given)
    files = list(_files(found, form, bom=bom))
    require_planner_output(*(folder / file.name for file in files), replace=replace)
    write_all({folder / file.name: file.content for file in files})
    return str(folder)


def _files(found: "WeeklyFile", form: str, *, bom: bool) -> "Iterable[NamedFile]":
    from planner.weekly.formats import Format, NamedFile, files_of

    if form != ALL:
        return files_of(found, Format(form), bom=bom)
    # All are made before any is written: where a library is missing there are none, rather than some.
    each = (file for one in Format for file in files_of(found, one, bom=bom))
    return [NamedFile(file.name, [b"".join(file.content)]) for file in each]


def require_folder(given: str) -> "Path":
    """The folder that several files go to. Raises BadValueError where it is none."""
    from planner.weekly.file import expanded

    folder = expanded(given)
    if given == STANDARD_OUTPUT or not folder.is_dir():
        raise BadValueError("several files need a folder", where="-o", do="Give the name of a folder that is there")
    return folder


def require_no_terminal(given: str) -> None:
    """Raise BadValueError where a file that is no text would go to a terminal."""
    if given == STANDARD_OUTPUT and sys.stdout.isatty():
        raise BadValueError(
            "a workbook cannot be shown in a terminal", where="-o", do="Name a file or a folder, or pipe it on"
        )


def told(instance: "Instance", rows: int, where: str) -> tuple[str, str]:
    """What was written, and how to have the same bytes again."""
    simulated = "simulated data, " if instance.plan.simulated else ""
    return (
        f"Wrote {rows} rows to {where}: {simulated}week {instance.week} as of {instance.as_of}, "
        f"as known at {instance.known_at_local}.",
        f"The same again: {instance.options}",
    )
