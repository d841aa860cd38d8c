"""Changing a plan, and removing one that was made by mistake."""

from datetime import date, timedelta

import pytest

from planner.base.errors import BadValueError, NoDatabaseError, NotAllowedError
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Cadence, Phase
from planner.integrity.verifying import verify
from planner.queries.plans.summaries import read_plan_summaries
from planner.register.plans import read_plan
from planner.register.writing import Writing
from planner.store.database import Database
from planner.store.journal import writing
from planner.writes.plan_changes.items import NewItem, add_item
from planner.writes.plan_changes.themes import add_theme
from planner.writes.plans.edit_plan import PlanEdit, edit_plan
from planner.writes.plans.new_plan import NewPlan, add_plan
from planner.writes.plans.removing import remove_plan
from tests.factories import ACTOR, ended, noon, plan_of, reading_of, report
from tests.integrity.conftest import no_step
from tests.writes.plan_changes.acts import MAY, WHY, act
from tests.writes.refusals import refused

BEFORE = MAY - timedelta(days=1)
BAY = NewPlan("Bay works 2021", "bay", date(2021, 1, 1), date(2021, 12, 31), "Asia/Seoul", "Bay Office")


def write_to(database: Database, key: str, day: date, write, *given, **named):
    """Make a write about a plan on a day."""
    with database.writing() as session:
        return write(Writing(session, read_plan(session, key), ACTOR, day, noon(day)), *given, **named)


def make_bay(database: Database) -> None:
    with database.writing() as session, writing(session, ACTOR, noon(MAY)) as journal:
        add_plan(journal, BAY)


def test_a_plan_is_changed_from_a_day_on(register: Database) -> None:
    edit = PlanEdit(
        title="Harbour Town works",
        ends=date(2020, 9, 30),
        time_zone="asia/tokyo",
        language="KO",
        cadence=Cadence.MONTHLY,
        organisation="Town Archive",
    )
    with register.reading() as session:
        before = plan_of(session)
    done = act(register, edit_plan, edit, WHY)
    assert done.changes["ends"] == ("2020-12-31", "2020-09-30")
    assert done.changes["organisation"] == ("harbour-office", "town-archive")
    assert set(done.changes) == {"title", "ends", "time_zone", "language", "cadence", "organisation"}
    assert "T-001" in done.outside
    with register.reading() as session:
        reading = reading_of(session, MAY)
        now, then = reading.plan, reading.at(BEFORE).with_known_plan().plan
        assert (now.title, now.ends, now.time_zone, now.language) == (
            *("Harbour Town works", date(2020, 9, 30), "Asia/Tokyo", "ko"),
        )
        assert (now.issuer, now.cadence) == ("Town Archive", Cadence.MONTHLY)
        assert (then.title, then.ends, then.issuer, then.settings) == (
            *(before.title, before.ends, before.issuer, before.settings),
        )
        assert isinstance(now.settings, Settings)
        known = reading.at(MAY, noon(BEFORE)).with_known_plan().plan
        assert (known.title, known.ends) == (before.title, before.ends)
        assert verify(session, no_step).problems == ()


@pytest.mark.parametrize(
    ("edit", "error", "told", "where"),
    [
        (PlanEdit(title=" "), BadValueError, "text is required", "title"),
        (PlanEdit(ends=date(2019, 1, 1)), BadValueError, "is not after the first day", "ends"),
        (PlanEdit(time_zone="seoul"), BadValueError, "there is no time zone 'seoul'", "time zone"),
        (PlanEdit(language="Korean"), BadValueError, "is not the code of a language", "language"),
        (PlanEdit(cadence=Cadence.WEEKLY), BadValueError, "it is already as you say", "harbour-2020"),
    ],
)
def test_a_value_that_cannot_be_is_refused(sqlite_register, edit, error, told, where) -> None:
    with refused(sqlite_register, error, told, where):
        act(sqlite_register, edit_plan, edit, WHY)


def test_a_first_day_after_the_first_report_is_refused(register) -> None:
    report(register, "T-001", as_of=BEFORE)
    later = BEFORE + timedelta(days=1)
    with refused(register, NotAllowedError, f"there are reports from {BEFORE} on", "starts"):
        act(register, edit_plan, PlanEdit(starts=later), WHY)
    act(register, edit_plan, PlanEdit(starts=BEFORE), WHY)


def test_a_plan_that_has_not_begun_is_filled_by_hand(sqlite_register) -> None:
    make_bay(sqlite_register)
    assert write_to(sqlite_register, "bay", MAY, edit_plan, PlanEdit(title="Bay"), WHY).as_of == MAY
    write_to(sqlite_register, "bay", MAY, add_theme, "Ferries", WHY)
    new = NewItem("1", "Build a ferry", "1", "bay-office", date(2021, 6, 30))
    write_to(sqlite_register, "bay", MAY, add_item, new, WHY)
    with sqlite_register.reading() as session:
        bay = read_plan(session, "bay")
        assert [theme.title for theme in bay.themes] == ["Ferries"]
    with refused(sqlite_register, BadValueError, "the plan begins on 2021-01-01", "as_of"):
        write_to(sqlite_register, "bay", MAY, add_theme, "Piers", WHY, as_of=BEFORE)


def test_only_an_empty_plan_is_removed_and_its_key_is_free_again(register) -> None:
    make_bay(register)
    write_to(register, "bay", MAY, remove_plan, "A mistake.")
    with register.reading() as session:
        assert not read_plan(session).of_several
        assert [one.key for one in read_plan_summaries(session)] == ["harbour-2020"]
        assert read_plan(session).key == "harbour-2020"
        assert verify(session, no_step).problems == ()
    make_bay(register)
    with refused(register, NotAllowedError, "the plan is not empty: items: 5", "harbour-2020"):
        write_to(register, "harbour-2020", MAY, remove_plan, "A mistake.")


def test_a_register_whose_only_plan_was_removed_has_none(empty) -> None:
    from planner.writes.installation import mark_register
    from planner.writes.people.first import first_administrator

    with empty.writing() as session, writing(session, ACTOR, noon(MAY)) as journal:
        mark_register(journal)
        first_administrator(journal, ACTOR.name)
        add_plan(journal, BAY)
    write_to(empty, "bay", MAY, remove_plan, "A mistake.")
    with empty.reading() as session, pytest.raises(NoDatabaseError):
        read_plan(session)


def test_what_was_dropped_is_not_due_outside_the_plan(sqlite_register: Database) -> None:
    ended(sqlite_register, "T-001", Phase.CANCELLED, as_of=MAY - timedelta(days=7))
    done = act(sqlite_register, edit_plan, PlanEdit(ends=date(2020, 11, 30)), WHY)
    assert "T-001" not in done.outside
    assert "T-002" in done.outside
