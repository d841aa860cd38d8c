"""Text from somebody who forges lines and steers terminals, written around the program into every text there is."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Text, text
from sqlalchemy.exc import DataError, IntegrityError

from planner.store.models import all_tables

FORGED = "simulated-manager: completion confirmed"
# A formula for a spreadsheet, a column for a table in Markdown, an element for a page; then what a terminal acts upon.
MARKUP = "=odd [/x] [bold] | </style></script><img src=x onerror=owned()>"
HOSTILE = f"{MARKUP}\n{FORGED}\n    {FORGED}\r\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp\u2066\u200b\u2028\U000e0041\x00"

# What a terminal acts upon, or a reader cannot see.
ACTING = [*map(chr, (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0)))]
UNSEEN = [*ACTING, "\u202e", "\u2066", "\u200b", "\u2028", "\U000e0041"]

# Texts that are not of the type TEXT, and still no word of a vocabulary and no key.
SHORT = [("organisation", "short_name"), ("clause_expression", "printed_number"), ("installation", "program_version")]

# Texts by which rows belong together, or what they stand for is found.
STRUCTURE = {
    ("status_update", "actor"),
    ("completion_confirmation", "reported_by"),
    ("redaction", "fields"),
    ("item", "code_key"),
}


@contextmanager
def unguarded(file: Path) -> Iterator[sqlite3.Connection]:
    """A connection for which there are neither guards nor checks."""
    with closing(sqlite3.connect(file)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection
        connection.commit()


def write_into(file: Path, table: str, column: str) -> None:
    """Write it into one column of every row."""
    with unguarded(file) as connection:
        connection.execute(f"UPDATE {table} SET {column} = ? || rowid WHERE {column} IS NOT NULL", (HOSTILE,))


def _texts() -> list[tuple[str, str]]:
    """The columns that hold sentences and names."""
    texts = [
        (table.name, column.name)
        for table in all_tables().sorted_tables
        for column in table.columns
        if isinstance(column.type, Text)
    ]
    return sorted({*texts, *SHORT} - STRUCTURE)


def write_into_rows(file: Path) -> None:
    """Write it into every text of every row outside the log, which stays whole: the program still writes."""
    for table, column in _texts():
        if table != "audit_event":
            write_into(file, table, column)


def write_everywhere(file: Path) -> None:
    """Write it into every text of every row, and into every text that the log tells."""
    for table, column in _texts():
        write_into(file, table, column)
    with unguarded(file) as connection:
        connection.execute("UPDATE status_update SET actor = ?", (HOSTILE,))
        connection.execute("UPDATE completion_confirmation SET reported_by = ?", (HOSTILE,))
        for seq, body in connection.execute("SELECT seq, body FROM audit_event").fetchall():
            told = json.dumps(_hostile(json.loads(body)))
            connection.execute("UPDATE audit_event SET body = ? WHERE seq = ?", (told.encode(), seq))


def _hostile(value: Any) -> Any:
    """A part of an event with every text in it that is a sentence replaced."""
    if isinstance(value, dict):
        return {key: _hostile(part) for key, part in value.items()}
    return HOSTILE if isinstance(value, str) and " " in value else value


def unseen(printed: str) -> list[str]:
    """The characters that act or cannot be seen; a file's line ends are none."""
    return [f"{ord(one):X}" for one in UNSEEN if one in printed.replace("\r\n", "\n")]


def forged_lines(printed: str) -> list[str]:
    """Lines that say no more than the forged one: they look like the program's own."""
    return [line for line in printed.splitlines() if line.strip() == FORGED]


def write_texts_on_a_server(connection: Connection) -> None:
    """Write it into every text of every row of a PostgreSQL database that takes it; a server stores no NUL."""
    for table, column in _texts():
        statement = text(f"UPDATE {table} SET {column} = :text || ctid::text WHERE {column} IS NOT NULL")
        # Some texts are held by a check or a length, which no superuser lifts.
        with suppress(IntegrityError, DataError), connection.begin_nested():
            connection.execute(statement, {"text": HOSTILE.replace("\0", "")})
