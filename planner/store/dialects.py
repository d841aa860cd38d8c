"""All differences between SQLite and PostgreSQL."""

import os
from collections.abc import Iterator, Mapping, Sequence
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
    Table,
    Text,
    UnaryExpression,
    case,
    cast,
    event,
    func,
    literal,
    literal_column,
    null,
    select,
    text,
    type_coerce,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.sql import operators
from sqlalchemy.types import NullType

# How long a SQLite connection waits for another program, in milliseconds.
BUSY_MILLISECONDS = 5_000
# How long a writer waits for the lock at a time, in milliseconds. SQLite looks at a lock again after 1 ms at first, and
# later only every 100 ms, so a writer that waited long would rarely find it free between many others.
LOCK_MILLISECONDS = 200

# The execution option of connections whose transactions begin as writes (see `sqlite_settings`).
WRITES = "planner_writes"

# The prefix of a value that is not stored in the form in which this program stores it.
NOT_AS_WRITTEN = "not as written: "

# The key of the advisory lock that PostgreSQL writers take in turn to append to the audit log.
LOG_LOCK = 0x706C616E


def sqlite_settings(engine: Engine) -> None:
    """Apply the program's settings to each SQLite connection, and begin writes with BEGIN IMMEDIATE.

    A deferred transaction that reads and then writes fails immediately if another writer committed in between; an
    immediate transaction waits. In WAL mode, readers are not blocked meanwhile. `synchronous = FULL` protects commits
    from a power loss.
    """

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        # Turn off the driver's own transaction handling, because transactions begin in `_on_begin`.
        connection.isolation_level = None
        cursor = connection.cursor()
        for setting in (
            f"busy_timeout = {BUSY_MILLISECONDS}",
            "foreign_keys = ON",
            "recursive_triggers = ON",
            "synchronous = FULL",
            # Detect a damaged page when it is read.
            "cell_size_check = ON",
        ):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES, False):
            _begin_write(connection)
        else:
            connection.exec_driver_sql("BEGIN")


def _begin_write(connection: Connection) -> None:
    """Begin a transaction of SQLite that holds the write lock. Raises OperationalError if the lock is not free."""
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {LOCK_MILLISECONDS}")
    try:
        # docs/decisions/0043: a deferred write fails if another one came in between.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")


def tolerate_malformed_schema(engine: Engine) -> None:
    """Let SQLite read a file although some entries of its schema are unreadable.

    Otherwise it would refuse the whole file.
    """

    @event.listens_for(engine, "connect", insert=True)
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA writable_schema = ON")


def reading_options(dialect: Dialect) -> dict[str, Any]:
    """Return the options for read-only transactions that see one consistent snapshot of the database.

    SQLite transactions always see a snapshot, and the address makes them read-only (see `opening_url`). PostgreSQL
    needs both options.
    """
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True} if dialect.name == "postgresql" else {}


def opening_url(url: URL, mode: str = "rw", *, locked: bool = True) -> URL:
    """Return the address with which SQLite opens an existing file: mode `rw` for writing, `ro` for reading only.

    Without a mode, SQLite would create a missing file. If `locked` is false, SQLite takes no locks; the caller must
    ensure that nobody changes the file (see `planner.store.unlocked`).
    """
    # Quote the characters of the path that have a meaning in a URI.
    path = quote(os.fsencode(Path(str(url.database)).absolute()))
    options = {"mode": mode, "uri": "true"} if locked else {"mode": mode, "immutable": "1", "uri": "true"}
    return URL.create(url.drivername, database=f"file:{path}", query=options)


def merge_write_ahead_log(engine: Engine, file: Path) -> None:
    """Merge a SQLite file's write-ahead log into the file if a log was left and no other program has the file open.

    A connection that can write does this when it is the last to close. A read-only connection cannot, so it leaves the
    log.
    """
    if not file.exists() or not file.with_name(f"{file.name}-wal").exists():
        return
    arguments, options = engine.dialect.create_connect_args(engine.url)
    driver: Any = engine.dialect.loaded_dbapi
    with suppress(driver.Error), closing(driver.connect(*arguments, **options)) as connection:
        # This opens the log without reading the schema, which would take most of the time.
        connection.execute("PRAGMA schema_version")


def instant_in_log(dialect: str, column: ColumnElement[datetime]) -> ColumnElement[str]:
    """Return an SQL expression for an instant in the form of the audit log, `2020-04-06T01:00:00.000000Z`.

    A value that is not stored in the form of this program gets the prefix NOT_AS_WRITTEN.
    """
    if dialect == "postgresql":
        written = func.to_char(func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
        return _where_usual(column, "timestamp with time zone", written)
    stored = type_coerce(column, String)
    # The character between date and time affects how instants sort: a T, or a blob, would sort after every blank.
    usual = (func.typeof(column) == "text") & (func.substr(stored, 11, 1) == " ")
    return case(
        (usual, func.replace(stored, " ", "T") + "Z"),
        (column.is_(None), null()),
        else_=literal(NOT_AS_WRITTEN) + func.quote(stored),
    )


def date_in_log(dialect: str, column: ColumnElement[date]) -> ColumnElement[Any]:
    """Return an SQL expression for a date in the form of the audit log, `2020-04-06`.

    SQLite stores this form already.
    """
    if dialect == "postgresql":
        return _where_usual(column, "date", func.to_char(column, "YYYY-MM-DD"))
    return type_coerce(column, NullType())


def _where_usual(column: ColumnElement[Any], kind: str, written: ColumnElement[str]) -> ColumnElement[str]:
    """Return an SQL expression for an instant or a date of PostgreSQL as text.

    The text is `written` for an ordinary value, and begins with NOT_AS_WRITTEN for infinity and for years before 1. The
    function `to_char` would not show such values correctly.
    """
    usual = func.isfinite(column) & (column >= literal_column(f"'0001-01-01'::{kind}"))
    return case((usual, written), else_=literal(NOT_AS_WRITTEN) + cast(column, Text))


def as_stored(dialect: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a JSON column as its text on PostgreSQL, and as the unconverted value of the cell on SQLite."""
    return cast(column, Text) if dialect == "postgresql" else type_coerce(column, NullType())


def contains_bytes(dialect: str, column: ColumnElement[bytes], wanted: bytes) -> ColumnElement[bool]:
    """Return an SQL condition that is true if a column's bytes contain the wanted bytes."""
    find = func.pg_catalog.position if dialect == "postgresql" else func.instr
    return find(column, literal(wanted, LargeBinary)) > 0


def overwrite_deleted(session: Session) -> None:
    """Let SQLite overwrite replaced or deleted data with zeros on this connection. PostgreSQL needs nothing."""
    if session.get_bind().dialect.name == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete = ON")


def without_index(dialect: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column as an expression that makes SQLite read the table without an index.

    On PostgreSQL, settings switch indexes off (`set_locally`).
    """
    return column if dialect == "postgresql" else UnaryExpression(column, operator=operators.custom_op("+"))


def set_locally(connection: Connection, settings: Mapping[str, str]) -> None:
    """Change settings of the PostgreSQL server until the end of the transaction."""
    calls = ", ".join(f"pg_catalog.set_config('{name}', :{name}, true)" for name in settings)
    connection.execute(text(f"SELECT {calls}"), dict(settings))


@contextmanager
def undecoded_texts(connection: Connection) -> Iterator[None]:
    """Make SQLite's driver return text that is not valid UTF-8 as bytes. Otherwise it would fail to read such text."""
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
    """Return the database driver's own connection, for functions that SQLAlchemy does not offer."""
    return connection.connection.dbapi_connection


def use_write_ahead_log(connection: Connection) -> None:
    """Set WAL mode in a new SQLite file, which keeps this mode. PostgreSQL needs nothing."""
    if connection.dialect.name == "sqlite":
        connection.rollback()
        driver_connection(connection).execute("PRAGMA journal_mode = WAL")


def next_ids(session: Session, table: Table, count: int) -> Sequence[int]:
    """Return the ids for the next rows of a table. The transaction must hold the lock for appending to the log."""
    if session.get_bind().dialect.name == "postgresql":
        own = func.pg_get_serial_sequence(table.name, "id")
        return session.execute(select(func.nextval(own)).select_from(func.generate_series(1, count))).scalars().all()
    highest = session.execute(select(func.max(table.c.id))).scalar() or 0
    return range(highest + 1, highest + 1 + count)


# The code of PostgreSQL's error lock_not_available.
_LOCK_NOT_AVAILABLE = "55P03"


def take_log_lock(session: Session, most_milliseconds: int | None = None) -> None:
    """Take the lock for appending to the audit log, and hold it until the end of the transaction.

    On SQLite, BEGIN IMMEDIATE takes this lock. On PostgreSQL it is an advisory lock, for which a writer waits without a
    limit, or for `most_milliseconds`. Raises OperationalError if the lock was not free for that long.
    """
    if session.get_bind().dialect.name != "postgresql":
        session.connection()
        return
    if most_milliseconds is not None:
        session.execute(text(f"SET LOCAL lock_timeout = {most_milliseconds}"))
    session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOG_LOCK})
    if most_milliseconds is not None:
        session.execute(text("SET LOCAL lock_timeout = DEFAULT"))


def is_lock_timeout(error: OperationalError) -> bool:
    """Return whether PostgreSQL stopped waiting for a lock after the time that `take_log_lock` gave."""
    # By its code, because the server speaks the language that it is set to.
    return getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE
