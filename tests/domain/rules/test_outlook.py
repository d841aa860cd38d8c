"""The outlook: from the pace of the last weeks to a likely date, a range and a verdict."""

from datetime import date, timedelta
from math import ceil

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.domain.rules.outlook import (
    FEWEST_WEEKS,
    HORIZON,
    WEEKS,
    WIDE_EARLY,
    WIDE_LATE,
    Estimate,
    Outlook,
    Series,
    outlook,
)
from planner.domain.rules.track_record import Ground, Record, Spread
from planner.domain.vocabulary import NoOutlook, Prospect

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


def after(weeks: float) -> date:
    return TODAY + timedelta(days=ceil(7 * weeks))


@pytest.mark.parametrize("until_due", [8, 40])
def test_without_a_past_the_date_is_what_is_left_at_the_mean_pace_and_the_range_is_wide(until_due: int):
    found = estimate_of(weekly(20, 22, 28, 30, 36), TODAY + WEEK * until_due)
    assert (found.pace, found.likely, found.learned) == (4, after(16), False)
    assert found.ground == Ground(16, until_due)
    assert (found.early, found.late) == (
        after(WIDE_EARLY * min(16, until_due)),
        after(WIDE_LATE * max(16, until_due)),
    )


def test_with_a_past_the_range_is_how_long_such_items_took_of_the_time_until_their_due_date():
    record = Record({("ahead", "far"): Spread(0.5, 1.1, 1.4), (): Spread(0, 9, 9)})
    found = outlook(weekly(20, 22, 28, 30, 36), TODAY + WEEK * 40, TODAY, record=record).estimate
    assert found is not None
    assert (found.early, found.likely, found.late, found.learned) == (after(20), after(44), after(56), True)


def test_once_the_due_date_is_over_it_is_how_long_such_items_took_of_the_time_at_their_pace():
    record = Record({("overdue",): Spread(0.5, 1, 2)})
    found = outlook(weekly(20, 22, 28, 30, 36), TODAY - WEEK, TODAY, record=record).estimate
    assert found is not None
    assert (found.early, found.likely, found.late) == (after(8), after(16), after(32))


def test_a_late_end_that_is_not_known_is_open_and_never_in_time():
    record = Record({(): Spread(0.1, 0.2, None)})
    found = outlook(weekly(20, 22, 28, 30, 36), TODAY + WEEK * 40, TODAY, record=record)
    assert found.estimate is not None
    assert (found.estimate.late, found.verdict) == (None, Prospect.MAY_BE_LATE)


@given(GAINS, REACHED, st.dates(TODAY, date(2022, 1, 1)))
def test_without_a_past_nothing_is_likely_in_time(gains: list[float], reached: int, due: date):
    assert outlook(ending(reached, gains), due, TODAY).verdict is not Prospect.LIKELY_IN_TIME


def test_only_the_last_weeks_count():
    late_riser = weekly(*[0] * 20, *range(0, 5 * WEEKS + 1, 5))
    assert estimate_of(late_riser) == estimate_of(late_riser[-WEEKS - 1 :])
    assert estimate_of(late_riser).pace == 5


@given(GAINS, REACHED, st.dates(TODAY - WEEK, date(2022, 1, 1)))
def test_the_range_contains_the_likely_date_and_nothing_lies_in_the_past(gains: list[float], reached: int, due: date):
    found = outlook(ending(reached, gains), due, TODAY).estimate
    if found is not None:
        assert TODAY <= found.early <= found.likely <= TODAY + HORIZON + timedelta(days=1)
        assert found.late is None or found.likely <= found.late


@given(GAINS, REACHED, st.floats(0.1, 10), st.dates(TODAY - WEEK, date(2022, 1, 1)))
def test_without_a_past_a_faster_pace_is_never_later(gains: list[float], reached: int, more: float, due: date):
    slow = outlook(ending(reached, gains), due, TODAY).estimate
    assume(slow is not None)
    fast = estimate_of(ending(reached, [gain + more for gain in gains]), due)
    assert slow is not None
    assert fast.likely <= slow.likely
    assert fast.early <= slow.early
    assert slow.late is None or (fast.late is not None and fast.late <= slow.late)


@given(st.floats(0, 99.9), st.integers(FEWEST_WEEKS + 1, 3 * WEEKS), st.dates(TODAY, FAR))
def test_a_flat_series_has_no_outlook(percent: float, length: int, due: date):
    assert outlook(weekly(*[percent] * length), due, TODAY) == Outlook(Prospect.NO_OUTLOOK, reason=NoOutlook.NO_PACE)


@given(st.lists(st.floats(0, 100), max_size=12), st.dates(date(2020, 1, 1), FAR))
def test_what_is_complete_is_done_whatever_the_day(percents: list[float], due: date):
    assert outlook(weekly(*percents, 100.0), due, TODAY) == Outlook(Prospect.DONE)


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
    assert outlook(series, FAR, TODAY) == Outlook(Prospect.NO_OUTLOOK, reason=reason)


def test_a_late_end_beyond_the_horizon_is_left_open():
    found = estimate_of(weekly(*range(0, 5 * WEEKS, 5)), TODAY + HORIZON)
    assert found.likely < TODAY + HORIZON
    assert found.late is None


def test_what_stands_still_has_no_outlook_however_fast_it_was():
    fast = weekly(*range(0, 50, 10))
    assert outlook(fast, FAR, TODAY, NoOutlook.SUSPENDED) == Outlook(Prospect.NO_OUTLOOK, reason=NoOutlook.SUSPENDED)


@pytest.mark.parametrize(
    ("early", "likely", "late", "verdict"),
    [
        (0.5, 1.01, 2.0, Prospect.LIKELY_LATE),
        (0.5, 1.0, 1.01, Prospect.MAY_BE_LATE),
        (0.5, 0.9, 1.0, Prospect.LIKELY_IN_TIME),
    ],
)
def test_the_verdict_is_the_due_date_s_place_in_the_range(early: float, likely: float, late: float, verdict: Prospect):
    due = TODAY + WEEK * 20
    seen = outlook(weekly(20, 22, 28, 30, 36), due, TODAY, record=Record({(): Spread(early, likely, late)}))
    assert seen.estimate is not None
    assert seen.verdict is verdict
    assert seen.days_beyond(due) == max(0, (seen.estimate.likely - due).days)


def test_what_missed_its_date_says_so_also_without_an_estimate():
    seen = outlook(weekly(5, 5, 5, 5, 5), TODAY - timedelta(days=1), TODAY)
    assert (seen.verdict, seen.reason, seen.days_beyond(TODAY)) == (Prospect.MISSED, NoOutlook.NO_PACE, None)
