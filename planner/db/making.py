"""Making a database, and upgrading an older one. Alembic is imported only here, and only when it is needed."""

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.db import dialects
from planner.db.database import Database, engine_of
from planner.db.location import file_of, is_absent, shown
from planner.db.revision import State, mismatch, state_of
from planner.errors import DatabaseUnusableError, NoDatabaseError
from planner.resources import bundled

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import URL, Connection


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
                raise mismatch(state, revision, database.address)
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
                raise mismatch(state, revision, database.address)
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
