"""Making sure that a SQLite file and its write-ahead log no longer contain removed text.

SQLite leaves deleted and replaced data in free pages, in the unused part of pages, and in the write-ahead log.
"""

import sqlite3

from planner.store import dialects
from planner.store.database import Database
from planner.store.location import file_of


def purge_deleted_text(database: Database) -> str | None:
    """Rebuild a SQLite file without its deleted data, and empty its log.

    Return None if this succeeded, and otherwise the reason for the failure. For a database on a server, do nothing and
    return None.
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
