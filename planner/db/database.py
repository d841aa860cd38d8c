"""An open database: gives sessions for reading and for writing. Made at the edge and passed in, never at import."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from planner.db import dialects, revision
from planner.db.location import file_of, is_absent, shown
from planner.errors import DatabaseUnusableError, NoDatabaseError, NotAllowedError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

# A writer that finds the file locked waits out the busy timeout this many times before it gives up.
LOCK_ATTEMPTS = 3


# What is said when a server went away in the middle.
_LOST = ("the connection to the server was lost", "Wait a moment and try again")


class Database:
    """A database that is there. Use `reading` and `writing`, and close it when done.

    Nobody can write through what `reading` gives. Where `read_only` is set, nothing can be written at all: no
    connection that could write is ever made.
    """

    def __init__(self, url: "URL", engine: "Engine", *, read_only: bool = False) -> None:
        self.url = url
        self.engine = engine
        self.read_only = read_only
        self._reader = engine_of(dialects.reading_url(url)) if file_of(url) else engine
        self._read_engine = self._reader.execution_options(**dialects.reading_options(engine.dialect))
        self._write_engine = engine.execution_options(**{dialects.WRITES: True})

    @property
    def address(self) -> str:
        """Where it is, as shown to people."""
        return shown(self.url)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session in one read transaction: everything read in it is of one moment, and nothing can be written."""
        with self._troubles_told(), Session(self._read_engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose transaction begins as a write, the right to append to the log in hand. Writes commit it.

        An instant that the edge takes inside is therefore later than that of every write which committed before.
        Raises NotAllowedError where nothing may be written.
        """
        self._require_writable()
        with self._troubles_told(), Session(self._write_engine, expire_on_commit=False) as session:
            _begin_patiently(session)
            yield session

    def settle(self) -> None:
        """Wait until no write is under way. What a reader sees from now on is all that bears an instant up to now.

        Where the database may only be read there is nothing to wait with, and nothing is waited for.
        """
        if self.read_only:
            return
        with suppress(DatabaseUnusableError), self.writing():
            pass

    @contextmanager
    def connecting(self) -> Iterator["Connection"]:
        """A plain connection, for what is below sessions. Raises NotAllowedError where nothing may be written."""
        self._require_writable()
        with self._troubles_told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def looking(self) -> Iterator["Connection"]:
        """A plain connection that cannot write, for what is below sessions."""
        with self._troubles_told(), self._read_engine.connect() as connection:
            yield connection

    def close(self) -> None:
        """Let go of all connections. A SQLite file is left alone in its folder, unless somebody else has it open."""
        self._reader.dispose()
        file = file_of(self.url)
        if file is not None and not self.read_only:
            dialects.fold_log(self.engine, file)
        self.engine.dispose()

    def _require_writable(self) -> None:
        if self.read_only:
            raise NotAllowedError(
                "an auditor only reads, and the database is open for nothing else",
                where=self.address,
                do="To have something written, ask an officer or a manager",
            )

    @contextmanager
    def _troubles_told(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise told(error, self.address) from error


def _begin_patiently(session: Session) -> None:
    for attempt in range(1, LOCK_ATTEMPTS + 1):
        try:
            dialects.take_log_lock(session)
            return
        except OperationalError as error:
            session.rollback()
            if "locked" not in str(error.orig) or attempt == LOCK_ATTEMPTS:
                raise
            time.sleep(0.05 * attempt)


def told(error: DBAPIError, address: str) -> DatabaseUnusableError:
    """The database's own error as one sentence for a person; what was to be written was not."""
    reason = str(error.orig).strip().splitlines()[0] if error.orig and str(error.orig).strip() else "no reason given"
    plain = {
        "locked": ("another program is writing to it", "Wait a moment and try again"),
        "readonly": ("it can only be read", "Ask for write access to the file and its folder"),
        "read-only": ("it can only be read", "Ask for write access"),
        "full": ("the disk is full", "Free some space and try again"),
        "No space left": ("the disk is full", "Free some space and try again"),
        "terminating connection": _LOST,
        "closed the connection": _LOST,
        "connection is lost": _LOST,
        "connection is closed": _LOST,
        "onnection refused": _LOST,
        "unable to open": ("it cannot be opened", "Check that the folder exists and may be written to"),
        "not a database": ("the file is not a SQLite database", "Give the path of a planner database"),
        "malformed": ("the file is damaged", "Restore it from a copy"),
    }
    for sign, (what, do) in plain.items():
        if sign in reason:
            return DatabaseUnusableError(f"{what}; nothing was written", where=address, do=do)
    return DatabaseUnusableError(f"the database answered: {reason}", where=address, do="Nothing was written")


def engine_of(url: "URL") -> "Engine":
    """An engine for the URL, set up as the program needs it."""
    if url.get_backend_name() == "sqlite":
        engine = create_engine(url)
        dialects.sqlite_settings(engine)
        return engine
    try:
        return create_engine(url)
    except ModuleNotFoundError as error:
        raise DatabaseUnusableError(
            "PostgreSQL needs the psycopg driver, which is not installed",
            where=shown(url),
            do="Install planner[postgresql]",
        ) from error


def open_database(url: "URL", *, read_only: bool = False) -> Database:
    """Open a database that exists and is of this program's revision; nothing is made or changed.

    Raises NoDatabaseError where there is none, DatabaseStateError where it is older, newer or not ours.
    """
    if is_absent(url):
        raise NoDatabaseError("there is no database here yet", where=shown(url), do="Run 'planner init' to make it")
    database = Database(url, engine_of(url), read_only=read_only)
    try:
        with database.looking() as connection:
            revision.require_current(connection, database.address)
    except BaseException:
        database.close()
        raise
    return database
