"""The section `milestones`."""

from datetime import date

from planner.domain.vocabulary import Basis, Phase
from planner.weekly.sections.milestones import MILESTONES
from planner.writes.reports.milestones import forecast_milestone
from tests.factories import ACTOR, meet, move, noon, report, writing_by
from tests.weekly.week import section_rows


def forecast(database, code, number, expected, as_of):
    with database.writing() as session:
        forecast_milestone(writing_by(session, ACTOR, noon(as_of)), code, number, expected)


def test_what_is_overdue_and_what_falls_due_in_two_weeks(sqlite_register):
    march = date(2020, 3, 20)
    meet(sqlite_register, "P-001", 1, march)
    move(sqlite_register, "P-001", 2, date(2020, 4, 19), as_of=march)  # the last of the fourteen days
    move(sqlite_register, "T-002", 1, date(2020, 4, 20), as_of=march)  # the day after
    move(sqlite_register, "P-002", None, date(2020, 4, 5), as_of=march)  # the file's own day: not late
    forecast(sqlite_register, "P-001", 2, date(2020, 5, 1), march)
    rows = section_rows(sqlite_register, MILESTONES)
    shown = ("code", "date_of", "state", "baseline", "current", "slip_days", "forecast", "days_late", "weight")
    assert [tuple(row[name] for name in shown) for row in rows] == [
        ("P-002", "milestone 1", "overdue", date(2020, 2, 28), date(2020, 2, 28), 0, None, 37, 30.0),
        ("T-001", "milestone 1", "overdue", date(2020, 3, 31), date(2020, 3, 31), 0, None, 5, 40.0),
        ("P-002", "item", "open", date(2020, 12, 31), date(2020, 4, 5), -270, None, 0, None),
        ("P-001", "milestone 2", "open", date(2020, 6, 30), date(2020, 4, 19), -72, date(2020, 5, 1), 0, 25.0),
    ]
    assert [row["milestone"] for row in rows] == ["Room cleared", "Damage surveyed", None, "Tower stands"]
    assert rows[1]["completion_test"] == "A note that says: damage surveyed"
    assert {row["date_basis"] for row in rows} <= {Basis.WORKING, Basis.DERIVED, Basis.REGISTERED}


def test_nobody_is_asked_for_the_dates_of_a_suspended_item(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 4, 1), phase=Phase.SUSPENDED)
    assert "T-001" not in {row["code"] for row in section_rows(sqlite_register, MILESTONES)}
