"""Reading files of any kind into sheets. What a file contains decides about its kind, not its name."""

import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path

from planner.base.errors import ImportFileError
from planner.base.files import open_plain, unreadable
from planner.base.language import tr
from planner.base.progress import OnProgress
from planner.base.views import value_class
from planner.intake.files.folders import files_of, foreign_in_folder
from planner.intake.files.input_file import InputFile, MacrosError, ReadOptions
from planner.intake.files.kinds import BEGINNING, FileKind, kind_of
from planner.intake.files.limits import LARGEST_FILE, LARGEST_REGISTER
from planner.intake.files.own_files import without_guides
from planner.intake.files.texts.delimiters import named_delimiter
from planner.intake.files.texts.encodings import named_encoding
from planner.intake.files.texts.wrong_encoding import require_right_encoding
from planner.intake.garbage import collection_paused
from planner.intake.proposed import Problem
from planner.intake.sheets import Sheet

# The name of the step of which `read_files` reports progress. It advances by rows.
ROWS_READ = "rows read"


@value_class
class ImportedFile:
    """A file of an import: its name and the SHA-256 of its bytes."""

    name: str
    sha256: str


@dataclass
class FilesRead:
    """The sheets of all files, and what was noticed while reading them. `files` are the files, as they were read.

    `paths` has the path of each, also of those of a folder. A problem of a cell matters only if the column of the cell
    is imported.
    """

    files: list[ImportedFile] = field(default_factory=list)
    paths: tuple[Path, ...] = ()
    sheets: list[Sheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_files(
    paths: Sequence[Path], options: ReadOptions | None = None, progress: OnProgress | None = None
) -> FilesRead:
    """Read files into sheets. A sheet has the name of its file, or the path if two files have the same name.

    A folder stands for the files in it. Those that cannot be understood are all named in one error.

    Raises FileTroubleError if a file cannot be opened, ImportFileError if it cannot be understood, BadValueError for an
    impossible option, and MissingLibraryError if a library of the extra `import` is not installed.
    """
    checked = _checked(options or ReadOptions())
    given = files_of(paths)
    names = Counter(path.name for path in given.paths)
    found = FilesRead(paths=given.paths, problems=list(given.remarks))

    def on_rows(number: int) -> None:
        if progress and number:
            progress(ROWS_READ, number)

    foreign: list[ImportFileError] = []
    with collection_paused():
        for path in given.paths:
            try:
                _read_file(path, path.name if names[path.name] == 1 else str(path), checked, on_rows, found)
            except ImportFileError as error:
                if path not in given.in_folders or isinstance(error, MacrosError):
                    raise
                foreign.append(error)
    if foreign:
        raise foreign_in_folder(foreign)
    return found


def _checked(options: ReadOptions) -> ReadOptions:
    return ReadOptions(
        None if options.encoding is None else named_encoding(options.encoding),
        None if options.delimiter is None else named_delimiter(options.delimiter),
        options.ignore_macros,
    )


def _read_file(path: Path, name: str, options: ReadOptions, on_rows: Callable[[int], None], found: FilesRead) -> None:
    try:
        with open_plain(path) as file:
            source = InputFile(path, name, file, options, on_rows)
            kind = _possible_kind(source, os.fstat(file.fileno()).st_size)
            named = _named(path, file)
            _require_once(named, source, found)
            found.files.append(named)
            sheets = _sheets(source, kind)
    except OSError as error:
        raise unreadable(path, error) from error
    if not any(sheet.rows for sheet in sheets):
        raise source.error(tr("the file has no text in it"), tr("Give a file with a table or a list"))
    if options.encoding is None:
        require_right_encoding(sheets, str(path))
    kept, remarks = without_guides(sheets)
    found.sheets += kept
    found.problems += remarks
    found.problems += source.problems


def _require_once(named: ImportedFile, source: InputFile, found: FilesRead) -> None:
    """Raise ImportFileError if another file with the same content was read already."""
    same = next((one for one in found.files if one.sha256 == named.sha256), None)
    if same is not None:
        what = tr("this is the same file as {other}", other=same.name)
        raise source.error(what, tr("Give it once"))


def imported_file(path: Path) -> ImportedFile:
    """Return the name and the digest of a file as it is now. Raises FileTroubleError if it cannot be read."""
    try:
        with open_plain(path) as file:
            return _named(path, file)
    except OSError as error:
        raise unreadable(path, error) from error


def _named(path: Path, file: BufferedReader) -> ImportedFile:
    file.seek(0)
    return ImportedFile(path.name, file_digest(file, "sha256").hexdigest())


def _possible_kind(source: InputFile, size: int) -> FileKind:
    """Return the kind of an open file. Raises ImportFileError if it is too large for this kind, or of no known one."""
    # A file that the system makes up, such as those in /proc, says that it has no bytes, and may have no end.
    kind = kind_of(_beginning(source) if size else b"", str(source.path))
    largest = LARGEST_REGISTER if kind is FileKind.REGISTER else LARGEST_FILE
    if size > largest:
        raise source.too_large(largest)
    return kind


def _beginning(source: InputFile) -> bytes:
    source.file.seek(0)
    return source.file.read(BEGINNING)


def _sheets(source: InputFile, kind: FileKind) -> list[Sheet]:
    """Return the sheets of an open file. The readers are imported here, because each is for one kind."""
    if kind is FileKind.ARCHIVE:
        from planner.intake.files.packed import read_archive

        return read_archive(source)
    if kind is FileKind.COMPOUND:
        from planner.intake.files.packed import read_compound

        return read_compound(source)
    if kind is FileKind.PAGE:
        from planner.intake.files.own_files import require_no_own_page
        from planner.intake.files.web_page import read_page

        require_no_own_page(source, _beginning(source))
        return read_page(source)
    if kind is FileKind.SAVED_PAGE:
        from planner.intake.files.web_page import read_saved_page

        return read_saved_page(source)
    if kind is FileKind.REGISTER:
        from planner.intake.files.register_file import read_register_file

        return read_register_file(source)
    from planner.intake.files.texts.text_files import read_text

    return read_text(source)
