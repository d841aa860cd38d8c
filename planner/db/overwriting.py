"""Making sure that text which was removed is in no page of a SQLite file and in no log beside it.

SQLite leaves what was deleted or replaced in free pages, in the unused part of pages, and in the write-ahead log.
"""

import glob
import re
import sqlite3
from pathlib import Path

from planner.db import dialects
from planner.db.database import Database
from planner.db.location import file_of

# How `upgrade` names the copies that it keeps: FILE.REVISION.INSTANT.ENDING.
_COPY = re.compile(r"\.[0-9]{4}\.[0-9]{8}T[0-9]{6}$")


def forget_deleted(database: Database) -> str | None:
    """Build a SQLite file again without what was deleted in it, and empty its log; why that could not be done, if so.

    On a server nothing can be done from here, and nothing is.
    """
    if file_of(database.url) is None:
        return None
    with database.connecting() as connection:
        connection.rollback()
        driver = dialects.driver_connection(connection)
        try:
            driver.execute("VACUUM")
            (busy, _, _) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            return str(error)
    return "another program is reading the file" if busy else None


def kept_copies(database: Database) -> list[Path]:
    """The copies of the file that `upgrade` kept beside it: they hold what the file held then."""
    file = file_of(database.url)
    if file is None:
        return []
    beside = file.parent.glob(f"{glob.escape(file.stem)}.*{glob.escape(file.suffix)}")
    return sorted(one for one in beside if _COPY.search(one.stem))
