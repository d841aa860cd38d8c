"""The day that a text above a table names."""

from datetime import date

import pytest

from planner.dates.span import Span
from planner.intake.layout.stated.stated_day import StatedDays
from planner.intake.sheets import Place

LAST_OF_MARCH = date(2026, 3, 31)


def days_of(text: str) -> tuple[list[date], list[date]]:
    """The days that a text says, and those that can only be meant."""
    days = StatedDays(Span(date(2026, 1, 1), date(2026, 12, 31)))
    days.note(text, Place("report.xlsx"))
    said, named = ([*days.get("report.xlsx", {})] for days in (days.surest, days.named))
    return said, named


@pytest.mark.parametrize(
    "text",
    [
        "2026.3.31. 현재",
        "'26. 3. 31. 현재",
        "26.3.31. 현재",
        "(3. 31. 기준)",
        "3.31일자",
        "تاريخ التقرير: 31/03/2026",
        "Posição a 31/03/2026",
        "Situation au 31.03.2026",
    ],
)
def test_a_text_that_says_so_names_the_day(text: str) -> None:
    assert days_of(text) == ([LAST_OF_MARCH], [])


@pytest.mark.parametrize("text", ["2026. 3. 31.", "2026-03-31", "1/4분기 실적", "حتى 31 مارس 2026", "2026년 3월"])
def test_a_date_alone_can_be_meant(text: str) -> None:
    assert days_of(text) == ([], [LAST_OF_MARCH])


@pytest.mark.parametrize(
    "text", ["Adopted on 2026-03-31", "2026年3月31日印发", "2.1.3 계획", "1.4 Roads", "总投资3.31亿元", "6/7"]
)
def test_other_numbers_and_the_day_of_a_decision_are_not(text: str) -> None:
    assert days_of(text) == ([], [])
