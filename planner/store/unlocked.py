"""Reading a SQLite file without locks, if it is in a folder that cannot be written.

Even to read a database in WAL mode, SQLite needs files next to it, which it cannot create in such a folder. With the
option `immutable`, SQLite assumes that the file does not change, and takes no locks. The program therefore checks after
each read that nobody has written the file.
"""

from pathlib import Path
from typing import Self

from planner.base.errors import DatabaseUnusableError
from planner.base.language import tr
from planner.store.opened_file import companion, has_companions, may_write, size_of


class UnlockedFile:
    """A SQLite file with its state at the time it was opened."""

    def __init__(self, path: Path) -> None:
        self._path = path.absolute()
        self._state = self._now()

    @classmethod
    def needed_for(cls, path: Path | None) -> Self | None:
        """Return the file if it can only be read without locks, otherwise None.

        This is the case if its folder cannot be written and no program has the file open. Raises DatabaseUnusableError
        if the newest entries are in a log that cannot be read in such a folder.
        """
        # docs/decisions/0045: `immutable` is only correct while nobody writes.
        if path is None or may_write(path.absolute().parent) or _in_use(path.absolute()):
            return None
        log = companion(path.absolute(), "-wal")
        if size_of(log):
            raise DatabaseUnusableError(
                tr(
                    "the latest entries of the database are in {name}, which cannot be read because you cannot "
                    "write to the folder",
                    name=log.name,
                ),
                where=str(path),
                do=tr(
                    "Copy {name} and {name_2} into a folder of your own, and open the copy",
                    name=path.name,
                    name_2=log.name,
                ),
            )
        return cls(path)

    @property
    def unchanged(self) -> bool:
        """Whether the file was not written since it was opened, and no program has it open for writing."""
        return not _in_use(self._path) and self._now() == self._state

    def require_unchanged(self) -> None:
        """Raise DatabaseUnusableError if another program has written to the file since it was opened."""
        if not self.unchanged:
            raise DatabaseUnusableError(
                tr("somebody wrote to the database while it was being read"), where=str(self._path), do=tr("Try again")
            )

    def _now(self) -> tuple[int, int, int, int] | None:
        try:
            found = self._path.stat()
        except OSError:
            return None
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _in_use(path: Path) -> bool:
    """Return whether a program has the file open, or left a journal that must be applied first."""
    return has_companions(path) or bool(size_of(companion(path, "-journal")))
