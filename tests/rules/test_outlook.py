"""The outlook: from the pace of the last weeks to a likely date, a range and a verdict."""

from datetime import date, timedelta
from math import ceil, sqrt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.rules.outlook import (
    DEVIATIONS,
    FEWEST_WEEKS,
    HORIZON,
    LEAST_SPREAD,
    WEEKS,
    Estimate,
    Outlook,
    Series,
    outlook,
)
from planner.vocabulary import NoOutlook, Verdict

TODAY = date(2020, 9, 16)
WEEK = timedelta(weeks=1)
FAR = date(2100, 1, 1)


def weekly(*percents: float) -> Series:
    """Percents a week apart, the last of them today's."""
    return [(TODAY - WEEK * back, percent) for back, percent in zip(range(len(percents))[::-1], percents, strict=True)]


def ending(reached: float, gains: list[float]) -> Series:
    """A series of these gains that ends with a percent."""
    return weekly(*(reached - sum(gains[place:]) for place in range(len(gains) + 1)))


def estimate_of(series: Series, due: date = FAR) -> Estimate:
    found = outlook(series, due, TODAY).estimate
    assert found is not None
    return found


GAINS = st.lists(st.floats(-5, 15).map(lambda gain: round(gain, 2)), min_size=FEWEST_WEEKS, max_size=WEEKS)
REACHED = st.integers(0, 99)


def test_the_date_is_what_is_left_at_the_mean_pace_and_the_range_where_the_band_reaches_it():
    found = estimate_of(weekly(20, 22, 28, 30, 36))
    spread = sqrt(16 / 3)  # of the gains 2, 6, 2, 6
    assert (found.pace, found.likely) == (4, TODAY + timedelta(weeks=16))
    assert found.late is not None
    for day, sign in ((found.early, 1), (found.late, -1)):
        # Days are whole ones: on the day told the band is there, the day before it was not.
        reaches = [4 * weeks + sign * DEVIATIONS * spread * sqrt(weeks) for weeks in (_weeks(day) - 1 / 7, _weeks(day))]
        assert reaches[0] < 64 <= reaches[1]


def _weeks(day: date) -> float:
    return (day - TODAY) / WEEK


def test_an_even_pace_is_known_no_better_than_percents_are_rounded():
    found = estimate_of(weekly(*range(10, 19)))
    band = DEVIATIONS * LEAST_SPREAD
    late = ((band + sqrt(band**2 + 4 * 82)) / 2) ** 2
    assert found.likely == TODAY + WEEK * 82
    assert found.late == TODAY + timedelta(days=ceil(7 * late)) > found.likely


def test_only_the_last_weeks_count():
    late_riser = weekly(*[0] * 20, *range(0, 5 * WEEKS + 1, 5))
    assert estimate_of(late_riser) == estimate_of(late_riser[-WEEKS - 1 :])
    assert estimate_of(late_riser).pace == 5


@given(GAINS, REACHED)
def test_the_range_contains_the_likely_date_and_nothing_lies_in_the_past(gains: list[float], reached: int):
    found = outlook(ending(reached, gains), FAR, TODAY).estimate
    if found is not None:
        assert TODAY < found.early <= found.likely <= TODAY + HORIZON + timedelta(days=1)
        assert found.late is None or found.likely <= found.late


@given(GAINS, REACHED, st.floats(0.1, 10))
def test_a_faster_pace_is_never_later(gains: list[float], reached: int, more: float):
    slow = outlook(ending(reached, gains), FAR, TODAY).estimate
    assume(slow is not None)
    fast = estimate_of(ending(reached, [gain + more for gain in gains]))
    assert slow is not None
    assert fast.likely <= slow.likely
    assert fast.early <= slow.early
    assert slow.late is None or (fast.late is not None and fast.late <= slow.late)


@given(GAINS, REACHED, st.integers(1, 50))
def test_who_is_further_on_at_the_same_pace_is_never_later(gains: list[float], reached: int, further: int):
    behind = outlook(ending(reached, gains), FAR, TODAY).estimate
    assume(behind is not None and reached + further < 100)
    ahead = estimate_of(ending(reached + further, gains))
    assert behind is not None
    assert (ahead.likely, ahead.early) <= (behind.likely, behind.early)


@given(st.floats(0, 99.9), st.integers(FEWEST_WEEKS + 1, 3 * WEEKS), st.dates(TODAY, FAR))
def test_a_flat_series_has_no_outlook(percent: float, length: int, due: date):
    assert outlook(weekly(*[percent] * length), due, TODAY) == Outlook(Verdict.NO_OUTLOOK, reason=NoOutlook.NO_PACE)


@given(st.lists(st.floats(0, 100), max_size=12), st.dates(date(2020, 1, 1), FAR))
def test_what_is_complete_is_done_whatever_the_day(percents: list[float], due: date):
    assert outlook(weekly(*percents, 100.0), due, TODAY) == Outlook(Verdict.DONE)


@given(st.lists(st.floats(0, 99), max_size=FEWEST_WEEKS))
def test_too_few_weeks_say_nothing(percents: list[float]):
    assert outlook(weekly(*percents), FAR, TODAY).reason is NoOutlook.TOO_FEW_WEEKS


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        (weekly(30, 30, 20, 30, 30), NoOutlook.NO_PACE),
        (weekly(30, 31, 20, 25, 29), NoOutlook.FALLING),
        (weekly(0, 0, 0, 0, 0, 0, 0, 0, 1), NoOutlook.TOO_SLOW),
        (weekly(100 / 3, 200 / 3, 100 / 3, 200 / 3, 100 / 3), NoOutlook.NO_PACE),
        (weekly(0, 0, 0, 0, 1e-12), NoOutlook.NO_PACE),
    ],
)
def test_a_pace_that_leads_nowhere_gives_no_date(series: Series, reason: NoOutlook):
    assert outlook(series, FAR, TODAY) == Outlook(Verdict.NO_OUTLOOK, reason=reason)


def test_a_late_end_beyond_the_horizon_is_left_open():
    found = estimate_of(ending(10, [-3, 5, -4, 3, 1, 0, 0, 0]))
    assert found.likely < TODAY + HORIZON
    assert found.late is None


def test_what_stands_still_has_no_outlook_however_fast_it_was():
    fast = weekly(*range(0, 50, 10))
    assert outlook(fast, FAR, TODAY, NoOutlook.SUSPENDED) == Outlook(Verdict.NO_OUTLOOK, reason=NoOutlook.SUSPENDED)


@pytest.mark.parametrize(
    ("days", "verdict", "beyond"),
    [
        # From the likely date, the early and the late end of the range of weekly(20, 22, 28, 30, 36).
        ("early", Verdict.LIKELY_LATE, True),
        ("day before likely", Verdict.LIKELY_LATE, True),
        ("likely", Verdict.MAY_BE_LATE, False),
        ("day before late", Verdict.MAY_BE_LATE, False),
        ("late", Verdict.LIKELY_IN_TIME, False),
        ("today", Verdict.LIKELY_LATE, True),
        ("yesterday", Verdict.MISSED, True),
    ],
)
def test_the_verdict_is_the_due_date_s_place_in_the_range(days: str, verdict: Verdict, beyond: bool):
    series = weekly(20, 22, 28, 30, 36)
    found = estimate_of(series)
    assert found.late is not None
    due = {
        "early": found.early,
        "day before likely": found.likely - timedelta(days=1),
        "likely": found.likely,
        "day before late": found.late - timedelta(days=1),
        "late": found.late,
        "today": TODAY,
        "yesterday": TODAY - timedelta(days=1),
    }[days]
    seen = outlook(series, due, TODAY)
    assert (seen.verdict, seen.estimate) == (verdict, found)
    assert seen.days_beyond(due) == max(0, (found.likely - due).days)
    assert bool(seen.days_beyond(due)) is beyond


def test_what_missed_its_date_says_so_also_without_an_estimate():
    seen = outlook(weekly(5, 5, 5, 5, 5), TODAY - timedelta(days=1), TODAY)
    assert (seen.verdict, seen.reason, seen.days_beyond(TODAY)) == (Verdict.MISSED, NoOutlook.NO_PACE, None)
