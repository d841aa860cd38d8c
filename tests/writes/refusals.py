"""A refused write leaves nothing behind: no row in any table, no event in the log."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from planner.base.errors import PlannerError
from planner.store.database import Database
from planner.store.models import all_tables

# The number of rows of every table.
_COUNTS = select(
    *(
        select(func.count()).select_from(table).scalar_subquery().label(name)
        for name, table in all_tables().tables.items()
    )
)


def counts(database: Database) -> dict[str, int]:
    """How many rows every table has."""
    with database.reading() as session:
        return dict(session.execute(_COUNTS).one()._mapping)


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
