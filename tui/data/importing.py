"""Importing a file: reading it, previewing what it would change, and writing that."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.base.files import expanded, unreadable

if TYPE_CHECKING:
    from planner.intake.applying.apply import Imported, ImportedFile
    from planner.intake.column_samples import ColumnSample
    from planner.intake.comparing.preview import Preview
    from planner.intake.files.reading import FilesRead
    from planner.intake.proposed import Field, Problem
    from planner.intake.wishes import Wishes
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.store.journal import Actor

# How many rows are read or compared between two reports of progress.
STEP = 1_000


@dataclass(frozen=True)
class ChosenFile:
    """A file to import: its content, and its name and digest."""

    content: "FilesRead"
    file: "ImportedFile"


@dataclass(frozen=True)
class Said:
    """What the person has said about the file: the fields of columns by their headings, and answers to questions."""

    mapping: "Mapping[str, Field | None]" = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def wishes(self) -> "Wishes":
        """The same, as the core takes it."""
        from planner.intake.wishes import Wishes

        return Wishes(mapping=self.mapping, answers=self.answers)


@dataclass(frozen=True)
class ShownImport:
    """A preview with what the screen shows of it."""

    preview: "Preview"
    summary: str
    lines: tuple[str, ...]
    columns: "tuple[ColumnSample, ...]"

    @property
    def questions(self) -> "tuple[Problem, ...]":
        """The questions that are open."""
        from planner.intake.proposed import Severity

        return tuple(one for one in self.preview.problems if one.severity is Severity.QUESTION)


def read_chosen(given: str, progress: Callable[[int], None]) -> ChosenFile:
    """Read the file with a typed path. Raises PlannerError if it cannot be read or understood."""
    from planner.intake.applying.source import imported_file
    from planner.intake.files.reading import read_files

    path = expanded(given)
    if "\0" in given:
        raise unreadable(path, FileNotFoundError())
    content = read_files([path], progress=_counted(progress))
    return ChosenFile(content, imported_file(path))


def read_preview(
    reading: "Reading", actor: "Actor", chosen: ChosenFile, said: Said, progress: Callable[[int], None]
) -> ShownImport:
    """Return what the import of a file would do."""
    from planner.intake.column_samples import column_samples
    from planner.intake.preview_text import preview_lines, preview_summary
    from planner.intake.previewing import preview_sheets

    content = chosen.content
    preview = preview_sheets(reading, actor, content.sheets, content.problems, said.wishes, _counted(progress))
    lines = tuple(preview_lines(preview, reading.plan.title))
    return ShownImport(preview, preview_summary(preview), lines, column_samples(content.sheets, preview, said.mapping))


def write_import(writing: "Writing", chosen: ChosenFile, preview: "Preview", said: Said) -> "Imported | None":
    """Write what a preview shows. Raises OutdatedPreviewError if something was recorded since it was made."""
    from planner.intake.applying.apply import apply_import
    from planner.intake.applying.source import import_of

    return apply_import(writing, preview, import_of([chosen.file], preview, said.wishes))


def is_outdated(error: Exception) -> bool:
    """Return whether an import was refused because something was recorded since its preview was made."""
    from planner.intake.applying.apply import OutdatedPreviewError

    return isinstance(error, OutdatedPreviewError)


def _counted(progress: Callable[[int], None]) -> Callable[..., None]:
    """Return a callback that counts rows, and reports their number at every thousandth."""
    count = reported = 0

    def step(name: str, by: int = 1) -> None:
        nonlocal count, reported
        count += by
        if count - reported >= STEP:
            reported = count
            progress(count)

    return step
