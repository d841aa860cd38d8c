"""What is recorded about an import besides what it writes: its files, and the columns that a person chose."""

from collections.abc import Sequence
from hashlib import file_digest
from pathlib import Path

from planner.base.files import unreadable
from planner.intake.applying.apply import Import, ImportedFile, columns_of_layout
from planner.intake.comparing.preview import Preview
from planner.intake.wishes import Wishes


def imported_file(path: Path) -> ImportedFile:
    """Return the name and the digest of a file. Raises FileTroubleError if it cannot be read."""
    try:
        with path.open("rb") as file:
            return ImportedFile(path.name, file_digest(file, "sha256").hexdigest())
    except OSError as error:
        raise unreadable(path, error) from error


def import_of(files: Sequence[ImportedFile], preview: Preview, wishes: Wishes, reason: str | None = None) -> Import:
    """Return what is recorded about an import. The columns are kept if the person said anything about the files."""
    chosen = bool(wishes.mapping or wishes.answers)
    mappings = {layout.shape: columns_of_layout(layout) for layout in preview.layouts} if chosen else {}
    return Import(files, mappings, reason)
