"""How far a day is from today, as people read it."""

from datetime import date, timedelta

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.dates.relative import in_words, with_words

TODAY = date(2020, 9, 16)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (-1, "yesterday"),
        (2, "in 2 days"),
        (5, "in 5 days"),
        (6, "in 6 days"),
        (-6, "6 days ago"),
        (-5, "5 days ago"),
        (7, "in 1 week"),
        (-21, "3 weeks ago"),
        (106, "in 3 months"),
        (-400, "1 year ago"),
    ],
)
def test_how_far(days, words):
    assert in_words(TODAY + timedelta(days=days), TODAY) == words
    assert with_words(TODAY + timedelta(days=days), TODAY) == f"{TODAY + timedelta(days=days)} ({words})"


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(2, 4000) | st.integers(2, 70))
def test_the_words_are_those_of_pendulum(today, days):
    for day in (today + timedelta(days=days), today - timedelta(days=days)):
        difference = pendulum.instance(day).diff(pendulum.instance(today))
        assert in_words(day, today) == pendulum.format_diff(difference, is_now=True, absolute=False, locale="en")
