"""The section `unreported`."""

from datetime import date
from typing import Any

from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Phase
from planner.weekly.sections.totals import TOTALS
from planner.weekly.sections.unreported import UNREPORTED
from tests.answers import give_back
from tests.factories import OFFICER, noon, report
from tests.weekly.week import section_rows

# Week 26 ends on June 28, 2020: all items have started.
JUNE: dict[str, Any] = {"week": Week(2020, 26), "now": noon(date(2020, 7, 6))}


def told(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


def test_who_owes_a_report_by_organisation_the_longest_silent_first(register):
    report(register, "T-003", as_of=date(2020, 3, 5), done="Letters written.", actor=OFFICER)
    report(register, "T-001", as_of=date(2020, 6, 17), next="Mend the rest.", actor=OFFICER)
    report(register, "T-002", as_of=date(2020, 6, 23), done="Reported.", actor=OFFICER)
    report(register, "P-001", as_of=date(2020, 5, 6), blocker="Ice.", actor=OFFICER)
    report(register, "P-002", as_of=date(2020, 6, 24), phase=Phase.MERGED, actor=OFFICER)
    rows = section_rows(register, UNREPORTED, **JUNE)
    assert told(rows, "lead", "code", "freshness", "weeks_silent", "last_update", "last_words", "last_reported_by") == [
        ("Town Archive", "T-003", "stale", 16, date(2020, 3, 5), "Letters written.", "dora"),
        ("Harbour Office", "P-001", "stale", 7, date(2020, 5, 6), "Ice.", "dora"),
        ("Harbour Office", "T-001", "due", 1, date(2020, 6, 17), "Mend the rest.", "dora"),
    ]


def test_silence_of_what_was_never_reported_on_counts_from_its_start(sqlite_register):
    rows = section_rows(sqlite_register, UNREPORTED, **JUNE)
    assert told(rows, "code", "freshness", "weeks_silent", "last_words") == [
        ("T-001", "never", 25, None),
        ("P-002", "never", 25, None),
        ("P-001", "never", 20, None),
        ("T-002", "never", 16, None),
        ("T-003", "never", 3, None),
    ]
    assert section_rows(sqlite_register, UNREPORTED, week=Week(2020, 14))[-1]["code"] != "T-003"


def test_a_returned_report_is_owed_anew_even_where_an_earlier_one_of_the_week_counts(sqlite_register):
    for code in ("T-001", "T-002", "T-003", "P-001", "P-002"):
        report(sqlite_register, code, as_of=date(2020, 6, 23), done="Reported.", actor=OFFICER)
    assert section_rows(sqlite_register, UNREPORTED, **JUNE) == []
    report(sqlite_register, "T-002", as_of=date(2020, 6, 25), done="More.", actor=OFFICER)
    give_back(sqlite_register, "T-002", "More of what?", at=noon(date(2020, 6, 26)))
    rows = section_rows(sqlite_register, UNREPORTED, **JUNE)
    assert told(rows, "code", "freshness", "weeks_silent", "last_words", "returned") == [
        ("T-002", "reported", 0, "Reported.", "More of what?")
    ]


def test_it_has_as_many_rows_as_the_totals_say(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 6, 23))
    report(sqlite_register, "P-001", as_of=date(2020, 6, 3))
    plan = section_rows(sqlite_register, TOTALS, **JUNE)[0]
    rows = section_rows(sqlite_register, UNREPORTED, **JUNE)
    assert len(rows) == plan["due"] + plan["stale"] + plan["never"] == 4
