"""The reporting periods of each cadence, and what is due and stale in them."""

from datetime import date, timedelta

import pytest

from planner.domain.rules.freshness import freshness
from planner.domain.rules.periods import STALE_AFTER_WEEKS, period_end, period_start
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Cadence, Freshness, Phase

# A Wednesday.
STARTS = date(2020, 1, 1)
WEEKLY, FORTNIGHTLY, MONTHLY, QUARTERLY = Cadence


@pytest.mark.parametrize(
    ("cadence", "day", "first"),
    [
        (WEEKLY, date(2020, 4, 5), date(2020, 3, 30)),
        (FORTNIGHTLY, date(2020, 1, 12), date(2019, 12, 30)),
        (FORTNIGHTLY, date(2020, 1, 13), date(2020, 1, 13)),
        (FORTNIGHTLY, date(2019, 12, 29), date(2019, 12, 16)),
        (FORTNIGHTLY, date(2021, 1, 10), date(2020, 12, 28)),
        (MONTHLY, date(2020, 2, 29), date(2020, 2, 1)),
        (QUARTERLY, date(2020, 12, 31), date(2020, 10, 1)),
        (QUARTERLY, date(2020, 4, 1), date(2020, 4, 1)),
    ],
)
def test_the_first_day_of_a_period(cadence, day, first):
    assert period_start(cadence, STARTS, day) == first


@pytest.mark.parametrize("cadence", Cadence)
def test_the_day_after_a_period_is_the_first_of_the_next_one(cadence):
    for day in (date(2020, 1, 1) + timedelta(days=days) for days in range(400)):
        first, last = period_start(cadence, STARTS, day), period_end(cadence, STARTS, day)
        assert first <= day <= last
        assert period_start(cadence, STARTS, last) == first
        assert period_start(cadence, STARTS, last + timedelta(days=1)) == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("cadence", "as_of", "state"),
    [
        (MONTHLY, date(2020, 1, 31), Freshness.REPORTED),
        (MONTHLY, date(2020, 2, 1), Freshness.DUE),
        (MONTHLY, date(2020, 3, 31), Freshness.DUE),
        (MONTHLY, date(2020, 4, 1), Freshness.STALE),
        (FORTNIGHTLY, date(2020, 1, 26), Freshness.REPORTED),
        (FORTNIGHTLY, date(2020, 1, 27), Freshness.DUE),
        (FORTNIGHTLY, date(2020, 3, 9), Freshness.STALE),
        (QUARTERLY, date(2020, 3, 31), Freshness.REPORTED),
        (QUARTERLY, date(2020, 6, 30), Freshness.DUE),
        (QUARTERLY, date(2020, 7, 1), Freshness.STALE),
        (QUARTERLY, date(2021, 1, 1), Freshness.STALE),
    ],
)
def test_a_report_counts_for_its_period(cadence, as_of, state):
    settings = Settings(stale_after_weeks=STALE_AFTER_WEEKS[cadence], cadence=cadence, plan_starts=STARTS)
    assert freshness(Phase.IN_PROGRESS, STARTS, date(2020, 1, 15), as_of, settings) is state
