from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.errors import BadValueError
from planner.domain.rules.weeks import Week, local_day

days = st.dates(date(1901, 1, 1), date(2199, 12, 29))


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2019, 12, 29), "2019-W52"),
        (date(2019, 12, 30), "2020-W01"),
        (date(2020, 1, 1), "2020-W01"),
        (date(2020, 3, 29), "2020-W13"),
        (date(2020, 3, 30), "2020-W14"),
        (date(2020, 4, 5), "2020-W14"),
        (date(2020, 12, 31), "2020-W53"),
        (date(2021, 1, 3), "2020-W53"),
        (date(2021, 1, 4), "2021-W01"),
    ],
)
def test_a_day_falls_in_its_iso_week(day: date, week: str):
    assert str(Week.of(day)) == week


def test_a_week_runs_from_monday_to_sunday():
    week = Week.parse("2020-W14")
    assert (week.monday, week.sunday) == (date(2020, 3, 30), date(2020, 4, 5))


def test_the_week_before_the_first_is_the_last_of_the_year_before():
    assert str(Week.parse("2021-W01").previous) == "2020-W53"
    assert str(Week.parse("2020-W01").previous) == "2019-W52"


@pytest.mark.parametrize("text", ["2020-W14", " 2020-w14 ", "2020W14"])
def test_a_week_may_be_typed_in_several_ways(text: str):
    assert Week.parse(text) == Week(2020, 14)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "14",
        "2020-14",
        "2020-W00",
        "2020-W54",
        "2019-W53",
        "2020-W14-1",
        "20-W14",
        "２０２０-W14",
        "0000-W01",
        "0001-W01",
        "9999-W52",
    ],
)
def test_what_is_no_week_is_refused(text: str):
    with pytest.raises(BadValueError, match="is not a week") as caught:
        Week.parse(text)
    assert caught.value.where == "week"


def test_week_53_is_a_week_of_a_long_year():
    assert Week.parse("2020-W53").sunday == date(2021, 1, 3)


@given(days)
def test_what_a_week_prints_reads_as_that_week(day: date):
    week = Week.of(day)
    assert Week.parse(str(week)) == week
    assert week.monday <= day <= week.sunday


@given(days, days)
def test_weeks_are_in_the_order_of_their_days(first: date, second: date):
    assert (Week.of(first) < Week.of(second)) == (Week.of(first).monday < Week.of(second).monday)


@given(days)
def test_the_week_before_ends_on_the_day_before_the_monday(day: date):
    assert Week.of(day).previous.sunday == Week.of(day).monday - timedelta(days=1)


@pytest.mark.parametrize(
    ("instant", "zone", "day"),
    [
        (datetime(2020, 4, 5, 15, 59, 59, tzinfo=UTC), "Asia/Shanghai", date(2020, 4, 5)),
        (datetime(2020, 4, 5, 16, 0, tzinfo=UTC), "Asia/Shanghai", date(2020, 4, 6)),
        (datetime(2020, 4, 6, 3, 59, tzinfo=UTC), "America/New_York", date(2020, 4, 5)),
    ],
)
def test_the_day_of_an_instant_is_the_plans(instant: datetime, zone: str, day: date):
    assert local_day(instant, zone) == day
