"""An open database, which provides sessions for reading and for writing.

The command line or the app opens it and passes it on. No module opens a database when it is imported.
"""

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, DatabaseUnusableError, NotAllowedError, no_plan_yet
from planner.base.language import tr
from planner.domain.vocabulary import UnknownWordError
from planner.store import dialects, revision
from planner.store.database_errors import database_error, is_of_stored_value, unknown_word, unreadable_value
from planner.store.location import CONNECT_OPTION, connect_seconds, file_of, is_absent, opens_read_only, shown
from planner.store.opened_file import OpenedFile, require_writable
from planner.store.soundness import require_sound
from planner.store.unlocked import UnlockedFile

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine
    from sqlalchemy.orm import ORMExecuteState

# The number of times a writer tries to lock the file before it gives up, after some 30 s.
LOCK_ATTEMPTS = 150
# The number of failed attempts after which a person is told that the write waits, after some 1.5 s.
TOLD_ATTEMPTS = 8

# The errors that SQLAlchemy and the driver raise for an invalid option value.
_BAD_OPTIONS = (ArgumentError, ValueError, LookupError, TypeError)


class Database:
    """An existing database. Use `reading` and `writing`, and close it afterwards.

    Sessions from `reading` cannot write. If `read_only` is set, no connection that could write is ever made, unless
    `writing` is told that a write is allowed. Before and after each use, an open SQLite file is compared with the file
    at its path. An open file keeps working after it was deleted, and everything written to it after that would be lost.

    `on_wait` is called once for each write that has waited for another program for a while.
    """

    def __init__(self, url: "URL", engine: "Engine", *, read_only: bool = False) -> None:
        self.url = url
        self.engine = engine
        self.read_only = read_only or opens_read_only(url)
        self.on_wait: Callable[[], None] = _wait_silently
        self._wrote = False
        file = file_of(url)
        self._held = OpenedFile(file) if file else None
        self._unlocked: UnlockedFile | None = None
        self._reader = self._new_reader() if file else engine
        self._write_engine = engine.execution_options(**{dialects.WRITES: True})
        if self._held is not None:
            event.listen(engine, "commit", self._before_commit)

    @property
    def address(self) -> str:
        """The address of the database, in the form shown to people."""
        return shown(self.url)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session with one read-only transaction, in which all reads see the same state of the database.

        Raises DatabaseUnusableError if the database fails, or if the file at the path is no longer the one that was
        opened.
        """
        with self._translated_errors(), Session(self._read_engine) as session:
            info = self._connected(session.connection).info
            yield session
            self._require_read(info)

    @contextmanager
    def writing(self, *, although_read_only: bool = False) -> Iterator[Session]:
        """Yield a session whose transaction already holds the lock for appending to the log.

        If `although_read_only` is set, this is possible in spite of `read_only`, and no connection stays open after it.

        The code in the block must commit the session. Because the lock is already held, a time read inside the block is
        later than the times of all earlier writes. Raises NotAllowedError if the database cannot be written. Raises
        DatabaseUnusableError if the database fails, or if the commit did not go into the file at the address.
        """
        self._require_writable(although_read_only=although_read_only)
        with self._translated_errors(), self._write_session() as session:
            connection = self._connected(partial(_begin_with_retries, session, self.on_wait))
            info = connection.info
            if self._held is not None:
                # Only after this are the companion files certainly open, because the last program to close the file
                # deletes them.
                self._held.note_companions(info)
                require_sound(connection, self._held.path)
            yield session
            if self._held is not None:
                self._held.require_kept(info)

    @contextmanager
    def _write_session(self) -> Iterator[Session]:
        try:
            with Session(self._write_engine, expire_on_commit=False) as session:
                event.listen(session, "do_orm_execute", _write_pending)
                yield session
        finally:
            self._wrote = True
            if self.read_only:
                self.engine.dispose()

    def settle(self) -> None:
        """Wait until no write is in progress. A session that begins after that sees all writes up to now.

        Waiting needs write access. Without it, this method returns at once.
        """
        if self.read_only:
            return
        with suppress(DatabaseUnusableError), self.writing():
            pass

    @contextmanager
    def connecting(self) -> Iterator["Connection"]:
        """Yield a connection for code that does not use sessions.

        Raises NotAllowedError if the database cannot be written.
        """
        self._require_writable()
        with self._connection(self.engine) as connection:
            yield connection

    @contextmanager
    def read_connection(self) -> Iterator["Connection"]:
        """Yield a read-only connection for code that does not use sessions."""
        with self._connection(self._read_engine) as connection:
            yield connection

    def close(self) -> None:
        """Close all connections.

        After that, no -wal or -shm file is left next to a SQLite file, unless another program has it open.
        """
        self._reader.dispose()
        self.engine.dispose()
        if self._held is not None and (self._wrote or not self.read_only) and self._held.in_place:
            dialects.merge_write_ahead_log(self.engine, self._held.path)

    @property
    def _read_engine(self) -> "Engine":
        """The engine for reads. If the file was opened without locks and has changed since, it is opened again."""
        if self._unlocked is not None and not self._unlocked.unchanged:
            self._reader.dispose()
            self._reader = self._new_reader()
        return self._reader.execution_options(**dialects.reading_options(self.engine.dialect))

    def _new_reader(self) -> "Engine":
        """Return a database engine that cannot write the file.

        It uses no locks if SQLite cannot create the files for locking.
        """
        self._unlocked = UnlockedFile.needed_for(file_of(self.url))
        # docs/decisions/0031: no read has to be trusted.
        return _sqlite_engine(dialects.opening_url(self.url, "ro", locked=self._unlocked is None))

    @contextmanager
    def _connection(self, engine: "Engine") -> Iterator["Connection"]:
        with self._translated_errors(), self._connected(engine.connect) as connection:
            yield connection
            self._require_read(connection.info)

    def _connected(self, connect: "Callable[[], Connection]") -> "Connection":
        """Open a connection. Raises DatabaseUnusableError if the file at the path is not the one that was opened."""
        if self._held is not None:
            self._held.require_in_place()
        try:
            connection = connect()
        except DBAPIError as error:
            # If connecting itself failed, no statement has been sent to the database.
            raise database_error(error, self.url, reached=error.statement is not None) from error
        except _BAD_OPTIONS as error:
            raise _bad_option(self.url) from error
        if self._held is not None:
            self._held.require_in_place()
            self._held.require_companions(connection.info)
        return connection

    def _require_read(self, info: MutableMapping[Any, Any]) -> None:
        """Check, after a read, that the file at the address is still the file that was read.

        Raises DatabaseUnusableError if it is not.
        """
        if self._unlocked is not None:
            self._unlocked.require_unchanged()
        elif self._held is not None:
            self._held.require_in_place()
            self._held.note_companions(info)

    def _before_commit(self, connection: "Connection") -> None:
        if self._held is not None and dialects.WRITES in connection.get_execution_options():
            self._held.require_in_place()
            self._held.require_companions(connection.info)

    def _require_writable(self, *, although_read_only: bool = False) -> None:
        if opens_read_only(self.url):
            raise NotAllowedError(
                tr("the database was opened read-only (mode=ro)"),
                where=self.address,
                do=tr("Remove mode=ro from the address"),
            )
        if self.read_only and not although_read_only:
            raise NotAllowedError(
                tr("an auditor can only read and assess, so the database was opened read-only"),
                where=self.address,
                do=tr("Ask somebody whose role allows this change"),
            )
        if self._held is not None:
            require_writable(self._held.path)

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise database_error(error, self.url) from error
        except UnknownWordError as error:
            raise unknown_word(error, self.url) from error
        except (ValueError, TypeError) as error:
            if is_of_stored_value(error):
                raise unreadable_value(error, self.url) from error
            raise


def _write_pending(execution: "ORMExecuteState") -> None:
    """Write pending changes before a statement of columns, as SQLAlchemy does before one of mapped classes."""
    if execution.session.autoflush and not execution.is_orm_statement:
        execution.session.flush()


def _wait_silently() -> None:
    """Tell nobody that a write waits."""


def _begin_with_retries(session: Session, on_wait: Callable[[], None]) -> "Connection":
    """Take the lock for appending to the log, with retries, and return the connection that holds it.

    Call `on_wait` once if this takes a while.
    """
    # A server gives the lock in turn, so a writer asks once more at most, and only if somebody is to be told.
    patience = None if on_wait is _wait_silently else TOLD_ATTEMPTS * dialects.LOCK_MILLISECONDS
    for attempt in range(1, LOCK_ATTEMPTS + 1):
        try:
            dialects.take_log_lock(session, patience)
            break
        except OperationalError as error:
            session.rollback()
            if patience is not None and dialects.is_lock_timeout(error):
                patience = None
                on_wait()
                continue
            if "locked" not in str(error.orig) or attempt == LOCK_ATTEMPTS:
                raise
            if attempt == TOLD_ATTEMPTS:
                on_wait()
    return session.connection()


def engine_of(url: "URL") -> "Engine":
    """Return an engine for the URL, with the program's settings. A missing SQLite file is not created."""
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(dialects.opening_url(url))
    try:
        return create_engine(url, connect_args={CONNECT_OPTION: connect_seconds(url)})
    except _BAD_OPTIONS as error:
        raise _bad_option(url) from error
    except ModuleNotFoundError as error:
        raise DatabaseUnusableError(
            tr("PostgreSQL needs the psycopg driver, which is not installed"),
            where=shown(url),
            do=tr("Install planner[postgresql]"),
        ) from error


def _bad_option(url: "URL") -> BadValueError:
    return BadValueError(tr("this address has an invalid option"), where=shown(url), do=tr("Check the options after ?"))


def _sqlite_engine(url: "URL") -> "Engine":
    engine = create_engine(url)
    dialects.sqlite_settings(engine)
    return engine


def open_database(url: "URL", *, read_only: bool = False) -> Database:
    """Open an existing database of this program's revision. Nothing is created or changed.

    Raises NoDatabaseError if there is no database, and DatabaseStateError if it is older, newer or from another
    program.
    """
    return _opened(url, revision.require_current, read_only=read_only)


def open_to_verify(url: "URL") -> Database:
    """Open a database of this program's revision for reading, even if it is damaged or tables are missing.

    Raises the same errors as `open_database`.
    """
    return _opened(url, revision.require_verifiable, read_only=True, tolerant=True)


def _opened(
    url: "URL", require: "Callable[[Connection, str], None]", *, read_only: bool, tolerant: bool = False
) -> Database:
    """Open a database and check its revision. If `tolerant`, SQLite reads the tables even if the schema is damaged."""
    if is_absent(url):
        raise no_plan_yet(tr("there is no database at this address yet"), shown(url))
    database = Database(url, engine_of(url), read_only=read_only)
    if tolerant and file_of(url):
        dialects.tolerate_malformed_schema(database._reader)
    try:
        with database.read_connection() as connection:
            require(connection, database.address)
    except BaseException:
        database.close()
        raise
    return database
