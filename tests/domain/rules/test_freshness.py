from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.rules.freshness import freshness
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Freshness, Phase

STARTS = date(2020, 1, 1)
WEDNESDAY = date(2020, 4, 1)
DEFAULT = Settings()


@pytest.mark.parametrize(
    ("last_report", "state"),
    [
        (date(2020, 4, 1), Freshness.REPORTED),
        (date(2020, 3, 30), Freshness.REPORTED),
        (date(2020, 3, 29), Freshness.DUE),
        (date(2020, 3, 9), Freshness.DUE),
        (date(2020, 3, 8), Freshness.STALE),
        (date(2020, 3, 2), Freshness.STALE),
        (date(2020, 1, 1), Freshness.STALE),
        (None, Freshness.NEVER),
    ],
)
def test_the_weeks_since_the_last_report_decide(last_report: date | None, state: Freshness):
    assert freshness(Phase.IN_PROGRESS, STARTS, last_report, WEDNESDAY, DEFAULT) is state


@pytest.mark.parametrize("day", range(7))
def test_all_days_of_a_week_see_the_same(day: int):
    as_of = date(2020, 3, 30) + timedelta(days=day)
    assert freshness(Phase.IN_PROGRESS, STARTS, date(2020, 3, 30), as_of, DEFAULT) is Freshness.REPORTED
    assert freshness(Phase.IN_PROGRESS, STARTS, date(2020, 3, 8), as_of, DEFAULT) is Freshness.STALE


@pytest.mark.parametrize("phase", [Phase.COMPLETED, Phase.CANCELLED, Phase.MERGED])
@pytest.mark.parametrize("last_report", [None, WEDNESDAY - timedelta(days=7), date(2020, 1, 1)])
def test_what_is_over_owes_no_report(phase: Phase, last_report: date | None):
    assert freshness(phase, STARTS, last_report, WEDNESDAY, DEFAULT) is Freshness.NOT_OWED


@pytest.mark.parametrize("phase", [Phase.COMPLETED, Phase.CANCELLED, Phase.MERGED])
def test_a_report_that_ends_an_item_counts_in_its_week(phase: Phase):
    assert freshness(phase, STARTS, WEDNESDAY, WEDNESDAY, DEFAULT) is Freshness.REPORTED


def test_a_suspended_item_still_owes_its_report():
    assert freshness(Phase.SUSPENDED, STARTS, date(2020, 3, 25), WEDNESDAY, DEFAULT) is Freshness.DUE


@pytest.mark.parametrize(
    ("starts", "state"),
    [
        (WEDNESDAY + timedelta(days=1), Freshness.NOT_OWED),
        (WEDNESDAY, Freshness.NEVER),
        (WEDNESDAY - timedelta(days=1), Freshness.NEVER),
    ],
)
def test_an_item_owes_its_first_report_from_its_start_date_on(starts: date, state: Freshness):
    assert freshness(Phase.NOT_STARTED, starts, None, WEDNESDAY, DEFAULT) is state


def test_an_item_begun_early_owes_reports():
    later = WEDNESDAY + timedelta(days=60)
    assert freshness(Phase.IN_PROGRESS, later, date(2020, 3, 25), WEDNESDAY, DEFAULT) is Freshness.DUE


def test_the_weeks_until_stale_are_the_plans():
    patient = Settings(stale_after_weeks=5)
    assert freshness(Phase.IN_PROGRESS, STARTS, date(2020, 3, 8), WEDNESDAY, patient) is Freshness.DUE
    assert freshness(Phase.IN_PROGRESS, STARTS, date(2020, 3, 1), WEDNESDAY, patient) is Freshness.STALE


@given(st.dates(date(2020, 1, 1), date(2021, 12, 31)), st.integers(0, 400), st.integers(0, 400))
def test_a_report_never_grows_fresher_with_time(last_report: date, first: int, more: int):
    order = [Freshness.REPORTED, Freshness.DUE, Freshness.STALE]
    states = [
        freshness(Phase.IN_PROGRESS, STARTS, last_report, last_report + timedelta(days=days), DEFAULT)
        for days in (first, first + more)
    ]
    assert order.index(states[0]) <= order.index(states[1])
