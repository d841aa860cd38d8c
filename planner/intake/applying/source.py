"""What is recorded about an import besides what it writes: its files, and the columns that a person chose."""

from collections.abc import Sequence
from pathlib import Path

from planner.base.errors import FileTroubleError
from planner.base.language import tr
from planner.base.texts import clean
from planner.intake.applying.apply import Import, columns_of_layout
from planner.intake.comparing.preview import Preview
from planner.intake.files.reading import ImportedFile, imported_file
from planner.intake.wishes import Wishes


class FileChangedError(FileTroubleError):
    """A file is no longer as it was when its preview was made, so nothing was imported."""


def require_unchanged(paths: Sequence[Path], files: Sequence[ImportedFile]) -> None:
    """Raise FileChangedError if a file is no longer as it was read. `files` say how each path was read."""
    for path, file in zip(paths, files, strict=True):
        if imported_file(path) != file:
            raise FileChangedError(
                tr("the file was changed after it was read, so nothing was imported"),
                where=str(path),
                do=tr("Look at the preview of the changed file, and import again"),
            )


def import_of(files: Sequence[ImportedFile], preview: Preview, wishes: Wishes, reason: str | None = None) -> Import:
    """Return what is recorded about an import. The columns are kept if the person said anything about the files.

    Raises BadValueError if the reason cannot be stored.
    """
    chosen = bool(wishes.mapping or wishes.answers)
    mappings = {layout.shape: columns_of_layout(layout) for layout in preview.layouts} if chosen else {}
    return Import(files, mappings, clean(reason, "reason"))
