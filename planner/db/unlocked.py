"""A SQLite file in a folder that cannot be written, read without SQLite's locks.

SQLite needs files beside a database in WAL mode even to read it, and cannot make them in such a folder. It can be told
that the file does not change (`immutable`), and then takes no locks. That holds only while nobody writes, so it is
checked after each reading.
"""

from pathlib import Path
from typing import Self

from planner.db.held import companion, has_companions, may_write, size_of
from planner.errors import DatabaseUnusableError


class UnlockedFile:
    """The file as it stood when it was opened."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._state = self._now()

    @classmethod
    def needed_for(cls, path: Path | None) -> Self | None:
        """The file, where it can be read in no other way: its folder cannot be written, and nobody has it open.

        Raises DatabaseUnusableError where its newest entries are in a log that cannot be read in such a folder.
        """
        if path is None or may_write(path.absolute().parent) or _in_use(path.absolute()):
            return None
        log = companion(path.absolute(), "-wal")
        if size_of(log):
            raise DatabaseUnusableError(
                f"its newest entries are in {log.name}, which cannot be read in a folder that you cannot write to",
                where=str(path),
                do=f"Copy {path.name} and {log.name} into a folder of yours, and read the copy",
            )
        return cls(path)

    @property
    def unchanged(self) -> bool:
        """Whether nobody wrote to the file since it was opened, nor is about to."""
        return not _in_use(self._path) and self._now() == self._state

    def require_unchanged(self) -> None:
        """Raise DatabaseUnusableError where somebody wrote to the file since it was opened."""
        if not self.unchanged:
            raise DatabaseUnusableError(
                "somebody wrote to the database while it was read", where=str(self._path), do="Try again"
            )

    def _now(self) -> tuple[int, int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _in_use(path: Path) -> bool:
    """Whether somebody has the file open, or left a journal that has to be played back."""
    return has_companions(path) or bool(size_of(companion(path, "-journal")))
