"""A refused write leaves nothing behind: no row in any table, no event in the log."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from planner.db.database import Database
from planner.errors import PlannerError
from planner.models import Base


def counts(database: Database) -> dict[str, int]:
    """How many rows every table has."""
    tables = Base.metadata.tables
    in_one_statement = select(*(select(func.count()).select_from(table).scalar_subquery() for table in tables.values()))
    with database.reading() as session:
        return dict(zip(tables, session.execute(in_one_statement).one(), strict=True))


def gained(database: Database, before: dict[str, int]) -> dict[str, int]:
    """The tables that have more rows than before, and by how many."""
    return {name: count - before[name] for name, count in counts(database).items() if count != before[name]}


@contextmanager
def refused(database: Database, error: type[PlannerError], told: str, where: str) -> Iterator[None]:
    """The body's write is refused with this error, these words and this place, and leaves nothing."""
    before = counts(database)
    with pytest.raises(error) as caught:
        yield
    assert told in caught.value.what
    assert caught.value.where == where
    assert gained(database, before) == {}
