"""Which items owe a report, in which order, and why."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.vocabulary import Completion, Freshness, Phase, Schedule
from planner.queries.items.views import ItemView, OrganisationView, ReturnedView
from planner.queries.weeks.my_week import my_week, owes, urgency, why, why_in_words
from planner.store.database import Database
from tests.answers import confirm, give_back
from tests.factories import OFFICER, report
from tests.queries.reads import APRIL, instant, items_at
from tests.weekly.factories import ITEM, REPORT

HARBOUR, ARCHIVE = ITEM.lead, OrganisationView(2, "town-archive", "Town Archive", "Archive")
RETURNED = ReturnedView(REPORT, "Say which quay.", "brook", datetime(2020, 4, 3, tzinfo=UTC))
OWING = (Freshness.DUE, Freshness.STALE, Freshness.NEVER)


def an_item(code: str = "T-001", **values: Any) -> ItemView:
    return replace(ITEM, code=code, **{"freshness": Freshness.DUE, **values})


states = st.fixed_dictionaries(
    {
        "lead": st.sampled_from((HARBOUR, ARCHIVE)),
        "freshness": st.sampled_from(Freshness),
        "schedule": st.sampled_from(Schedule),
        "days_late": st.integers(0, 3),
        "contradiction": st.booleans(),
        "completion": st.sampled_from(Completion),
        "returned": st.sampled_from((None, RETURNED)),
    }
)
registers = st.lists(states, max_size=12).map(
    lambda drawn: [an_item(f"T-{number:03d}", **values) for number, values in enumerate(drawn, 1)]
)
bodies_of = st.sampled_from((None, {HARBOUR.key}, {ARCHIVE.key}, {HARBOUR.key, ARCHIVE.key}, {"nobody"}))


@given(registers, bodies_of, st.booleans())
def test_every_item_of_mine_is_owed_or_reported_or_not_owed_and_nothing_else_is(
    items: list[ItemView], bodies: set[str] | None, confirms: bool
):
    week = my_week(items, bodies, confirms=confirms)
    mine = {item.code for item in items if bodies is None or item.lead.key in bodies}
    owed, reported = {item.code for item in week.owed}, {item.code for item in week.reported}
    rest = {item.code for item in items if item.freshness is Freshness.NOT_OWED and item.returned is None}
    assert not owed & reported
    assert owed | reported | (rest & mine) == mine
    assert all(item.returned or item.freshness in OWING for item in week.owed)
    waiting = {item.code for item in items if item.completion is Completion.AWAITING}
    assert {item.code for item in week.awaiting} == (waiting if confirms else set())


@given(registers, st.randoms(use_true_random=False))
def test_the_order_is_total_and_does_not_depend_on_how_items_come(items: list[ItemView], random: Any):
    shuffled = items.copy()
    random.shuffle(shuffled)
    queue = my_week(items, None).owed
    assert my_week(shuffled, None).owed == queue
    assert all(urgency(one) < urgency(other) for one, other in pairwise(queue))


def test_the_worst_comes_first():
    queue = [
        an_item("T-090", returned=RETURNED),
        an_item("T-080", contradiction=True),
        an_item("T-070", schedule=Schedule.OVERDUE, days_late=9),
        an_item("T-060", schedule=Schedule.OVERDUE, days_late=2),
        an_item("T-050", schedule=Schedule.OFF_TRACK),
        an_item("T-040", schedule=Schedule.BEHIND, freshness=Freshness.NEVER),
        an_item("T-030", schedule=Schedule.BEHIND),
        an_item("T-020", freshness=Freshness.STALE),
        an_item("T-010"),
        an_item("T-011"),
    ]
    assert list(my_week(reversed(queue), None).owed) == queue


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, ()),
        ({"returned": RETURNED}, ("returned by brook: Say which quay.",)),
        ({"schedule": Schedule.OVERDUE, "days_late": 1}, ("1 day overdue",)),
        ({"schedule": Schedule.OVERDUE, "days_late": 12}, ("12 days overdue",)),
        ({"schedule": Schedule.OFF_TRACK, "contradiction": True}, ("rated green although late", "off track")),
        ({"schedule": Schedule.BEHIND, "freshness": Freshness.STALE}, ("behind", "no report for a long time")),
        ({"freshness": Freshness.NEVER}, ("never reported",)),
        # One on hold past its due date has no schedule: nobody calls it overdue.
        ({"schedule": Schedule.NONE, "phase": Phase.SUSPENDED, "days_late": 12}, ()),
    ],
)
def test_why_an_item_stands_where_it_stands(values: dict[str, Any], told: tuple[str, ...]):
    assert why(an_item(**values)) == told


def test_a_reason_that_ends_with_a_full_stop_is_joined_without_it():
    item = an_item(returned=RETURNED, freshness=Freshness.NEVER)
    assert why_in_words(item) == "returned by brook: Say which quay; never reported"


def test_a_returned_report_is_owed_even_where_another_came_this_week():
    assert owes(an_item(freshness=Freshness.REPORTED, returned=RETURNED))
    assert not owes(an_item(freshness=Freshness.REPORTED))


def test_the_week_of_an_office_from_its_register(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 30), percent=10, actor=OFFICER)
    report(register, "P-002", as_of=date(2020, 3, 31), phase=Phase.COMPLETED, actor=OFFICER)
    report(register, "P-001", as_of=date(2020, 3, 31), done="Staked out.", actor=OFFICER)
    give_back(register, "P-001", at=instant(4, 1))
    items = items_at(register)
    mine = my_week(items.values(), {"harbour-office"})
    assert [item.code for item in mine.owed] == ["P-001", "T-002"]
    # The report that ended P-002 is one of this week.
    assert [item.code for item in mine.reported] == ["T-001", "P-002"]
    assert mine.awaiting == ()
    # T-003 begins in June, and its lead is another body.
    assert my_week(items.values(), {"town-archive"}).owed == ()
    assert [item.code for item in my_week(items.values(), None, confirms=True).awaiting] == ["P-002"]
    confirm(register, "P-002", at=instant(4, 1, 13))
    assert my_week(items_at(register, APRIL).values(), None, confirms=True).awaiting == ()
