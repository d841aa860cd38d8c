"""A lock for a small file that several processes read, change and write."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.base.errors import FileTroubleError
from planner.base.files import make_private_folder
from planner.base.language import tr

# How long to wait for another process, in seconds. Each process holds the lock for a few milliseconds.
LONGEST_WAIT = 5.0
_PAUSE = 0.01

# The error codes of a file system that does not support locks.
_LOCKS_UNSUPPORTED = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold a lock on a file during the `with` block. The lock is a separate file next to it, created if necessary.

    The operating system releases the lock when the process ends, in whatever way. Raises FileTroubleError if the folder
    cannot be created or written, if the file system does not support locks, or if another process holds the lock for
    too long.
    """
    lock_file = file.with_name(f".{file.name}.lock")
    try:
        make_private_folder(file.parent)
        descriptor = os.open(lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileTroubleError(
            tr("no file can be written next to it ({reason})", reason=reason),
            where=str(file),
            do=tr("Check who owns the folder and who may write to it"),
        ) from error
    try:
        _lock(descriptor, file)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, file: Path) -> None:
    if sys.platform == "win32":
        return  # Not a platform for several windows: the app itself does not run there.
    import fcntl

    deadline = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError as error:
            if time.monotonic() > deadline:
                raise FileTroubleError(
                    tr("another process is changing it"), where=str(file), do=tr("Try again in a moment")
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
