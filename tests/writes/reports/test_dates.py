from datetime import date

import pytest

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.store.database import Database
from planner.writes.reports.dates import DateMoved, move_due_date, move_milestone
from tests.factories import ACTOR, meet, noon, writing_by
from tests.queries.reads import item_at
from tests.writes.refusals import counts, gained, refused

TODAY = date(2020, 5, 4)
NEW = date(2021, 1, 31)


def move(
    database: Database,
    new: date = NEW,
    number: int | None = None,
    *,
    code: str = "T-002",
    reason: str = "The teachers fell ill.",
    as_of: date = TODAY,
) -> DateMoved:
    with database.writing() as session:
        if number is None:
            return move_due_date(writing_by(session, ACTOR, noon(TODAY)), code, new, reason, as_of=as_of)
        return move_milestone(writing_by(session, ACTOR, noon(TODAY)), code, number, new, reason, as_of=as_of)


def test_a_moved_due_date_keeps_old_new_reason_and_who(register: Database):
    before = counts(register)
    moved = move(register)
    assert (moved.code, moved.milestone, moved.old, moved.new) == ("T-002", None, date(2020, 12, 31), NEW)
    assert (moved.reason, moved.actor, moved.as_of) == ("The teachers fell ill.", ACTOR.name, TODAY)
    assert gained(register, before) == {"date_change": 1, "audit_event": 1}
    item = item_at(register, "T-002", TODAY)
    assert (item.current_due, item.baseline_due) == (NEW, date(2020, 12, 31))


def test_a_moved_milestone_keeps_its_baseline_and_moves_on_from_where_it_stands(register: Database):
    first = move(register, date(2020, 6, 30), 1)
    second = move(register, date(2020, 7, 15), 1)
    assert (first.old, first.new, second.old) == (date(2020, 4, 30), date(2020, 6, 30), date(2020, 6, 30))
    milestone = item_at(register, "T-002", TODAY).milestones[0]
    assert (milestone.baseline, milestone.current) == (date(2020, 4, 30), date(2020, 7, 15))


def test_a_date_may_be_moved_back_to_where_it_was(register: Database):
    move(register)
    assert move(register, date(2020, 12, 31)).new == date(2020, 12, 31)


def test_a_move_of_an_earlier_day_starts_from_the_date_of_that_day(register: Database):
    move(register, date(2021, 2, 1), as_of=date(2020, 4, 1))
    late = move(register, NEW, as_of=date(2020, 3, 1))
    assert late.old == date(2020, 12, 31)
    assert late.sentence().endswith(
        "This holds from 2020-03-01 until 2020-03-31. "
        "From 2020-04-01 on, the date is 2021-02-01, as was recorded before."
    )
    assert item_at(register, "T-002", TODAY).current_due == date(2021, 2, 1)


def test_a_milestones_number_is_not_another_items(register: Database):
    move(register, date(2020, 6, 30), 1)
    assert item_at(register, "P-001", TODAY).milestones[0].current == date(2020, 3, 31)


def field(number: int | None, part: str) -> str:
    """The field of a milestone, or of the item's due date."""
    return part if number is None else f"milestone_{number}_{part}"


@pytest.mark.parametrize("number", [None, 1])
def test_the_date_it_already_has_is_refused(register: Database, number: int | None):
    agreed = date(2020, 6, 30)
    move(register, agreed, number)
    with refused(register, BadValueError, f"is already {agreed}", field(number, "date")):
        move(register, agreed, number)


@pytest.mark.parametrize("number", [None, 1])
@pytest.mark.parametrize("reason", ["", " \n "])
def test_a_move_needs_a_reason(register: Database, number: int | None, reason: str):
    with refused(register, BadValueError, "text is required", field(number, "reason")):
        move(register, date(2020, 6, 30), number, reason=reason)


@pytest.mark.parametrize("number", [None, 1])
def test_no_date_moves_before_the_item_starts(register: Database, number: int | None):
    with refused(register, BadValueError, "2020-03-01 is before T-002 starts (2020-03-02)", field(number, "date")):
        move(register, date(2020, 3, 1), number)
    assert move(register, date(2020, 3, 2), number).new == date(2020, 3, 2)


def test_a_milestone_that_is_met_is_not_moved(register: Database):
    meet(register, "T-002", 1, date(2020, 4, 20))
    with refused(register, NotAllowedError, "milestone 1 was met on 2020-04-20", "T-002"):
        move(register, date(2020, 6, 30), 1)
    assert move(register, date(2020, 9, 30), 2).milestone == 2


@pytest.mark.parametrize(
    ("as_of", "told"), [(date(2020, 5, 5), "is after today"), (date(2019, 12, 31), "is before the plan starts")]
)
@pytest.mark.parametrize("number", [None, 1])
def test_a_move_is_of_a_day_of_the_plan_up_to_today(register: Database, number: int | None, as_of: date, told: str):
    with refused(register, BadValueError, told, "as_of"):
        move(register, date(2020, 6, 30), number, as_of=as_of)


def test_unknown_items_and_milestones_are_refused(register: Database):
    with refused(register, UnknownNameError, "no item 'T-404'", "CODE"):
        move(register, code="T-404")
    with refused(register, UnknownNameError, "T-002 has no milestone 9", "milestone_9"):
        move(register, date(2020, 6, 30), 9)


def test_a_reason_that_cannot_be_stored_is_refused(register: Database):
    with refused(register, BadValueError, "U+0007", "reason"):
        move(register, reason="ring\x07")
