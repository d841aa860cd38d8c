"""Commands on a plan that is over or has not begun: they say which day they take. The plan of the tests is of 2020."""

import json
from datetime import UTC, date, datetime, time

import pytest

from planner.cli.context import Context

LONG_AFTER = date(2026, 11, 30)
SHOWN = "The plan ended on 2020-12-31, and is shown as of that day. Give --as-of today for today.\n"


@pytest.fixture
def on_day(planner, filled, monkeypatch):
    """Run a command on the small plan, with the computer's clock on a day."""

    def run(today: date, *words: str):
        monkeypatch.setattr(Context, "now", lambda self: datetime.combine(today, time(12), UTC))
        return planner(*words)

    return run


def test_a_plan_that_is_over_is_shown_as_of_its_last_day(on_day):
    result = on_day(LONG_AFTER, "items", "--format", "json")
    assert result.err == SHOWN
    assert result.out == on_day(LONG_AFTER, "items", "--as-of", "2020-12-31", "--format", "json").out
    assert json.loads(result.out) != json.loads(on_day(LONG_AFTER, "items", "--as-of", "today", "--format", "json").out)


def test_the_day_is_not_said_of_a_day_that_was_typed_nor_of_a_plan_that_runs(on_day):
    assert "shown as of" not in on_day(LONG_AFTER, "overview", "--as-of", "today").err
    assert on_day(date(2020, 9, 18), "overview").err == ""
    assert on_day(LONG_AFTER, "whoami").err == ""


def test_that_records_of_then_are_shown_as_of_today_is_said(on_day):
    day = date(2020, 9, 18)
    said = "This is 2020-09-18, as recorded by 2020-06-30. Give --as-of 2020-06-30 for that day.\n"
    assert on_day(day, "items", "--known-at", "2020-06-30").err == said
    assert on_day(day, "items", "--known-at", "2020-06-30", "--as-of", "2020-06-30").err == ""
    assert on_day(day, "items", "--known-at", "2020-09-18").err == ""


def test_a_plan_that_has_not_begun_is_shown_as_of_its_first_day(on_day):
    result = on_day(date(2019, 11, 30), "my-week")
    assert result.err == ("The plan begins on 2020-01-01, and is shown as of that day. Give --as-of today for today.\n")
    assert "2020-01-01" in result.out.splitlines()[0]


def test_a_report_on_a_plan_that_is_long_over_is_about_its_end(on_day):
    result = on_day(LONG_AFTER, "update", "T-001", "--percent", "5", "--done", "Begun", "--phase", "in_progress")
    assert "The plan is long over, so this is recorded as of 2020-12-31. Give --as-of today for today." in result.err
    assert "2020-12-31" in result.out
    assert "5%" in on_day(LONG_AFTER, "show", "T-001").out


def test_a_report_soon_after_the_end_is_of_its_day_and_seen_later(on_day):
    soon = date(2021, 2, 5)
    result = on_day(soon, "update", "T-001", "--percent", "5", "--done", "Begun", "--phase", "in_progress")
    assert (result.err, "2021-02-05" in result.out) == ("", True)
    shown = on_day(LONG_AFTER, "show", "T-001")
    assert "The plan ended on 2020-12-31, and is shown as of the last report, 2021-02-05." in shown.err
    assert "5%" in shown.out


def test_a_plan_that_was_closed_long_after_its_end_is_closed(on_day):
    assert on_day(LONG_AFTER, "plan", "close", "harbour-2020", "--reason", "It is over.").exit_code == 0
    [plan] = json.loads(on_day(LONG_AFTER, "plans", "--format", "json").out)["plans"]
    assert (plan["as_of"], plan["closed"]) == ("2020-12-31", "2026-11-30")


def test_a_finding_of_a_plan_that_is_over_is_accepted_until_a_day_to_come_and_reopened(on_day):
    named = ("item-without-clause", "T-003")
    accepted = on_day(LONG_AFTER, "findings", "accept", *named, "--until", "+4w", "--reason", "Known.")
    assert accepted.exit_code == 0, accepted.err
    rows = {day: on_day(LONG_AFTER, "findings", "--format", "csv", *day).out for day in ((), ("--as-of", "2020-12-30"))}
    assert ["item-without-clause,T-003,accepted" in one for one in rows.values()] == [True, False]
    reopened = on_day(LONG_AFTER, "findings", "reopen", *named, "--reason", "Again.")
    assert reopened.exit_code == 0, reopened.err


def test_the_week_of_a_plan_that_is_over_is_its_last_on_its_last_day(on_day):
    brief = on_day(LONG_AFTER, "brief").out
    assert "week 2020-W53 (2020-12-28 to 2021-01-03), as of 2020-12-31" in brief
    assert "2020-W53" in on_day(LONG_AFTER, "chase").out
    assert "as of 2026" not in on_day(LONG_AFTER, "chase").out


def test_a_plan_that_has_not_begun_owes_nothing_and_says_when_it_begins(on_day):
    before = date(2019, 11, 30)
    assert json.loads(on_day(before, "my-week", "--format", "json").out)["week"]["owed"] == []
    refused = on_day(before, "update", "T-001", "--percent", "5")
    assert "the plan begins on 2020-01-01, so nothing can be reported before. Report from that day on" in refused.err
    [plan] = json.loads(on_day(before, "plans", "--format", "json").out)["plans"]
    assert plan["silent"] == 0
    overview = on_day(before, "overview").out
    assert "Reports received this week: 0 of 0" in overview
    assert "Organisations that have not reported: 0" in overview
    assert json.loads(on_day(before, "overview", "--format", "json").out)["overview"]["not_reported"] == []


def test_a_plan_that_has_not_begun_has_no_week(on_day):
    new = ("--title", "Bay", "--key", "bay", "--organisation", "Bay", "--starts", "2028-01-01", "--ends", "2028-12-31")
    assert on_day(LONG_AFTER, "plan", "new", *new).exit_code == 0
    for command in ("brief", "weekly", "chase"):
        refused = on_day(LONG_AFTER, "--plan", "bay", command)
        assert "the plan begins on 2028-01-01, so it has no reporting week yet" in refused.err


def test_the_dates_of_a_plan_that_has_not_begun_can_be_moved(on_day):
    moved = on_day(date(2019, 11, 30), "due", "T-001", "--move", "2020-12-01", "--reason", "Agreed.", "--yes")
    assert (moved.exit_code, moved.err) == (0, "")


def test_an_item_of_a_plan_that_is_over_does_not_end_on_a_day_that_nobody_named(on_day):
    ending = ("update", "T-001", "--phase", "completed", "--evidence", "Seen.", "--yes")
    refused = on_day(LONG_AFTER, *ending)
    assert (refused.exit_code, "it must be said when the item ended" in refused.err) == (3, True)
    assert "as of 2026-11-30" in on_day(LONG_AFTER, *ending, "--as-of", "2026-11-30").out


def test_an_act_on_what_all_plans_share_is_of_today(on_day):
    renamed = on_day(
        LONG_AFTER, "organisation", "rename", "harbour-office", "--name", "Harbour Board", "--reason", "Agreed."
    )
    assert ("from 2026-11-30 on" in renamed.out, renamed.err) == (True, "")


def test_nobody_is_reminded_of_a_plan_that_is_closed(on_day):
    on_day(LONG_AFTER, "plan", "close", "harbour-2020", "--reason", "It is over.")
    assert "closed this plan" in on_day(LONG_AFTER, "chase").err


def test_a_command_without_a_typed_day_needs_no_reader_of_dates(on_day, monkeypatch):
    monkeypatch.setattr(Context, "typed", None)
    assert on_day(date(2020, 9, 18), "show", "T-001").exit_code == 0
