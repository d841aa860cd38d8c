"""What a reporting period is called, on screens and in the names of files."""

from datetime import date

import pytest

from planner.domain.period_names import period_key, period_name
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Cadence

STARTS = date(2020, 1, 1)
WEEKLY, FORTNIGHTLY, MONTHLY, QUARTERLY = Cadence


@pytest.mark.parametrize(
    ("cadence", "day", "name", "key"),
    [
        (WEEKLY, date(2020, 4, 2), "2020-W14", "2020-W14"),
        (FORTNIGHTLY, date(2020, 4, 2), "2020-W13–W14", "2020-W13-W14"),
        (FORTNIGHTLY, date(2021, 1, 10), "2020-W53–2021-W01", "2020-W53-2021-W01"),
        (MONTHLY, date(2020, 11, 30), "November 2020", "2020-11"),
        (QUARTERLY, date(2020, 10, 1), "Q4 2020", "2020-Q4"),
        (QUARTERLY, date(2020, 3, 31), "Q1 2020", "2020-Q1"),
    ],
)
def test_a_period_is_named_by_its_cadence(cadence, day, name, key):
    settings = Settings(cadence=cadence, plan_starts=STARTS)
    assert (period_name(settings, day), period_key(settings, day)) == (name, key)
