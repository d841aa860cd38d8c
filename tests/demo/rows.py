"""A demonstration of the small plan, and the rows of a database."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import URL, select

from planner.bundle.reader import read_bundle
from planner.demo.demonstration import provide
from planner.store.database import Database, open_database
from planner.store.models import all_tables
from tests.factories import small_bundle

# The history an officer makes: each of these tables has a date of the fact, a basis, an actor and an instant.
REPORTED = ("status_update", "milestone_report", "date_change", "observation")

Rows = dict[str, list[dict[str, Any]]]


def quiet(_step: str) -> None:
    """Show no progress."""


def make_demonstration(folder: Path, day: date) -> URL:
    """Make a demonstration of the small plan in a file of the folder."""
    url = URL.create("sqlite", database=str(folder / "demonstration.sqlite"))
    provide(url, read_bundle(small_bundle(folder / "seeds")), day, progress=quiet)
    return url


@contextmanager
def opened(url: URL) -> Iterator[Database]:
    """The database at an address."""
    database = open_database(url)
    try:
        yield database
    finally:
        database.close()


def rows_of(url: URL) -> Rows:
    """Every row of every table, in the order of the primary keys."""
    with opened(url) as database, database.reading() as session:
        return {
            table.name: [dict(row) for row in session.execute(select(table).order_by(*table.primary_key)).mappings()]
            for table in all_tables().sorted_tables
        }


def reported(rows: Rows) -> list[dict[str, Any]]:
    """The rows of all tables of reports."""
    return [row for table in REPORTED for row in rows[table]]
