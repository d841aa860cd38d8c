"""The simulated year, the day a demonstration lives on, and the hours of an office."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.errors import BadValueError
from planner.bundle.forms import PlanForm
from planner.demo.chance import Chance
from planner.demo.year import Year, office_time, requested_day, span_of, usual_day, working_day
from planner.domain.rules.weeks import Week

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def plan(**values: object) -> PlanForm:
    given_values = {
        "key": "plan",
        "title": "A plan",
        "year": 2020,
        "starts": date(2020, 1, 1),
        "ends": date(2020, 12, 31),
        "published": date(2020, 2, 20),
        "issuer": "office",
        "time_zone": "Asia/Seoul",
        "mandate": "old",
        "restatement": "What is to be done.",
        **values,
    }
    return PlanForm.model_validate(given_values)


def test_the_usual_day_of_2020_is_a_friday_in_october() -> None:
    assert usual_day(plan()) == date(2020, 10, 16)


@given(starts=DAYS, length=st.integers(30, 900))
def test_the_usual_day_is_a_friday_of_the_year_unless_the_plan_comes_later(starts: date, length: int) -> None:
    form = plan(starts=starts, ends=starts + timedelta(days=length), published=None)
    day = usual_day(form)
    assert form.starts <= day <= form.ends
    assert day == form.starts or day.strftime("%A") == "Friday"


def test_a_plan_published_late_in_its_year_is_shown_on_that_day() -> None:
    assert usual_day(plan(published=date(2020, 11, 30))) == date(2020, 11, 30)


def test_the_year_begins_with_the_publication_but_not_before_the_plan() -> None:
    assert span_of(plan()).first == date(2020, 2, 20)
    assert span_of(plan(published=date(2019, 12, 1))).first == date(2020, 1, 1)
    assert span_of(plan(published=None)).first == date(2020, 1, 1)


def test_the_ends_of_the_year_can_be_asked_for() -> None:
    assert requested_day(plan(), "2020-02-20") == date(2020, 2, 20)
    assert requested_day(plan(), "2020-12-31") == date(2020, 12, 31)
    assert requested_day(plan(), "1 May") == date(2020, 5, 1)
    assert requested_day(plan(), "-1w") == requested_day(plan(), None) - timedelta(weeks=1)


@pytest.mark.parametrize("as_of", ["2020-02-19", "2021-01-01", "2020-13-01", "soon", "-1y", ""])
def test_a_day_outside_the_year_or_none_at_all_is_refused(as_of: str) -> None:
    with pytest.raises(BadValueError, match="as of"):
        requested_day(plan(), as_of)


@given(DAYS)
def test_a_working_day_is_the_next_one_that_is_no_weekend(day: date) -> None:
    found = working_day(day)
    assert found.isoweekday() <= 5
    assert 0 <= (found - day).days <= 2
    assert found == day or day.isoweekday() > 5


def test_weeks_cover_the_year() -> None:
    weeks = Year(date(2020, 2, 20), date(2020, 12, 31), "Asia/Seoul").weeks()
    assert (weeks[0], weeks[-1], len(weeks)) == (Week(2020, 8), Week(2020, 53), 46)


def test_a_time_of_day_is_the_plan_s_zone_s() -> None:
    span = Year(date(2020, 2, 20), date(2020, 12, 31), "Asia/Seoul")
    assert span.at(date(2020, 3, 2), time(8, 30)) == datetime(2020, 3, 1, 23, 30, tzinfo=UTC)


@given(st.integers())
def test_people_write_in_office_hours(seed: int) -> None:
    clock = office_time(Chance(seed))
    assert time(9) <= clock < time(12) or time(13, 30) <= clock < time(18)
