"""Which day somebody means who looks back."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import BadValueError
from planner.rules.days import day_meant

FIRST, SEEN, TODAY = date(2020, 1, 1), date(2020, 5, 1), date(2020, 9, 18)


def meant(text: str) -> date:
    return day_meant(text, seen=SEEN, today=TODAY, first=FIRST)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", TODAY),
        ("  ", TODAY),
        ("2020-05-04", date(2020, 5, 4)),
        (" 2020-09-18 ", TODAY),
        ("-1w", date(2020, 4, 24)),
        ("+3D", date(2020, 5, 4)),
        ("2020-01-01", FIRST),
    ],
)
def test_a_date_a_step_or_nothing(text, day):
    assert meant(text) == day


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2020-09-19", "2020-09-19 is after today, 2020-09-18"),
        ("+99w", "is after today"),
        ("2019-12-31", "2019-12-31 is before the plan's first day, 2020-01-01"),
        ("-9999w", "is before the plan's first day"),
        ("-9999d", "is before the plan's first day"),
        ("yesterday", "'yesterday' is not a date. Give a date such as 2020-04-01, or -1w, +3d"),
        ("1w", "'1w' is not a date"),
        ("-１w", "is not a date"),
        ("2020-02-30", "is not a date"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_in_one_message(text, told):
    with pytest.raises(BadValueError) as caught:
        meant(text)
    assert told in caught.value.message
    assert caught.value.where == "as of"


@given(st.dates(FIRST, TODAY), st.integers(0, 60), st.sampled_from(("d", "w")))
def test_a_step_back_and_the_same_step_on_lead_to_where_one_was(seen, number, unit):
    back = seen - timedelta(days=number * (7 if unit == "w" else 1))
    if back >= FIRST:
        assert day_meant(f"-{number}{unit}", seen=seen, today=TODAY, first=FIRST) == back
        assert day_meant(f"+{number}{unit}", seen=back, today=TODAY, first=FIRST) == seen


@given(st.text())
def test_any_text_is_a_day_of_the_plan_or_refused(text):
    with suppress(BadValueError):
        assert FIRST <= meant(text) <= TODAY
