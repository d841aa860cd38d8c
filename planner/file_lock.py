"""A lock for a small file that several processes read, change and write back."""

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import FileTroubleError
from planner.files import make_private_folder

# Seconds to wait for another process. Each holds the lock for some milliseconds.
LONGEST_WAIT = 5.0
_PAUSE = 0.01

# What a file system says that cannot lock.
_CANNOT = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Keep other processes from changing a file meanwhile. The lock is a file beside it, made where it is missing.

    A process that ends lets go of its lock, however it ends. Raises FileTroubleError where the folder cannot be made or
    written to, where the file system cannot lock, and where another process keeps the lock too long.
    """
    beside = file.with_name(f".{file.name}.lock")
    try:
        make_private_folder(file.parent)
        descriptor = os.open(beside, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileTroubleError(
            f"nothing can be written beside it ({reason})", where=str(file), do="See who owns the folder"
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
                    "another process is changing it", where=str(file), do="Try again in a moment"
                ) from error
            time.sleep(_PAUSE)
        except OSError as error:
            if error.errno not in _CANNOT:
                raise
            raise FileTroubleError(
                "the file system of its folder cannot lock files, so that two windows could lose each other's changes",
                where=str(file),
                do="Keep your data folder on another one: XDG_DATA_HOME names its place",
            ) from error
