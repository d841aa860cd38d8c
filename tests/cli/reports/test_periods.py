"""What lists and messages call the reporting period of a plan that does not report weekly."""

import csv
from datetime import UTC, date, datetime

import pytest

from planner.cli.context import Context
from planner.domain.vocabulary import Cadence, Phase
from planner.store.journal import writing
from planner.store.models import Plan
from tests.factories import ACTOR, move, noon, report

NOW = datetime(2020, 4, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def monthly(filled, monkeypatch):
    """The small plan, with a report in each month."""
    monkeypatch.setattr(Context, "now", lambda self: NOW)
    with filled.writing() as session, writing(session, ACTOR, noon(date(2020, 3, 2))) as journal:
        journal.change(session.get_one(Plan, 1), {"cadence": Cadence.MONTHLY}, action="edit", label="plan")
    report(filled, "T-001", as_of=date(2020, 4, 2), percent=10, at=noon(date(2020, 4, 2)))
    report(filled, "P-002", as_of=date(2020, 4, 3), phase=Phase.COMPLETED, at=noon(date(2020, 4, 3)))
    return filled


@pytest.mark.usefixtures("monthly")
def test_a_month_is_named_and_a_report_of_its_first_days_counts(planner):
    shown = planner("my-week").out
    assert shown.startswith("April 2020, 2020-04-20, items of all organisations.\n")
    assert "2 items were reported on this month: T-001, P-002" in shown
    assert "week" not in shown.split("weeks")[0].lower().replace("my week", "")
    assert "As of 2020-04-20, April 2020\nReports received this month: " in planner("overview").out


def test_the_overview_of_a_month_compares_with_the_end_of_the_month_before(monthly, planner):
    report(monthly, "P-001", as_of=date(2020, 3, 31), phase=Phase.SUSPENDED, blocker="Ice.", at=noon(date(2020, 4, 6)))
    move(monthly, "T-002", None, date(2021, 1, 31), as_of=date(2020, 4, 3))
    shown = planner("overview").out
    assert "Moved since last month: 5 changes of 4 items; for the worse: 2 changes of 2 items" in shown
    assert "T-002  due date: 31 days later" in shown
    assert "P-001  recorded late: suspended, from 2020-03-31" in shown
    assert "P-002  completed" in shown
    assert "1 date was moved to a later day since last month: 1 without a request" in shown
    assert "Month" in shown
    assert "last week" not in shown
    plans = planner("plans").out
    assert "Month" in plans
    assert "Week" not in plans
    [plan] = csv.DictReader(planner("plans", "--format", "csv").out.splitlines())
    assert plan["points_since_last_period"] == plan["percent"]


@pytest.mark.usefixtures("monthly")
def test_messages_ask_for_an_answer_by_the_end_of_the_month(planner):
    shown = planner("chase").out
    assert shown.startswith("Subject: April 2020: ")
    assert "\nApril 2020 (2020-04-01 to 2020-04-30), as of 2020-04-20\n" in shown
    assert "Please answer by Thursday, 2020-04-30:" in shown
