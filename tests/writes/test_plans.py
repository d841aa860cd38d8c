"""New plans, and plans that are closed."""

from datetime import date

import pytest

from planner.base.errors import BadValueError, NotAllowedError
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Basis, Cadence
from planner.queries.plans.standings import read_plan_standings
from planner.register.closing import read_closing
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import Organisation, Plan
from planner.writes.plan_changes.organisations import add_organisation, dissolve_organisation, rename_organisation
from planner.writes.plans.closing import close_plan, reopen_plan
from planner.writes.plans.new_plan import NewPlan, add_plan, usual_dates
from tests.factories import ACTOR, AT, load_small_bundle, plan_of, writing_by
from tests.writes.refusals import counts, gained
from tests.writes.test_permission import CASES, THEIRS, Try

# What is about all plans, and so also possible when one of them is closed.
OF_ALL_PLANS = {
    Permission.ATTACH_DOCUMENTS,
    Permission.PROPOSE_MANDATES,
    Permission.KEEP_PEOPLE,
    Permission.KEEP_CLOCK,
    Permission.KEEP_PLANS,
    Permission.REDACT,
}
# The acts on organisations, which all plans share, although only who may change the plan makes them.
ON_ORGANISATIONS = {name for name in CASES if name.endswith("_organisation")}

BAY = NewPlan("Bay works 2027", "bay-2027", date(2027, 1, 1), date(2027, 12, 31), "Asia/Seoul", "Bay Office")


def close(database: Database) -> None:
    with database.writing() as session:
        close_plan(writing_by(session, ACTOR, AT), "The year is over.")


def test_every_write_about_a_closed_plan_is_refused(sqlite_register, tmp_path):
    refused = []
    with sqlite_register.reading() as session:
        plan = plan_of(session)
    close(sqlite_register)
    before = counts(sqlite_register)
    for name, case in CASES.items():
        if case.deed not in OF_ALL_PLANS and name not in ON_ORGANISATIONS:
            with sqlite_register.writing() as session, pytest.raises(NotAllowedError, match="so it can only be read"):
                case.do(Try(session, ACTOR, plan, THEIRS, tmp_path))
            refused.append(name)
    assert gained(sqlite_register, before) == {}
    assert {"record_entry", "record_bulk", "undo", "review_links", "accept_finding", "issue_week"} <= set(refused)


def test_data_files_are_not_loaded_into_a_closed_plan(sqlite_register):
    close(sqlite_register)
    with pytest.raises(NotAllowedError, match="so it can only be read"):
        load_small_bundle(sqlite_register)


def test_what_all_plans_share_can_still_be_written(sqlite_register, tmp_path):
    close(sqlite_register)
    before = counts(sqlite_register)
    with sqlite_register.writing() as session:
        CASES["add_person"].do(Try(session, ACTOR, plan_of(session), THEIRS, tmp_path))
    assert gained(sqlite_register, before) == {"person": 1, "audit_event": 1}


def test_organisations_are_changed_in_a_closed_plan_and_its_items_are_not(sqlite_register):
    close(sqlite_register)
    before = counts(sqlite_register)
    with sqlite_register.writing() as session:
        add_organisation(writing_by(session, ACTOR, AT), "tide-board", "Board of Tides")
    with sqlite_register.writing() as session:
        rename_organisation(writing_by(session, ACTOR, AT), "tide-board", "Tides", "So.")
    leads = {"T-001": "tide-board"}
    with sqlite_register.writing() as session, pytest.raises(NotAllowedError, match="so it can only be read"):
        dissolve_organisation(writing_by(session, ACTOR, AT), "harbour-office", "So.", lead="tide-board", leads=leads)
    with sqlite_register.writing() as session:
        done = dissolve_organisation(writing_by(session, ACTOR, AT), "harbour-office", "So.")
    assert done.items == {}
    assert gained(sqlite_register, before).keys() == {"organisation", "organisation_change", "audit_event"}


def test_closing_and_opening_again_are_recorded_with_their_reasons(register):
    close(register)
    with register.reading() as session:
        closing = read_closing(session, plan_of(session).id)
        assert closing is not None
        assert (closing.actor, closing.reason, closing.as_of) == (ACTOR.name, "The year is over.", AT.date())
    with register.writing() as session, pytest.raises(NotAllowedError, match="closed this plan"):
        close_plan(writing_by(session, ACTOR, AT), "Again.")
    with register.writing() as session:
        reopen_plan(writing_by(session, ACTOR, AT), "A report is missing.")
    with register.reading() as session:
        assert read_closing(session, plan_of(session).id) is None
    with register.writing() as session, pytest.raises(NotAllowedError, match="this plan is open"):
        reopen_plan(writing_by(session, ACTOR, AT), "Again.")


def make(database: Database, new: NewPlan) -> None:
    with database.writing() as session, writing(session, ACTOR, AT) as journal:
        add_plan(journal, new)


def test_a_plan_needs_no_mandate(register):
    make(register, BAY)
    with register.reading() as session:
        plan = read_plan(session, "bay-2027")
        assert (plan.title, plan.year, plan.issuer) == ("Bay works 2027", 2027, "Bay Office")
        assert (plan.cadence, plan.has_mandate) == (Cadence.WEEKLY, False)
        standings = read_plan_standings(session, lambda plan: Point(plan.today(AT)))
        counted = {one.plan.key: one.now.items for one in standings}
        assert counted == {"bay-2027": 0, "harbour-2020": 5}
        assert {row.basis for row in session.query(Plan).filter_by(key="bay-2027")} == {Basis.REGISTERED}


def test_an_organisation_that_is_there_is_not_added_again(sqlite_register):
    before = counts(sqlite_register)
    harbour = NewPlan(BAY.title, "bay", BAY.starts, BAY.ends, "utc", "harbour OFFICE", Cadence.MONTHLY, "KO")
    make(sqlite_register, harbour)
    assert Organisation.__tablename__ not in gained(sqlite_register, before)
    with sqlite_register.reading() as session:
        plan = read_plan(session, "bay")
        assert (plan.issuer, plan.cadence, plan.language) == ("Harbour Office", Cadence.MONTHLY, "ko")


@pytest.mark.parametrize(
    ("values", "error", "message"),
    [
        ({"title": " "}, BadValueError, "title: text is required"),
        ({"key": "a b"}, BadValueError, "key: 'a b' cannot be the key of a plan"),
        ({"key": "x" * 65}, BadValueError, "cannot be the key of a plan"),
        ({"key": "harbour-2020"}, NotAllowedError, "the register already has a plan 'harbour-2020'"),
        ({"ends": BAY.starts}, BadValueError, "ends: the last day"),
        ({"time_zone": "Asia/Atlantis"}, BadValueError, "time zone: there is no time zone 'Asia/Atlantis'"),
        ({"time_zone": "seoul"}, BadValueError, "Perhaps you mean Asia/Seoul"),
        ({"time_zone": "beijing"}, BadValueError, "Perhaps you mean Asia/Shanghai"),
        ({"time_zone": "New Delhi"}, BadValueError, "Perhaps you mean Asia/Kolkata"),
        ({"title": "Bay\nworks"}, BadValueError, "title: this must be on one line"),
        ({"language": "Korean"}, BadValueError, "language: 'Korean' is not the code of a language"),
        ({"language": "xx"}, BadValueError, "language: 'xx' is not the code of a language"),
        ({"language": "en-bogus"}, BadValueError, "language: 'en-bogus' is not the code of a language"),
        ({"language": "k o"}, BadValueError, "language: 'k o' is not the code of a language"),
        ({"organisation": ""}, BadValueError, "organisation: text is required"),
    ],
)
def test_what_is_not_possible_is_said_and_nothing_is_written(sqlite_register, values, error, message):
    before = counts(sqlite_register)
    given = {name: getattr(BAY, name) for name in BAY.__annotations__} | values
    with pytest.raises(error, match=message):
        make(sqlite_register, NewPlan(**given))
    assert gained(sqlite_register, before) == {}


@pytest.mark.parametrize(
    ("title", "year"), [("Bay works 2027", 2027), ("港湾2028年计划", 2028), ("Works", 2026), ("2025 to 2027", 2027)]
)
def test_the_year_in_a_title_gives_the_days(title, year):
    assert usual_dates(title, date(2026, 5, 1)) == (date(year, 1, 1), date(year, 12, 31))
