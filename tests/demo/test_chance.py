"""Draws are the same everywhere and stay within what was asked for."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demo.chance import Chance


def test_draws_are_the_same_on_every_machine() -> None:
    chance = Chance(7, "T-001", "weeks")
    assert [chance.whole(0, 99) for _ in range(6)] == [27, 90, 21, 95, 83, 17]


def test_what_it_is_about_decides_the_draws() -> None:
    draws = {tuple(Chance(*about).whole(0, 999) for _ in range(4)) for about in ((1, "a"), (1, "b"), (2, "a"))}
    assert len(draws) == 3


@given(st.integers(), st.integers(-50, 50), st.integers(0, 50))
def test_whole_numbers_reach_both_ends_and_no_further(seed: int, low: int, more: int) -> None:
    assert low <= Chance(seed).whole(low, low + more) <= low + more


def test_both_ends_are_drawn() -> None:
    chance = Chance(1)
    assert {chance.whole(1, 3) for _ in range(200)} == {1, 2, 3}


def test_shares_are_kept() -> None:
    chance = Chance(1)
    drawn = Counter(chance.weighted({"often": 90.0, "seldom": 10.0, "never": 0.0}) for _ in range(2000))
    assert drawn["never"] == 0
    assert drawn["seldom"] == pytest.approx(200, abs=60)


@given(st.integers(), st.lists(st.integers()))
def test_shuffling_loses_nothing(seed: int, options: list[int]) -> None:
    assert sorted(Chance(seed).shuffled(options)) == sorted(options)
