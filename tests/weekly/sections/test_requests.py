"""The sections `requests` and `decisions`, and what `movements` says about later dates."""

from datetime import date
from typing import Any

from planner.weekly.sections.decisions import DECISIONS
from planner.weekly.sections.movements import MOVEMENTS
from planner.weekly.sections.requests import REQUESTS
from tests.answers import answer, ask, grant, refuse
from tests.factories import ACTOR, OFFICER, meet, move, noon, report
from tests.weekly.week import section_rows


def test_open_requests_come_first_the_oldest_before_the_others_and_then_the_answers_of_the_week(register):
    report(register, "T-001", as_of=date(2020, 3, 25), help_needed="A crane.", actor=OFFICER)
    asked: dict[str, Any] = {"help_needed": "A teacher.", "help_from": "The school", "help_by": date(2020, 3, 31)}
    report(register, "T-002", as_of=date(2020, 3, 18), actor=OFFICER, **asked)
    report(register, "T-003", as_of=date(2020, 3, 19), help_needed="Ink.", actor=OFFICER)
    report(register, "P-001", as_of=date(2020, 3, 19), help_needed="Wood.", blocker="Ice.", actor=OFFICER)
    answer(register, "T-003", "Last week's.", at=noon(date(2020, 3, 27)))
    answer(register, "P-001", "Bought [two].", at=noon(date(2020, 4, 2)))
    rows = section_rows(register, REQUESTS)
    names = ("state", "code", "asked", "asked_of", "answer_by", "days_overdue", "since", "weeks_open")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("open", "T-002", "A teacher.", "The school", date(2020, 3, 31), 5, date(2020, 3, 18), 2),
        ("open", "T-001", "A crane.", None, None, 0, date(2020, 3, 25), 1),
        ("answered", "P-001", "Wood.", None, None, 0, date(2020, 3, 19), 2),
    ]
    assert [(row["answer"], row["answered_by"], row["answered_on"]) for row in rows[1:]] == [
        (None, None, None),
        ("Bought [two].", "brook", date(2020, 4, 2)),
    ]
    # What was answered waits for no manager, and the lead still removes what blocks it.
    decisions = [(row["decision"], row["code"]) for row in section_rows(register, DECISIONS)]
    assert decisions == [("help", "T-002"), ("help", "T-001"), ("unblock", "P-001")]


def test_later_dates_are_listed_with_the_requests_for_help(register):
    ask(register, date(2021, 1, 31), on=date(2020, 3, 18))
    ask(register, date(2021, 2, 28), code="T-002", on=date(2020, 3, 25), reason="The [thaw].")
    ask(register, date(2021, 2, 28), code="P-002", on=date(2020, 3, 26))
    grant(register, on=date(2020, 4, 1), reason="Agreed.")
    refuse(register, code="P-002", on=date(2020, 4, 2))
    rows = section_rows(register, REQUESTS)
    names = ("state", "code", "date", "to", "when_asked", "asked", "since")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("open", "T-002", "due_date", date(2021, 2, 28), "before", "The [thaw].", date(2020, 3, 25)),
        ("refused", "P-002", "due_date", date(2021, 2, 28), "before", "The frost.", date(2020, 3, 26)),
        ("granted", "T-001", "due_date", date(2021, 1, 31), "before", "The frost.", date(2020, 3, 18)),
    ]
    assert {row["request"] for row in rows} == {"extension"}
    assert [row["answer"] for row in rows] == [None, "The fair is in June.", "Agreed."]
    decisions = section_rows(register, DECISIONS)
    assert [(row["decision"], row["waits_for"], row["code"], row["date"], row["to"]) for row in decisions] == [
        ("extension", "manager", "T-002", "due_date", date(2021, 2, 28))
    ]


def test_the_same_request_after_a_refusal_is_another_one_without_a_day_for_its_answer(sqlite_register):
    for hour in (1, 2):
        ask(sqlite_register, date(2021, 1, 31), on=date(2020, 3, 31))
        if hour == 1:
            refuse(sqlite_register, on=date(2020, 3, 31))
    rows = section_rows(sqlite_register, REQUESTS)
    keys = [tuple(row[name] for name in REQUESTS.key) for row in rows]
    assert keys == [("T-001", "extension", "due_date", 2), ("T-001", "extension", "due_date", 1)]
    assert {(row["answer_by"], row["days_overdue"]) for row in rows} == {(None, 0)}


def test_a_date_that_is_moved_by_hand_ends_its_request_and_the_list_says_so(register):
    ask(register, date(2021, 1, 31), on=date(2020, 3, 18))
    ask(register, date(2021, 2, 28), code="T-002", on=date(2020, 3, 18))
    ask(register, date(2021, 2, 28), code="P-002", on=date(2020, 3, 18))
    move(register, "T-001", None, date(2021, 1, 15), as_of=date(2020, 3, 31), reason="A [thaw].")
    # This was moved in an earlier week, and this after an answer.
    move(register, "T-002", None, date(2021, 1, 15), as_of=date(2020, 3, 20))
    refuse(register, code="P-002", on=date(2020, 3, 30))
    move(register, "P-002", None, date(2021, 1, 15), as_of=date(2020, 3, 31))
    rows = section_rows(register, REQUESTS)
    names = ("state", "code", "to", "answer", "answered_by", "answered_on", "weeks_open")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("moved", "T-001", date(2021, 1, 31), "A [thaw].", ACTOR.name, date(2020, 3, 31), 2),
        ("refused", "P-002", date(2021, 2, 28), "The fair is in June.", "brook", date(2020, 3, 30), 2),
    ]
    assert section_rows(register, DECISIONS) == []


def test_a_request_that_ended_with_its_milestone_was_not_ended_by_an_earlier_move(sqlite_register):
    move(sqlite_register, "T-001", 1, date(2020, 5, 4), as_of=date(2020, 3, 31))
    ask(sqlite_register, date(2020, 5, 8), milestone=1, on=date(2020, 4, 1))
    assert [row["state"] for row in section_rows(sqlite_register, REQUESTS)] == ["open"]
    meet(sqlite_register, "T-001", 1, date(2020, 4, 2))
    assert section_rows(sqlite_register, REQUESTS) == []


def test_each_later_date_says_when_it_was_asked_for(register):
    day = date(2020, 3, 31)
    ask(register, date(2020, 5, 5), milestone=1, on=day)
    grant(register, milestone=1, on=date(2020, 4, 1))
    move(register, "T-002", None, date(2020, 3, 30), as_of=date(2020, 3, 3))
    ask(register, date(2020, 5, 6), code="T-002", on=day)
    # What was refused and then moved by hand was asked for, too.
    refuse(register, code="T-002", on=date(2020, 4, 1))
    move(register, "T-002", None, date(2020, 5, 5), as_of=date(2020, 4, 2))
    move(register, "T-003", None, date(2021, 2, 1), as_of=date(2020, 4, 2))
    move(register, "P-001", None, date(2020, 11, 30), as_of=date(2020, 4, 2))

    def asked() -> dict[str, str | None]:
        rows = section_rows(register, MOVEMENTS)
        return {row["code"]: row["when_asked"] for row in rows if row["movement"] == "re_dated"}

    assert asked() == {"T-001": "before", "T-002": "after", "T-003": "not_asked", "P-001": None}
    # Moved once more by hand in the same week, it is still the date that was asked for.
    move(register, "T-001", 1, date(2020, 5, 8), as_of=date(2020, 4, 3))
    assert asked()["T-001"] == "before"
    # A request that was made later is none for what had been moved already.
    ask(register, date(2021, 3, 1), code="T-003", on=date(2020, 4, 3), actor=ACTOR)
    assert asked()["T-003"] == "not_asked"
