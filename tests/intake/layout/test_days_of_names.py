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
        ("KW27_2019", date(2019, 7, 7)),
        ("KW 27/2019", date(2019, 7, 7)),
        ("27. KW 2019", date(2019, 7, 7)),
        ("W27 2019", date(2019, 7, 7)),
        ("week 27 of 2019", date(2019, 7, 7)),
        ("2019, week 27", date(2019, 7, 7)),
        ("Week 27 (2019)", date(2019, 7, 7)),
        ("第27周（2019年）", date(2019, 7, 7)),
        ("Board report 2019 week 27 final", date(2019, 7, 7)),
        ("2019 report of the board W27", date(2019, 7, 7)),
        ("KW53 2015", date(2016, 1, 3)),
        ("KW53 2019", None),
        ("CW27", date(2020, 7, 5)),
        ("wk27", date(2020, 7, 5)),
        ("wk 27 2019", date(2019, 7, 7)),
        ("2019-07-07 W27", date(2019, 7, 7)),
        ("2020 W27 2021", None),
        ("network27", None),
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
    assert day_in_name("W27 2021", TWO_YEARS) == date(2021, 7, 11)
    assert day_in_name("Plan 2020-2021 W27", TWO_YEARS) is None
    assert day_in_name("Plan 2020/21 W27", TWO_YEARS) is None
    assert day_in_name("Plan 2020-2021, W27 of 2020", TWO_YEARS) == date(2020, 7, 5)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("보고_200331", date(2020, 3, 31)),
        ("진도보고(3.31)", date(2020, 3, 31)),
        ("202003", date(2020, 3, 31)),
        ("20.03", date(2020, 3, 31)),
        ("20.3.31.", date(2020, 3, 31)),
        ("report 31.3.20", date(2020, 3, 31)),
        ("1/4분기 실적", date(2020, 3, 31)),
        ("status 31/03/2020", date(2020, 3, 31)),
        ("status 03/04/2020", None),
        ("plan 2.1.3", None),
        ("v1.2", None),
        ("200399", None),
        ("(13.31)", None),
    ],
)
def test_numbers_alone_are_a_day_if_they_can_only_mean_one(name: str, day: date | None) -> None:
    assert day_in_name(name, YEAR) == day
