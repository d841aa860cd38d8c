"""What -o names, the same in every command: in which format it is written, and what may be replaced there."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from planner.base.errors import BadValueError

STANDARD_OUTPUT = "-"

# Endings that make nobody expect a folder.
_OF_FILES = ("csv", "docx", "eml", "html", "ics", "json", "pdf", "txt", "xlsx", "zip")

_Command = TypeVar("_Command", bound=Callable[..., Any])

replace_option = click.option(
    "--replace", is_flag=True, help="Also write over a file of this name that planner did not write."
)


def file_format_option(*choices: str) -> Callable[[_Command], _Command]:
    """The --format option of a command that writes files; None where it was not given (see `format_meant`)."""
    return click.option(
        "--format",
        "output",
        type=click.Choice(choices),
        default=None,
        help=f"How to write it. Default: as the name given with -o ends, else {choices[0]}.",
    )


def format_meant(given: str, chosen: str | None, usual: str, endings: Sequence[str]) -> str:
    """The format that -o and --format mean together; `endings` are those of the names that can be written.

    A name's ending says the format. Raises BadValueError where the two contradict each other, for an ending under which
    nothing is written, and for a name without one where several could be meant.
    """
    if given == STANDARD_OUTPUT or _is_folder(given):
        return chosen or usual
    ending = Path(given).suffix.lower().removeprefix(".")
    if not ending:
        if chosen is None and len(endings) > 1:
            raise BadValueError(
                "the name does not say what to write",
                where=f"-o {given}",
                do=f"Let it end in {_listed(endings)}, or give --format",
            )
        return chosen or endings[0]
    if ending not in endings:
        raise BadValueError(
            f"nothing is written as .{ending}", where=f"-o {given}", do=f"Let the name end in {_listed(endings)}"
        )
    if chosen is not None and chosen != ending:
        raise BadValueError(
            f"the name ends in .{ending}, and --format says {chosen}", where=f"-o {given}", do="Leave one of them out"
        )
    return ending


def require_ending(given: str, *endings: str) -> None:
    """Raise BadValueError where the name of a file that has but one format ends as if it had another."""
    if given != STANDARD_OUTPUT:
        ending = Path(given).suffix.lower().removeprefix(".")
        if ending and ending not in endings:
            format_meant(given, None, endings[0], endings)


def require_folder_name(given: str) -> None:
    """Raise BadValueError where what becomes a folder is named as a file is."""
    ending = Path(given).suffix.lower().removeprefix(".")
    if ending in _OF_FILES and not _is_folder(given):
        raise BadValueError(
            f"several files go to a folder, and a name ending in .{ending} is a file's",
            where=f"-o {given}",
            do="Give the name of a folder",
        )


def _listed(endings: Sequence[str]) -> str:
    return " or ".join(f".{ending}" for ending in endings)


def _is_folder(given: str) -> bool:
    try:
        return Path(given).expanduser().is_dir()
    except (OSError, RuntimeError):
        return False
