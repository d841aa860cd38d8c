"""What is not set up yet: each thing with the command that adds it, and nothing once it is there."""

from datetime import timedelta

from planner.domain.vocabulary import Phase, Role
from planner.queries.items.register import read_register
from planner.queries.plans.not_set_up import read_not_set_up
from planner.store.database import Database
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.plan_changes.organisations import dissolve_organisation
from planner.writes.plans.closing import close_plan
from tests.factories import ACTOR, AT, COLLEAGUE, OFFICER, ended, noon, person, reading_of, writing_by


def _found(database: Database) -> dict[str, str]:
    """What is missing, and the command for each thing."""
    with database.reading() as session:
        return {one.what: one.do for one in read_not_set_up(reading_of(session))}


def _leaves(database: Database, login: str) -> None:
    with database.writing() as session:
        change_person(writing_by(session, ACTOR, AT), login, PersonEdit(active=False), "Agreed.")


def test_who_leads_items_without_an_officer_is_named(sqlite_register: Database) -> None:
    what = "1 organisation that leads items has no officer: Archive."
    add = "planner people add LOGIN --name NAME --role officer --organisation town-archive"
    assert _found(sqlite_register)[what] == add
    person(sqlite_register, "zoe", Role.OFFICER, "town-archive")
    assert what not in _found(sqlite_register)


def test_an_officer_who_left_reports_no_more(sqlite_register: Database) -> None:
    _leaves(sqlite_register, OFFICER.name)
    what = "2 organisations that lead items have no officer, among them Harbour and Archive."
    assert _found(sqlite_register)[what].endswith("--organisation harbour-office")


def test_a_register_without_a_manager(sqlite_register: Database) -> None:
    what = "There is no manager, who confirms endings and answers requests."
    assert what not in _found(sqlite_register)
    _leaves(sqlite_register, COLLEAGUE.name)
    assert _found(sqlite_register)[what] == "planner people add LOGIN --name NAME --role manager"


def test_documents_without_a_copy_are_counted(sqlite_register: Database) -> None:
    found = _found(sqlite_register)
    what = next(what for what in found if "not attached" in what)
    assert found[what] == "planner sources attach FOLDER"


def test_a_dissolved_organisation_needs_no_officer(sqlite_register: Database) -> None:
    what = "1 organisation that leads items has no officer: Archive."
    assert what in _found(sqlite_register)
    # An item that ended before keeps its lead.
    with sqlite_register.reading() as session:
        led = [item.code for item in read_register(reading_of(session)) if item.lead.key == "town-archive"]
    for code in led:
        ended(sqlite_register, code, Phase.CANCELLED, as_of=AT.date(), ending_reason="No longer needed.")
    with sqlite_register.writing() as session:
        dissolve_organisation(
            writing_by(session, ACTOR, noon(AT.date()) + timedelta(hours=2)), "town-archive", "Reform."
        )
    assert what not in _found(sqlite_register)


def test_nothing_is_missing_in_a_closed_plan(sqlite_register: Database) -> None:
    assert _found(sqlite_register)
    with sqlite_register.writing() as session:
        close_plan(writing_by(session, ACTOR, AT), "The year is over.")
    assert not _found(sqlite_register)
