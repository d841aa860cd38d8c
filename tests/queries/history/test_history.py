"""The history of an item: every write is listed, what counts no longer is marked, and edits tell field by field."""

from datetime import date, datetime

from sqlalchemy import select

from planner.domain.vocabulary import Phase
from planner.queries.history.item_history.entries import Discount, HistoryEntry
from planner.store.database import Database
from planner.store.journal import Actor, writing
from planner.store.models import Milestone, Organisation
from planner.writes.items import item_row
from planner.writes.reports.confirmations import confirm_ending, return_report
from planner.writes.undo import undo
from tests.factories import ACTOR, COLLEAGUE, meet, move, observed, plan_of, report, writing_by
from tests.queries.reads import APRIL, detail_at, instant, retitle


def history(database: Database, code: str = "T-001", known_at: datetime | None = None) -> list[HistoryEntry]:
    return list(detail_at(database, code, known_at=known_at).history)


def take_back(database: Database, at: datetime, actor: Actor = ACTOR, reason: str | None = None) -> None:
    with database.writing() as session:
        undo(writing_by(session, actor, at), reason=reason)


def give_back(database: Database, code: str, reason: str, at: datetime) -> None:
    with database.writing() as session:
        return_report(writing_by(session, COLLEAGUE, at, APRIL), code, reason)


def test_what_was_taken_back_stays_listed_and_says_by_whom_when_and_why(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), percent=10, at=instant(3, 4))
    move(register, "T-001", 2, date(2020, 12, 1), as_of=date(2020, 3, 5), at=instant(3, 5))
    meet(register, "T-001", 1, date(2020, 3, 6), at=instant(3, 6))
    observed(register, "T-001", 1, 4, as_of=date(2020, 3, 7), at=instant(3, 7))
    for day in (8, 9, 10, 11):
        take_back(register, instant(3, day), reason=f"Reason {day}.")
    entries = history(register)
    assert [(entry.kind, entry.what) for entry in entries] == [
        ("withdrawal", "took back: in progress, 10%"),
        ("withdrawal", "took back: milestone 2 moved from 2020-12-31 to 2020-12-01"),
        ("withdrawal", "took back: milestone 1 met on 2020-03-06"),
        ("withdrawal", "took back: indicator 1 is 4"),
        ("value", "indicator 1 is 4"),
        ("milestone", "milestone 1 met on 2020-03-06"),
        ("date", "milestone 2 moved from 2020-12-31 to 2020-12-01"),
        ("report", "in progress, 10%"),
    ]
    told = [(entry.discounted[0].how, entry.discounted[0].reason) for entry in entries[4:]]
    assert told == [(Discount.TAKEN_BACK, f"Reason {day}.") for day in (8, 9, 10, 11)]
    assert (entries[-1].discounted[0].actor, entries[-1].discounted[0].recorded_at) == (ACTOR.name, instant(3, 11))
    assert [(entry.as_of, entry.basis, entry.reason) for entry in entries[:1]] == [(None, None, "Reason 11.")]


def test_a_returned_report_stays_listed_with_the_reason_and_the_answer_is_a_writing_by_its_own(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), percent=10, at=instant(3, 4))
    give_back(register, "T-001", "Which quay?", instant(3, 5))
    answer, returned = history(register)
    assert (answer.kind, answer.what) == ("confirmation", "returned the report by ada as of 2020-03-04")
    assert (answer.actor, answer.reason, answer.discounted) == (COLLEAGUE.name, "Which quay?", ())
    (why,) = returned.discounted
    assert (why.how, why.actor, why.recorded_at) == (Discount.RETURNED, COLLEAGUE.name, instant(3, 5))
    assert why.reason == "Which quay?"


def test_a_return_that_is_taken_back_leaves_the_report_standing(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), percent=10, at=instant(3, 4))
    give_back(register, "T-001", "Which quay?", instant(3, 5))
    take_back(register, instant(3, 6), COLLEAGUE)
    withdrawal, answer, stands = history(register)
    assert withdrawal.what == "took back: returned the report by ada as of 2020-03-04"
    assert [why.how for why in answer.discounted] == [Discount.TAKEN_BACK]
    assert stands.discounted == ()


def test_a_confirmed_completion_is_listed_with_who_confirmed_it(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), phase=Phase.COMPLETED, at=instant(3, 4))
    with register.writing() as session:
        confirm_ending(writing_by(session, COLLEAGUE, instant(3, 5), APRIL), "T-001")
    answer, completed = history(register)
    assert (answer.what, answer.actor) == ("completion confirmed, as reported by ada as of 2020-03-04", "brook")
    assert completed.discounted == ()


def test_marks_are_as_known_at_the_instant(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), percent=10, at=instant(3, 4))
    give_back(register, "T-001", "Which quay?", instant(3, 5))
    assert [entry.discounted for entry in history(register, known_at=instant(3, 4))] == [()]
    assert len(history(register, known_at=instant(3, 5))) == 2


def test_nothing_of_another_item_is_listed(register: Database):
    report(register, "T-002", as_of=date(2020, 3, 4), done="Elsewhere.", at=instant(3, 4))
    take_back(register, instant(3, 5))
    retitle(register, "T-002", "Another title", instant(3, 6))
    assert history(register) == []
    assert len(history(register, "T-002")) == 3


def test_an_edit_tells_each_field_before_and_after_and_names_what_it_refers_to(register: Database):
    with register.writing() as session, writing(session, COLLEAGUE, instant(3, 4)) as journal:
        item = item_row(session, plan_of(session), "T-001")
        archive = session.execute(select(Organisation).where(Organisation.key == "town-archive")).scalar_one()
        values = {"title": "Mend all quays", "lead_id": archive.id, "lead_basis": "working", "lead_rule_id": None}
        journal.change(item, values, action="edit", label="T-001", reason="The archive took over.")
        step = session.execute(
            select(Milestone).where(Milestone.item_id == item.id, Milestone.number == 1)
        ).scalar_one()
        journal.change(step, {"title": "Damage listed"}, action="edit", label="T-001 milestone 1")
    of_step, of_item = sorted(history(register), key=lambda entry: entry.what != "milestone 1 edited")
    assert (of_item.kind, of_item.what, of_item.reason) == ("edit", "the item edited", "The archive took over.")
    assert (of_item.actor, of_item.as_of, of_item.basis) == (COLLEAGUE.name, None, None)
    assert {change.field: (change.before, change.after) for change in of_item.changes} == {
        "title": ("Mend the quays", "Mend all quays"),
        "lead": ("Harbour Office", "Town Archive"),
        "lead basis": ("derived", "working"),
        "lead rule": ("lead-harbour", None),
    }
    assert [(change.before, change.after) for change in of_step.changes] == [("Damage surveyed", "Damage listed")]
    assert history(register, known_at=instant(3, 3)) == []
