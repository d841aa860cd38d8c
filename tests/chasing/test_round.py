"""Who is written to about what, and why."""

from datetime import date

from planner.chasing.round import Reason
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Confidence, Phase
from planner.store.database import Database
from planner.writes.people.changing import PersonEdit, change_person
from tests.answers import give_back
from tests.chasing.factories import messages, reasons
from tests.factories import ACTOR, ITEM_CODES, OFFICER, move, noon, report, writing_by

THURSDAY = date(2020, 6, 25)
W26 = Week.of(THURSDAY)


def test_each_lead_is_asked_about_what_it_owes_worst_first(register: Database):
    report(register, "T-001", as_of=date(2020, 6, 17))
    report(register, "T-002", as_of=date(2020, 5, 20))
    report(register, "P-001", as_of=date(2020, 6, 24))
    report(register, "P-002", as_of=date(2020, 6, 24), confidence=Confidence.GREEN)
    move(register, "P-002", None, date(2020, 6, 24), as_of=date(2020, 6, 24))
    found = messages(register, W26, THURSDAY)
    assert reasons(found) == {
        "P-002": (Reason.OVERDUE,),
        "T-002": (Reason.SILENT,),
        "T-001": (Reason.DUE,),
        "T-003": (Reason.SILENT,),
    }
    assert list(found) == ["harbour-office", "town-archive"]
    harbour = found["harbour-office"]
    assert [chased.item.code for chased in harbour.because(Reason.SILENT)] == ["T-002"]
    assert (harbour.count(Reason.OVERDUE), harbour.count(Reason.SILENT, Reason.DUE)) == (1, 2)
    overdue, silent, _ = harbour.items
    assert [milestone.number for milestone in overdue.late_milestones] == [1, 2]
    assert (silent.reporter, silent.returner) == ("Ada", None)


def test_an_item_both_overdue_and_silent_is_asked_about_once(sqlite_register: Database):
    report(sqlite_register, "P-002", as_of=date(2020, 3, 4))
    move(sqlite_register, "P-002", None, date(2020, 6, 20))
    found = messages(sqlite_register, W26, THURSDAY)
    assert reasons(found)["P-002"] == (Reason.OVERDUE, Reason.SILENT)
    assert found["harbour-office"].count(Reason.OVERDUE, Reason.SILENT) == 4


def test_what_is_overdue_comes_before_what_is_only_rated_wrongly(sqlite_register: Database):
    report(sqlite_register, "T-001", as_of=date(2020, 6, 17), confidence=Confidence.GREEN)
    report(sqlite_register, "P-002", as_of=date(2020, 6, 17), confidence=Confidence.RED)
    move(sqlite_register, "P-002", None, date(2020, 6, 20))
    found = messages(sqlite_register, W26, THURSDAY)["harbour-office"].items
    assert found[0].item.code == "P-002"
    assert [chased.item.code for chased in found if chased.item.contradiction] == ["T-001"]


def test_a_returned_report_is_asked_for_first_though_one_came_this_week(sqlite_register: Database):
    report(sqlite_register, "T-001", as_of=date(2020, 6, 23), actor=OFFICER)
    give_back(sqlite_register, "T-001", "Which quays?", at=noon(date(2020, 6, 24)))
    found = messages(sqlite_register, W26, THURSDAY)
    first = found["harbour-office"].items[0]
    assert (first.item.code, first.reasons[0], first.returner) == ("T-001", Reason.RETURNED, "Brook")
    assert first.item.returned is not None
    assert first.item.returned.reason == "Which quays?"
    assert Reason.RETURNED not in reasons(messages(sqlite_register, W26.previous, THURSDAY))["T-001"]


def test_nobody_is_asked_again_for_what_came_after_the_week(register: Database):
    monday = W26.monday
    for code in ("P-001", "P-002"):
        report(register, code, as_of=date(2020, 6, 17))
    for code in ("T-001", "P-002"):
        move(register, code, None, date(2020, 6, 20))
    report(register, "T-002", as_of=monday)
    report(register, "P-002", as_of=monday, phase=Phase.COMPLETED)
    assert reasons(messages(register, W26.previous, monday)) == {
        "T-001": (Reason.OVERDUE, Reason.SILENT),
        "T-003": (Reason.SILENT,),
    }
    before = noon(monday).replace(hour=1)
    assert set(reasons(messages(register, W26.previous, monday, before))) == {"T-001", "T-002", "T-003", "P-002"}


def test_where_all_is_said_nobody_is_written_to(sqlite_register: Database):
    for code in ITEM_CODES:
        report(sqlite_register, code, as_of=date(2020, 6, 24))
    assert messages(sqlite_register, W26, THURSDAY) == {}


def test_people_are_called_as_they_were_then(register: Database):
    report(register, "T-002", as_of=date(2020, 6, 17), actor=OFFICER)
    with register.writing() as session:
        change_person(
            writing_by(session, ACTOR, noon(date(2020, 6, 26))), "dora", PersonEdit(name="Dora Tide"), "Agreed."
        )
    for known_at, name in ((None, "Dora Tide"), (noon(THURSDAY), "Dora")):
        found = messages(register, W26, THURSDAY, known_at)["harbour-office"]
        assert [chased.reporter for chased in found.because(Reason.DUE)] == [name]
