"""The rules for -o in every command: the format that a file name implies, and which files may be replaced."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import click

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.cli.output import as_bytes
from planner.cli.values import Word

STANDARD_OUTPUT = "-"

# A name with one of these endings is not taken as the name of a folder.
_OF_FILES = ("csv", "docx", "eml", "html", "ics", "json", "md", "pdf", "png", "svg", "txt", "xlsx", "zip")

_Command = TypeVar("_Command", bound=Callable[..., Any])


def file_option(what: str) -> Callable[[_Command], _Command]:
    """Return the -o option of a command that writes a file or standard output. `what` is its help."""
    return click.option("-o", "--output", "file", metavar="FILE", default=STANDARD_OUTPUT, help=what)


def csv_style_options(begins: str) -> Callable[[_Command], _Command]:
    """Return --bom and --decimal-comma, with which a CSV suits a spreadsheet. `begins` is the start of a help."""
    bom = click.option(
        "--bom", is_flag=True, help=f"{begins} with a byte-order mark, so that spreadsheets recognise UTF-8."
    )
    comma = click.option(
        "--decimal-comma",
        is_flag=True,
        help="Write 12,5 in place of 12.5 and semicolons between columns, for spreadsheets of languages with decimal"
        " commas.",
    )
    return lambda command: bom(comma(command))


replace_option = click.option(
    "--replace", is_flag=True, help="Also replace an existing file that planner did not write."
)


def file_format_option(*choices: str) -> Callable[[_Command], _Command]:
    """Return the --format option of a command that writes files. The value is None if the option is not given."""
    return click.option(
        "--format",
        "output",
        type=Word(choices),
        default=None,
        help=f"The format of the file. Defaults to the ending of the name given with -o, then to {choices[0]}.",
    )


def write_output(content: Iterable[bytes], given: str, *, replace: bool) -> str:
    """Write a file, or print its content if -o (`given`) names standard output. Return the name for a message."""
    if given == STANDARD_OUTPUT:
        as_bytes(content)
        return tr("standard output")
    from planner.base.files import expanded
    from planner.base.output_files import write_file

    write_file(expanded(given), content, replace=replace)
    return given


def format_meant(
    given: str,
    chosen: str | None,
    usual: str,
    endings: Sequence[str],
    by_ending: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return the format that the options -o (`given`) and --format (`chosen`) mean together.

    The ending of a file name is its format, and must be one of `endings`. `usual` is the format of standard output and
    of folders. `by_ending` has the formats that are not called like their ending. Raises BadValueError if the two
    options contradict each other, if the ending is not one of `endings`, or if neither option says which of several
    formats to use.
    """
    if given == STANDARD_OUTPUT or is_folder(given):
        return chosen or usual
    ending = Path(given).suffix.lower().removeprefix(".")
    if not ending:
        if chosen is None and len(endings) > 1:
            raise BadValueError(
                tr("the file name has no ending, so its format is unknown"),
                where=f"-o {given}",
                do=tr("Use a name that ends in {endings}, or give --format", endings=_listed(endings)),
            )
        return chosen or endings[0]
    if ending not in endings:
        raise BadValueError(
            tr("this command does not write .{ending} files", ending=ending),
            where=f"-o {given}",
            do=tr("Use a name that ends in {endings}", endings=_listed(endings)),
        )
    meant = by_ending.get(ending, ending)
    if chosen is not None and chosen != meant:
        raise BadValueError(
            tr("the name ends in .{ending}, but --format is {format}", ending=ending, format=chosen),
            where=f"-o {given}",
            do=tr("Leave out --format, or change the name"),
        )
    return meant


def require_ending(given: str, *endings: str) -> None:
    """Raise BadValueError if a file name has an ending that is not one of `endings`. A name without ending is valid."""
    if given != STANDARD_OUTPUT:
        ending = Path(given).suffix.lower().removeprefix(".")
        if ending and ending not in endings:
            format_meant(given, None, endings[0], endings)


def require_folder_name(given: str) -> None:
    """Raise BadValueError if the name of a new folder ends like the name of a file."""
    ending = Path(given).suffix.lower().removeprefix(".")
    if ending in _OF_FILES and not is_folder(given):
        raise BadValueError(
            tr("the output is a folder, but this name ends in .{ending} like the name of a file", ending=ending),
            where=f"-o {given}",
            do=tr("Give the name of a folder"),
        )


def _listed(endings: Sequence[str]) -> str:
    *first, last = (f".{ending}" for ending in endings)
    return tr("{first} or {last}", first=", ".join(first), last=last) if first else last


def is_folder(given: str) -> bool:
    """Return whether what -o names is a folder, or a name that ends like one."""
    # Imported here, because most commands print and need no files.
    from planner.base.files import names_folder

    return names_folder(given)
