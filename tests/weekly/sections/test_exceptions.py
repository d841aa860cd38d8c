"""The section `exceptions`."""

from datetime import date
from typing import Any

from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Confidence, Phase
from planner.weekly.sections.exceptions import EXCEPTIONS
from tests.answers import confirm
from tests.factories import ended, meet, move, noon, report
from tests.weekly.week import section_rows


def told(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


def test_the_gravest_come_first_with_all_that_holds_and_why(register):
    report(register, "T-001", as_of=date(2020, 3, 25), percent=38, confidence=Confidence.GREEN)
    report(
        register,
        "T-001",
        as_of=date(2020, 4, 2),
        confidence=Confidence.AMBER,
        blocker="No timber.",
        next="Ask the [sawmill].",
        help_needed="A boat.",
    )
    report(register, "P-002", as_of=date(2020, 3, 20), percent=5, confidence=Confidence.GREEN, blocker="An old one.")
    report(register, "P-002", as_of=date(2020, 4, 1), confidence=Confidence.RED, done="Room looked at.")
    report(register, "T-002", as_of=date(2020, 4, 1), confidence=Confidence.GREEN)
    move(register, "T-002", None, date(2020, 3, 30), as_of=date(2020, 3, 20))
    meet(register, "P-001", 1, date(2020, 3, 31))
    rows = section_rows(register, EXCEPTIONS)
    assert told(rows, "code", "holds", "held_last_week", "days_late", "cause_told", "cause", "next_step") == [
        ("T-002", ("overdue", "contradiction"), (), 6, "not_told", None, None),
        ("P-002", ("off_track", "red"), ("off_track", "contradiction"), 0, "not_told", None, None),
        ("T-001", ("amber",), (), 0, "told", "No timber.", "Ask the [sawmill]."),
    ]
    assert told(rows, "help_needed", "last_update", "lead")[2] == ("A boat.", date(2020, 4, 2), "Harbour Office")


def test_nobody_told_the_cause_of_what_was_never_reported_on(sqlite_register):
    rows = section_rows(sqlite_register, EXCEPTIONS)
    assert told(rows, "code", "holds", "cause_told") == [
        ("P-002", ("off_track",), "no_report"),
        ("T-001", ("off_track",), "no_report"),
    ]


def test_the_longest_overdue_is_first_and_what_has_ended_is_no_exception(sqlite_register):
    options: dict[str, Any] = {"now": noon(date(2021, 1, 13)), "week": Week(2021, 1)}
    move(sqlite_register, "T-003", None, date(2020, 12, 21), as_of=date(2020, 3, 4))
    report(sqlite_register, "P-002", as_of=date(2020, 4, 1), confidence=Confidence.RED)
    assert told(section_rows(sqlite_register, EXCEPTIONS, **options), "code", "days_late") == [
        ("T-003", 20),
        ("P-002", 10),
        ("T-001", 10),
        ("T-002", 10),
        ("P-001", 10),
    ]
    ended(sqlite_register, "P-002", Phase.COMPLETED, as_of=date(2020, 4, 2), confidence=Confidence.RED)
    ended(sqlite_register, "T-003", Phase.MERGED, as_of=date(2020, 4, 2))
    assert {row["code"] for row in section_rows(sqlite_register, EXCEPTIONS, **options)} == {"T-001", "T-002", "P-001"}


def test_what_is_dropped_stands_here_in_its_week_and_until_somebody_confirms_it(sqlite_register):
    options: dict[str, Any] = {"now": noon(date(2020, 6, 1)), "week": Week(2020, 14)}
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), confidence=Confidence.RED, percent=10)
    report(sqlite_register, "T-001", as_of=date(2020, 4, 1), phase=Phase.CANCELLED, ending_reason="Sold.")
    first = section_rows(sqlite_register, EXCEPTIONS, **options)[0]
    assert (first["code"], first["holds"], first["cause"]) == ("T-001", ("cancelled", "off_track", "red"), "Sold.")
    after: dict[str, Any] = {**options, "week": Week(2020, 15)}
    assert section_rows(sqlite_register, EXCEPTIONS, **after)[0]["code"] == "T-001"
    confirm(sqlite_register, "T-001", at=noon(date(2020, 4, 20)))
    assert section_rows(sqlite_register, EXCEPTIONS, **options)[0]["holds"] == ("cancelled",)
    assert "T-001" not in {row["code"] for row in section_rows(sqlite_register, EXCEPTIONS, **after)}


def test_the_clauses_of_the_mandate_are_not_read_for_it(sqlite_register, monkeypatch):
    report(sqlite_register, as_of=date(2020, 4, 2), confidence=Confidence.RED)
    expected = section_rows(sqlite_register, EXCEPTIONS)
    monkeypatch.delattr("planner.weekly.reading.read_clause_references")
    assert section_rows(sqlite_register, EXCEPTIONS) == expected != []
