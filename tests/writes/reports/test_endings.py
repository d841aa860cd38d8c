"""Cancelled and merged are as hard as completed: a reason, a target, and somebody else; and no way around."""

from datetime import date
from typing import Any

import pytest

from planner.base.errors import BadValueError, NotAllowedError, PlannerError, UnknownNameError
from planner.domain.rules.rollup import roll_up
from planner.domain.vocabulary import Completion, Confidence, Phase, Schedule, State
from planner.queries.moves.moves import MoveKind
from planner.queries.weeks.growing_overview import read_overview
from planner.store.database import Database
from tests.answers import confirm, give_back, take_back
from tests.factories import ACTOR, COLLEAGUE, OFFICER, noon, reading_of, report
from tests.queries.reads import item_at, items_at
from tests.writes.refusals import refused

TODAY = date(2020, 4, 1)
# When all items are overdue.
LATE = date(2021, 1, 4)
WHY: dict[str, Any] = {"ending_reason": "No longer needed."}


def drop(database: Database, code: str = "T-001", phase: Phase = Phase.CANCELLED, **fields: Any) -> None:
    given = {**WHY, "as_of": TODAY, "actor": OFFICER, **fields}
    report(database, code, phase=phase, **given)


@pytest.mark.parametrize(
    ("fields", "error", "told", "where"),
    [
        ({"phase": Phase.CANCELLED}, BadValueError, "an item that is cancelled needs a reason", "ending_reason"),
        ({"phase": Phase.MERGED, "merged_into": "T-002"}, BadValueError, "is merged needs a reason", "ending_reason"),
        ({"phase": Phase.MERGED, **WHY}, BadValueError, "must name the item that continues its work", "merged_into"),
        (
            {"phase": Phase.MERGED, "merged_into": "t1", **WHY},
            BadValueError,
            "cannot be merged into itself",
            "merged_into",
        ),
        ({"phase": Phase.MERGED, "merged_into": "T-9", **WHY}, UnknownNameError, "no item 'T-9'", "merged_into"),
        (
            {"phase": Phase.MERGED, "merged_into": "P-001", **WHY},
            NotAllowedError,
            "reported as cancelled",
            "merged_into",
        ),
        ({"phase": Phase.CANCELLED, "merged_into": "T-002", **WHY}, BadValueError, "to merge into", "merged_into"),
        ({"percent": 20, **WHY}, BadValueError, "ending reason was given", "ending_reason"),
    ],
)
def test_an_ending_without_what_justifies_it_is_refused(
    register: Database, fields: dict[str, Any], error: type[PlannerError], told: str, where: str
):
    drop(register, "P-001")
    with refused(register, error, told, where):
        report(register, as_of=TODAY, **{"ending_reason": None, "merged_into": None, **fields})


def test_an_ending_is_confirmed_by_somebody_else_and_then_counts(register: Database):
    drop(register, phase=Phase.MERGED, merged_into="t2", actor=COLLEAGUE)
    assert item_at(register, "T-001").completion is Completion.AWAITING
    with refused(register, NotAllowedError, "you wrote this report yourself", "T-001"):
        confirm(register, actor=COLLEAGUE)
    assert confirm(register, actor=ACTOR).phase is Phase.MERGED
    item = item_at(register, "T-001")
    assert (item.completion, item.state) == (Completion.CONFIRMED, State.DROPPED)
    assert item.last is not None
    assert item.last.why_ended == "merged into T-002: No longer needed."
    with refused(register, NotAllowedError, "this item has already been confirmed as merged", "T-001"):
        confirm(register, actor=ACTOR)


@pytest.mark.parametrize("phase", [Phase.CANCELLED, Phase.COMPLETED])
def test_an_officer_takes_no_item_out_of_the_overdue_ones_alone(register: Database, phase: Phase):
    """The trick: a red item that is overdue is called ended, and the theme looks better at once."""
    report(register, "P-002", percent=20, confidence=Confidence.RED, as_of=date(2020, 12, 30))
    before = roll_up(items_at(register, LATE).values())
    more = WHY if phase is Phase.CANCELLED else {}
    report(register, "P-002", phase=phase, as_of=LATE, actor=OFFICER, **more)
    unconfirmed = roll_up(items_at(register, LATE).values())
    assert unconfirmed.schedules[Schedule.OVERDUE] == before.schedules[Schedule.OVERDUE] == 5
    assert unconfirmed.states == before.states
    confirm(register, "P-002", at=noon(LATE))
    confirmed = roll_up(items_at(register, LATE).values())
    assert confirmed.schedules[Schedule.OVERDUE] == 4
    assert (confirmed.states[State.DROPPED], confirmed.states[State.COMPLETED]) == (
        (1, 0) if phase is Phase.CANCELLED else (0, 1)
    )
    assert confirmed.items == before.items


def test_a_confirmed_ending_is_not_turned_into_another_one_unseen(register: Database):
    drop(register, phase=Phase.MERGED, merged_into="T-002")
    confirm(register)
    with refused(register, NotAllowedError, "with another reason", "T-001"):
        report(register, phase=Phase.MERGED, ending_reason="Because.", as_of=date(2020, 4, 8))
    with refused(register, NotAllowedError, "or another item", "T-001"):
        report(register, phase=Phase.MERGED, merged_into="P-001", as_of=date(2020, 4, 8))
    report(register, done="Files handed over.", as_of=date(2020, 4, 8))
    assert item_at(register, "T-001", LATE).completion is Completion.CONFIRMED
    drop(register, phase=Phase.CANCELLED, as_of=date(2020, 4, 15))
    assert item_at(register, "T-001", LATE).completion is Completion.AWAITING


def test_an_item_that_goes_on_in_another_is_not_gone_on_in(register: Database):
    drop(register, "T-001", Phase.MERGED, merged_into="T-002")
    with refused(register, NotAllowedError, "T-001 is reported as merged", "merged_into"):
        drop(register, "T-002", Phase.MERGED, merged_into="T-001")


def test_taking_a_return_back_makes_no_circle(register: Database):
    drop(register, "T-001", Phase.MERGED, merged_into="T-002")
    give_back(register, "T-001", at=noon(date(2020, 4, 2)))
    drop(register, "T-002", Phase.MERGED, merged_into="T-001", as_of=date(2020, 4, 2))
    with refused(register, NotAllowedError, "merged in a circle: T-002, T-001", "T-001"):
        take_back(register, actor=COLLEAGUE, at=noon(date(2020, 4, 3)))


def test_opening_an_ended_item_again_is_a_movement_of_its_own(register: Database):
    drop(register, as_of=date(2020, 3, 27))
    confirm(register, at=noon(date(2020, 3, 28)))
    report(register, phase=Phase.IN_PROGRESS, as_of=TODAY)
    with register.reading() as session:
        view = read_overview(reading_of(session, TODAY))
    assert [(moved.item.code, moved.move.kind) for moved in view.moved] == [("T-001", MoveKind.REOPENED)]
