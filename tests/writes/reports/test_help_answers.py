"""Help is asked of somebody by a day, and somebody answers it."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError
from planner.domain.vocabulary import Phase
from planner.queries.history.expected_state import ExpectedReport
from planner.queries.items.item import read_item_detail
from planner.queries.weeks.help_requests import HelpRequest, read_help_requests
from planner.store.database import Database
from planner.store.models import AuditEvent
from planner.writes.reports.conflicts import ConflictError
from planner.writes.reports.help_answers import answer_help
from tests.answers import answer, give_back, take_back
from tests.factories import COLLEAGUE, OFFICER, noon, reading_of, report, writing_by
from tests.queries.reads import item_at
from tests.writes.refusals import counts, gained

ASKED_ON, BY = date(2020, 3, 18), date(2020, 3, 25)
ASKED: dict[str, Any] = {"help_needed": "Two pumps.", "help_from": "The council", "help_by": BY}


def ask(database: Database, as_of: date = ASKED_ON, **fields: Any) -> int:
    return report(database, as_of=as_of, actor=OFFICER, **(fields or ASKED)).id


def requests(database: Database, as_of: date = date(2020, 12, 31), **known: Any) -> tuple[HelpRequest, ...]:
    with database.reading() as session:
        item = item_at(database, "T-001")
        return read_help_requests(reading_of(session, as_of, **known), [item.id]).get(item.id, ())


def told(database: Database, **point: Any) -> list[tuple[str, bool, str | None]]:
    """The requests, each with its words, whether it is open, and its answer."""
    return [(one.words, one.open, one.answer.answer if one.answer else None) for one in requests(database, **point)]


def test_a_report_says_of_whom_and_by_when_help_is_asked(register: Database):
    ask(register)
    [asked] = requests(register)
    assert (asked.words, asked.asked_of, asked.answer_by, asked.actor, asked.since, asked.open) == (
        "Two pumps.",
        "The council",
        BY,
        "dora",
        ASKED_ON,
        True,
    )
    # A report of no change asks the same again, and one without the text asks no longer.
    with register.reading() as session:
        last = read_item_detail(reading_of(session), "T-001").item.last
    assert last is not None
    assert (last.help_from, last.help_by) == ("The council", BY)
    report(register, as_of=date(2020, 3, 26), unchanged=True, actor=OFFICER)
    [asked] = requests(register)
    assert (asked.asked_of, asked.answer_by, asked.since, asked.open) == ("The council", BY, ASKED_ON, True)
    report(register, as_of=date(2020, 4, 2), done="Pumped.", actor=OFFICER)
    assert told(register) == [("Two pumps.", False, None)]


@pytest.mark.parametrize("field", ["help_from", "help_by"])
def test_nobody_is_asked_for_nothing(sqlite_register: Database, field: str):
    with pytest.raises(BadValueError, match="it is not said what help is needed") as caught:
        ask(sqlite_register, done="Some.", **{field: ASKED[field]})
    assert (caught.value.where, caught.value.by_field) == (field, "help_needed")


def test_another_day_or_person_is_a_new_report(sqlite_register: Database):
    ask(sqlite_register)
    ask(sqlite_register, **{**ASKED, "help_by": date(2020, 4, 8)})
    [asked] = requests(sqlite_register)
    assert (asked.answer_by, asked.since) == (date(2020, 4, 8), ASKED_ON)


def test_an_answer_is_recorded_with_its_event(register: Database):
    row_id = ask(register)
    before = counts(register)
    done = answer(register, "t1", "  The council pays. ")
    assert (done.code, done.help_needed, done.asked_by, done.reported_as_of, done.answer, done.as_of, done.actor) == (
        "T-001",
        "Two pumps.",
        "dora",
        ASKED_ON,
        "The council pays.",
        date(2020, 4, 1),
        "brook",
    )
    assert gained(register, before) == {"help_answer": 1, "audit_event": 1}
    with register.reading() as session:
        event = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()
        history = read_item_detail(reading_of(session), "T-001").history
    assert (event.action, event.label, event.table_name) == ("answer", "T-001", "help_answer")
    assert json.loads(event.body)["after"]["status_update_id"] == row_id
    assert (history[0].kind, history[0].as_of, history[0].actor) == ("answer", date(2020, 4, 1), "brook")
    assert history[0].what == "answer to “Two pumps.”: The council pays."
    assert told(register) == [("Two pumps.", False, "The council pays.")]


def test_after_an_answer_the_same_words_ask_nothing_and_other_words_ask_anew(sqlite_register: Database):
    ask(sqlite_register)
    answer(sqlite_register)
    ask(sqlite_register, date(2020, 4, 8), **ASKED, done="Waited.")
    assert told(sqlite_register) == [("Two pumps.", False, "The council pays.")]
    ask(sqlite_register, date(2020, 4, 15), help_needed="Fuel for them.")
    assert told(sqlite_register) == [("Two pumps.", False, "The council pays."), ("Fuel for them.", True, None)]
    assert requests(sqlite_register)[1].since == date(2020, 4, 15)


def test_a_later_answer_replaces_an_earlier_one_and_undo_brings_it_back(register: Database):
    ask(register)
    answer(register, at=noon(date(2020, 4, 1)))
    answer(register, text="The state pays.", at=noon(date(2020, 4, 3)))
    assert told(register) == [("Two pumps.", False, "The state pays.")]
    # What was known or had been said before stays as it was.
    assert told(register, as_of=date(2020, 4, 2)) == [("Two pumps.", False, "The council pays.")]
    assert told(register, known_at=noon(date(2020, 3, 20))) == [("Two pumps.", True, None)]
    undone = take_back(register, actor=COLLEAGUE, at=noon(date(2020, 4, 4)))
    assert undone.records == ("the answer about T-001",)
    assert told(register) == [("Two pumps.", False, "The council pays.")]
    take_back(register, actor=COLLEAGUE, at=noon(date(2020, 4, 5)))
    assert told(register) == [("Two pumps.", True, None)]


def test_a_returned_report_asks_for_nothing(sqlite_register: Database):
    ask(sqlite_register)
    give_back(sqlite_register)
    assert told(sqlite_register) == []


@pytest.mark.parametrize("fields", [{"done": "Some."}, {"phase": Phase.CANCELLED, "help_needed": "Money."}])
def test_what_is_not_asked_is_not_answered(sqlite_register: Database, fields: dict[str, Any]):
    ask(sqlite_register, **fields)
    with pytest.raises(NotAllowedError, match="asks for no help") as caught:
        answer(sqlite_register)
    assert caught.value.where == "T-001"
    ending = "planner confirm T-001" in caught.value.do
    assert ending == (fields.get("phase") is Phase.CANCELLED)


def test_an_answer_is_to_the_report_that_was_read(sqlite_register: Database):
    seen = ask(sqlite_register)
    ask(sqlite_register, date(2020, 3, 20), help_needed="Three pumps.")
    with sqlite_register.writing() as session:
        write = writing_by(session, COLLEAGUE, noon(date(2020, 4, 1)), date(2020, 4, 1))
        with pytest.raises(ConflictError):
            answer_help(write, "T-001", "Yes.", expected=ExpectedReport(seen))
    with pytest.raises(BadValueError):
        answer(sqlite_register, text=" ")
