"""Finding, reading and recognising the files that a user wants to attach."""

import errno
import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.base.errors import FileTroubleError, ImportFileError, MissingLibraryError, SourceError
from planner.base.files import read_bounded, unreadable
from planner.base.language import tr
from planner.intake.files.whole_text import whole_text
from planner.sources.cited import CitedDocument
from planner.sources.placing import CopyComparison, find_citations
from planner.sources.recognise import recognise
from planner.sources.text import LARGEST_FILE, NormalText, text_of

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Copy:
    """A file that is a copy of a document of the register, with the result of comparing the two."""

    file_name: str
    sha256: str
    text: str
    reading: CopyComparison

    @property
    def identical(self) -> bool:
        """Whether the file has exactly the bytes that the register cites."""
        return self.sha256 == self.reading.document.sha256


@dataclass(frozen=True)
class Skipped:
    """A file in a folder that was skipped, and the reason."""

    file_name: str
    reason: str


@dataclass(frozen=True)
class Examined:
    """The copies and the skipped files in the files and folders that the user named."""

    copies: tuple[Copy, ...]
    skipped: tuple[Skipped, ...]


def files_of(paths: Iterable[Path]) -> list[tuple[Path, bool]]:
    """Return the files to examine, each with True if the user named it, or False if it is in a named folder.

    Subfolders are not searched. Raises FileTroubleError if a path does not exist or cannot be read, and SourceError if
    a folder is empty.
    """
    found: list[tuple[Path, bool]] = []
    for path in paths:
        try:
            found += _files_at(path)
        except OSError as error:
            raise _access_error(path, error) from error
    return found


def _files_at(path: Path) -> list[tuple[Path, bool]]:
    if not path.is_dir():
        path.stat()
        return [(path, True)]
    files = [(file, False) for file in sorted(path.iterdir())]
    if not files:
        raise SourceError(tr("the folder is empty"), where=str(path), do=tr("Name the folder that holds the documents"))
    return files


def examine(
    files: Sequence[tuple[Path, bool]], documents: Sequence[CitedDocument], progress: Progress | None = None
) -> Examined:
    """Read and recognise files without writing anything.

    `progress` is called with the name of each file before it is read.

    A file that the user named must be a copy of a document, otherwise SourceError, FileTroubleError or ImportFileError
    is raised. Other files in a folder are skipped. Raises SourceError if there is no copy of a document at all.
    """
    if not documents:
        raise SourceError(
            tr("the plan cites no documents, so there is nothing to attach a copy to"),
            do=tr(
                "Propose a mandate version from the document with 'planner mandate add', or cite it in "
                "data files (docs/seeds.md)"
            ),
        )
    copies: list[Copy] = []
    skipped: list[Skipped] = []
    for path, named in files:
        if progress:
            progress(path.name)
        if not named and path.name.lower().startswith("readme"):
            skipped.append(Skipped(stored_name(path), "a note to its readers"))
            continue
        try:
            copies.append(_copy(path, documents))
        except (SourceError, FileTroubleError, ImportFileError, MissingLibraryError) as error:
            if named:
                raise
            skipped.append(Skipped(stored_name(path), error.what))
    if not copies:
        raise _nothing_found(files, skipped, documents)
    return Examined(tuple(copies), tuple(skipped))


def _copy(path: Path, documents: Sequence[CitedDocument]) -> Copy:
    content = content_of(path)
    sha256 = hashlib.sha256(content).hexdigest()
    text = document_text(content, path)
    normal = NormalText(text)
    document = recognise(sha256, normal, documents)
    if document is None:
        raise SourceError(
            tr("the register does not cite this document. It cites {documents}", documents=_keys(documents)),
            where=str(path),
            do=tr("'planner sources list' shows where to obtain these documents"),
        )
    return Copy(stored_name(path), sha256, text, find_citations(normal, document, identical=sha256 == document.sha256))


def document_text(content: bytes, path: Path) -> str:
    """Return the text of a document: of a plain text, a saved web page or a Word file.

    Raises SourceError and ImportFileError for a file without a readable text, and MissingLibraryError if a library is
    needed for a Word file and is not installed.
    """
    other = whole_text(content, path)
    return text_of(content if other is None else other.encode(), str(path))


def content_of(path: Path) -> bytes:
    """Return the bytes of a file. Raises FileTroubleError if it cannot be read, and SourceError if it is too large."""
    try:
        return read_bounded(path, LARGEST_FILE)
    except OSError as error:
        if error.errno == errno.EFBIG:
            raise SourceError(
                tr("a file of more than {largest_file:,} bytes is too large for a document", largest_file=LARGEST_FILE),
                where=str(path),
                do=tr("Attach a single document"),
            ) from error
        raise _access_error(path, error) from error


def stored_name(path: Path) -> str:
    """Return a file's name in a form that can be stored. Bytes that are not valid text are replaced."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _keys(documents: Iterable[CitedDocument]) -> str:
    return ", ".join(document.key for document in documents)


def _nothing_found(
    files: Sequence[tuple[Path, bool]], skipped: Sequence[Skipped], documents: Sequence[CitedDocument]
) -> SourceError:
    where = ", ".join(sorted({str(path.parent) for path, _ in files}))
    listed = "; ".join(f"{one.file_name}: {one.reason}" for one in skipped[:3])
    more = f"; and {len(skipped) - 3} more" if len(skipped) > 3 else ""
    return SourceError(
        tr("the register cites none of the documents in this folder. It cites {documents}", documents=_keys(documents)),
        where=where,
        do=tr("Files examined: {listed}{more}", listed=listed, more=more),
    )


def _access_error(path: Path, error: OSError) -> FileTroubleError:
    """Turn an error of the operating system into an error with a message for people."""
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return FileTroubleError(tr("there is no such file or folder"), where=str(path), do=tr("Check the path"))
    return unreadable(path, error)
