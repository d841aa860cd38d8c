"""Statements of the reads that nearly every command and screen begins with are built once per process."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event

from planner.queries.items.indicators import read_indicators
from planner.queries.items.register import read_item, read_register
from planner.queries.links.standing import read_links, read_suspects
from planner.register.reading import Reading
from planner.store.database import Database
from tests.factories import reading_of, report
from tests.queries.reads import APRIL, instant

Read = Callable[[Reading], object]


@pytest.mark.parametrize("known_at", [None, instant(4, 1)], ids=["now", "then"])
@pytest.mark.parametrize(
    "read",
    [
        read_register,
        lambda reading: read_item(reading, "T-001"),
        read_links,
        read_suspects,
        lambda reading: read_indicators(reading, 1),
    ],
    ids=["all", "one", "links", "suspects", "indicators"],
)
def test_a_second_read_sends_the_same_statements_again(sqlite_register: Database, read: Read, known_at: Any):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 30), percent=29)
    with sqlite_register.reading() as session:
        early, late = (reading_of(session, day, known_at) for day in (date(2020, 3, 30), APRIL))
        sent: list[Any] = []

        def keep(_: Any, statement: Any, *__: Any) -> None:
            sent.append(statement)

        event.listen(session.connection(), "before_execute", keep)
        read(late)
        first, sent[:] = list(sent), []
        read(early)
        assert first
        assert [id(statement) for statement in first] == [id(statement) for statement in sent]
