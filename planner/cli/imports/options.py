"""The options that say how files are read and understood, for every command that imports files."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.base.language import tr
from planner.base.views import value_class
from planner.cli.output import progress

if TYPE_CHECKING:
    from planner.intake.files.reading import FilesRead, ImportedFile
    from planner.intake.wishes import Wishes

_Command = TypeVar("_Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option(
        "--mapping",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="A file that says which field each heading stands for, in YAML or JSON.",
    ),
    click.option(
        "--answers",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="A file with answers to the questions of the preview, in YAML or JSON.",
    ),
    click.option(
        "--write-answers",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="Only write a new file with all open questions and conflicts, to be filled in and given with --answers.",
    ),
    click.option("--all", "list_all", is_flag=True, help="List all entries of the preview, not only the first 40."),
    click.option("--sheet", "sheets", multiple=True, metavar="SHEET", help="Import only this sheet. Repeatable."),
    click.option("--encoding", metavar="ENCODING", help="The encoding of text files, if it is not found out."),
    click.option("--delimiter", metavar="TEXT", help="The character between the columns of text files."),
    click.option(
        "--ignore-macros", is_flag=True, help="Read the cells of files with macros, which are not run, and say so."
    ),
)


def file_options(command: _Command) -> _Command:
    """Add the options that say how files are read and understood to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@value_class
class FilesToImport:
    """The files of an import as they were read, with what the options of `file_options` say about them."""

    read: "FilesRead"
    given: "dict[str, Any]"

    @property
    def imported(self) -> "Sequence[ImportedFile]":
        """The files as they were read. Raises FileChangedError if one of them was changed since."""
        from planner.intake.applying.source import require_unchanged

        require_unchanged(self.read.paths, self.read.files)
        return self.read.files

    @property
    def rows(self) -> int:
        """The number of rows in all sheets."""
        return sum(len(sheet.rows) for sheet in self.read.sheets)

    def wishes(self, day: date | None, matches: Sequence[str] = (), **more: bool) -> "Wishes":
        """Return what the person wants of the import. `day` is the day of the reports that the files carry."""
        from planner.intake.comparing.matching import Decisions
        from planner.intake.wishes import Wishes, read_answers, read_mapping, read_matches

        mapping, answers = self.given["mapping"], self.given["answers"]
        return Wishes(
            self.given["sheets"],
            read_mapping(mapping) if mapping else {},
            read_answers(answers) if answers else {},
            Decisions(read_matches(matches), more.get("match_likely", False)),
            more.get("take_file", False),
            day,
            more.get("remove_working", False),
        )


def read_import(files: Sequence[Path], given: dict[str, Any]) -> FilesToImport:
    """Read the files of an import. `given` has the values of the options of `file_options`.

    Raises the errors of `read_files`.
    """
    from planner.intake.files.input_file import ReadOptions
    from planner.intake.files.reading import read_files

    with progress(tr("Reading the files"), len(files)) as step:
        read = read_files(files, ReadOptions(given["encoding"], given["delimiter"], given["ignore_macros"]), step)
    return FilesToImport(read, given)
