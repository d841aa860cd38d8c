"""The day in the name of a file or a sheet."""

from datetime import date

import pytest

from planner.dates.span import Span
from planner.intake.layout.stated.days_of_names import day_in_name

YEAR = Span(date(2020, 1, 1), date(2020, 12, 31))
TWO_YEARS = Span(date(2020, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("进展2020-06-30", date(2020, 6, 30)),
        ("重点任务6月30日", date(2020, 6, 30)),
        ("20200630台账", date(2020, 6, 30)),
        ("progress_20200630_v2", date(2020, 6, 30)),
        ("plan_2020W27", date(2020, 7, 5)),
        ("plan 2020-w27", date(2020, 7, 5)),
        ("week27", date(2020, 7, 5)),
        ("2020年第27周", date(2020, 7, 5)),
        ("plan-2020-06", date(2020, 6, 30)),
        ("T1", None),
        ("plan2020", None),
        ("20200631", None),
        ("12345678", None),
        ("W54", None),
        ("2020-01-01 2020-06-30", None),
    ],
)
def test_one_day_or_the_end_of_one_period_is_the_day_of_a_name(name: str, day: date | None) -> None:
    assert day_in_name(name, YEAR) == day


def test_a_week_without_a_year_needs_a_plan_of_one_year() -> None:
    assert day_in_name("W27", TWO_YEARS) is None
