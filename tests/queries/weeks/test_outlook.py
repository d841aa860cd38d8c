"""The outlook of the register: which percents of which weeks, of items and of themes."""

from datetime import date, timedelta

import pytest

from planner.domain.rules.outlook import outlook
from planner.domain.vocabulary import NoOutlook, Phase, Prospect
from planner.queries.items.register import read_register
from planner.queries.weeks.outlook import PlanOutlook, read_outlook
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import Database
from tests.factories import ended, meet, move, plan_of, reading_of, report
from tests.queries.reads import instant

TODAY = date(2020, 4, 29)
WEEK = timedelta(weeks=1)


def seen(database: Database, as_of: date = TODAY, known_at=None) -> PlanOutlook:
    with database.reading() as session:
        return read_outlook(reading_of(session, as_of, known_at))


def items(found: PlanOutlook):
    return {one.item.code: one.outlook for one in found.items}


def reported(database: Database, code: str, *percents: int, last: date = TODAY) -> None:
    """Weekly reports, the last of them as of a day."""
    for back, percent in zip(range(len(percents))[::-1], percents, strict=True):
        report(database, code, as_of=last - WEEK * back, percent=percent)


def test_an_item_is_seen_by_its_percents_of_the_weeks_before(register: Database):
    reported(register, "T-001", 20, 22, 28, 30, 36, last=TODAY - timedelta(days=3))
    move(register, "T-001", None, date(2020, 9, 1), as_of=TODAY)
    series = [
        (TODAY - WEEK * back, percent) for back, percent in zip((4, 3, 2, 1, 0), (20, 22, 28, 30, 36), strict=True)
    ]
    found = items(seen(register))["T-001"]
    assert found == outlook(series, date(2020, 9, 1), TODAY)
    assert found.verdict is Prospect.MAY_BE_LATE


def test_of_an_item_measured_by_milestones_the_weights_that_were_met_count(register: Database):
    meet(register, "P-001", 1, date(2020, 4, 1))
    meet(register, "P-001", 2, date(2020, 4, 22))
    series = [(TODAY - WEEK * back, percent) for back, percent in enumerate((50, 50, 25, 25, 25, 0, 0, 0, 0))][::-1]
    assert items(seen(register))["P-001"] == outlook(series, date(2020, 12, 31), TODAY)


def test_days_before_the_start_and_before_the_first_report_are_none_of_them(register: Database):
    meet(register, "T-002", 1, date(2020, 3, 20))  # It starts on March 2.
    reported(register, "T-001", 20, 22, 28, 30)
    found = items(seen(register, date(2020, 3, 25)))
    assert found["T-002"].reason is NoOutlook.TOO_FEW_WEEKS
    assert items(seen(register, date(2020, 3, 30)))["T-002"].estimate is not None
    assert items(seen(register))["T-001"].reason is NoOutlook.TOO_FEW_WEEKS


def test_why_there_is_none_is_told(register: Database):
    reported(register, "T-001", 10, 20, 30, 40, 50, last=date(2020, 4, 22))
    report(register, "T-001", as_of=TODAY, phase=Phase.SUSPENDED)
    report(register, "T-002", as_of=TODAY, phase=Phase.COMPLETED)
    found = items(seen(register))
    assert {code: one.reason for code, one in found.items()} == {
        "T-001": NoOutlook.SUSPENDED,
        "T-002": None,
        "T-003": NoOutlook.NOT_STARTED,
        "P-001": NoOutlook.NO_PACE,
        "P-002": NoOutlook.NEVER_REPORTED,
    }
    assert found["T-002"].verdict is Prospect.DONE


def test_a_theme_is_the_mean_of_its_items_without_those_given_up(register: Database):
    reported(register, "T-001", 20, 22, 28, 30, 36)
    ended(register, "P-001", Phase.CANCELLED, as_of=date(2020, 4, 10))
    found = seen(register)
    quays = found.themes[0]
    # T-001 beside T-002, at 0; and until it was cancelled P-001, at 0 as well.
    points = ((8, 0.0), (7, 0.0), (6, 0.0), (5, 0.0), (4, 20 / 3), (3, 22 / 3), (2, 14.0), (1, 15.0), (0, 18.0))
    series = [(TODAY - WEEK * back, percent) for back, percent in points]
    assert quays.outlook == outlook(series, quays.due, TODAY)
    assert (quays.theme.number, quays.due) == (1, date(2020, 12, 31))
    assert quays.verdicts == {Prospect.MAY_BE_LATE: 1, Prospect.NO_OUTLOOK: 1}
    assert "P-001" not in items(found)


def test_a_theme_of_which_all_was_given_up_has_none(register: Database):
    for code in ("T-003", "P-002"):
        ended(register, code, Phase.CANCELLED, as_of=TODAY)
    assert [one.theme.number for one in seen(register).themes] == [1]


def test_what_was_recorded_later_is_left_out(register: Database):
    for back, percent in ((4, 20), (3, 22), (2, 28), (1, 30), (0, 36)):
        report(register, as_of=TODAY - WEEK * back, percent=percent, at=instant(4, 29 - back))
    then = seen(register, known_at=instant(4, 30))
    report(register, as_of=TODAY, percent=40, at=instant(5, 1))
    assert seen(register, known_at=instant(4, 30)) == then
    assert seen(register).items[0].outlook != then.items[0].outlook


def test_a_register_that_was_read_already_is_not_read_again(register: Database, monkeypatch: pytest.MonkeyPatch):
    reported(register, "T-001", 20, 22, 28, 30, 36)
    with register.reading() as session:
        plan, point = plan_of(session), Point(TODAY)
        whole = read_outlook(Reading(session, plan, point))
        items = read_register(Reading(session, plan, point))
        monkeypatch.delattr("planner.queries.weeks.outlook.read_register")
        assert read_outlook(Reading(session, plan, point), items) == whole


@pytest.mark.parametrize("part", [1, 2, 100])
def test_read_in_parts_it_is_the_same(sqlite_register: Database, monkeypatch: pytest.MonkeyPatch, part: int):
    reported(sqlite_register, "T-001", 20, 22, 28, 30, 36)
    whole = seen(sqlite_register)
    monkeypatch.setattr("planner.queries.items.register.FIRST_PART", part)
    monkeypatch.setattr("planner.queries.items.register.PART", part)
    assert seen(sqlite_register) == whole
