"""Creating a database and upgrading an older one. Alembic is imported only when it is needed."""

import errno
import glob
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.base.errors import DatabaseUnusableError, FileTroubleError, NotAllowedError, no_plan_yet
from planner.base.files import make_private_folder, sync_folder, write_new
from planner.base.language import tr
from planner.base.resources import bundled
from planner.store import dialects
from planner.store.database import Database, engine_of
from planner.store.location import file_of, is_absent, opens_read_only, parse, shown
from planner.store.opened_file import companion, size_of
from planner.store.revision import DatabaseState, mismatch, state_of

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import URL, Connection


def make(url: "URL") -> Database:
    """Create the tables in an empty or missing database, and open it. A database of this revision is only opened.

    Raises DatabaseStateError if the database is older, newer or from another program, and DatabaseUnusableError if it
    cannot be created.
    """
    file = file_of(url)
    if file is not None and is_absent(url):
        with new_sqlite_file(url):
            pass
    return _set_up(url)


def require_may_write(url: "URL") -> None:
    """Raise NotAllowedError if the address says that the database is only read."""
    if opens_read_only(url):
        raise NotAllowedError(
            tr("the database was opened read-only (mode=ro)"),
            where=shown(url),
            do=tr("Remove mode=ro from the address"),
        )


@contextmanager
def new_sqlite_file(url: "URL") -> Iterator[Database]:
    """Create a database file with its tables in a temporary folder, and yield the database.

    After the block, the file is moved to the path in the URL, so other programs never see an incomplete file. If the
    block fails, the file is deleted. Raises DatabaseUnusableError if the file cannot be created, or if another file has
    appeared at that path meanwhile. The other file is not changed.
    """
    require_may_write(url)
    file = Path(os.path.realpath(str(url.database)))
    with temporary_folder_for(file) as folder:
        temporary = folder / file.name
        write_new(temporary, b"", private=True)
        database = _set_up(url.set(database=str(temporary), query={}))
        try:
            yield database
        finally:
            database.close()
        move_into_place(temporary, file)


@contextmanager
def passing_database() -> Iterator[Database]:
    """Yield an empty database with all tables, which is deleted after the block."""
    with tempfile.TemporaryDirectory(prefix="planner-passing-") as folder:
        file = Path(folder) / "passing.sqlite"
        write_new(file, b"", private=True)
        database = _set_up(parse(str(file), "database"))
        try:
            yield database
        finally:
            database.close()


@contextmanager
def temporary_folder_for(file: Path) -> Iterator[Path]:
    """Yield a private temporary folder in which a new database can be made. It is deleted with its contents afterwards.

    Raises DatabaseUnusableError if the folder cannot be made, or if the write-ahead log of an earlier database is still
    at the path `file`. SQLite would apply that log to the new database.
    """
    log = companion(file, "-wal")
    if not os.path.lexists(file) and size_of(log):
        raise DatabaseUnusableError(
            tr(
                "the database is missing, but {name} exists and may contain its latest entries",
                name=log.name,
            ),
            where=str(file),
            do=tr("Restore the database, or move the files ending in -wal and -shm elsewhere"),
        )
    try:
        make_private_folder(file.parent)
    except OSError as error:
        raise _unusable(file, tr("the folder cannot be created ({reason})", reason=error.strerror)) from error
    try:
        folder = tempfile.TemporaryDirectory(prefix=".planner-new-", dir=file.parent)
    except OSError as error:
        raise _unusable(file, tr("no file can be created in the folder ({reason})", reason=error.strerror)) from error
    with folder as name:
        yield Path(name)


def _unusable(file: Path, what: str) -> DatabaseUnusableError:
    return DatabaseUnusableError(what, where=str(file), do=tr("Give another path"), by_field="database")


def move_into_place(temporary: Path, file: Path) -> None:
    """Move a finished database to its final name. Raises DatabaseUnusableError if that name was taken meanwhile."""
    try:
        # docs/decisions/0044: a link fails if somebody made a file here meanwhile.
        os.link(temporary, file)
    except FileExistsError as error:
        raise DatabaseUnusableError(
            tr("another program created this database in the meantime; the database was not changed"),
            where=str(file),
            do=tr("Check the existing file first"),
        ) from error
    except OSError:
        # This file system does not support hard links.
        _put_without_link(temporary, file)
    sync_folder(file.parent)


def _put_without_link(temporary: Path, file: Path) -> None:
    try:
        if os.path.lexists(file):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
        temporary.rename(file)
    except OSError as error:
        raise DatabaseUnusableError(
            tr("the new database could not be moved here ({reason})", reason=error.strerror),
            where=str(file),
            do=tr("Give another path"),
            by_field="database",
        ) from error


def _set_up(url: "URL") -> Database:
    """Open an existing database, and create its tables if it has none."""
    database = Database(url, engine_of(url))
    try:
        with database.connecting() as connection:
            state, revision = state_of(connection)
            if state is DatabaseState.EMPTY:
                _restrict_to_owner(file_of(url))
                dialects.use_write_ahead_log(connection)
                _upgrade(connection)
            elif state is not DatabaseState.CURRENT:
                raise mismatch(state, revision, database.address)
    except BaseException:
        database.close()
        raise
    return database


def _restrict_to_owner(file: Path | None) -> None:
    """Remove other users' access to an empty file before it becomes a register."""
    if file is not None:
        with suppress(PermissionError):
            # Only the owner of the file can do this, and a different owner may have shared it on purpose.
            file.chmod(0o600)


def upgrade(url: "URL", now: datetime) -> Path | None:
    """Upgrade an older database to this revision.

    A SQLite file is copied first, and the path of the copy is returned. For a database on a server, or one that already
    has this revision, None is returned. Raises NoDatabaseError if there is no database.
    """
    file = file_of(url)
    if is_absent(url):
        raise no_plan_yet(tr("there is no database at this address yet"), shown(url))
    database = Database(url, engine_of(url))
    try:
        with database.connecting() as connection:
            state, revision = state_of(connection)
            if state is DatabaseState.CURRENT:
                return None
            if state is not DatabaseState.OLDER:
                raise mismatch(state, revision, database.address)
            # docs/decisions/0104: without a copy, nothing is upgraded.
            copy = _keep_copy(connection, file, revision, now) if file else None
            _upgrade(connection)
        return copy
    finally:
        database.close()


def _keep_copy(connection: "Connection", file: Path, revision: str | None, now: datetime) -> Path:
    """Copy the whole database, including the contents of its write-ahead log."""
    copy = file.with_name(_copy_name(file, str(revision), f"{now:%Y%m%dT%H%M%S}"))
    connection.rollback()
    try:
        # An earlier copy is never overwritten.
        write_new(copy, b"", private=True)
        with closing(sqlite3.connect(copy)) as target:
            _copy_whole(connection, target, copy)
    except (FileTroubleError, sqlite3.Error) as error:
        reason = error.what if isinstance(error, FileTroubleError) else error
        raise DatabaseUnusableError(
            tr("no backup copy could be made ({reason}), so the database was not upgraded", reason=reason),
            where=str(copy),
            do=tr("Make sure that this file can be created"),
        ) from error
    return copy


def _copy_whole(connection: "Connection", target: sqlite3.Connection, copy: Path) -> None:
    """Copy a database. If an error or signal interrupts the copying, the incomplete copy is deleted."""
    try:
        dialects.driver_connection(connection).backup(target)
    except BaseException:
        copy.unlink(missing_ok=True)
        raise


def _upgrade(connection: "Connection") -> None:
    """Run all migrations on an open connection, in one transaction."""
    from alembic import command

    config = configuration()
    config.attributes["connection"] = connection
    connection.rollback()
    with connection.begin():
        command.upgrade(config, "head")


def configuration() -> "Config":
    """Return Alembic's configuration with the migrations that come with the program."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(bundled("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def copies_of(file: Path) -> list[Path]:
    """Return the copies of a SQLite file that upgrades made next to it, sorted by name."""
    pattern = _copy_name(Path(glob.escape(file.name)), "[0-9]" * 4, f"{'[0-9]' * 8}T{'[0-9]' * 6}")
    return sorted(file.parent.glob(pattern))


def _copy_name(file: Path, revision: str, instant: str) -> str:
    return f"{file.stem}.{revision}.{instant}{file.suffix}"
