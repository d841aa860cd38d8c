"""The dates somebody has to keep, and what became of them."""

from datetime import date, timedelta

import pytest

from planner.domain.vocabulary import Phase
from planner.queries.weeks.deadlines import Deadline, DeadlineState, deadlines_of, falling_due, pending_deadlines
from planner.store.database import Database
from tests.factories import ended, meet, move, report
from tests.queries.reads import item_at, items_at

MAY = date(2020, 5, 4)


def states(database: Database, code: str, as_of: date) -> list[str]:
    return [deadline.state.value for deadline in deadlines_of(item_at(database, code, as_of), as_of)]


def named(deadlines: list[Deadline]) -> list[tuple[str, int | None]]:
    return [(one.item.code, one.milestone.number if one.milestone else None) for one in deadlines]


def test_each_milestone_and_the_item_itself_has_a_date(sqlite_register: Database):
    move(sqlite_register, "T-002", 2, date(2020, 8, 14))
    item = item_at(sqlite_register, "T-002", MAY)
    deadlines = list(deadlines_of(item, MAY))
    assert named(deadlines) == [("T-002", 1), ("T-002", 2), ("T-002", 3), ("T-002", None)]
    assert [one.slip_days for one in deadlines] == [0, 14, 0, 0]
    assert (deadlines[1].baseline, deadlines[1].current) == (date(2020, 7, 31), date(2020, 8, 14))
    assert (deadlines[1].title, deadlines[3].title) == ("Half of the keepers trained", item.title)


def test_a_date_is_met_open_or_overdue_and_on_its_day_it_is_not_late(sqlite_register: Database):
    meet(sqlite_register, "P-001", 1, date(2020, 4, 2))
    due = date(2020, 6, 30)
    assert states(sqlite_register, "P-001", due) == ["met", "open", "open", "open", "open"]
    assert states(sqlite_register, "P-001", due + timedelta(days=1)) == ["met", "overdue", "open", "open", "open"]
    assert states(sqlite_register, "P-001", date(2021, 1, 1)) == ["met", "overdue", "overdue", "overdue", "overdue"]


@pytest.mark.parametrize("phase", [Phase.CANCELLED, Phase.MERGED])
def test_nobody_waits_for_the_dates_of_an_item_that_ended_without_them(sqlite_register: Database, phase: Phase):
    meet(sqlite_register, "P-001", 1, date(2020, 4, 2))
    ended(sqlite_register, "P-001", phase, as_of=date(2020, 5, 1))
    assert states(sqlite_register, "P-001", date(2020, 10, 5)) == ["met", "lapsed", "lapsed", "lapsed", "lapsed"]


def test_a_suspended_item_s_dates_stand_but_are_not_called_late(sqlite_register: Database):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 5), phase=Phase.SUSPENDED)
    assert states(sqlite_register, "T-001", date(2020, 10, 5)) == ["open", "open", "open"]


def test_a_completed_item_met_its_own_date_on_the_day_it_was_completed(sqlite_register: Database):
    report(sqlite_register, "P-002", as_of=date(2020, 5, 2), phase=Phase.COMPLETED)
    own = list(deadlines_of(item_at(sqlite_register, "P-002", MAY), MAY))[-1]
    assert (own.state, own.met_on) == (DeadlineState.MET, date(2020, 5, 2))


def test_what_falls_due_is_in_the_order_of_the_current_dates_with_both_ends(sqlite_register: Database):
    move(sqlite_register, "T-002", 1, date(2020, 5, 29))
    items = list(items_at(sqlite_register, MAY).values())
    assert named(falling_due(items, MAY, date(2020, 3, 31), date(2020, 5, 29))) == [
        ("T-001", 1),
        ("P-001", 1),
        ("T-002", 1),
        ("P-002", 2),
    ]
    assert named(falling_due(items, MAY, date(2020, 4, 1), date(2020, 5, 28))) == []


def test_what_is_still_to_keep_begins_with_the_longest_overdue(sqlite_register: Database):
    meet(sqlite_register, "P-001", 1, date(2020, 4, 2))
    items = list(items_at(sqlite_register, date(2020, 5, 20)).values())
    found = pending_deadlines(items, date(2020, 5, 20), date(2020, 5, 29))
    assert named(found) == [("P-002", 1), ("T-001", 1), ("T-002", 1), ("P-002", 2)]
    assert [one.state.value for one in found] == ["overdue", "overdue", "overdue", "open"]


def test_closed_and_suspended_items_have_nothing_to_keep(sqlite_register: Database):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 5), phase=Phase.SUSPENDED)
    report(sqlite_register, "P-002", as_of=date(2020, 3, 5), phase=Phase.COMPLETED)
    items = list(items_at(sqlite_register, MAY).values())
    assert named(pending_deadlines(items, MAY, MAY)) == [("P-001", 1), ("T-002", 1)]
