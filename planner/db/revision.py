"""Whether a database is ours, and of which revision; making and upgrading it. Alembic is imported only to upgrade."""

import sqlite3
from contextlib import closing
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from planner.db import dialects
from planner.db.database import Database, engine_of
from planner.db.location import file_of, is_absent, shown
from planner.errors import DatabaseStateError, DatabaseUnusableError, NoDatabaseError
from planner.resources import bundled

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import URL, Connection

# The revision of the newest migration. A test holds it equal to Alembic's own head.
HEAD = "0001"

# All revisions that a database of this program may bear, oldest first.
KNOWN = ("0001",)

# A database of ours has these tables from its first revision on.
OURS = frozenset({"alembic_version", "installation", "audit_event"})


class State(Enum):
    """What stands at a database's address."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    NOT_OURS = "not ours"


def state_of(connection: "Connection") -> tuple[State, str | None]:
    """The state of a database and the revision it bears, if any."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return State.EMPTY, None
    if not tables >= OURS:
        return State.NOT_OURS, None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision == HEAD:
        return State.CURRENT, revision
    # An unknown revision on our tables was written by a later program.
    return (State.OLDER if revision in KNOWN else State.NEWER), revision


def require_current(connection: "Connection", address: str) -> None:
    """Raise unless the database is ours and of this program's revision."""
    if _bears_head(connection):
        return
    state, revision = state_of(connection)
    if state is State.EMPTY:
        raise NoDatabaseError("the database is empty", where=address, do="Run 'planner init' to set it up")
    if state is not State.CURRENT:
        raise _mismatch(state, revision, address)


def _bears_head(connection: "Connection") -> bool:
    """The quick way, taken at every start: one read, no look at the catalogue."""
    from sqlalchemy.exc import DBAPIError

    try:
        revision = connection.execute(
            text("SELECT version_num FROM alembic_version, installation WHERE installation.id = 1")
        ).scalar()
    except DBAPIError as error:
        if any(sign in str(error.orig) for sign in ("no such table", "does not exist")):
            connection.rollback()
            return False
        raise
    return revision == HEAD


def _mismatch(state: State, revision: str | None, address: str) -> DatabaseStateError:
    what, do = {
        State.OLDER: (
            f"the database is older than this program (revision {revision}, the program's is {HEAD})",
            "Run 'planner upgrade'; a copy of a file is kept first",
        ),
        State.NEWER: (
            f"the database is newer than this program (revision {revision}, the program knows up to {HEAD})",
            "Install a newer planner",
        ),
        State.NOT_OURS: (
            "there is a database here, but it is not one of planner's",
            "Give another address with --db or PLANNER_DB",
        ),
    }[state]
    return DatabaseStateError(what, where=address, do=do)


def make(url: "URL") -> Database:
    """Make the tables in an empty or absent database. An existing one of this revision is opened as it is.

    Raises DatabaseStateError for one that is older, newer or not ours, DatabaseUnusableError where none can be made.
    """
    file = file_of(url)
    if file is not None and is_absent(url):
        _make_folder(file)
    database = Database(url, engine_of(url))
    try:
        with database.connecting() as connection:
            state, revision = state_of(connection)
            if state is State.EMPTY:
                dialects.use_write_ahead_log(connection)
                _upgrade(connection)
            elif state is not State.CURRENT:
                raise _mismatch(state, revision, database.address)
    except BaseException:
        database.close()
        raise
    return database


def upgrade(url: "URL", now: datetime) -> Path | None:
    """Bring an older database to this revision. A copy of a SQLite file is made first; its path is returned."""
    file = file_of(url)
    if is_absent(url):
        raise NoDatabaseError("there is no database here yet", where=shown(url), do="Run 'planner init' to make it")
    database = Database(url, engine_of(url))
    try:
        with database.connecting() as connection:
            state, revision = state_of(connection)
            if state is State.CURRENT:
                return None
            if state is not State.OLDER:
                raise _mismatch(state, revision, database.address)
            copy = _keep_copy(connection, file, revision, now) if file else None
            _upgrade(connection)
        return copy
    finally:
        database.close()


def _make_folder(file: Path) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusableError(
            f"its folder cannot be made ({error.strerror})", where=str(file), do="Give another path with --db"
        ) from error


def _keep_copy(connection: "Connection", file: Path, revision: str | None, now: datetime) -> Path:
    """Copy the file whole, with what is still in its write-ahead log."""
    copy = file.with_name(f"{file.stem}.{revision}.{now:%Y%m%dT%H%M%S}{file.suffix}")
    connection.rollback()
    try:
        # An earlier copy is never written over.
        copy.touch(exist_ok=False)
        with closing(sqlite3.connect(copy)) as target:
            dialects.driver_connection(connection).backup(target)
    except (OSError, sqlite3.Error) as error:
        raise DatabaseUnusableError(
            f"no copy could be kept ({error}), so it was not upgraded",
            where=str(copy),
            do="See that this file can be made",
        ) from error
    return copy


def _upgrade(connection: "Connection") -> None:
    """Run the migrations on an open connection, all or none."""
    from alembic import command

    config = configuration()
    config.attributes["connection"] = connection
    connection.rollback()
    with connection.begin():
        command.upgrade(config, "head")


def configuration() -> "Config":
    """Alembic's configuration, pointing at the migrations that come with the program."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(bundled("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
