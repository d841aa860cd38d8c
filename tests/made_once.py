"""What many tests of a process need alike is made once: entries of data files, tables of SQLite files, and so on.

The first time the program does it. After that its result is given again: a data file of the same bytes has the same
entries, which nobody can change, an empty file gets a copy of the tables that the migrations made before, a template of
the same text is not compiled again, a chart of the same specification is not drawn again, and the same description of
columns is not written again.
"""

import json
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from sqlalchemy import Connection

from planner.base.files import read_bounded
from planner.bundle import reader
from planner.bundle.forms import FileEntry
from planner.pages import templates
from planner.store import dialects, making
from planner.tables import schemas
from planner.weekly import descriptions
from planner.weekly.page import drawing, vega_lite

_Form = TypeVar("_Form", bound=FileEntry)

_read = reader.read_file
_upgrade = making._upgrade
draw_anew = vega_lite.rendered
_description = schemas.description_bytes

_entries: dict[tuple[str, bytes, type[FileEntry]], Any] = {}
_tables: dict[str, sqlite3.Connection] = {}
_charts: dict[str, str] = {}
_descriptions: dict[str, bytes] = {}


def share_made() -> None:
    """Have data files read, SQLite tables made, templates compiled, charts drawn and columns described only once."""
    reader.read_file = read_once
    making._upgrade = migrate_once
    vega_lite.rendered = draw_once
    patch.object(descriptions, "description_bytes", describe_once).start()
    patch.object(templates, "Environment", partial(Environment, bytecode_cache=_CompiledTemplates())).start()


class _CompiledTemplates(BytecodeCache):
    """The templates that were compiled in this process."""

    def __init__(self) -> None:
        self._codes: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code if a template of the same name and text was compiled."""
        bucket.code = self._codes.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        self._codes[bucket.key, bucket.checksum] = bucket.code


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


def draw_once(spec: drawing.Spec) -> str:
    """Draw a chart. One with the same specification as an earlier one is not drawn again."""
    key = json.dumps(spec)
    if key not in _charts:
        _charts[key] = draw_anew(spec)
    return _charts[key]


def describe_once(description: dict[str, Any]) -> bytes:
    """Write a description of columns. One with the same content as an earlier one is not indented again."""
    key = json.dumps(description)
    if key not in _descriptions:
        _descriptions[key] = _description(description)
    return _descriptions[key]


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
