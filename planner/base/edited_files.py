"""Writing files that people may edit, such as an exported register in CSV or JSON.

Nothing in CSV says whether somebody has edited it. So a hidden file beside the files of a folder has the digests of
what this program wrote, in the form of `sha256sum`. A JSON document has the digest of what is before it as its last
field. What is still as it was written is replaced, and anything else is refused.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from planner.base.files import make_folder, open_plain, read_bounded, write_all, write_whole
from planner.base.output_files import require_planner_output
from planner.base.views import value_class

# docs/decisions/0046: the record is in the folder itself. An import leaves out files whose names begin with a dot.
_DIGESTS = ".planner-files.sha256"
_LARGEST = 1 << 16
# How an indented JSON document ends, and with its digest. docs/decisions/0046
_END = b"\n}\n"
_WITH_DIGEST = re.compile(rb',\n "sha256": "([0-9a-f]{64})"\n\}\n')
_LENGTH = len(b',\n "sha256": ""\n}\n') + 64
_PIECE = 1 << 20


def with_digest(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield an indented JSON object with the digest of what is before it as its last field, `sha256`."""
    digest, kept = hashlib.sha256(), b""
    for piece in pieces:
        text = kept + piece
        ready, kept = text[: -len(_END)], text[-len(_END) :]
        digest.update(ready)
        yield ready
    yield f',\n "sha256": "{digest.hexdigest()}"\n}}\n'.encode()


def write_file_to_edit(path: Path, content: Iterable[bytes], *, replace: bool = False) -> None:
    """Write a file completely or not at all. One that nobody changed since this program wrote it is replaced.

    Raises the errors of `require_planner_output` and `write_whole`.
    """
    if not _is_as_written(path):
        require_planner_output(path, replace=replace)
    write_whole(path, content)


def _is_as_written(path: Path) -> bool:
    """Return whether a file ends in the digest of what is before it."""
    with suppress(OSError), open_plain(path) as file:
        left = path.stat().st_size - _LENGTH
        digest = hashlib.sha256()
        while left > 0 and (piece := file.read(min(left, _PIECE))):
            digest.update(piece)
            left -= len(piece)
        found = _WITH_DIGEST.fullmatch(file.read())
        return found is not None and found[1].decode() == digest.hexdigest()
    return False


@value_class
class ReplacedFiles:
    """The names of the files of a folder that were replaced: `unchanged` ones that this program wrote, and `others`."""

    unchanged: tuple[str, ...]
    others: tuple[str, ...]


def write_files_to_edit(folder: Path, files: Mapping[str, Iterable[bytes]], *, replace: bool = False) -> ReplacedFiles:
    """Write files, by name, into a folder, which is created if it does not exist.

    Files that this program wrote there before, and that nobody changed, are replaced, and removed if they are not among
    the new ones. Any other file with one of the names is only replaced with `replace`; else, FileTroubleError is
    raised.
    """
    if not folder.is_dir():
        make_folder(folder)
    unchanged = [name for name, digest in _read_digests(folder).items() if _digest(folder / name) == digest]
    others = tuple(name for name in files if name not in unchanged and (folder / name).exists())
    require_planner_output(*(folder / name for name in files if name not in unchanged), replace=replace)
    digests: dict[str, str] = {}
    contents = {folder / name: _noting(name, content, digests) for name, content in files.items()}
    # Its lines are made when the other files are written.
    write_all({**contents, folder / _DIGESTS: _lines(digests)})
    for name in unchanged:
        if name not in files:
            (folder / name).unlink(missing_ok=True)
    return ReplacedFiles(tuple(unchanged), others)


def _noting(name: str, content: Iterable[bytes], digests: dict[str, str]) -> Iterator[bytes]:
    digest = hashlib.sha256()
    for piece in content:
        digest.update(piece)
        yield piece
    digests[name] = digest.hexdigest()


def _lines(digests: Mapping[str, str]) -> Iterator[bytes]:
    for name, digest in digests.items():
        yield f"{digest}  {name}\n".encode()


def _read_digests(folder: Path) -> dict[str, str]:
    """Return the digests of what was written into a folder before, by name. Other files of this name say nothing."""
    with suppress(OSError, ValueError):
        lines = read_bounded(folder / _DIGESTS, _LARGEST).decode().splitlines()
        pairs = (line.partition("  ") for line in lines)
        # A name is never that of a file elsewhere.
        return {name: digest for digest, _, name in pairs if name and Path(name).name == name}
    return {}


def _digest(path: Path) -> str | None:
    with suppress(OSError), open_plain(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return None
