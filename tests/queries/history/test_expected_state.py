"""How an item stood for somebody: kept as plain values, and different as soon as anybody writes what holds."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.vocabulary import Phase
from planner.queries.history.expected_state import ExpectedState, expected_state_of, read_expected_state
from planner.store.database import Database
from tests.answers import confirm, give_back, take_back
from tests.factories import COLLEAGUE, meet, move, observed, reading_of, report
from tests.queries.reads import APRIL, detail_at, instant, retitle

optional_days = st.none() | st.dates()
numbers = st.integers(1, 40)
seens = st.builds(
    ExpectedState,
    st.none() | st.integers(1),
    st.lists(st.tuples(numbers, st.dates(), optional_days, optional_days), max_size=4).map(tuple),
    st.lists(st.tuples(numbers, optional_days, st.none() | st.floats(allow_nan=False)), max_size=4).map(tuple),
)


@given(seens)
def test_it_comes_back_from_a_file_as_it_was(seen: ExpectedState):
    assert ExpectedState.from_json(json.loads(json.dumps(seen.as_json()))) == seen


@pytest.mark.parametrize(
    "kept",
    [
        None,
        [],
        {},
        {"report": 1},
        {"report": 1, "milestones": [], "indicators": None},
        {"report": 1, "milestones": [[1, "2020-04-01", None]], "indicators": []},
        {"report": 1, "milestones": [[1, None, None, None]], "indicators": []},
        {"report": 1, "milestones": [[1, "someday", None, None]], "indicators": []},
        {"report": 1, "milestones": [], "indicators": [[1, 20200401, 4.0]]},
    ],
)
def test_what_is_none_is_refused(kept: Any):
    with pytest.raises((KeyError, TypeError, ValueError)):
        ExpectedState.from_json(kept)


def seen_now(database: Database, code: str = "T-001") -> ExpectedState:
    with database.reading() as session:
        return read_expected_state(reading_of(session, APRIL), code)


def filled(database: Database) -> ExpectedState:
    """An item with something of everything on it."""
    report(database, percent=10, as_of=date(2020, 3, 4))
    observed(database, "T-001", 1, 4, as_of=date(2020, 3, 4))
    move(database, "T-001", 2, date(2021, 1, 15), as_of=date(2020, 3, 4))
    return seen_now(database)


def test_it_says_what_holds(register: Database):
    seen = filled(register)
    detail = detail_at(register, "T-001")
    assert seen == expected_state_of(detail.item, detail.indicators)
    assert detail.item.last is not None
    assert seen == ExpectedState(
        detail.item.last.id,
        ((1, date(2020, 3, 31), None, None), (2, date(2021, 1, 15), None, None)),
        ((1, date(2020, 3, 4), 4.0),),
    )


CHANGES: dict[str, Callable[[Database], object]] = {
    "a report": lambda database: report(database, done="More.", as_of=date(2020, 3, 11)),
    "another report of the same day": lambda database: report(database, percent=11, as_of=date(2020, 3, 4)),
    "a milestone met": lambda database: meet(database, "T-001", 1, date(2020, 3, 11)),
    "a milestone moved": lambda database: move(database, "T-001", 1, date(2020, 6, 30), as_of=date(2020, 3, 11)),
    "a value": lambda database: observed(database, "T-001", 1, 5, as_of=date(2020, 3, 11)),
    "a value revised": lambda database: observed(database, "T-001", 1, 5, as_of=date(2020, 3, 4)),
    "a report returned": lambda database: give_back(database),
    "a write taken back": lambda database: take_back(database),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_it_is_another_once_anybody_wrote_what_holds(sqlite_register: Database, change: Callable[[Database], object]):
    seen = filled(sqlite_register)
    change(sqlite_register)
    assert seen_now(sqlite_register) != seen


NO_CHANGES: dict[str, Callable[[Database], object]] = {
    "a late report": lambda database: report(database, percent=5, as_of=date(2020, 3, 3)),
    "the same value again": lambda database: observed(database, "T-001", 1, 4, as_of=date(2020, 3, 4)),
    "an earlier value": lambda database: observed(database, "T-001", 1, 3, as_of=date(2020, 3, 3)),
    "another item": lambda database: report(database, "P-002", percent=5, as_of=date(2020, 3, 11)),
    "a title": lambda database: retitle(database, "T-001", "Mend the west quay", instant(3, 11)),
}


@pytest.mark.parametrize("change", NO_CHANGES.values(), ids=NO_CHANGES.keys())
def test_it_stays_the_same_where_what_holds_does(sqlite_register: Database, change: Callable[[Database], object]):
    seen = filled(sqlite_register)
    change(sqlite_register)
    assert seen_now(sqlite_register) == seen


def test_a_confirmation_changes_nothing_of_what_was_written(sqlite_register: Database):
    report(sqlite_register, phase=Phase.COMPLETED)
    seen = seen_now(sqlite_register)
    confirm(sqlite_register, actor=COLLEAGUE)
    assert seen_now(sqlite_register) == seen
