"""One save of all that is said of an item: everything with one instant, or nothing."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from planner.base.errors import BadValueError, NotAllowedError, PlannerError, UnknownNameError
from planner.domain.vocabulary import Confidence, Phase
from planner.store.database import Database
from planner.store.journal import Actor
from planner.store.models import AuditEvent
from planner.writes.reports.entries import Entry, EntryRecorded, MilestoneEntry, ObservationEntry, record_entry
from planner.writes.reports.status import Report
from tests.factories import AUDITOR, OFFICER, meet, noon, person, writing_by
from tests.queries.reads import detail_at, item_at
from tests.writes.refusals import counts, gained, refused

TODAY = date(2020, 4, 1)
FRIDAY = date(2020, 3, 27)


def save(
    database: Database,
    code: str = "T-001",
    *,
    report: Report | None = None,
    milestones: tuple[MilestoneEntry, ...] = (),
    observations: tuple[ObservationEntry, ...] = (),
    as_of: date = TODAY,
    actor: Actor = OFFICER,
) -> EntryRecorded:
    entry = Entry(report or Report(), milestones, observations)
    with database.writing() as session:
        return record_entry(writing_by(session, actor, noon(TODAY)), code, entry, as_of=as_of)


def test_all_that_is_said_is_one_write(register: Database):
    before = counts(register)
    done = save(
        register,
        report=Report(percent=40, confidence=Confidence.AMBER, done="Piles driven.", evidence="Site diary"),
        milestones=(
            MilestoneEntry(1, met_on=date(2020, 3, 30), evidence="Survey signed"),
            MilestoneEntry(2, moved_to=date(2021, 1, 29), reason="Ice.", forecast=date(2021, 2, 5)),
        ),
        observations=(ObservationEntry(1, 4, "Counted"),),
    )
    assert (done.code, done.reported, done.milestones, done.dates, done.observations) == ("T-001", True, 2, 1, 1)
    assert (done.as_of, done.actor, done.recorded_at) == (TODAY, OFFICER.name, noon(TODAY))
    assert gained(register, before) == {
        "status_update": 1,
        "milestone_report": 2,
        "date_change": 1,
        "observation": 1,
        "audit_event": 5,
    }
    detail = detail_at(register, "T-001", TODAY)
    first, second = detail.item.milestones
    assert detail.item.last == done.report
    assert (detail.item.actual, detail.item.confidence) == (40, Confidence.AMBER)
    assert (first.met_on, first.evidence) == (date(2020, 3, 30), "Survey signed")
    assert (second.current, second.forecast) == (date(2021, 1, 29), date(2021, 2, 5))
    assert (detail.indicators[0].observed, detail.indicators[0].observed_on) == (4, TODAY)
    with register.reading() as session:
        instants = session.execute(select(AuditEvent.recorded_at).where(AuditEvent.actor == OFFICER.name)).scalars()
        assert set(instants) == {noon(TODAY)}


def test_it_is_as_of_the_day_that_is_said(register: Database):
    done = save(
        register,
        report=Report(percent=40),
        milestones=(MilestoneEntry(2, moved_to=date(2021, 1, 29), reason="Ice."),),
        observations=(ObservationEntry(1, 4),),
        as_of=FRIDAY,
    )
    assert done.as_of == FRIDAY
    on_the_day, before = detail_at(register, "T-001", FRIDAY), detail_at(register, "T-001", date(2020, 3, 26))
    assert (on_the_day.item.actual, on_the_day.indicators[0].observed) == (40, 4)
    assert on_the_day.item.milestones[1].current == date(2021, 1, 29)
    assert (before.item.actual, before.indicators[0].observed) == (None, None)
    assert before.item.milestones[1].current == date(2020, 12, 31)


def test_a_milestone_can_be_moved_and_met_at_once(register: Database):
    save(register, milestones=(MilestoneEntry(1, met_on=TODAY, moved_to=date(2020, 4, 3), reason="Storm."),))
    milestone = item_at(register, "T-001", TODAY).milestones[0]
    assert (milestone.current, milestone.met_on) == (date(2020, 4, 3), TODAY)


def test_without_a_report_the_item_is_not_reported_on(register: Database):
    done = save(register, observations=(ObservationEntry(1, 4),))
    assert (done.report, done.reported) == (None, False)
    assert item_at(register, "T-001", TODAY).last is None


WHOLE: dict[str, Any] = {
    "report": Report(percent=40),
    "milestones": (MilestoneEntry(1, met_on=TODAY),),
    "observations": (ObservationEntry(1, 4),),
}
LATER_PARTS_THAT_FAIL: dict[str, tuple[dict[str, Any], type[PlannerError], str, str]] = {
    "the report": ({"report": Report(percent=101)}, BadValueError, "101 is not a percentage", "percent"),
    "its text": ({"report": Report(done="a\x00b")}, BadValueError, "character 2", "done"),
    "its evidence": (
        {"report": Report(phase=Phase.COMPLETED)},
        BadValueError,
        "a completed item needs evidence",
        "evidence",
    ),
    "a milestone there is not": (
        {"milestones": (MilestoneEntry(1, met_on=TODAY), MilestoneEntry(9, met_on=TODAY))},
        UnknownNameError,
        "T-001 has no milestone 9",
        "milestone_9",
    ),
    "a milestone met tomorrow": (
        {"milestones": (MilestoneEntry(1, met_on=date(2020, 4, 2)),)},
        BadValueError,
        "2020-04-02 is after today",
        "milestone_1_met",
    ),
    "a move without a reason": (
        {"milestones": (MilestoneEntry(2, moved_to=date(2021, 1, 29)),)},
        BadValueError,
        "text is required",
        "milestone_2_reason",
    ),
    "a reason without a date": (
        {"milestones": (MilestoneEntry(1, met_on=TODAY, reason="Ice."),)},
        BadValueError,
        "a reason was given, but no new date",
        "milestone_1_date",
    ),
    "evidence of nothing": (
        {"milestones": (MilestoneEntry(2, evidence="A photo"),)},
        BadValueError,
        "evidence was given, but not the day on which the milestone was met",
        "milestone_2_evidence",
    ),
    "a value that is none": (
        {"observations": (ObservationEntry(1, 4), ObservationEntry(1, float("nan")))},
        BadValueError,
        "nan is not a number",
        "indicator_1",
    ),
    "an indicator there is not": (
        {"observations": (ObservationEntry(1, 4), ObservationEntry(2, 4))},
        UnknownNameError,
        "T-001 has no indicator 2",
        "indicator_2",
    ),
}


@pytest.mark.parametrize(
    ("parts", "error", "told", "where"), LATER_PARTS_THAT_FAIL.values(), ids=LATER_PARTS_THAT_FAIL.keys()
)
def test_a_part_that_cannot_be_recorded_leaves_none_of_it(
    register: Database, parts: dict[str, Any], error: type[PlannerError], told: str, where: str
):
    with refused(register, error, told, where):
        save(register, **{**WHOLE, **parts})
    assert save(register, **WHOLE).reported


@pytest.mark.parametrize(
    "said",
    [{}, {"report": Report(done="  ")}, {"milestones": (MilestoneEntry(1),)}],
    ids=["nothing", "blanks", "a milestone's number"],
)
def test_saying_nothing_is_refused(register: Database, said: dict[str, Any]):
    with refused(register, BadValueError, "the report is empty", "T-001"):
        save(register, **said)


def test_a_milestone_that_was_met_is_neither_moved_nor_met_again(register: Database):
    meet(register, "T-001", 1, date(2020, 3, 20))
    with refused(register, NotAllowedError, "milestone 1 was met on 2020-03-20", "T-001"):
        save(register, milestones=(MilestoneEntry(1, moved_to=date(2020, 5, 1), reason="Ice."),))
    with refused(register, NotAllowedError, "milestone 1 was already met on 2020-03-20", "T-001"):
        save(register, milestones=(MilestoneEntry(1, met_on=TODAY),))


def test_forecast_and_met_in_one_save_is_met(register: Database):
    save(register, milestones=(MilestoneEntry(1, met_on=date(2020, 3, 30), forecast=date(2020, 4, 9)),))
    assert item_at(register, "T-001", TODAY).milestones[0].met_on == date(2020, 3, 30)


def by_an_auditor(database: Database) -> Actor:
    return AUDITOR


def by_an_officer_of_another_body(database: Database) -> Actor:
    person(database, "fay", organisation="town-archive")
    return Actor("fay")


def by_nobody_known(database: Database) -> Actor:
    return Actor("somebody")


@pytest.mark.parametrize(
    ("who", "told"),
    [
        (by_an_auditor, "egil is an auditor and may not report"),
        (
            by_an_officer_of_another_body,
            "fay is an officer of Town Archive, which neither leads nor supports this item",
        ),
        (by_nobody_known, "'somebody' is not a person of this register"),
    ],
)
def test_only_whose_item_it_is_may_save(register: Database, who: Callable[[Database], Actor], told: str):
    actor = who(register)
    before = counts(register)
    with pytest.raises(NotAllowedError) as caught:
        save(register, "P-002", report=Report(percent=40), actor=actor)
    assert told in caught.value.what
    assert gained(register, before) == {}


def test_a_supporting_body_s_officer_may_save(register: Database):
    assert save(register, "T-003", report=Report(done="Asked the schools.")).actor == OFFICER.name


def test_after_a_refusal_the_same_session_can_write(register: Database):
    with register.writing() as session:
        write = writing_by(session, OFFICER, noon(TODAY))
        with pytest.raises(UnknownNameError):
            record_entry(write, "T-404", Entry(Report(percent=5)))
        record_entry(write, "T-001", Entry(Report(percent=5)))
        assert session.execute(select(func.count()).where(AuditEvent.actor == OFFICER.name)).scalar_one() == 1
