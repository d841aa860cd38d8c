"""Read and write a person's files, which are private, of limited size, and always replaced as a whole.

A damaged file is refused and never overwritten, because it may be the only copy.
"""

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from planner.base.errors import FileTroubleError
from planner.base.files import LARGEST_SMALL_FILE, make_private_folder, read_bounded, write_whole
from planner.base.language import tr

# Text is stored unchanged even if it is not valid Unicode, because a terminal lets a person type such text.
_ENCODING_ERRORS = "surrogatepass"

# How long to wait for another process, in seconds. Each process holds the lock for a few milliseconds.
LONGEST_WAIT = 5.0
_PAUSE = 0.01

# The error codes of a file system that does not support locks.
_LOCKS_UNSUPPORTED = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)

_Content = TypeVar("_Content")


class DamagedFileError(FileTroubleError):
    """A person's file has invalid content. `reason` says what is wrong with it."""

    def __init__(self, file: Path, reason: str) -> None:
        self.reason = reason
        what = tr("the content of this file is invalid ({reason})", reason=reason)
        super().__init__(what, where=str(file), do=tr("Correct the file, or delete it"))


def read_text(file: Path) -> str | None:
    """Return the text of a file, or None if there is no file.

    Raises FileTroubleError if the file is too large, is not UTF-8, or cannot be read.
    """
    content = _read(file, LARGEST_SMALL_FILE)
    try:
        return None if content is None else content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _unreadable(file, tr("the content is not UTF-8 text")) from error


def read_json(
    file: Path, file_format: str, decode: Callable[[dict[str, Any]], _Content], largest: int = LARGEST_SMALL_FILE
) -> _Content | None:
    """Return what `decode` makes of a JSON file, or None if there is no file.

    `decode` raises ValueError for invalid content. Raises DamagedFileError if the content is invalid or has another
    format, and FileTroubleError if the file is larger than `largest` bytes or cannot be read.
    """
    content = _read(file, largest)
    if content is None:
        return None
    import json  # not needed before the app's first paint

    try:
        data = json.loads(content.decode("utf-8", _ENCODING_ERRORS))
        if not isinstance(data, dict) or data.get("format") != file_format:
            raise ValueError(tr("the field 'format' is not {format}", format=file_format))
        return decode(data)
    except (ValueError, RecursionError) as error:
        raise DamagedFileError(file, str(error)) from error


def save_text(file: Path, text: str) -> None:
    """Replace a file, and create its folder if necessary. Raises FileTroubleError if this fails."""
    _write(file, text.encode("utf-8", "replace"))


def save_json(file: Path, file_format: str, data: dict[str, Any]) -> None:
    """Replace a JSON file, and create its folder if necessary. Raises FileTroubleError if this fails."""
    import json

    text = json.dumps({"format": file_format, **data}, ensure_ascii=False, indent=1) + "\n"
    _write(file, text.encode("utf-8", _ENCODING_ERRORS))


@contextmanager
def changing(file: Path, file_format: str, check: Callable[[dict[str, Any]], object]) -> Iterator[dict[str, Any]]:
    """Yield the content of a JSON file to the `with` block, and write the content back after the block has changed it.

    The file is locked meanwhile, so that two windows cannot lose each other's changes. Entries that a later version of
    the program wrote are kept. `check` raises ValueError for invalid content. Raises DamagedFileError if the content is
    invalid or has another format, and FileTroubleError if the file cannot be locked, read or written.
    """

    def checked(data: dict[str, Any]) -> dict[str, Any]:
        check(data)
        return data

    with _locked(file):
        data = read_json(file, file_format, checked) or {}
        yield data
        save_json(file, file_format, data)


def delete_file(file: Path) -> bool:
    """Delete a file and return whether there was one. Raises FileTroubleError if it cannot be deleted."""
    with _folder_errors(file.parent):
        try:
            file.unlink()
        except FileNotFoundError:
            return False
    return True


def _read(file: Path, largest: int) -> bytes | None:
    try:
        return read_bounded(file, largest)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise _unreadable(file, error.strerror or str(error)) from error


def _unreadable(file: Path, reason: str) -> FileTroubleError:
    return FileTroubleError(
        tr("the file cannot be read ({reason})", reason=reason),
        where=str(file),
        do=tr("Check who owns the file and who may read it"),
    )


def _write(file: Path, content: bytes) -> None:
    with _folder_errors(file.parent):
        make_private_folder(file.parent)
    # docs/decisions/0036: only the person may read it.
    write_whole(file, [content], private=True)


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Hold a lock on a file during the `with` block. The lock is a separate file next to it, created if necessary.

    The operating system releases the lock when the process ends, in whatever way. Raises FileTroubleError if the lock
    cannot be created, if the file system does not support locks, or if another process holds the lock for too long.
    """
    with _folder_errors(file.parent):
        make_private_folder(file.parent)
        descriptor = os.open(file.with_name(f".{file.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(descriptor, file)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, file: Path) -> None:
    if sys.platform == "win32":
        return  # This platform does not run the app, so several windows cannot be open.
    import fcntl

    deadline = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise FileTroubleError(
                    tr("another process is changing this file"), where=str(file), do=tr("Try again in a moment")
                ) from error
            time.sleep(_PAUSE)
        except OSError as error:
            if error.errno not in _LOCKS_UNSUPPORTED:
                raise
            raise FileTroubleError(
                tr(
                    "the file system of its folder does not support file locks, so two windows could "
                    "overwrite each other's changes"
                ),
                where=str(file),
                do=tr("Set XDG_DATA_HOME to a folder on another file system"),
            ) from error


@contextmanager
def _folder_errors(folder: Path) -> Iterator[None]:
    """Raise errors of the operating system about a folder as FileTroubleError."""
    try:
        yield
    except OSError as error:
        raise FileTroubleError(
            tr("the folder cannot be created or changed ({reason})", reason=(error.strerror or str(error)).lower()),
            where=str(folder),
            do=tr("Check who owns the folder and who may write to it"),
        ) from error
