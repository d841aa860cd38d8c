"""Estimating when an item will be done, with a range, from its pace in the last weeks.

The pace gives the direction. How wrong such estimates tend to be is learned from the register's own past
(`planner.domain.rules.track_record`). docs/outlook.md describes the method and its limits.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from statistics import fmean

from planner.base.views import value_class
from planner.domain.rules.schedule import GAP_DIGITS
from planner.domain.rules.track_record import Ground, Record, Spread
from planner.domain.vocabulary import NoOutlook, Prospect

# The number of weekly gains that the pace is computed from, about two months. With fewer, a single report would decide;
# with more, a pace that ended long ago would still count.
WEEKS = 8

# With fewer gains than this there is no outlook, because the mean of two or three gains is unreliable.
FEWEST_WEEKS = 4

# The default range if the register has too little history to learn from. It goes from half of the shorter to three
# times the longer of two times: the time needed at the current pace, and the time until the due date.
WIDE_EARLY, WIDE_LATE = 0.5, 3.0

# The record used as long as no estimate has come due.
NO_RECORD = Record()

# No date later than this is given, because no pace holds for ten years.
HORIZON = timedelta(weeks=520)

DONE = 100.0

_WEEK = timedelta(weeks=1)

# Weekly percents, each with its as-of date, in order of date.
Series = Sequence[tuple[date, float]]


@value_class
class Estimate:
    """When an item will reach 100 percent.

    `pace` is in percentage points per week. `late` is None if the range is open-ended. `learned` is true if the dates
    come from the register's own past, and false for the wide default range.
    """

    pace: float
    likely: date
    early: date
    late: date | None
    ground: Ground
    learned: bool


@value_class
class Outlook:
    """Whether a due date is likely to be met, with the estimate behind this verdict or the reason why there is none.

    An item that is done has neither an estimate nor a reason. An item past its due date may have either.
    """

    verdict: Prospect
    estimate: Estimate | None = None
    reason: NoOutlook | None = None

    def days_beyond(self, due: date) -> int | None:
        """Return the days from the due date to the likely date, at least 0. Return None without an estimate."""
        return None if self.estimate is None else max(0, (self.estimate.likely - due).days)


def outlook(
    series: Series, due: date, day: date, no_pace_reason: NoOutlook | None = None, record: Record = NO_RECORD
) -> Outlook:
    """Return the outlook for a due date, given weekly percents up to `day`.

    If the pace of the last weeks cannot be used, `no_pace_reason` says why. `record` is the record of earlier estimates
    as it was known on that day.
    """
    if series and series[-1][1] >= DONE:
        return Outlook(Prospect.DONE)
    result = no_pace_reason or _estimated(series, due, record)
    if isinstance(result, Estimate):
        return Outlook(_verdict(result, due, day), result)
    return Outlook(_verdict(None, due, day), reason=result)


def _estimated(series: Series, due: date, record: Record) -> Estimate | NoOutlook:
    gains = _gains(series[-WEEKS - 1 :])
    if len(gains) < FEWEST_WEEKS:
        return NoOutlook.TOO_FEW_WEEKS
    pace = round(fmean(gains), GAP_DIGITS)
    if pace <= 0:
        return NoOutlook.FALLING if pace < 0 else NoOutlook.NO_PACE
    day, reached = series[-1]
    ground = Ground((DONE - reached) / pace, (due - day) / _WEEK)
    if ground.at_pace > HORIZON / _WEEK:
        return NoOutlook.TOO_SLOW
    learned = record.spread(ground)
    spread = learned or _wide(ground)
    early, likely, late = (_after(day, times and times * ground.unit) for times in spread)
    if likely is None or early is None:
        return NoOutlook.TOO_SLOW
    return Estimate(pace, likely, early, late, ground, learned is not None)


def _wide(ground: Ground) -> Spread:
    """Return the default spread for a register with too little history: a wide range around the likely date."""
    times = ground.at_pace / ground.unit
    return Spread(WIDE_EARLY * min(times, 1.0), times, WIDE_LATE * max(times, 1.0))


def _gains(series: Series) -> list[float]:
    """Return the percentage points gained per week between each percent and the next."""
    return [(there - here) / ((then - since) / _WEEK) for (since, here), (then, there) in pairwise(series)]


def _after(day: date, weeks: float | None) -> date | None:
    """Return the day that is a number of weeks later, or None if it is beyond the horizon or `weeks` is None."""
    if weeks is None or weeks > HORIZON / _WEEK:
        return None
    return day + timedelta(days=ceil(weeks * 7))


def _verdict(estimate: Estimate | None, due: date, day: date) -> Prospect:
    if day > due:
        return Prospect.MISSED
    if estimate is None:
        return Prospect.NO_OUTLOOK
    if estimate.likely > due:
        return Prospect.LIKELY_LATE
    return Prospect.LIKELY_IN_TIME if estimate.late and estimate.late <= due else Prospect.MAY_BE_LATE
