"""Making sure that text which was removed is in no page of a SQLite file and in no log beside it.

SQLite leaves what was deleted or replaced in free pages, in the unused part of pages, and in the write-ahead log.
"""

import sqlite3

from planner.db import dialects
from planner.db.database import Database
from planner.db.location import file_of


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
