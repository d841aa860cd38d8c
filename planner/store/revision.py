"""Checking whether a database belongs to this program, and which revision its schema has."""

from enum import Enum
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from planner.base.errors import DatabaseStateError, PlannerError, no_plan_yet
from planner.base.language import tr

if TYPE_CHECKING:
    from sqlalchemy import Connection

# The revision of the newest migration. A test checks that it equals Alembic's head.
HEAD = "0019"

# All revisions of this program's schema, oldest first.
KNOWN = tuple(f"{number:04}" for number in range(1, int(HEAD) + 1))

# The tables that every revision of the schema has.
REQUIRED_TABLES = frozenset({"alembic_version", "installation", "audit_event"})

# What database errors say about a damaged SQLite file, or about a table that lacks a column.
DAMAGED = ("malformed", "disk I/O error", "no such column", "does not exist")


class DatabaseState(Enum):
    """What kind of database there is at an address: empty, current, older, newer, or not this program's."""

    EMPTY = "empty"
    CURRENT = "current"
    OLDER = "older"
    NEWER = "newer"
    NOT_OURS = "not ours"


def state_of(connection: "Connection") -> tuple[DatabaseState, str | None]:
    """Return the state of a database, and its revision if it has one."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return DatabaseState.EMPTY, None
    if not tables >= REQUIRED_TABLES:
        return DatabaseState.NOT_OURS, None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if revision == HEAD:
        return DatabaseState.CURRENT, revision
    # An unknown revision in a database with these tables comes from a later version of the program.
    return (DatabaseState.OLDER if revision in KNOWN else DatabaseState.NEWER), revision


def require_current(connection: "Connection", address: str) -> None:
    """Raise NoDatabaseError or DatabaseStateError unless the database has this program's revision."""
    if _has_head_revision(connection):
        return
    state, revision = state_of(connection)
    if state is not DatabaseState.CURRENT:
        raise mismatch(state, revision, address)


def require_verifiable(connection: "Connection", address: str) -> None:
    """Raise an error if there is no database of this program to verify, or if it has another revision.

    A database with missing tables, or one that can hardly be read, is accepted, because the verification reports such
    damage.
    """
    from sqlalchemy.exc import DBAPIError

    try:
        if _has_head_revision(connection):
            return
        state, revision = state_of(connection)
        if state is DatabaseState.NOT_OURS and REQUIRED_TABLES & set(inspect(connection).get_table_names()):
            return
    except DBAPIError as error:
        if any(sign in str(error.orig) for sign in DAMAGED):
            connection.rollback()
            return
        raise
    if state is not DatabaseState.CURRENT:
        raise mismatch(state, revision, address)


def _has_head_revision(connection: "Connection") -> bool:
    """Return whether the database has the current revision. This takes one read, because it runs at every start."""
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


def mismatch(state: DatabaseState, revision: str | None, address: str) -> PlannerError:
    """Return the error for a database that does not have this program's revision."""
    if state is DatabaseState.EMPTY:
        return no_plan_yet(tr("the database is empty"), address)
    what, do = {
        DatabaseState.OLDER: (
            tr(
                "the database is older than planner (its revision is {revision}, planner needs {head})",
                revision=revision,
                head=HEAD,
            ),
            tr("Run 'planner upgrade', which first makes a backup copy of a database file"),
        ),
        DatabaseState.NEWER: (
            tr(
                "the database is newer than planner (its revision is {revision}, planner knows up to {head})",
                revision=revision,
                head=HEAD,
            ),
            tr("Install a newer version of planner"),
        ),
        DatabaseState.NOT_OURS: (
            tr("this database was not created by planner"),
            tr("Give the address of another database"),
        ),
    }[state]
    return DatabaseStateError(
        what, where=address, do=do, by_field="database" if state is DatabaseState.NOT_OURS else ""
    )
