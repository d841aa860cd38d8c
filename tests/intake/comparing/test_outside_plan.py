"""Dates outside the plan, which is the year 2020 here."""

from datetime import date
from typing import Any

from planner.intake.proposed import Field, ProposedItem, Severity
from planner.store.database import Database
from tests.intake.imports import import_register, preview_of
from tests.intake.proposals import item, part, register

INSIDE = [item(row, code=f"X-{row}", title=f"Sow {row}", due=date(2020, 6, row)) for row in range(1, 5)]


def outside(row: int, day: date, **more: Any) -> ProposedItem:
    return item(row, code=f"Y-{row}", title=f"Mow {row}", due=day, **more)


def test_a_date_outside_the_plan_is_remarked(sqlite_register: Database) -> None:
    slip = outside(
        7, date(2062, 6, 30), start=date(2019, 9, 1), milestones=[part(7, title="Cut", date=date(1926, 5, 1))]
    )
    problems = preview_of(sqlite_register, register(*INSIDE, slip)).problems
    assert [(one.severity, one.field, one.value) for one in problems] == [
        (Severity.REMARK, Field.DUE, "2062-06-30"),
        (Severity.REMARK, Field.DATE, "1926-05-01"),
    ]
    assert problems[0].what == "2062-06-30 is outside the plan, which is from 2020-01-01 to 2020-12-31"


def test_files_with_most_dates_outside_the_plan_are_asked_about_once(sqlite_register: Database) -> None:
    file = register(INSIDE[0], *(outside(row, date(2021, 6, row)) for row in range(1, 21)))
    (asked,) = preview_of(sqlite_register, file).problems
    assert (asked.severity, asked.key, asked.choices) == (Severity.QUESTION, "plan.csv due", ("this plan",))
    assert asked.what.startswith("20 of 21 new dates, such as 2021-06-01, are outside the plan")

    assert preview_of(sqlite_register, file, answers={asked.key: "this plan"}).problems == ()
    import_register(sqlite_register, file, answers={asked.key: "this plan"})
    # The register has these dates now, so that nothing is new.
    assert preview_of(sqlite_register, file).problems == ()


def test_many_dates_outside_the_plan_are_counted(sqlite_register: Database) -> None:
    inside = [item(row, code=f"X-{row}", title=f"Sow {row}", due=date(2020, 6, 1)) for row in range(1, 20)]
    late = [outside(row, date(2021, 6, row)) for row in range(1, 15)]
    problems = preview_of(sqlite_register, register(*inside, *late)).problems
    assert len(problems) == 11
    assert problems[-1].what == "4 further dates are outside the plan"
