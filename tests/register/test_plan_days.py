"""The day as of which a plan of 2020 is shown, and that of a record, if the person names no other."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import event

from planner.register.opening import Register
from planner.register.plan_days import plan_days
from planner.store.database import Database
from planner.writes.undo import undo
from tests.factories import ACTOR, AT, meet, move, observed, reading_of, report, writing_by

FIRST, LAST = date(2020, 1, 1), date(2020, 12, 31)


def days(database: Database, today: date) -> tuple[date, date, date]:
    """The days of what is shown, of what prepares a write, and of a write."""
    register = Register(database.url, ACTOR.name, lambda: datetime.combine(today, time(12), UTC))
    try:
        with register.reading() as shown, register.reading_to_write() as before:
            assert (shown.today, before.today) == (today, today)
        with register.writing() as writing:
            assert writing.today == today
            return shown.as_of, before.as_of, writing.day
    finally:
        register.close()


@pytest.mark.parametrize(
    ("today", "shown", "recorded"),
    [
        (date(2019, 12, 31), FIRST, date(2019, 12, 31)),
        (FIRST, FIRST, FIRST),
        (date(2020, 9, 18), date(2020, 9, 18), date(2020, 9, 18)),
        (LAST, LAST, LAST),
        (date(2021, 4, 1), date(2021, 4, 1), date(2021, 4, 1)),
        (date(2021, 4, 2), LAST, LAST),
        (date(2026, 11, 30), LAST, LAST),
    ],
    ids=str,
)
def test_a_plan_is_shown_as_of_the_day_of_it_that_is_nearest(
    sqlite_register: Database, today: date, shown: date, recorded: date
) -> None:
    assert days(sqlite_register, today) == (shown, recorded, recorded)


def test_a_report_after_the_end_is_seen(sqlite_register: Database) -> None:
    report(sqlite_register, "T-001", as_of=date(2021, 2, 5), percent=20)
    assert days(sqlite_register, date(2021, 3, 1)) == (date(2021, 3, 1),) * 3
    assert days(sqlite_register, date(2026, 11, 30)) == (date(2021, 2, 5),) * 3


def test_as_of_today_is_today_whatever_the_plan(sqlite_register: Database) -> None:
    today = date(2026, 11, 30)
    register = Register(sqlite_register.url, ACTOR.name, lambda: datetime.combine(today, time(12), UTC))
    register.opens_today = True
    with register.reading() as reading, register.reading_to_write() as before:
        assert (reading.as_of, before.as_of) == (today, today)
    with register.writing() as writing:
        assert writing.day == today
    register.close()


def test_a_day_that_somebody_chose_is_the_day_of_the_reading(sqlite_register: Database) -> None:
    register = Register(sqlite_register.url, ACTOR.name, lambda: datetime(2026, 11, 30, 12, tzinfo=UTC))
    register.as_of = date(2020, 5, 1)
    with register.reading() as reading:
        assert (reading.as_of, reading.today) == (date(2020, 5, 1), date(2020, 5, 1))
    register.close()


@pytest.mark.parametrize(
    "record",
    [
        lambda register, day: move(register, "T-002", 3, date(2027, 1, 29), as_of=day),
        lambda register, day: meet(register, "T-002", 1, day),
        lambda register, day: observed(register, "T-001", 1, 4, as_of=day),
    ],
)
def test_whatever_was_recorded_after_the_end_is_seen(
    sqlite_register: Database, record: Callable[[Database, date], object]
) -> None:
    record(sqlite_register, date(2026, 11, 2))
    assert days(sqlite_register, date(2026, 11, 30))[0] == date(2026, 11, 2)


def test_a_report_that_was_undone_is_of_no_day(sqlite_register: Database) -> None:
    report(sqlite_register, "T-001", as_of=date(2026, 11, 2), percent=20)
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, AT.replace(year=2026, month=11, day=3)))
    assert days(sqlite_register, date(2026, 11, 30))[0] == LAST


def test_two_statements_tell_the_day_of_a_plan_that_is_over(sqlite_register: Database) -> None:
    report(sqlite_register, "T-001", as_of=date(2026, 11, 2), percent=20)
    sent: list[str] = []
    with sqlite_register.reading() as session:
        plan = reading_of(session).plan
        event.listen(session.connection(), "before_cursor_execute", lambda *told: sent.append(told[2]))
        assert plan_days(session, plan, date(2026, 11, 30)).shown == date(2026, 11, 2)
    assert len(sent) == 2
