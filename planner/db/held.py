"""The SQLite file that a database holds open, and whether it is still the file at its path.

An open handle goes on working after the file was deleted, moved or replaced: SQLite commits into a file that nobody
will ever open again. So the file and its write-ahead log are compared with what stands at their paths.

Nothing here opens the file. On POSIX systems a process that closes any handle of a file loses its locks on it, also
those that SQLite holds.
"""

import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from planner.errors import DatabaseUnusableError

# The files that SQLite keeps beside a database in WAL mode.
COMPANIONS = ("-wal", "-shm")

# Under this name a connection's own record keeps what its companions were.
_KNOWN = "planner_companions"

_GONE = (
    "the database file is no longer here: it was moved or deleted while it was open",
    "Put it back, or open the register where it is now",
)
_REPLACED = ("another file has taken the place of the database that was open", "Close the program and open it again")
_COMPANION = (
    "a file that SQLite keeps beside the database (-wal, -shm) was moved, deleted or replaced while it was open",
    "Put it back, or close all programs that use the database and open it again",
)

Identity = tuple[int, int]


def identity_of(path: Path) -> Identity | None:
    """Which file stands at a path: device and inode. None where there is none, or none that may be looked at."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def companion(path: Path, ending: str) -> Path:
    """The file of an ending that SQLite keeps beside a database."""
    return path.with_name(f"{path.name}{ending}")


class HeldFile:
    """The file as it was when the database was opened."""

    def __init__(self, path: Path) -> None:
        # A relative path would mean another file once the working folder is another one.
        self.path = path.absolute()
        self._identity = identity_of(self.path)

    @property
    def in_place(self) -> bool:
        """Whether the file at the path is the one that was opened."""
        return self._identity is not None and identity_of(self.path) == self._identity

    def require_in_place(self) -> None:
        """Raise DatabaseUnusableError where the file at the path is not the one that was opened."""
        if not self.in_place:
            what, do = _GONE if identity_of(self.path) is None else _REPLACED
            raise DatabaseUnusableError(f"{what}; nothing was written", where=str(self.path), do=do)

    def note_companions(self, info: MutableMapping[Any, Any]) -> None:
        """Note in a connection's record which companions it has open, once it has some."""
        found = self._companions()
        if _KNOWN not in info and None not in found:
            info[_KNOWN] = found

    def require_companions(self, info: MutableMapping[Any, Any]) -> None:
        """Raise DatabaseUnusableError where a companion is no longer the one that the connection has open."""
        if _KNOWN in info and info[_KNOWN] != self._companions():
            what, do = _COMPANION
            raise DatabaseUnusableError(f"{what}; nothing was written", where=str(self.path), do=do)

    def require_kept(self, info: MutableMapping[Any, Any]) -> None:
        """After a commit: raise DatabaseUnusableError where it did not go into the file at the path."""
        try:
            self.require_in_place()
            self.require_companions(info)
        except DatabaseUnusableError as error:
            raise DatabaseUnusableError(
                "the database was moved, deleted or replaced while this was recorded; the file here does not have it",
                where=str(self.path),
                do="Put the file back that was open, or enter this again in the one that is here",
            ) from error

    def _companions(self) -> tuple[Identity | None, ...]:
        return tuple(identity_of(companion(self.path, ending)) for ending in COMPANIONS)


def has_companions(path: Path) -> bool:
    """Whether both files of a database in WAL mode are there: somebody has it open, or ended without closing it."""
    return all(identity_of(companion(path, ending)) for ending in COMPANIONS)


def size_of(path: Path) -> int:
    """The size of a file; 0 where there is none, or none that may be looked at."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def may_write(path: Path) -> bool:
    """Whether this process may write a file, or make files in a folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def require_writable(path: Path) -> None:
    """Raise DatabaseUnusableError where a file that is there cannot be written as SQLite has to."""
    file = path.absolute()
    if may_write(file) and (may_write(file.parent) or has_companions(file)):
        return
    if identity_of(file) is not None:
        raise DatabaseUnusableError(
            "it can only be read; nothing was written",
            where=str(path),
            do="Ask for write access to the file and its folder",
        )
