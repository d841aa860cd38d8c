"""No change is reported on purpose; a save that says nothing is no report."""

from datetime import date
from typing import Any

import pytest

from planner.base.errors import BadValueError, NotAllowedError
from planner.domain.vocabulary import Cadence, Confidence, Freshness, Phase
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Plan
from planner.writes.reports.bulk import BulkChange, record_bulk
from planner.writes.reports.entries import Entry, ObservationEntry, record_entry
from planner.writes.reports.status import Report
from tests.factories import ACTOR, OFFICER, noon, report, writing_by
from tests.queries.reads import detail_at, item_at
from tests.writes.refusals import refused

BEFORE, TODAY = date(2020, 3, 25), date(2020, 4, 1)
SAID: dict[str, Any] = {"percent": 40, "confidence": Confidence.AMBER, "next": "Go on.", "blocker": "Rain"}


def save(database: Database, entry: Entry, as_of: date = TODAY) -> None:
    with database.writing() as session:
        record_entry(writing_by(session, OFFICER, noon(as_of)), "T-001", entry)


@pytest.mark.parametrize("fields", [SAID, {**SAID, "phase": Phase.IN_PROGRESS}, {**SAID, "done": " \n"}])
def test_a_report_that_only_repeats_the_last_one_is_refused(register: Database, fields: dict[str, Any]):
    report(register, as_of=BEFORE, done="Begun.", **SAID)
    with refused(register, BadValueError, "repeats the report as of 2020-03-25", "T-001"):
        report(register, as_of=TODAY, **fields)
    with refused(register, BadValueError, "repeats the report as of 2020-03-25", "T-001"):
        save(register, Entry(Report(**fields)))


def test_the_same_is_refused_for_several_items_at_once(register: Database):
    report(register, as_of=BEFORE, phase=Phase.SUSPENDED)
    change = BulkChange(phase=Phase.SUSPENDED)
    with register.writing() as session, refused(register, BadValueError, "this repeats", "T-001"):
        record_bulk(writing_by(session, ACTOR, noon(TODAY)), ["T-001"], change)


@pytest.mark.parametrize(
    "more", [{"done": "Begun."}, {"blocker": None}, {"percent": 41}, {"evidence": "photo"}], ids=str
)
def test_whatever_is_new_is_a_report(register: Database, more: dict[str, Any]):
    report(register, as_of=BEFORE, done="Begun.", **SAID)
    assert report(register, as_of=TODAY, **{**SAID, **more}).as_of == TODAY


def test_a_value_is_news_beside_a_report_that_repeats_the_last(register: Database):
    report(register, as_of=BEFORE, **SAID)
    save(register, Entry(Report(**SAID), observations=(ObservationEntry(1, 5.0),)))
    assert item_at(register, "T-001", TODAY).freshness is Freshness.REPORTED


def test_no_change_keeps_what_stands_and_says_so(register: Database):
    report(register, as_of=BEFORE, done="Begun.", **SAID)
    save(register, Entry(Report(unchanged=True)))
    last = item_at(register, "T-001", TODAY).last
    assert last is not None
    assert (last.unchanged, last.as_of, last.phase, last.done) == (True, TODAY, Phase.IN_PROGRESS, None)
    assert {name: getattr(last, name) for name in SAID} == SAID
    assert detail_at(register, "T-001", TODAY).history[0].what == "no change: in progress, amber, 40%"


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ({}, "this item has no earlier report, so you cannot report it as unchanged"),
        ({"as_of": TODAY, "percent": 5}, "already has a report for this week"),
        ({"as_of": BEFORE, "phase": Phase.CANCELLED, "ending_reason": "Why."}, "the item is cancelled"),
    ],
)
def test_where_nothing_can_have_stayed_as_it_was_no_change_is_refused(
    register: Database, before: dict[str, Any], told: str
):
    if before:
        report(register, **before)
    with refused(register, NotAllowedError, told, "T-001"):
        save(register, Entry(Report(unchanged=True)))


def test_no_change_is_not_said_beside_a_change(register: Database):
    report(register, as_of=BEFORE, percent=5)
    with refused(register, BadValueError, "cannot contain anything else", "unchanged"):
        save(register, Entry(Report(unchanged=True, percent=6)))


def test_a_plan_that_reports_monthly_takes_one_report_of_no_change_a_month(register: Database) -> None:
    first, later, next_month = date(2020, 4, 1), date(2020, 4, 29), date(2020, 5, 1)
    with register.writing() as session, writing(session, ACTOR, noon(first)) as journal:
        journal.change(session.get_one(Plan, 1), {"cadence": Cadence.MONTHLY}, action="edit", label="plan")
    report(register, as_of=first, done="Begun.", **SAID)

    with refused(register, NotAllowedError, "already has a report for this month, as of 2020-04-01", "T-001"):
        save(register, Entry(Report(unchanged=True)), later)
    with refused(register, BadValueError, "repeats the report as of 2020-04-01", "T-001"):
        report(register, as_of=later, done="Begun.", **SAID)
    save(register, Entry(Report(unchanged=True)), next_month)


def test_a_report_of_the_month_before_is_another_one_also_in_the_same_week(register: Database) -> None:
    march, april = date(2020, 3, 31), date(2020, 4, 1)
    with register.writing() as session, writing(session, ACTOR, noon(march)) as journal:
        journal.change(session.get_one(Plan, 1), {"cadence": Cadence.MONTHLY}, action="edit", label="plan")
    report(register, as_of=march, done="Begun.", **SAID)

    save(register, Entry(Report(unchanged=True)), april)
