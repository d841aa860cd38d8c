"""Whether a database is one of ours, and of which revision."""

from enum import Enum
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from planner.errors import DatabaseStateError, NoDatabaseError, PlannerError

if TYPE_CHECKING:
    from sqlalchemy import Connection

# The revision of the newest migration. A test holds it equal to Alembic's own head.
HEAD = "0006"

# All revisions that a database of this program may bear, oldest first.
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006")

# A database of ours has these tables from its first revision on.
OURS = frozenset({"alembic_version", "installation", "audit_event"})

# What SQLite says of a file that is one of its own and damaged, or of a table that has lost a column.
DAMAGED = ("malformed", "disk I/O error", "no such column", "does not exist")


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
    if state is not State.CURRENT:
        raise mismatch(state, revision, address)


def require_verifiable(connection: "Connection", address: str) -> None:
    """Raise where there is nothing of ours to verify, or where it is of another revision.

    A database of which some tables are gone, or which can hardly be read, is to be verified.
    """
    from sqlalchemy.exc import DBAPIError

    try:
        if _bears_head(connection):
            return
        state, revision = state_of(connection)
        if state is State.NOT_OURS and OURS & set(inspect(connection).get_table_names()):
            return
    except DBAPIError as error:
        if any(sign in str(error.orig) for sign in DAMAGED):
            connection.rollback()
            return
        raise
    if state is not State.CURRENT:
        raise mismatch(state, revision, address)


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


def mismatch(state: State, revision: str | None, address: str) -> PlannerError:
    """What is wrong with a database that is not of this program's revision, and what to do."""
    if state is State.EMPTY:
        return NoDatabaseError("the database is empty", where=address, do="Run 'planner init' to set it up")
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
            "Give another address",
        ),
    }[state]
    return DatabaseStateError(what, where=address, do=do, by_field="database" if state is State.NOT_OURS else "")
