"""What differs between SQLite and PostgreSQL, in one place."""

import os
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import (
    URL,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    LargeBinary,
    String,
    Text,
    UnaryExpression,
    case,
    cast,
    event,
    func,
    literal,
    literal_column,
    null,
    text,
    type_coerce,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql import operators
from sqlalchemy.types import NullType

# How long a SQLite connection waits for another writer, in milliseconds.
BUSY_MILLISECONDS = 5_000

# Marks the connections on which a transaction begins as a write (see `sqlite_settings`).
WRITES = "planner_writes"

# Stands before a value that is not stored in the form in which this program stores it.
NOT_AS_WRITTEN = "not as written: "

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


def pass_over_malformed_schema(engine: Engine) -> None:
    """Let SQLite read a file of whose schema it cannot read some entries; else it would read nothing of it at all."""

    @event.listens_for(engine, "connect", insert=True)
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA writable_schema = ON")


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
    if not file.exists() or not file.with_name(f"{file.name}-wal").exists():
        return
    arguments, options = engine.dialect.create_connect_args(engine.url)
    driver: Any = engine.dialect.loaded_dbapi
    with suppress(driver.Error), closing(driver.connect(*arguments, **options)) as connection:
        # Opens the log, and reads nothing of the schema, which would take most of the time.
        connection.execute("PRAGMA schema_version")


def instant_in_log(dialect: str, column: ColumnElement[datetime]) -> ColumnElement[str]:
    """An instant as the audit log writes it, `2020-04-06T01:00:00.000000Z`, made by the database.

    What is not stored as this program stores instants comes with NOT_AS_WRITTEN before it.
    """
    if dialect == "postgresql":
        written = func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        return _where_usual(column, "timestamp with time zone", written)
    stored = type_coerce(column, String)
    # What stands between date and time decides how instants sort: a T, or bytes, would come after every blank.
    usual = (func.typeof(column) == "text") & (func.substr(stored, 11, 1) == " ")
    return case(
        (usual, func.replace(stored, " ", "T") + "Z"),
        (column.is_(None), null()),
        else_=literal(NOT_AS_WRITTEN) + func.quote(stored),
    )


def date_in_log(dialect: str, column: ColumnElement[date]) -> ColumnElement[Any]:
    """A date as the audit log writes it, `2020-04-06`, made by the database; what SQLite stores is as it is."""
    if dialect == "postgresql":
        return _where_usual(column, "date", func.to_char(column, "YYYY-MM-DD"))
    return type_coerce(column, NullType())


def _where_usual(column: ColumnElement[Any], kind: str, written: ColumnElement[str]) -> ColumnElement[str]:
    """How PostgreSQL writes an instant or date. Infinity and years before 1, which `to_char` hides, are marked."""
    usual = func.isfinite(column) & (column >= literal_column(f"'0001-01-01'::{kind}"))
    return case((usual, written), else_=literal(NOT_AS_WRITTEN) + cast(column, Text))


def as_stored(dialect: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A document as its text on PostgreSQL; on SQLite whatever the cell holds."""
    return cast(column, Text) if dialect == "postgresql" else type_coerce(column, NullType())


def holding_bytes(dialect: str, column: ColumnElement[bytes], wanted: bytes) -> ColumnElement[bool]:
    """That a column's bytes hold others somewhere."""
    find = func.pg_catalog.position if dialect == "postgresql" else func.instr
    return find(column, literal(wanted, LargeBinary)) > 0


def overwrite_deleted(session: Session) -> None:
    """Let SQLite overwrite with zeros what this connection replaces or deletes. Nothing to do on PostgreSQL."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")


def by_no_index(dialect: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """A column in a form that SQLite looks up in no index; on PostgreSQL indexes are switched off (`set_locally`)."""
    return column if dialect == "postgresql" else UnaryExpression(column, operator=operators.custom_op("+"))


def set_locally(connection: Connection, settings: Mapping[str, str]) -> None:
    """Change settings of a PostgreSQL server until the transaction ends."""
    calls = ", ".join(f"pg_catalog.set_config('{name}', :{name}, true)" for name in settings)
    connection.execute(text(f"SELECT {calls}"), dict(settings))


@contextmanager
def undecoded_texts(connection: Connection) -> Iterator[None]:
    """Let SQLite give texts that are not UTF-8 as bytes, where it would otherwise give up reading."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = driver_connection(connection)
    driver.text_factory = _text_or_bytes
    try:
        yield
    finally:
        driver.text_factory = str


def _text_or_bytes(stored: bytes) -> str | bytes:
    try:
        return stored.decode()
    except UnicodeDecodeError:
        return stored


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
