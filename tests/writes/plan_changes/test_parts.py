"""Milestones, indicators and targets that acts add to items."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from math import nan

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.domain.lengths import LONGEST_TITLE
from planner.domain.vocabulary import Direction, MeasuredBy, Phase
from planner.integrity.verifying import verify
from planner.queries.items.indicators import read_all_indicators
from planner.queries.items.views import IndicatorView
from planner.store.database import Database
from planner.writes.plan_changes.items import ItemEdit, NewItem, add_item, edit_item
from planner.writes.plan_changes.organisations import rename_organisation
from planner.writes.plan_changes.parts import NewIndicator, NewPart, add_indicator, add_milestone, add_target
from planner.writes.plan_changes.removed_parts import remove_indicator, remove_milestone
from planner.writes.plan_changes.support import change_support
from planner.writes.plan_changes.targets import revise_target
from planner.writes.plan_changes.themes import add_theme
from planner.writes.plans.edit_plan import PlanEdit, edit_plan
from planner.writes.reports.observations import observe
from tests.factories import ACTOR, ended, noon, reading_of, writing_by
from tests.integrity.conftest import no_step
from tests.queries.reads import item_at
from tests.writes.plan_changes.acts import MAY, WHY, act
from tests.writes.refusals import refused

BEFORE = MAY - timedelta(days=1)
ITEM = NewItem("N-1", "Write the tide tables", "1", "town-archive", date(2020, 11, 30), "task")
TABLES = NewIndicator("Tables printed", "tables", Direction.INCREASE, 0, 12, date(2020, 11, 1))


def indicators(database: Database, code: str, day: date) -> list[IndicatorView]:
    item = item_at(database, code, MAY)
    with database.reading() as session:
        return list(read_all_indicators(reading_of(session, MAY).at(day)).get(item.id, ()))


def test_an_item_added_by_hand_gets_indicators_targets_and_milestones(register: Database) -> None:
    act(register, add_item, ITEM, WHY, day=BEFORE)
    added = act(register, add_indicator, "n1", TABLES, WHY)
    assert (added.code, added.part, added.number, added.name) == ("N-1", "indicator", 1, "Tables printed")
    act(register, add_target, "N-1", 1, 6, date(2020, 8, 1), WHY)
    act(register, revise_target, "N-1", 1, WHY, value=8)
    with register.writing() as session:
        observe(writing_by(session, ACTOR, noon(MAY)), "N-1", 1, 4)
    (one,) = indicators(register, "N-1", MAY)
    assert (one.name, one.unit, one.baseline, one.target, one.due, one.observed) == (
        *("Tables printed", "tables", 0, 8, date(2020, 8, 1), 4),
    )
    assert indicators(register, "N-1", BEFORE) == []
    with register.reading() as session:
        assert verify(session, no_step).problems == ()


def test_an_added_milestone_counts_when_the_item_is_measured_by_milestones(register: Database) -> None:
    act(register, add_item, ITEM, WHY, day=BEFORE)
    with refused(register, BadValueError, "N-1 has no milestones", "measured_by"):
        act(register, edit_item, "N-1", ItemEdit(measured_by=MeasuredBy.MILESTONES), WHY)
    added = act(register, add_milestone, "N-1", NewPart("Tides watched", date(2020, 7, 1), 2, "A log"), WHY)
    assert (added.number, added.by_milestones) == (1, False)
    act(register, edit_item, "N-1", ItemEdit(measured_by=MeasuredBy.MILESTONES), WHY)
    then, now = item_at(register, "N-1", BEFORE), item_at(register, "N-1", MAY)
    assert (then.measured_by, then.milestones) == (MeasuredBy.REPORTS, ())
    assert (now.measured_by, [(one.number, one.title, one.weight) for one in now.milestones]) == (
        *(MeasuredBy.MILESTONES, [(1, "Tides watched", 2)]),
    )
    assert act(register, add_milestone, "N-1", NewPart("Printed", date(2020, 9, 1)), WHY).number == 2


def test_a_part_that_was_a_mistake_is_removed_and_was_there_before(register: Database) -> None:
    act(register, add_item, ITEM, WHY, day=BEFORE)
    act(register, add_indicator, "N-1", TABLES, WHY, day=BEFORE)
    act(register, add_milestone, "N-1", NewPart("Tides watched", date(2020, 7, 1)), WHY, day=BEFORE)
    act(register, remove_indicator, "N-1", 1, WHY)
    assert act(register, remove_milestone, "N-1", 1, WHY).name == "Tides watched"
    assert (indicators(register, "N-1", MAY), item_at(register, "N-1", MAY).milestones) == ([], ())
    assert [(one.number, one.name, one.target) for one in indicators(register, "N-1", BEFORE)] == [
        (1, "Tables printed", 12)
    ]
    assert [(one.number, one.title) for one in item_at(register, "N-1", BEFORE).milestones] == [(1, "Tides watched")]
    assert act(register, add_milestone, "N-1", NewPart("Printed", date(2020, 9, 1)), WHY).number == 1
    act(register, edit_item, "N-1", ItemEdit(measured_by=MeasuredBy.MILESTONES), WHY)
    with refused(register, NotAllowedError, "the last milestone of N-1", "N-1"):
        act(register, remove_milestone, "N-1", 1, WHY)
    with register.writing() as session:
        observe(writing_by(session, ACTOR, noon(MAY)), "T-001", 1, 4)
    with refused(register, NotAllowedError, "something was recorded on it", "indicator 1"):
        act(register, remove_indicator, "T-001", 1, WHY)
    with register.reading() as session:
        assert verify(session, no_step).problems == ()


def test_organisations_support_an_item_from_a_day_on_and_no_longer(register: Database) -> None:
    act(register, add_item, ITEM, WHY, day=BEFORE)
    done = act(register, change_support, "N-1", WHY, add=["harbour-office"])
    assert done.changes == {"supporting": (None, "harbour-office")}
    then, now = item_at(register, "N-1", BEFORE), item_at(register, "N-1", MAY)
    assert ([one.key for one in then.supporting], [one.key for one in now.supporting]) == ([], ["harbour-office"])
    act(register, change_support, "N-1", WHY, remove=["harbour-office"], day=MAY)
    assert item_at(register, "N-1", MAY).supporting == ()
    act(register, change_support, "N-1", WHY, add=["harbour-office"])
    with register.reading() as session:
        assert verify(session, no_step).problems == ()
    with refused(register, BadValueError, "town-archive leads N-1", "supporting"):
        act(register, change_support, "N-1", WHY, add=["town-archive"])
    with refused(register, BadValueError, "town-archive does not support N-1", "no_longer"):
        act(register, change_support, "N-1", WHY, remove=["town-archive"])
    with refused(register, BadValueError, "already as you say", "N-1"):
        act(register, change_support, "N-1", WHY, add=["harbour-office"])


def test_what_cannot_be_is_refused(sqlite_register: Database) -> None:
    with refused(sqlite_register, BadValueError, "is before the item starts", "due"):
        act(sqlite_register, add_milestone, "T-001", NewPart("Too early", date(2019, 1, 1)), WHY)
    with refused(sqlite_register, BadValueError, "text is required", "title"):
        act(sqlite_register, add_milestone, "T-001", NewPart(" ", date(2020, 7, 1)), WHY)
    half = NewIndicator("Tables", "tables", Direction.REACH, target=4)
    with refused(sqlite_register, BadValueError, "a target has a value and a day", "due"):
        act(sqlite_register, add_indicator, "T-001", half, WHY)
    with refused(sqlite_register, BadValueError, "this must be a number", "baseline"):
        act(sqlite_register, add_indicator, "T-001", NewIndicator("Tables", "t", Direction.REACH, nan), WHY)
    with refused(sqlite_register, NotAllowedError, "another target for 2020-12-31", "due"):
        act(sqlite_register, add_target, "T-001", 1, 3, date(2020, 12, 31), WHY)
    with refused(sqlite_register, UnknownNameError, "T-001 has no indicator 9", "indicator_9"):
        act(sqlite_register, add_target, "T-001", 9, 3, date(2020, 12, 31), WHY)


def test_the_target_to_revise_is_named_by_its_day(register: Database) -> None:
    act(register, add_item, ITEM, WHY, day=BEFORE)
    act(register, add_indicator, "N-1", TABLES, WHY)
    act(register, add_target, "N-1", 1, 6, date(2020, 8, 1), WHY)
    done = act(register, revise_target, "N-1", 1, WHY, value=20, current_due=date(2020, 11, 1))
    assert (done.old, done.new, done.new_due) == (12, 20, date(2020, 11, 1))
    with refused(register, BadValueError, "has no target by 2020-09-01", "current_due"):
        act(register, revise_target, "N-1", 1, WHY, value=7, current_due=date(2020, 9, 1))


def test_a_target_against_the_direction_of_its_indicator_is_refused(register: Database) -> None:
    act(register, add_item, ITEM, WHY, day=BEFORE)
    wrong = NewIndicator("Ice days", "days", Direction.DECREASE, 5, 9, date(2020, 11, 1))
    with refused(register, BadValueError, "the target 9 contradicts the direction decrease", "target"):
        act(register, add_indicator, "N-1", wrong, WHY)
    act(register, add_indicator, "N-1", TABLES, WHY)
    for write in (
        lambda: act(register, add_target, "N-1", 1, -1, date(2020, 8, 1), WHY),
        lambda: act(register, revise_target, "N-1", 1, WHY, value=-1),
    ):
        with refused(register, BadValueError, "the target -1 contradicts the direction increase", "value"):
            write()


def test_an_item_has_one_indicator_of_a_name(register: Database) -> None:
    act(register, add_item, ITEM, WHY, day=BEFORE)
    act(register, add_indicator, "N-1", TABLES, WHY)
    with refused(register, NotAllowedError, "indicator 1 of N-1 has this name already", "name"):
        act(register, add_indicator, "N-1", NewIndicator("tables PRINTED", "pages", Direction.INCREASE), WHY)


def test_nothing_is_added_to_an_item_that_has_ended(register: Database) -> None:
    act(register, add_item, ITEM, WHY, day=BEFORE)
    act(register, add_indicator, "N-1", TABLES, WHY, day=BEFORE)
    ended(register, "N-1", Phase.CANCELLED, as_of=BEFORE, ending_reason="No tides.")
    for write in (
        lambda: act(register, add_milestone, "N-1", NewPart("Printed", date(2020, 9, 1)), WHY),
        lambda: act(register, add_indicator, "N-1", NewIndicator("Pages", "pages", Direction.INCREASE), WHY),
        lambda: act(register, add_target, "N-1", 1, 20, date(2020, 12, 1), WHY),
    ):
        with refused(register, NotAllowedError, "N-1 has ended, so nothing is added to it", "N-1"):
            write()


def test_a_title_has_a_longest_length_everywhere(register: Database) -> None:
    long = "x" * (LONGEST_TITLE + 1)
    add = partial(act, register)
    for write, where in (
        (lambda: add(add_item, replace(ITEM, title=long), WHY), "title"),
        (lambda: add(edit_item, "T-001", ItemEdit(title=long), WHY), "title"),
        (lambda: add(add_milestone, "T-001", NewPart(long, date(2020, 9, 1)), WHY), "title"),
        (lambda: add(add_indicator, "T-001", replace(TABLES, name=long), WHY), "name"),
        (lambda: add(add_theme, long, WHY), "title"),
        (lambda: add(rename_organisation, "town-archive", long, WHY), "name"),
        (lambda: add(edit_plan, PlanEdit(title=long), WHY), "title"),
    ):
        with refused(register, BadValueError, "this has 1,001 characters, and can have 1,000", where):
            write()
