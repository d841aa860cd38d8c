"""Committing a write, and finding out whether it was recorded if the connection broke during the commit.

A connection can break after COMMIT was sent and before the answer arrives. Only the database then knows whether the
write was recorded. Every write has an id made by this program, so it can be looked up over a new connection.
"""

import time

from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from planner.base.command_names import command_with
from planner.base.errors import UncertainWriteError
from planner.base.language import tr
from planner.store.dialects import LOG_LOCK
from planner.store.models import AuditEvent

# A server that is restarting accepts connections again after a few seconds.
ATTEMPTS = 4
PAUSE_SECONDS = 0.5

# How long to wait for the server to end the transaction whose answer was lost.
LOCK_TIMEOUT = "10s"


def commit(session: Session, write_id: str) -> None:
    """Commit a write whose events have the id `write_id`.

    If the answer was lost but the write was recorded, return as usual. If it was not recorded, raise the database's own
    error. If this cannot be found out, raise UncertainWriteError.
    """
    engine = session.get_bind()
    try:
        session.commit()
    except DBAPIError:
        session.rollback()
        # docs/decisions/0009: only the log knows whether the commit succeeded.
        if not isinstance(engine, Engine) or not _was_recorded(engine, write_id):
            raise


def _was_recorded(engine: Engine, write_id: str) -> bool:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _is_in_log(engine, write_id)
        except DBAPIError as error:
            if attempt == ATTEMPTS:
                raise _uncertain(write_id) from error
            time.sleep(PAUSE_SECONDS * attempt)
    raise AssertionError("unreachable")


def _is_in_log(engine: Engine, write_id: str) -> bool:
    """Return whether a write is in the log.

    On PostgreSQL, first take the lock for appending to the log. It is free only after the write's transaction has
    ended.
    """
    with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOG_LOCK})
        found = connection.execute(select(AuditEvent.seq).where(AuditEvent.write_id == write_id).limit(1))
        return found.first() is not None


def _uncertain(write_id: str) -> UncertainWriteError:
    return UncertainWriteError(
        tr(
            "the connection to the database was lost during this write, and the database cannot "
            "be reached. It is not known whether the write was recorded"
        ),
        do=tr(
            "Do not repeat the write yet. When the database can be reached again, '{command}' shows whether it was "
            "recorded",
            command=command_with("log", write=write_id),
        ),
    )
