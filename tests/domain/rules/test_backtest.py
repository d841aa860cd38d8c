"""The outlook tried on years of several characters: its range holds about four times of five."""

from datetime import date, timedelta

import pytest

from bench.registers.generated_years import ITEMS, Character, generated_year
from planner.domain.rules.backtest import PastItem, backtest
from planner.domain.rules.track_record import Calibration

# Every fourth week, as a register's past is tried.
STRIDE = 4
SEED = 11


def every_fourth(character: Character) -> list[tuple[date, list[PastItem]]]:
    return generated_year(character, SEED)[::STRIDE]


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("character", list(Character))
def test_the_range_holds_about_four_times_of_five_and_likely_in_time_is_kept(character: Character):
    record, found = backtest(every_fourth(character))
    assert found.came_due > ITEMS
    assert 0.75 <= found.held / found.came_due <= 0.97
    assert found.were_in_time >= 0.8 * found.said_in_time
    assert record.spreads


def test_likely_in_time_is_said_where_a_register_keeps_its_dates():
    _, found = backtest(every_fourth(Character.LATE_RUSH))
    assert found.said_in_time > 10


DAY = date(2020, 6, 3)
SERIES = [(DAY - timedelta(weeks=back), 50.0 - 5 * back) for back in range(8, -1, -1)]


def at(weeks: int, *, done_on: date | None = None, given_up: bool = False) -> tuple[date, list[PastItem]]:
    """The one item at 50 percent and 5 points a week, due ten weeks after the first day; what became of it later."""
    series = SERIES if weeks == 0 else []
    one = PastItem(1, series, DAY + timedelta(weeks=10), done_on=done_on, given_up=given_up)
    return DAY + timedelta(weeks=weeks), [one]


# The wide range of ten weeks at the pace and ten until the due date: from five to thirty weeks.
@pytest.mark.parametrize(
    ("later", "came_due", "held"),
    [
        (at(30, done_on=DAY + timedelta(weeks=30)), 1, 1),
        (at(30, done_on=DAY + timedelta(weeks=5)), 1, 1),
        (at(30, done_on=DAY + timedelta(weeks=4)), 1, 0),
        (at(29), 0, 0),
        (at(30), 1, 0),
        (at(30, given_up=True), 0, 0),
    ],
    ids=["at its late end", "at its early end", "before it", "not done and not late", "late", "given up"],
)
def test_a_range_came_due_where_the_item_is_done_or_surely_late(later, came_due: int, held: int):
    assert backtest([at(0), later])[1] == Calibration(came_due, held)


def test_without_a_past_nothing_is_learned():
    record, found = backtest([at(0)])
    assert (record.spreads, found) == ({}, Calibration())
