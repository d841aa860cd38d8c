"""A register that one person works with: opened on first use, and read or written at one instant."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import URL

from planner.base.errors import NoDatabaseError
from planner.register.opening import Register
from planner.store.database import Database
from tests.factories import ACTOR


def ticking(first: datetime) -> Iterator[datetime]:
    """Instants that are a day apart."""
    while True:
        yield first
        first += timedelta(days=1)


def test_nothing_is_opened_before_the_first_use(tmp_path: Path) -> None:
    register = Register(URL.create("sqlite", database=str(tmp_path / "none.sqlite")), "ada", lambda: datetime.now(UTC))
    with pytest.raises(NoDatabaseError), register.reading():
        raise AssertionError("there is no register")
    register.close()


def test_the_day_of_a_read_or_write_is_that_of_its_instant(sqlite_register: Database) -> None:
    clock = ticking(datetime(2020, 9, 18, 12, tzinfo=UTC))
    register = Register(sqlite_register.url, ACTOR.name, lambda: next(clock))
    with register.writing() as writing:
        assert (writing.actor, writing.today) == (ACTOR, writing.plan.today(writing.at))
    with register.settled_reading() as (reading, now):
        assert reading.as_of == reading.plan.today(now)
    register.as_of = date(2020, 5, 1)
    with register.reading() as reading:
        assert reading.as_of == date(2020, 5, 1)
    register.close()
