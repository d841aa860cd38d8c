"""The section `requests`."""

from datetime import date
from typing import Any

from planner.weekly.sections.decisions import DECISIONS
from planner.weekly.sections.requests import REQUESTS
from tests.answers import answer
from tests.factories import OFFICER, noon, report
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
