"""The whole text of a file that is no plain text in UTF-8: of a Word file, or of a text in an older encoding."""

import io
from pathlib import Path

from planner.base.errors import ImportFileError
from planner.base.language import tr
from planner.intake.files.input_file import InputFile, ReadOptions
from planner.intake.files.kinds import BEGINNING, FileKind, kind_of

# What a text in these encodings is read by, without this module.
_ORDINARY = ("utf-8", "utf-8-sig", "utf-16")


def whole_text(content: bytes, path: Path) -> str | None:
    """Return the text of a Word file or of a text file in an encoding such as GB18030, and None for all other files.

    Raises ImportFileError if a Word file is damaged or too large, and MissingLibraryError if a library of the extra
    `import` is needed and not installed.
    """
    source = InputFile(path, path.name, io.BytesIO(content), ReadOptions(), lambda _rows: None)
    try:
        kind = kind_of(content[:BEGINNING], str(path))
    except ImportFileError:
        return None
    if kind is FileKind.ARCHIVE:
        from planner.intake.files.packed import read_text_of_archive

        return read_text_of_archive(source)
    if kind is FileKind.COMPOUND:
        raise source.error(
            tr("this is an old Word file (DOC) or workbook, which cannot be read"),
            tr("Save the document as DOCX or as plain text"),
        )
    return _decoded(content, str(path)) if kind is FileKind.TEXT else None


def _decoded(content: bytes, where: str) -> str | None:
    """Return a text in the encoding that makes sense of it, or None if it is plain UTF-8 or nothing makes sense."""
    from planner.intake.files.texts.encodings import find_encoding

    try:
        encoding = find_encoding(io.BytesIO(content), where)
        return None if encoding in _ORDINARY else content.decode(encoding)
    except (ImportFileError, UnicodeError):
        return None
