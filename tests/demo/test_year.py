"""The bundled plan's simulated year is one that a person can believe."""

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import URL

from planner.base.resources import bundled
from planner.bundle.reader import read_bundle
from planner.demo.demonstration import provide
from planner.demo.year import usual_day
from planner.domain.rules.opinions import Difference
from planner.domain.rules.weeks import Week, local_day
from planner.domain.vocabulary import (
    Asked,
    Basis,
    Completion,
    Confidence,
    ExtensionOutcome,
    Freshness,
    Phase,
    Role,
    Schedule,
)
from planner.integrity.problems import Problems
from planner.integrity.seeds import check_seeded
from planner.queries.history.extensions import read_extensions
from planner.queries.items.views import ItemView
from planner.queries.opinions.opinion_rows import read_opinions
from planner.queries.weeks.growing_overview import read_overview
from planner.queries.weeks.outlook import read_outlook
from planner.queries.weeks.overview import Overview
from planner.queries.weeks.requests import read_requests
from planner.register.plans import read_plan
from tests.command import run_command
from tests.demo.rows import Rows, opened, quiet, rows_of
from tests.factories import reading_of

# A whole simulated year of the bundled plan takes several seconds to make.
pytestmark = pytest.mark.more


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> URL:
    """The usual demonstration."""
    address = URL.create("sqlite", database=str(tmp_path_factory.mktemp("year") / "demonstration.sqlite"))
    bundle = read_bundle(bundled("seeds"))
    provide(address, bundle, usual_day(bundle.plan.plan), progress=quiet)
    return address


@pytest.fixture(scope="module")
def rows(url: URL) -> Rows:
    """Everything in it."""
    return rows_of(url)


@pytest.fixture(scope="module")
def view(url: URL) -> Overview:
    """Its overview on its day."""
    with opened(url) as database, database.reading() as session:
        plan = read_plan(session)
        assert plan.simulated_today is not None
        return read_overview(reading_of(session, plan.simulated_today))


@pytest.fixture(scope="module")
def items(view: Overview) -> tuple[ItemView, ...]:
    """Its items on its day."""
    return view.items


def share(items: tuple[ItemView, ...], *freshness: Freshness) -> float:
    return sum(item.freshness in freshness for item in items) / len(items)


def test_all_phases_confidences_and_schedules_are_seen(items: tuple[ItemView, ...]) -> None:
    assert {item.phase for item in items} == set(Phase)
    assert {item.confidence for item in items} >= set(Confidence)
    assert {item.schedule for item in items} == set(Schedule)
    assert {item.freshness for item in items} == set(Freshness)


def test_most_items_run_some_are_complete_a_few_have_ended_otherwise(items: tuple[ItemView, ...]) -> None:
    phases = Counter(item.phase for item in items)
    assert phases[Phase.IN_PROGRESS] > len(items) / 2
    assert 25 <= phases[Phase.COMPLETED] <= 80
    assert 2 <= phases[Phase.CANCELLED] + phases[Phase.MERGED] <= 4
    assert 2 <= phases[Phase.SUSPENDED] <= 10


def test_most_report_some_are_due_some_silent_some_never_did(items: tuple[ItemView, ...]) -> None:
    assert share(items, Freshness.REPORTED) > 0.4
    assert 0.05 < share(items, Freshness.DUE) < 0.25
    assert 0.02 < share(items, Freshness.STALE) < 0.15
    assert 0.01 < share(items, Freshness.NEVER) < 0.1


def test_some_officers_rate_green_what_is_not(items: tuple[ItemView, ...]) -> None:
    contradictions = [item for item in items if item.contradiction]
    assert 4 <= len(contradictions) <= 25


def test_some_items_are_overdue_though_the_year_is_not_over(items: tuple[ItemView, ...]) -> None:
    overdue = [item for item in items if item.schedule is Schedule.OVERDUE]
    assert 4 <= len(overdue) <= 30
    assert all(item.current_due < date(2020, 10, 16) for item in overdue)


def test_some_are_completed_before_they_were_due(items: tuple[ItemView, ...]) -> None:
    early = [
        item
        for item in items
        if item.phase is Phase.COMPLETED
        and item.last
        and item.last.completed_on
        and item.last.completed_on < item.baseline_due
    ]
    assert len(early) >= 5


def test_milestones_are_met_before_on_and_after_their_dates(items: tuple[ItemView, ...]) -> None:
    late = [
        (milestone.met_on - milestone.baseline).days
        for item in items
        for milestone in item.milestones
        if milestone.met_on
    ]
    assert len(late) > 300
    assert sum(days < 0 for days in late) > 50
    assert sum(days > 7 for days in late) > 50
    assert 0 in late


def test_dates_are_moved_for_many_reasons(rows: Rows) -> None:
    reasons = Counter(change["reason"] for change in rows["date_change"])
    assert sum(reasons.values()) > 80
    assert len(reasons) > 20
    assert any(change["milestone_id"] is None for change in rows["date_change"])
    assert any(change["new_date"] < change["old_date"] for change in rows["date_change"])


def test_some_reports_come_in_the_week_after(rows: Rows) -> None:
    late = [
        row
        for row in rows["status_update"]
        if Week.of(local_day(row["recorded_at"], "Asia/Shanghai")) > Week.of(row["as_of"])
    ]
    assert 0.02 < len(late) / len(rows["status_update"]) < 0.25
    assert all(local_day(row["recorded_at"], "Asia/Shanghai") - row["as_of"] < timedelta(days=7) for row in late)


def test_blockers_help_and_evidence_are_told(rows: Rows) -> None:
    for field in ("blocker", "help_needed", "evidence", "next"):
        assert sum(row[field] is not None for row in rows["status_update"]) > 60, field


def test_indicators_have_values(rows: Rows) -> None:
    observed = {row["indicator_id"] for row in rows["observation"]}
    assert len(observed) > len(rows["indicator"]) / 2


def test_every_theme_moves_in_the_week_shown(view: Overview) -> None:
    assert {moved.item.theme for moved in view.moved} == {int(theme.key) for theme in view.themes}


def test_few_reports_of_a_week_read_alike(rows: Rows) -> None:
    texts = [row["done"] for row in rows["status_update"] if Week.of(row["as_of"]) == Week(2020, 42)]
    assert len(texts) > 80
    assert len(set(texts)) > 0.7 * len(texts)


def test_several_officers_report_and_none_of_them_could_be_a_person(rows: Rows) -> None:
    officers = {row["actor"] for row in rows["status_update"]}
    assert len(officers) > 10
    assert all(officer.startswith("simulated-officer-") for officer in officers)


def test_simulated_divisions_lead_what_the_largest_body_would(rows: Rows) -> None:
    bodies = {row["id"]: row for row in rows["organisation"]}
    led = Counter(row["lead_id"] for row in rows["item"])
    divisions = {row["id"] for row in bodies.values() if row["basis"] == Basis.SIMULATED}
    assert 10 <= len(divisions) <= 14
    assert all(6 <= led[division] <= 30 for division in divisions)
    assert divisions <= {row["organisation_id"] for row in rows["person"]}
    assert all(bodies[one]["key"].startswith("simulated-") for one in divisions)
    assert all(bodies[one]["name"].startswith("Simulated ") for one in divisions)
    assert all(bodies[one]["short_name"].startswith("Sim. ") for one in divisions)
    assert {bodies[lead]["key"] for lead in led} - {bodies[one]["key"] for one in divisions} == {
        "zhongguancun-committee",
        "economy-bureau",
    }


def test_the_log_keeps_who_leads_by_the_data_files(url: URL) -> None:
    problems = Problems()
    with opened(url) as database, database.reading() as session:
        assert check_seeded(session, problems) > 1000
    assert not problems.kept


def test_an_item_of_a_division_says_who_leads_it_outside_the_demonstration(rows: Rows, url: URL) -> None:
    divided = [row for row in rows["item"] if row["lead_basis"] == Basis.SIMULATED]
    assert all("Municipal Science & Technology Commission leads this item" in row["lead_note"] for row in divided)
    assert sum(row["lead_rule_id"] is not None for row in divided) > 150
    told = run_command("--db", str(url.database), "trace", "T-020").out
    assert "Lead: Simulated Major Projects Division [basis: simulated]" in told
    assert "leads this item (derived by the rule lead-national-projects);" in told
    assert "has the two commissions take on the country's major projects" in told


def test_everybody_does_what_their_role_allows(rows: Rows) -> None:
    people = {row["login"]: row for row in rows["person"]}
    leads = {row["id"]: row["lead_id"] for row in rows["item"]}
    for said in rows["status_update"]:
        assert people[said["actor"]]["organisation_id"] == leads[said["item_id"]]
    moved = {(row["milestone_id"] is None, people[row["actor"]]["role"]) for row in rows["date_change"]}
    # A manager moves the date of a milestone only if an officer asked for it.
    assert moved == {(True, Role.MANAGER), (False, Role.OFFICER), (False, Role.MANAGER)}
    granted = {(row["actor"], row["recorded_at"]) for row in rows["extension_answer"] if row["outcome"] == "granted"}
    by_manager = [row for row in rows["date_change"] if row["actor"] == "simulated-manager" and row["milestone_id"]]
    assert by_manager
    assert {(row["actor"], row["recorded_at"]) for row in by_manager} <= granted
    assert {people[row["actor"]]["role"] for row in rows["assessment"]} == {Role.AUDITOR, Role.MANAGER}


def test_a_due_date_is_moved_after_the_officers_reports_of_the_day(rows: Rows) -> None:
    changes, manager_s = rows["date_change"], "simulated-manager"
    manager = {row["recorded_at"] for row in changes if row["actor"] == manager_s}
    officers = [row["recorded_at"] for row in changes if row["actor"] != manager_s]
    for instant in manager:
        same_day = [other for other in officers if other.date() == instant.date()]
        assert all(other < instant for other in same_day)


def test_most_completions_are_confirmed_and_the_last_still_wait(items: tuple[ItemView, ...]) -> None:
    completed = [item for item in items if item.phase is Phase.COMPLETED]
    waiting = [item for item in completed if item.completion is Completion.AWAITING]
    assert 2 <= len(waiting) <= 8
    assert len(completed) - len(waiting) >= 25
    assert all(item.last and item.last.as_of > date(2020, 10, 2) for item in waiting)


def test_a_few_reports_came_back_and_one_is_still_owed_anew(rows: Rows, items: tuple[ItemView, ...]) -> None:
    answers = rows["completion_confirmation"]
    assert {row["actor"] for row in answers} == {"simulated-manager"}
    assert 2 <= sum(row["outcome"] == "returned" for row in answers) <= 8
    standing = [item.returned for item in items if item.returned]
    assert len(standing) == 1
    assert standing[0].reason


def test_later_dates_are_asked_for_and_some_requests_are_open(url: URL) -> None:
    with opened(url) as database, database.reading() as session:
        plan = read_plan(session)
        assert plan.simulated_today is not None
        reading = reading_of(session, plan.simulated_today)
        found = read_extensions(reading)
        standing = read_overview(reading)
        week = read_requests(reading, standing.items, plan.simulated_today - timedelta(days=5))
    assert 30 < len(found) < 90
    assert {one.asked for one in found} == {Asked.BEFORE, Asked.AFTER}
    assert {one.answer.outcome for one in found if one.answer} == set(ExtensionOutcome)
    assert 2 <= sum(row.extension is not None and row.answer is None for row in week) <= 8
    assert any(row.extension is not None and row.answer is not None for row in week)
    assert standing.slips[Asked.BEFORE] + standing.slips[Asked.AFTER] > 0


def test_assessments_agree_with_officers_and_differ_from_them(url: URL) -> None:
    with opened(url) as database, database.reading() as session:
        plan = read_plan(session)
        assert plan.simulated_today is not None
        reading = reading_of(session, plan.simulated_today)
        rows = read_opinions(reading, read_overview(reading).items, agreeing=True)
    agreeing = [row for row in rows if row.assessment and Difference.OFFICER_ASSESSMENT not in row.differ]
    differing = [row for row in rows if row.assessment and Difference.OFFICER_ASSESSMENT in row.differ]
    assert len(agreeing) >= 5
    assert 3 <= len(differing) <= 12


def test_messages_have_addresses_that_nobody_has(rows: Rows) -> None:
    simulated = [row for row in rows["organisation"] if row["basis"] == Basis.SIMULATED]
    addresses = [row["mail_address"] for row in (*simulated, *rows["person"])]
    assert all(address.endswith("@example.invalid") for address in addresses)
    assert len(set(addresses)) == len(addresses)
    # No address is made up for a real body.
    assert {row["mail_address"] for row in rows["organisation"] if row["basis"] != Basis.SIMULATED} == {None}


def test_the_ranges_of_its_outlook_hold_about_four_times_of_five(url: URL) -> None:
    with opened(url) as database, database.reading() as session:
        plan = read_plan(session)
        assert plan.simulated_today is not None
        found = read_outlook(reading_of(session, plan.simulated_today))
    assert found.learned
    assert found.calibration.came_due > 100
    assert 0.75 <= found.calibration.held / found.calibration.came_due <= 0.97
