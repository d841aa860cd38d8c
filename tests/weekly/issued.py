"""Weeks of the small plan issued as the command does it, and what somebody does around the program."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from planner.base.errors import MissingLibraryError
from planner.domain.rules.weeks import Week
from planner.queries.weeks.issues import IssueView, find_issue
from planner.store.database import Database
from planner.store.journal import Actor
from planner.store.location import file_of
from planner.weekly.formats import Format
from planner.weekly.issuing.preparing import make_ready
from planner.weekly.issuing.reissues import Reissue, reissue
from planner.writes.issues import issue_week
from tests.factories import COLLEAGUE, noon, reading_of, writing_by

# The formats that are quickly made.
QUICK = (Format.CSV, Format.JSON)


def issue_now(
    database: Database,
    week: str = "2020-W14",
    *,
    at: datetime | None = None,
    actor: Actor = COLLEAGUE,
    reason: str | None = None,
) -> IssueView:
    """Issue a week; two weeks after its end unless told otherwise."""
    chosen = Week.parse(week)
    now = at or noon(chosen.sunday + timedelta(days=14))
    database.settle()
    with database.reading() as session:
        ready = make_ready(reading_of(session), actor, week=chosen, reason=reason, formats=QUICK, now=now)
    with database.writing() as session:
        return issue_week(writing_by(session, actor, now), ready.new, reason=reason)


def have_again(database: Database, week: str = "2020-W14", number: int | None = None, *, now: datetime) -> Reissue:
    """Have an issued week again, at a later instant."""
    with database.reading() as session:
        return reissue(reading_of(session), find_issue(reading_of(session), Week.parse(week), number), now=now)


def around(database: Database, table: str, *statements: str) -> None:
    """Run SQL on a table of history as somebody who may drop its guards."""
    file = file_of(database.url)
    if file is not None:
        _around_in_file(file, table, statements)
        return
    with database.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        for statement in statements:
            assert connection.execute(text(statement)).rowcount


def _around_in_file(file: Path, table: str, statements: Sequence[str]) -> None:
    """With a SQLite of one's own, which holds no foreign keys unless it is asked to."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        for verb in ("update", "delete", "insert"):
            connection.execute(f"DROP TRIGGER IF EXISTS guard_{table}_{verb}")
        for statement in statements:
            assert connection.execute(statement).rowcount


def as_sql(database: Database, raw: bytes) -> str:
    """Bytes as a literal of a database's SQL."""
    return f"x'{raw.hex()}'" if file_of(database.url) else f"'\\x{raw.hex()}'"


def out_of_paper(_found: object) -> bytes:
    """Makes no file."""
    raise MissingLibraryError("there is no paper", do="Buy some")
