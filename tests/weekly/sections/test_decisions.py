"""The section `decisions`."""

from datetime import date
from typing import Any

from planner.domain.vocabulary import Phase
from planner.weekly.sections.decisions import DECISIONS
from tests.answers import confirm, give_back, take_back
from tests.factories import COLLEAGUE, OFFICER, ended, noon, report
from tests.weekly.week import section_rows

MONDAY = noon(date(2020, 4, 6))


def decisions(database, **options):
    return section_rows(database, DECISIONS, **options)


def told(rows, *names):
    return [tuple(row[name] for name in names) for row in rows]


def test_what_waits_for_somebody_s_word_in_whose_words_and_since_when(register):
    report(register, "T-001", as_of=date(2020, 3, 25), percent=60, actor=OFFICER)
    report(register, "T-001", as_of=date(2020, 4, 1), phase=Phase.COMPLETED, done="All [mended].", actor=OFFICER)
    report(
        register, "T-002", as_of=date(2020, 4, 2), help_needed="A teacher.", blocker="Nobody teaches.", actor=OFFICER
    )
    report(register, "P-001", as_of=date(2020, 4, 3), blocker="Ice.", actor=OFFICER)
    report(register, "P-002", as_of=date(2020, 4, 3), percent=20, actor=OFFICER)
    give_back(register, "P-002", "Which room?", at=MONDAY)
    rows = decisions(register)
    assert told(rows, "decision", "waits_for", "code", "asked", "asked_by", "since", "lead") == [
        ("confirm", "manager", "T-001", "All [mended].", "dora", date(2020, 4, 1), "Harbour Office"),
        ("help", "manager", "T-002", "A teacher.", "dora", date(2020, 4, 2), "Harbour Office"),
        ("report_anew", "lead", "P-002", "Which room?", "brook", date(2020, 4, 6), "Harbour Office"),
        ("unblock", "lead", "P-001", "Ice.", "dora", date(2020, 4, 3), "Harbour Office"),
    ]
    assert told(rows, "blocker", "evidence", "weeks_waiting") == [
        (None, "Minutes of the handover", 0),
        ("Nobody teaches.", None, 0),
        (None, None, 0),
        ("Ice.", None, 0),
    ]


def test_a_word_that_was_given_is_waited_for_no_longer(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 4, 1), phase=Phase.COMPLETED, actor=OFFICER)
    report(sqlite_register, "P-002", as_of=date(2020, 4, 1), percent=20, actor=OFFICER)
    give_back(sqlite_register, "P-002", at=MONDAY)
    confirm(sqlite_register, "T-001", at=noon(date(2020, 4, 7)))
    assert told(decisions(sqlite_register), "decision", "code") == [("report_anew", "P-002")]
    # As known on Monday the completion still waited.
    assert told(decisions(sqlite_register, known_at=MONDAY), "decision", "code") == [
        ("confirm", "T-001"),
        ("report_anew", "P-002"),
    ]
    report(sqlite_register, "P-002", as_of=date(2020, 4, 4), percent=20, at=noon(date(2020, 4, 8)), actor=OFFICER)
    assert decisions(sqlite_register) == []
    take_back(sqlite_register, actor=COLLEAGUE, at=noon(date(2020, 4, 9)))
    assert told(decisions(sqlite_register), "decision", "code") == [("confirm", "T-001")]


def test_help_is_waited_for_since_the_first_of_the_reports_that_ask_for_it_without_a_break(register):
    for day, help_needed in [(date(2020, 2, 26), "A pump."), (date(2020, 3, 4), None)]:
        report(register, as_of=day, done="Some.", help_needed=help_needed)
    for day, help_needed in [
        (date(2020, 3, 11), "A pump."),
        (date(2020, 3, 18), "Two pumps."),
        (date(2020, 4, 1), "Pumps!"),
    ]:
        report(register, as_of=day, help_needed=help_needed)
    [row] = decisions(register)
    assert (row["asked"], row["since"], row["weeks_waiting"], row["last_update"]) == (
        "Pumps!",
        date(2020, 3, 11),
        3,
        date(2020, 4, 1),
    )
    # A report that does not count breaks nothing.
    report(register, as_of=date(2020, 3, 25), done="None needed.", at=noon(date(2020, 4, 4)))
    assert decisions(register)[0]["since"] == date(2020, 4, 1)
    take_back(register, at=noon(date(2020, 4, 5)))
    assert decisions(register)[0]["since"] == date(2020, 3, 11)


def test_nothing_is_asked_of_what_was_given_up(sqlite_register):
    said: dict[str, Any] = {"blocker": "No money.", "help_needed": "Money.", "ending_reason": "Sold."}
    ended(sqlite_register, "T-001", Phase.CANCELLED, as_of=date(2020, 4, 1), **said)
    assert decisions(sqlite_register) == []


def test_an_ending_waits_for_a_manager_s_word_with_its_reason(sqlite_register):
    report(
        sqlite_register, "T-001", as_of=date(2020, 4, 1), phase=Phase.MERGED, ending_reason="One pier.", actor=OFFICER
    )
    assert told(decisions(sqlite_register), "decision", "waits_for", "code", "asked", "since") == [
        ("confirm", "manager", "T-001", "merged into T-002: One pier.", date(2020, 4, 1))
    ]
