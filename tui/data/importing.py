"""Importing files: reading them, previewing what they would change, and writing that."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from planner.base.errors import PlannerError
from planner.base.files import unreadable

if TYPE_CHECKING:
    from planner.intake.answering.open_answers import OpenAnswer
    from planner.intake.applying.imported import Imported
    from planner.intake.column_samples import ColumnSample
    from planner.intake.comparing.preview import Preview
    from planner.intake.files.reading import FilesRead
    from planner.intake.proposed import Problem
    from planner.intake.wishes import Wishes
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.store.journal import Actor

# How many rows are read or compared between two reports of progress.
STEP = 1_000


class StoppedError(PlannerError):
    """The person stopped an import while it was being written, so nothing was imported."""


@dataclass(frozen=True)
class Chosen:
    """The files to import, and how they are read. An encoding or a delimiter that is None is found out.

    Files with macros are refused, unless the macros are to be ignored.
    """

    paths: tuple[Path, ...]
    encoding: str | None = None
    delimiter: str | None = None
    ignore_macros: bool = False


@dataclass(frozen=True)
class ChosenFiles:
    """Files to import with their content."""

    chosen: Chosen
    content: "FilesRead"

    @property
    def rows(self) -> int:
        """The number of rows in all sheets."""
        return sum(len(sheet.rows) for sheet in self.content.sheets)

    @property
    def names(self) -> str:
        """The names of the files, for people."""
        return ", ".join(file.name for file in self.content.files)

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets, each once."""
        return list(dict.fromkeys(sheet.name for sheet in self.content.sheets if sheet.name))


@dataclass(frozen=True)
class ShownImport:
    """A preview with what the screen shows of it.

    `plan` is the title of the plan, and `reports` says how many reports the files have and as of which day. `answers`
    are the open questions and all conflicts.
    """

    preview: "Preview"
    plan: str
    summary: str
    reports: str
    lines: tuple[str, ...]
    columns: "tuple[ColumnSample, ...]"
    answers: "tuple[OpenAnswer, ...]"

    @property
    def questions(self) -> "tuple[Problem, ...]":
        """The questions that are open."""
        from planner.intake.proposed import Severity

        return tuple(one for one in self.preview.problems if one.severity is Severity.QUESTION)


def read_chosen(chosen: Chosen, progress: Callable[[int], None]) -> ChosenFiles:
    """Read files. Raises PlannerError if one of them cannot be read or understood."""
    from planner.intake.files.input_file import ReadOptions
    from planner.intake.files.reading import read_files

    for path in chosen.paths:
        if "\0" in str(path):
            raise unreadable(path, FileNotFoundError())
    options = ReadOptions(chosen.encoding, chosen.delimiter, chosen.ignore_macros)
    return ChosenFiles(chosen, read_files(chosen.paths, options, _counted(progress)))


def read_preview(
    reading: "Reading", actor: "Actor", files: ChosenFiles, wishes: "Wishes", progress: Callable[[int], None]
) -> ShownImport:
    """Return what the import of files would do."""
    from planner.intake.answering.open_answers import open_answers
    from planner.intake.column_samples import column_samples
    from planner.intake.preview_text import preview_lines, preview_summary, reports_line
    from planner.intake.previewing import preview_sheets

    content = files.content
    preview = preview_sheets(
        reading, actor, content.sheets, content.problems, wishes, _counted(progress), content.files
    )
    return ShownImport(
        preview,
        reading.plan.title,
        preview_summary(preview),
        reports_line(preview, reading.plan.settings),
        tuple(preview_lines(preview, reading.plan.title, reading.plan.settings, answer_lines=False)),
        column_samples(content.sheets, preview, wishes.mapping),
        tuple(open_answers(preview)),
    )


def write_import(
    writing: "Writing",
    files: ChosenFiles,
    preview: "Preview",
    wishes: "Wishes",
    reason: str | None,
    progress: Callable[[int], None],
) -> "Imported | None":
    """Write what a preview shows.

    Raises OutdatedPreviewError if something was recorded since it was made, and FileChangedError if a file was changed.
    """
    from planner.intake.applying.apply import apply_import
    from planner.intake.applying.source import import_of, require_unchanged

    require_unchanged(files.content.paths, files.content.files)
    source = import_of(files.content.files, preview, wishes, reason)
    return apply_import(writing, preview, source, _counted(progress, 1))


def is_outdated(error: PlannerError) -> bool:
    """Return whether an import was refused because something was recorded since its preview was made."""
    from planner.intake.applying.apply import OutdatedPreviewError

    return isinstance(error, OutdatedPreviewError)


def has_macros(error: PlannerError) -> bool:
    """Return whether a file was refused because it has macros."""
    from planner.intake.files.input_file import MacrosError

    return isinstance(error, MacrosError)


def is_changed_file(error: PlannerError) -> bool:
    """Return whether an import was refused because a file was changed since it was read."""
    from planner.intake.applying.source import FileChangedError

    return isinstance(error, FileChangedError)


def typed_paths(text: str) -> tuple[Path, ...]:
    """Return the paths that a person typed or dropped into the terminal: one, or several with a semicolon between.

    A terminal puts a dropped path in quotation marks, or a backslash before its blanks, and a blank between several.
    """
    from planner.base.files import expanded

    whole = expanded(text.strip())
    if ";" not in text or _exists(whole):
        one = _unquoted(text)
        return (one,) if _exists(one) else _dropped(text) or (one,)
    return tuple(_unquoted(part) for part in text.split(";") if part.strip())


def _dropped(text: str) -> tuple[Path, ...]:
    """Return several paths with blanks or commas between, or nothing if one of them does not exist."""
    import shlex

    from planner.base.files import expanded

    try:
        paths = tuple(expanded(part.removesuffix(",")) for part in shlex.split(text))
    except ValueError:
        return ()
    return paths if len(paths) > 1 and all(map(_exists, paths)) else ()


def _unquoted(text: str) -> Path:
    from planner.base.files import expanded

    given = text.strip()
    path = expanded(given)
    if _exists(path):
        return path
    if len(given) > 1 and given[0] == given[-1] and given[0] in "'\"":
        return expanded(given[1:-1])
    plain = expanded(given.replace("\\ ", " "))
    return plain if _exists(plain) else path


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def paths_text(paths: Sequence[Path]) -> str:
    """Return paths as a person types them."""
    return "; ".join(map(str, paths))


def _counted(progress: Callable[[int], None], every: int = STEP) -> Callable[..., None]:
    """Return a callback that counts rows, and reports their number every `every` rows."""
    count = reported = 0

    def step(name: str, by: int = 1) -> None:
        nonlocal count, reported
        count += by
        if count - reported >= every:
            reported = count
            progress(count)

    return step
