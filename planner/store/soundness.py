"""A quick check, before each write, that a SQLite file is intact. `verify` checks the whole file."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from planner.base.errors import DatabaseUnusableError
from planner.base.language import tr
from planner.store.opened_file import companion, size_of


def require_sound(connection: Connection, file: Path) -> None:
    """Raise DatabaseUnusableError if a file's size differs from its header, or if its schema cannot be read.

    The caller's transaction holds the write lock, so no other program changes the file during the check.
    """
    # docs/decisions/0042: quick_check takes 45 ms for 15 MB and grows with the file.
    pages, page_size, free = (_number(connection, name) for name in ("page_count", "page_size", "freelist_count"))
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE type = 'table'").scalar()
    if not tables or free >= pages or not _size_fits(file, pages * page_size, page_size):
        raise DatabaseUnusableError(
            tr("the file is damaged: its size differs from the size in its header; nothing was written"),
            where=str(file),
            do=tr("Run 'planner verify', and restore the file from a backup copy"),
        )


def _size_fits(file: Path, expected: int, page_size: int) -> bool:
    """Return whether a file has the expected size.

    If its write-ahead log has entries, the size may differ by whole pages.
    """
    found = size_of(file)
    return found % page_size == 0 and (found == expected or size_of(companion(file, "-wal")) > 0)


def _number(connection: Connection, name: str) -> int:
    value: Any = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
    return int(value)
