"""Writing a folder of files that people may edit, such as an exported register in CSV.

Nothing in such a file says whether somebody has edited it. So a hidden file beside them has the digests of what this
program wrote, in the form of `sha256sum`. What is still as it was written is replaced, and anything else is refused.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from planner.base.files import make_folder, open_plain, read_bounded, write_all
from planner.base.output_files import require_planner_output

# docs/decisions/0046: the record is in the folder itself. An import leaves out files whose names begin with a dot.
_DIGESTS = ".planner-files.sha256"
_LARGEST = 1 << 16


def write_files_to_edit(folder: Path, files: Mapping[str, Iterable[bytes]], *, replace: bool = False) -> list[str]:
    """Write files, by name, into a folder, which is created if it does not exist.

    Files that this program wrote there before, and that nobody changed, are replaced, and removed if they are not among
    the new ones. Return their names. Raises FileTroubleError if there is any other file with one of the names.
    """
    if not folder.is_dir():
        make_folder(folder)
    unchanged = [name for name, digest in _read_digests(folder).items() if _digest(folder / name) == digest]
    require_planner_output(*(folder / name for name in files if name not in unchanged), replace=replace)
    digests: dict[str, str] = {}
    contents = {folder / name: _noting(name, content, digests) for name, content in files.items()}
    # Its lines are made when the other files are written.
    write_all({**contents, folder / _DIGESTS: _lines(digests)})
    for name in unchanged:
        if name not in files:
            (folder / name).unlink(missing_ok=True)
    return unchanged


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
