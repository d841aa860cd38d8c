"""What many tests of a process need alike is made once: data files that were read, and the tables of a SQLite file.

The first time the program does it. After that its result is given again: a data file of the same bytes has the same
entries, which nobody can change, and an empty file gets a copy of the tables that the migrations made before.
"""

import sqlite3
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from planner.base.files import read_bounded
from planner.bundle import reader
from planner.bundle.forms import FileEntry
from planner.store import dialects, making

_Form = TypeVar("_Form", bound=FileEntry)

_read = reader.read_file
_upgrade = making._upgrade

_entries: dict[tuple[str, bytes, type[FileEntry]], Any] = {}
_tables: dict[str, sqlite3.Connection] = {}


def share_made() -> None:
    """Have data files read, and tables of SQLite files made, once in this process."""
    reader.read_file = read_once
    making._upgrade = migrate_once


def read_once(file: Path, form: type[_Form]) -> _Form:
    """Read a data file. One with the same name and content as an earlier one is not parsed again."""
    try:
        key = (file.name, read_bounded(file, reader.LARGEST_DATA_FILE), form)
    except OSError:
        # The program says what is wrong with the file.
        return _read(file, form)
    if key not in _entries:
        _entries[key] = _read(file, form)
    found: _Form = _entries[key]
    return found


def migrate_once(connection: Connection) -> None:
    """Bring a database to the program's revision. An empty SQLite file gets a copy of what the migrations made."""
    migrations = str(making.configuration().get_main_option("script_location"))
    if connection.dialect.name != "sqlite" or not _is_empty(connection):
        _upgrade(connection)
    elif migrations in _tables:
        connection.rollback()
        _tables[migrations].backup(dialects.driver_connection(connection))
    else:
        _upgrade(connection)
        made = sqlite3.connect(":memory:", check_same_thread=False)
        dialects.driver_connection(connection).backup(made)
        _tables[migrations] = made


def _is_empty(connection: Connection) -> bool:
    return connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar() == 0
