"""Whether a SQLite file can be what SQLite wrote: a quick look before each write. `verify` looks at all of it."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from planner.db.held import companion, size_of
from planner.errors import DatabaseUnusableError


def require_sound(connection: Connection, file: Path) -> None:
    """Raise DatabaseUnusableError where the file has another size than its header says, or its schema is not readable.

    The transaction has begun as a write, so nobody else changes the file meanwhile.
    """
    pages, page_size, free = (_number(connection, name) for name in ("page_count", "page_size", "freelist_count"))
    tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master WHERE type = 'table'").scalar()
    if not tables or free >= pages or not _size_fits(file, pages * page_size, page_size):
        raise DatabaseUnusableError(
            "the file is damaged: its size is not what it says of itself; nothing was written",
            where=str(file),
            do="Run 'planner verify', and restore the file from a copy",
        )


def _size_fits(file: Path, expected: int, page_size: int) -> bool:
    """While the log has entries, pages that are new or gone may stand there only."""
    found = size_of(file)
    return found % page_size == 0 and (found == expected or size_of(companion(file, "-wal")) > 0)


def _number(connection: Connection, name: str) -> int:
    value: Any = connection.exec_driver_sql(f"PRAGMA {name}").scalar()
    return int(value)
