"""What differs between SQLite and PostgreSQL, in one place."""

import os
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, ColumnElement, Connection, Dialect, Engine, String, event, func, text, type_coerce
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

# How long a SQLite connection waits for another writer, in milliseconds.
BUSY_MILLISECONDS = 5_000

# Marks the connections on which a transaction begins as a write (see `sqlite_settings`).
WRITES = "planner_writes"

# The key of the advisory lock under which PostgreSQL writers append to the audit log, one after the other.
LOG_LOCK = 0x706C616E


def sqlite_settings(engine: Engine) -> None:
    """Set up each SQLite connection, and begin writes with BEGIN IMMEDIATE.

    A deferred transaction that reads and then writes fails at once when another writer came between; an immediate one
    waits its turn. WAL lets readers go on meanwhile; synchronous FULL survives a power loss.
    """

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        # The driver's own transaction handling is off: transactions begin where `_on_begin` says.
        connection.isolation_level = None
        cursor = connection.cursor()
        for setting in (
            f"busy_timeout = {BUSY_MILLISECONDS}",
            "foreign_keys = ON",
            "recursive_triggers = ON",
            "synchronous = FULL",
            # A page that is damaged is noticed when it is read, rather than believed.
            "cell_size_check = ON",
        ):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def reading_options(dialect: Dialect) -> dict[str, Any]:
    """How a reading transaction sees one moment throughout and cannot write.

    SQLite's always sees one; that it cannot write is in the address (see `opening_url`). PostgreSQL has to be asked.
    """
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if dialect.name == "postgresql" else {}


def opening_url(url: URL, mode: str = "rw", *, locked: bool = True) -> URL:
    """The address under which SQLite opens a file that is there: `rw` to write it, `ro` to read it only.

    Without a mode SQLite would make an empty file where there is none. Not `locked` says that nobody changes the file
    meanwhile (see `held.UnlockedFile`).
    """
    # A path in a URI: the characters that mean something there are quoted, so that they mean themselves.
    path = quote(os.fsencode(Path(str(url.database)).absolute()))
    options = {"mode": mode, "uri": "true"} if locked else {"mode": mode, "immutable": "1", "uri": "true"}
    return URL.create(url.drivername, database=f"file:{path}", query=options)


def fold_log(engine: Engine, file: Path) -> None:
    """Fold a SQLite file's write-ahead log into it where one was left and nobody else has the file open.

    A connection that writes does so when it is the last to close; one that only reads cannot, and leaves the log.
    """
    if file.exists() and file.with_name(f"{file.name}-wal").exists():
        with suppress(DBAPIError), engine.connect() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")


def instant_in_log(dialect: Dialect, column: ColumnElement[datetime]) -> ColumnElement[str]:
    """An instant as the audit log writes it, `2020-04-06T01:00:00.000000Z`, made by the database."""
    if dialect.name == "postgresql":
        return func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
    return func.replace(type_coerce(column, String), " ", "T") + "Z"


def date_in_log(dialect: Dialect, column: ColumnElement[date]) -> ColumnElement[str]:
    """A date as the audit log writes it, `2020-04-06`, made by the database."""
    return func.to_char(column, "YYYY-MM-DD") if dialect.name == "postgresql" else type_coerce(column, String)


def driver_connection(connection: Connection) -> Any:
    """The driver's own connection under SQLAlchemy's, for what only the driver can do."""
    return connection.connection.dbapi_connection


def use_write_ahead_log(connection: Connection) -> None:
    """Put a new SQLite file in WAL mode, which then stays with the file. Nothing to do on PostgreSQL."""
    if connection.dialect.name == "sqlite":
        connection.rollback()
        driver_connection(connection).execute("PRAGMA journal_mode = WAL")


def take_log_lock(session: Session) -> None:
    """Hold the right to append to the audit log until the transaction ends.

    SQLite gave it with BEGIN IMMEDIATE; PostgreSQL gives it as an advisory lock.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOG_LOCK})
    else:
        session.connection()
