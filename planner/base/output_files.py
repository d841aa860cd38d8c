"""Writing output files that a user names. An existing file is replaced only if this program wrote it.

The program recognises its own files by their content, with a separate test for each format. A nightly export can thus
replace the export of the night before, while files from other sources are never replaced silently.
"""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from planner.base.errors import FileTroubleError
from planner.base.files import make_folder, open_plain, write_all, write_whole
from planner.base.fingerprints import text_digest
from planner.base.language import tr

# The number of bytes that are read from the beginning of a file. All identifying marks are within them.
_HEAD = 1 << 16

# Characters that a file name cannot have on one of the systems.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')

# The part of a workbook that is read is small. The limit holds whatever size the archive states.
_PROPERTIES, _LARGEST_PROPERTIES = "docProps/core.xml", 1 << 16


def name_part(text: str) -> str:
    """Return a text, such as a key, as a part of a file name, without characters that are forbidden there.

    A text that had such characters ends in a digest, so that two texts never give the same name.
    """
    safe = _NOT_IN_NAMES.sub("-", text)
    return safe if safe == text else f"{safe}-{text_digest(text)[:8]}"


def write_file(path: Path, content: Iterable[bytes], *, replace: bool = False) -> None:
    """Write a file completely or not at all. Raises the errors of `require_planner_output` and `write_whole`."""
    require_planner_output(path, replace=replace)
    write_whole(path, content)


def write_files(folder: Path, files: Mapping[str, Iterable[bytes]], *, replace: bool = False) -> None:
    """Write files, by name, into a folder. The folder is created if it does not exist. Raises FileTroubleError."""
    paths = {folder / name: content for name, content in files.items()}
    if folder.is_dir():
        require_planner_output(*paths, replace=replace)
    else:
        make_folder(folder)
    write_all(paths)


def write_files_to_fill_in(folder: Path, files: Mapping[str, Iterable[bytes]], *, replace: bool = False) -> list[str]:
    """Write files as `write_files` does, apart from those in which somebody may have written. Return their names.

    Raises FileTroubleError if no file can be written, or for a file that this program did not write.
    """
    kept = [name for name in files if not replace and _is_kept(folder / name)]
    free = {name: content for name, content in files.items() if name not in kept}
    require_planner_output(*(folder / name for name in (free or kept)), replace=replace)
    write_files(folder, free, replace=replace)
    return kept


def _is_kept(path: Path) -> bool:
    return not _is_free(path) and not is_planner_output(path) and _may_have_entries(path)


def require_planner_output(*paths: Path, replace: bool = False) -> None:
    """Raise FileTroubleError if a file exists that this program did not write, unless `replace` is true."""
    for path in paths:
        # docs/decisions/0046: a scheduled job cannot answer a question.
        if replace or _is_free(path) or is_planner_output(path):
            continue
        what, do = tr("a file with this name exists, and planner did not write it"), tr("Give another name")
        if _may_have_entries(path):
            what = tr("somebody may have changed this file since planner wrote it")
            do = tr("Take its entries back first, or give another name")
        raise not_replaced(path, what, do)


def not_replaced(path: Path, what: str, do: str) -> FileTroubleError:
    """Return the error that a file is not replaced unless the user confirms it. `do` is what else would help."""
    do = tr("{do}, or confirm that the file may be replaced", do=do)
    return FileTroubleError(what, where=str(path), do=do, by_field="replace")


def is_planner_output(path: Path) -> bool:
    """Return whether a file looks like one that this program wrote, judged by its name's ending and its content.

    A file whose name has no ending may have the content of any format.
    """
    ending = path.suffix.lower()
    tests = [test for name, test in _TESTS.items() if ending in (name, "") and (ending or name not in _NEED_ENDING)]
    return any(_holds(test, path) for test in tests)


def _holds(test: Callable[[Path], bool], path: Path) -> bool:
    try:
        return test(path)
    except (OSError, zipfile.BadZipFile, KeyError, ValueError, NotImplementedError, RuntimeError):
        return False


def _is_free(path: Path) -> bool:
    """Return whether writing a file at a path overwrites nothing.

    A folder, pipe or device also counts as free here. The function that writes the file refuses it.
    """
    try:
        return not path.is_file() or path.stat().st_size == 0
    except OSError:
        return True


def _head(path: Path) -> bytes:
    with open_plain(path) as file:
        return file.read(_HEAD)


def _contains(*patterns: bytes) -> Callable[[Path], bool]:
    """Return a test for files whose beginning matches one of the patterns."""
    compiled = [re.compile(pattern, re.DOTALL) for pattern in patterns]
    return lambda path: any(pattern.search(_head(path)) for pattern in compiled)


def _may_have_entries(path: Path) -> bool:
    """Return whether this program wrote a file for people to fill in or to edit, such as an exported register."""
    return _holds(_has_mark_to_fill_in, path)


def _has_mark_to_fill_in(path: Path) -> bool:
    marked = marked_part(path)
    return any(mark in marked for mark in _TO_FILL_IN) or any(re.search(mark, marked) for mark in _TEXTS_TO_EDIT)


def marked_part(path: Path) -> bytes:
    """Return the part of a file that says what wrote it: the properties of a workbook, or the beginning of a text.

    Raises OSError, or an error of zipfile, if the file cannot be read.
    """
    head = _head(path)
    return _properties(path) if head.startswith(b"PK") else head


def _properties(path: Path) -> bytes:
    """Return the properties of a workbook or Word document, which say which program made it."""
    with open_plain(path) as file, zipfile.ZipFile(file) as book, book.open(_PROPERTIES) as properties:
        return properties.read(_LARGEST_PROPERTIES)


def _is_workbook(path: Path) -> bool:
    head = _properties(path)
    return b"planner weekly " in head or (any(mark in head for mark in _TO_FILL_IN) and _is_as_created(head))


def _is_brief(path: Path) -> bool:
    """Return whether a Word document is a brief that nobody has edited since."""
    head = _properties(path)
    return b"planner brief --week " in head and _is_as_created(head)


# Workbooks in which people write. One that somebody saved again is theirs.
_TO_FILL_IN = (b"planner sheets out ", b"planner export register ")

# Exported registers as text. Nothing in them tells whether somebody has edited them.
_TEXTS_TO_EDIT = (rb'\A\{\s+"format": "planner-register/', rb"\A(\xef\xbb\xbf)?[a-z_,]+,data_basis,exported_from\r\n")


def _is_as_created(properties: bytes) -> bool:
    """Return whether a workbook was never saved again, so that it has no entries of a person that could be lost."""
    created, modified = (
        re.search(rb"<dcterms:%b[^>]*>([^<]+)<" % name, properties) for name in (b"created", b"modified")
    )
    return created is not None and modified is not None and created[1] == modified[1]


# For these endings the content is not specific enough to recognise a file without its ending.
_NEED_ENDING = (".txt",)

_TESTS: Mapping[str, Callable[[Path], bool]] = {
    # The last columns of every section.
    ".csv": _contains(rb"\A(\xef\xbb\xbf)?[a-z_,;]+[,;]week[,;]as_of[,;]data\r\n"),
    ".json": _contains(
        rb'\A\{\s+"kind": "planner-',
        rb"urn:planner:vocabulary:",
        # The description of a CSV file, or of a folder of them.
        rb'\A\{\s+"\$schema": "https://datapackage\.org/profiles/2\.0/tableschema\.json".*"name": "as_of"',
        rb'\A\{\s+"\$schema": "https://datapackage\.org/profiles/2\.0/datapackage\.json".*\.schema\.json"',
        rb'\A\{\s+"@context": \[\s*"http://www\.w3\.org/ns/csvw".*"name": "as_of"',
    ),
    ".jsonld": _contains(rb"urn:planner:vocabulary:"),
    ".xlsx": _is_workbook,
    ".html": _contains(rb'<meta name="generator" content="planner">'),
    ".ics": _contains(rb"\ABEGIN:VCALENDAR\r\n.*PRODID:-//planner//"),
    ".eml": _contains(rb"Message-ID:\s+<[0-9a-f]+@planner\.invalid>"),
    ".txt": _contains(rb"\ASubject: ", rb"\nTo make this brief again, use:\nplanner brief --week "),
    ".md": _contains(rb"\nTo make this brief again, use:\n\n    planner brief --week "),
    ".docx": _is_brief,
    ".pdf": _contains(rb"\A%PDF-.*planner brief --week "),
    ".png": _contains(rb"\A\x89PNG\r\n.*tEXtSoftware\x00planner weekly charts --week "),
    ".svg": _contains(rb"\A<svg[^>]*><metadata>planner weekly charts --week "),
}
