"""Statements of the reads that nearly every command and screen begins with are built once per process."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from planner.queries.items.indicators import read_indicators
from planner.queries.items.register import read_item, read_register
from planner.queries.links.standing import read_links, read_suspects
from planner.register.plans import PlanView
from planner.register.point import Point
from planner.store.database import Database
from tests.factories import plan_of, report
from tests.queries.reads import APRIL, instant

Read = Callable[[Session, PlanView, Point], object]


@pytest.mark.parametrize("known_at", [None, instant(4, 1)], ids=["now", "then"])
@pytest.mark.parametrize(
    "read",
    [
        read_register,
        lambda session, plan, point: read_item(session, plan, point, "T-001"),
        lambda session, plan, point: read_links(session, plan, point.known_at),
        lambda session, plan, point: read_suspects(session, plan, point.known_at),
        lambda session, plan, point: read_indicators(session, 1, point),
    ],
    ids=["all", "one", "links", "suspects", "indicators"],
)
def test_a_second_read_sends_the_same_statements_again(sqlite_register: Database, read: Read, known_at: Any):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 30), percent=29)
    with sqlite_register.reading() as session:
        plan = plan_of(session)
        sent: list[Any] = []

        def keep(_: Any, statement: Any, *__: Any) -> None:
            sent.append(statement)

        event.listen(session.connection(), "before_execute", keep)
        read(session, plan, Point(APRIL, known_at))
        first, sent[:] = list(sent), []
        read(session, plan, Point(date(2020, 3, 30), known_at))
        assert first
        assert [id(statement) for statement in first] == [id(statement) for statement in sent]
