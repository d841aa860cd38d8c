"""A returned report takes with it what came in the same save, and taking the return back brings it again."""

from datetime import date

from planner.domain.vocabulary import Confidence, Phase, Schedule
from planner.queries.history.item_history.entries import Discount
from planner.queries.weeks.course import read_course
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import Database
from planner.writes.reports.confirmations import what_falls_back
from planner.writes.reports.entries import Entry, MilestoneEntry, ObservationEntry, record_entry
from planner.writes.reports.status import Report
from tests.answers import give_back, take_back
from tests.factories import COLLEAGUE, OFFICER, meet, noon, plan_of, reading_of, report, writing_by
from tests.queries.reads import detail_at, item_at

# P-001 is measured by its four milestones.
BEFORE, SAVED, TODAY = date(2020, 10, 7), date(2020, 12, 21), date(2020, 12, 22)
FELL_BACK = (
    "milestone 2 met on 2020-12-21",
    "milestone 3 forecast for 2020-12-30",
    "milestone 4 moved to 2020-12-31",
    "indicator 1 is 7",
)


def save_together(database: Database) -> None:
    entry = Entry(
        Report(phase=Phase.IN_PROGRESS, confidence=Confidence.GREEN, done="Tower stands."),
        (
            MilestoneEntry(2, met_on=SAVED),
            MilestoneEntry(3, forecast=date(2020, 12, 30)),
            MilestoneEntry(4, moved_to=date(2020, 12, 31), reason="Ice."),
        ),
        (ObservationEntry(1, 7.0),),
    )
    with database.writing() as session:
        record_entry(writing_by(session, OFFICER, noon(SAVED)), "P-001", entry)


def standing(database: Database) -> tuple[object, ...]:
    detail = detail_at(database, "P-001", TODAY)
    steps = [(step.met_on, step.forecast, step.current) for step in detail.item.milestones]
    return detail.item.actual, detail.item.phase, detail.item.confidence, steps, detail.indicators[0].observed


def test_all_of_one_save_falls_back_together_and_comes_back_together(register: Database):
    report(register, "P-001", as_of=BEFORE, confidence=Confidence.AMBER, actor=OFFICER)
    meet(register, "P-001", 1, BEFORE, actor=OFFICER)
    before = standing(register)
    save_together(register)
    after = standing(register)
    assert after != before
    with register.reading() as session:
        assert what_falls_back(Reading(session, plan_of(session), Point(TODAY)), "P-001") == FELL_BACK
    assert give_back(register, "P-001", at=noon(TODAY)).fell_back == FELL_BACK
    assert standing(register) == before
    with register.reading() as session:
        assert read_course(reading_of(session, TODAY), "P-001")[-1].actual == before[0]
    take_back(register, actor=COLLEAGUE, at=noon(date(2020, 12, 23)))
    assert standing(register) == after
    # Returned a second time it falls back a second time.
    assert give_back(register, "P-001", at=noon(date(2020, 12, 24))).fell_back == FELL_BACK
    assert standing(register) == before


def test_a_returned_completion_leaves_no_item_done_and_on_track(register: Database):
    with register.writing() as session:
        entry = Entry(
            Report(phase=Phase.COMPLETED, evidence="photo"),
            tuple(MilestoneEntry(number, met_on=SAVED) for number in (1, 2, 3, 4)),
        )
        record_entry(writing_by(session, OFFICER, noon(SAVED)), "P-001", entry)
    assert item_at(register, "P-001", TODAY).actual == 100
    give_back(register, "P-001", at=noon(TODAY))
    item = item_at(register, "P-001", TODAY)
    assert (item.actual, item.schedule) == (0, Schedule.OFF_TRACK)


def test_what_was_saved_by_itself_or_of_another_item_stays(register: Database):
    meet(register, "P-001", 1, BEFORE, actor=OFFICER)
    save_together(register)
    give_back(register, "P-001", at=noon(TODAY))
    assert item_at(register, "P-001", TODAY).milestones[0].met_on == BEFORE


def test_the_history_says_of_each_part_that_it_was_returned(register: Database):
    save_together(register)
    give_back(register, "P-001", at=noon(TODAY))
    returned = [
        entry.kind
        for entry in detail_at(register, "P-001", TODAY).history
        if [why.how for why in entry.discounted] == [Discount.RETURNED]
    ]
    assert sorted(returned) == ["date", "milestone", "milestone", "report", "value"]
