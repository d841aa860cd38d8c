import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.domain.vocabulary import Basis, Confidence, Phase
from planner.queries.items.views import StatusView
from planner.store.database import Database
from planner.store.models import AuditEvent
from planner.writes.reports.status import Report
from tests.factories import ACTOR, noon, plan_of, record_report, report
from tests.writes.refusals import counts, gained, refused

TODAY = date(2020, 4, 1)


def record(
    database: Database, code: str = "T-001", *, as_of: date = TODAY, today: date = TODAY, **fields: Any
) -> StatusView:
    if fields.get("phase") is Phase.COMPLETED:
        fields.setdefault("evidence", "Minutes of the handover")
    with database.writing() as session:
        return record_report(
            session, ACTOR, plan_of(session), code, Report(**fields), as_of=as_of, today=today, at=noon(today)
        )


def test_a_report_is_recorded_as_it_was_given(register: Database):
    given: dict[str, Any] = {
        "phase": Phase.IN_PROGRESS,
        "confidence": Confidence.AMBER,
        "percent": 35,
        "done": "Piles driven.",
        "next": "옹벽 설계",
        "blocker": "بانتظار الرافعة",
        "help_needed": "A crane.",
        "evidence": "Site diary, page 4",
    }
    view = record(register, **given)
    assert {name: getattr(view, name) for name in given} == given
    assert (view.as_of, view.actor, view.basis) == (TODAY, ACTOR.name, Basis.REGISTERED)
    assert view.recorded_at == noon(TODAY)
    assert view.completed_on is None


def test_a_report_and_its_event_are_written_together(register: Database):
    before = counts(register)
    view = record(register, percent=35, done="Piles driven.")
    assert gained(register, before) == {"status_update": 1, "audit_event": 1}
    with register.reading() as session:
        event = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()
    body = json.loads(event.body)
    assert (event.table_name, event.row_id, event.label) == ("status_update", view.id, "T-001")
    assert (body["actor"], body["action"], body["before"]) == (ACTOR.name, "report", None)
    assert (body["after"]["percent"], body["after"]["done"]) == (35, "Piles driven.")


def test_what_is_left_out_stays_as_last_reported_and_texts_are_each_reports_own(register: Database):
    record(
        register, as_of=date(2020, 3, 4), percent=20, confidence=Confidence.RED, phase=Phase.SUSPENDED, done="Begun."
    )
    view = record(register, next="Wait for the tide.")
    assert (view.phase, view.confidence, view.percent) == (Phase.SUSPENDED, Confidence.RED, 20)
    assert (view.done, view.next) == (None, "Wait for the tide.")


def test_a_late_report_carries_over_from_before_its_date_not_from_after(register: Database):
    record(register, as_of=date(2020, 3, 4), percent=20)
    record(register, as_of=date(2020, 3, 25), percent=60, confidence=Confidence.RED)
    view = record(register, as_of=date(2020, 3, 11), done="Reported late.")
    assert (view.percent, view.confidence) == (20, None)


@pytest.mark.parametrize(
    ("fields", "phase"),
    [
        ({"percent": 1}, Phase.IN_PROGRESS),
        ({"done": "Begun."}, Phase.IN_PROGRESS),
        ({"percent": 0}, Phase.NOT_STARTED),
        ({"next": "Begin."}, Phase.NOT_STARTED),
        ({"confidence": Confidence.GREEN}, Phase.NOT_STARTED),
        ({"percent": 10, "phase": Phase.NOT_STARTED}, Phase.NOT_STARTED),
    ],
)
def test_an_item_is_in_progress_from_the_first_work_reported(
    sqlite_register: Database, fields: dict[str, Any], phase: Phase
):
    assert record(sqlite_register, **fields).phase is phase


def test_completed_sets_its_date_and_a_hundred_percent(register: Database):
    view = record(register, as_of=date(2020, 3, 20), phase=Phase.COMPLETED)
    assert (view.completed_on, view.percent) == (date(2020, 3, 20), 100)


def test_a_later_report_on_a_completed_item_keeps_the_date(register: Database):
    record(register, as_of=date(2020, 3, 20), phase=Phase.COMPLETED)
    view = record(register, evidence="Certificate filed.")
    assert (view.phase, view.completed_on, view.percent) == (Phase.COMPLETED, date(2020, 3, 20), 100)


def test_an_item_opened_again_and_completed_again_has_the_new_date(register: Database):
    record(register, as_of=date(2020, 3, 20), phase=Phase.COMPLETED)
    assert record(register, as_of=date(2020, 3, 25), phase=Phase.IN_PROGRESS, percent=90).completed_on is None
    assert record(register, phase=Phase.COMPLETED).completed_on == TODAY


def test_an_item_measured_by_milestones_is_completed_without_a_percent(register: Database):
    view = record(register, "P-001", phase=Phase.COMPLETED)
    assert (view.completed_on, view.percent) == (TODAY, None)


def test_text_is_stored_clean(register: Database):
    view = record(register, done="  one\r\ntwo  ", next="cafe\u0301", blocker="   ")
    assert (view.done, view.next, view.blocker) == ("one\ntwo", "caf\u00e9", None)


def test_an_item_may_be_named_carelessly(register: Database):
    before = counts(register)
    record(register, " t1 ", done="Begun.")
    assert gained(register, before)["status_update"] == 1


@pytest.mark.parametrize("percent", [-1, 101, 1000, 10**30])
def test_a_percent_out_of_range_is_refused(sqlite_register: Database, percent: int):
    with refused(sqlite_register, BadValueError, f"{percent} is not a percentage", "percent"):
        record(sqlite_register, percent=percent)


@pytest.mark.parametrize("percent", [0, 100])
def test_a_percent_at_either_end_is_taken(register: Database, percent: int):
    assert record(register, percent=percent).percent == percent


def test_a_percent_on_an_item_measured_by_milestones_is_refused(register: Database):
    with refused(register, NotAllowedError, "P-001 is measured by its milestones", "percent"):
        record(register, "P-001", percent=50, done="Something.")


@pytest.mark.parametrize("percent", [0, 99])
def test_a_completed_item_is_at_a_hundred_percent(register: Database, percent: int):
    with refused(register, BadValueError, f"the percentage of a completed item is 100, not {percent}", "percent"):
        record(register, phase=Phase.COMPLETED, percent=percent)


def test_a_report_of_tomorrow_is_refused(register: Database):
    with refused(register, BadValueError, "2020-04-02 is after today (2020-04-01)", "as_of"):
        record(register, as_of=date(2020, 4, 2), done="Foreseen.")


def test_a_report_from_before_the_plan_is_refused_and_one_of_its_first_day_is_not(register: Database):
    with refused(register, BadValueError, "2019-12-31 is before the plan starts (2020-01-01)", "as_of"):
        record(register, as_of=date(2019, 12, 31), done="Long ago.")
    assert record(register, as_of=date(2020, 1, 1), done="At last.").as_of == date(2020, 1, 1)


@pytest.mark.parametrize("fields", [{}, {"done": ""}, {"done": "  \n", "next": "\t"}])
def test_a_report_that_says_nothing_is_refused(sqlite_register: Database, fields: dict[str, Any]):
    with refused(sqlite_register, BadValueError, "the report is empty", "T-001"):
        record(sqlite_register, **fields)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_characters_that_cannot_be_stored_are_refused(register: Database, text: str):
    with refused(register, BadValueError, "character 2", "done"):
        record(register, done=text)


@pytest.mark.parametrize("field", ["done", "next", "blocker", "help_needed", "evidence"])
def test_every_text_is_looked_at(sqlite_register: Database, field: str):
    with refused(sqlite_register, BadValueError, "character 2 (U+001B)", field):
        record(sqlite_register, **dict[str, Any]({field: "a\x1b[31mb"}))


def test_forty_thousand_characters_are_refused_and_the_most_that_fit_a_cell_are_not(register: Database):
    with refused(register, BadValueError, "40,000 characters", "done"):
        record(register, done="x" * 40_000)
    assert record(register, done="港" * 32_000).done == "港" * 32_000


@pytest.mark.parametrize("code", ["T-404", "", "X-1", "T-001 OR 1=1"])
def test_an_unknown_item_is_refused(register: Database, code: str):
    with refused(register, UnknownNameError, "no item", "CODE"):
        record(register, code, done="Something.")


def test_after_a_refusal_the_same_session_can_write(register: Database):
    with register.writing() as session:
        plan = plan_of(session)
        with pytest.raises(BadValueError):
            record_report(session, ACTOR, plan, "T-001", Report(percent=500), as_of=TODAY, today=TODAY, at=noon(TODAY))
        view = record_report(
            session, ACTOR, plan, "T-001", Report(percent=50), as_of=TODAY, today=TODAY, at=noon(TODAY)
        )
    assert view.percent == 50
    assert report(register, "T-001", as_of=TODAY, done="More.").percent == 50
