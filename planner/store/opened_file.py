"""Checking that an open SQLite file is still the file at its path.

An open file keeps working after it was deleted, moved or replaced: SQLite then commits into a file that nobody will
ever open again. The file and its write-ahead log are therefore compared with the files at their paths.

No function here opens the file. On POSIX systems, a process that closes any handle of a file loses all its locks on
that file, including those that SQLite holds.
"""

import os
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from planner.base.errors import DatabaseUnusableError
from planner.base.language import later, tr, tr_later

# The files that SQLite keeps next to a database in WAL mode.
COMPANIONS = ("-wal", "-shm")

# The key under which a connection's `info` stores the identities of its companion files.
_INFO_KEY = "planner_companions"

_GONE = (
    later("the database file was moved or deleted while it was open; nothing was written"),
    later("Move the file back, or open the register at its new path"),
)
_REPLACED = (
    later("the database that was open was replaced by another file; nothing was written"),
    later("Close the program and open it again"),
)
_COMPANION = (
    later(
        "a SQLite file next to the database (-wal, -shm) was moved, deleted or replaced while the database was open; "
        "nothing was written"
    ),
    later("Restore that file, or close all programs that use the database and open it again"),
)

Identity = tuple[int, int]


def identity_of(path: Path) -> Identity | None:
    """Return the device and inode of the file at a path, or None if there is no file or it cannot be accessed."""
    try:
        # docs/decisions/0041: opening and closing the file would drop SQLite's locks.
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def companion(path: Path, ending: str) -> Path:
    """Return the path of a file that SQLite keeps next to a database, by its ending (-wal or -shm)."""
    return path.with_name(f"{path.name}{ending}")


class OpenedFile:
    """A SQLite file with its identity at the time the database was opened."""

    def __init__(self, path: Path) -> None:
        # A relative path would refer to another file after a change of the working folder.
        self.path = path.absolute()
        self._identity = identity_of(self.path)

    @property
    def in_place(self) -> bool:
        """Whether the file at the path is the one that was opened."""
        return self._identity is not None and identity_of(self.path) == self._identity

    def require_in_place(self) -> None:
        """Raise DatabaseUnusableError if the file at the path is not the one that was opened."""
        if not self.in_place:
            what, do = _GONE if identity_of(self.path) is None else _REPLACED
            raise DatabaseUnusableError(tr_later(what), where=str(self.path), do=tr_later(do))

    def note_companions(self, info: MutableMapping[Any, Any]) -> None:
        """Store the identities of the open companion files in a connection's `info`, as soon as both exist."""
        found = self._companions()
        if _INFO_KEY not in info and None not in found:
            info[_INFO_KEY] = found

    def require_companions(self, info: MutableMapping[Any, Any]) -> None:
        """Raise DatabaseUnusableError if a companion file is no longer the one that the connection has open."""
        if _INFO_KEY in info and info[_INFO_KEY] != self._companions():
            what, do = _COMPANION
            raise DatabaseUnusableError(tr_later(what), where=str(self.path), do=tr_later(do))

    def require_kept(self, info: MutableMapping[Any, Any]) -> None:
        """After a commit, check that it went into the file at the path. Raises DatabaseUnusableError if it did not."""
        try:
            self.require_in_place()
            self.require_companions(info)
        except DatabaseUnusableError as error:
            raise DatabaseUnusableError(
                tr(
                    "the database was moved, deleted or replaced during this write; the file that is there now does "
                    "not contain the write"
                ),
                where=str(self.path),
                do=tr("Restore the original file, or enter your changes again in the file that is there now"),
            ) from error

    def _companions(self) -> tuple[Identity | None, ...]:
        return tuple(identity_of(companion(self.path, ending)) for ending in COMPANIONS)


def has_companions(path: Path) -> bool:
    """Return whether both companion files of a database in WAL mode exist.

    If they do, a program has the database open, or ended without closing it.
    """
    return all(identity_of(companion(path, ending)) for ending in COMPANIONS)


def size_of(path: Path) -> int:
    """Return the size of a file in bytes, or 0 if there is no file or it cannot be accessed."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def may_write(path: Path) -> bool:
    """Return whether this process may write a file, or create files in a folder."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def require_writable(path: Path) -> None:
    """Raise DatabaseUnusableError if SQLite cannot write an existing file, or the files it needs next to it."""
    file = path.absolute()
    if may_write(file) and (may_write(file.parent) or has_companions(file)):
        return
    if identity_of(file) is not None:
        raise DatabaseUnusableError(
            tr("the file is read-only; nothing was written"),
            where=str(path),
            do=tr("Ask for write access to the file and its folder"),
        )
