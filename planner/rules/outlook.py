"""When something will be done if it goes on as it did: an estimate from the pace of the last weeks, with its range.

The pace says where the item is going. How far such estimates were off is learned from the register's own past
(`planner.rules.track_record`). docs/outlook.md describes the method and its limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil
from statistics import fmean

from planner.rules.schedule import GAP_DIGITS
from planner.rules.track_record import Ground, Record, Spread
from planner.vocabulary import NoOutlook, Verdict

# How many weekly gains the pace is taken from. Two months: with fewer, a single report decides; with more, a pace still
# counts that was given up long ago.
WEEKS = 8

# With fewer gains than these there is no outlook: the mean of two or three says next to nothing.
FEWEST_WEEKS = 4

# Where the register has too little past to learn from: from half the shorter to three times the longer of the time at
# the pace and the time until the due date.
WIDE_EARLY, WIDE_LATE = 0.5, 3.0

# What is known where nothing came due yet.
NO_RECORD = Record()

# What lies further away is not told as a date: no pace holds for ten years.
HORIZON = timedelta(weeks=520)

DONE = 100.0

_WEEK = timedelta(weeks=1)

# Percents a week apart, each with the day it is as of, the latest last.
Series = Sequence[tuple[date, float]]


@dataclass(frozen=True)
class Estimate:
    """When 100 percent will be reached. `pace` is in points of percent a week; `late` is None where it is open.

    `learned` says whether the dates come from the register's own past; else the range is the wide one.
    """

    pace: float
    likely: date
    early: date
    late: date | None
    ground: Ground
    learned: bool


@dataclass(frozen=True)
class Outlook:
    """What is to be expected of a due date: the verdict, and the estimate or the reason why there is none.

    What is done has neither; what has missed its date already may have either.
    """

    verdict: Verdict
    estimate: Estimate | None = None
    reason: NoOutlook | None = None

    def days_beyond(self, due: date) -> int | None:
        """Days from the due date to the likely date, 0 where that is not later; None without an estimate."""
        return None if self.estimate is None else max(0, (self.estimate.likely - due).days)


def outlook(
    series: Series, due: date, day: date, still: NoOutlook | None = None, record: Record = NO_RECORD
) -> Outlook:
    """The outlook of a series of weekly percents that ends with the day it is seen from, on a due date.

    `still` is a reason, known otherwise, why the pace of the last weeks says nothing now. `record` is what the register
    knew on that day about earlier estimates.
    """
    if series and series[-1][1] >= DONE:
        return Outlook(Verdict.DONE)
    found = still or _estimated(series, due, record)
    if isinstance(found, Estimate):
        return Outlook(_verdict(found, due, day), found)
    return Outlook(_verdict(None, due, day), reason=found)


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
    """What is assumed where the register has too little past: the date at the pace, and a wide range about it."""
    times = ground.at_pace / ground.unit
    return Spread(WIDE_EARLY * min(times, 1.0), times, WIDE_LATE * max(times, 1.0))


def _gains(series: Series) -> list[float]:
    """Points gained per week between each percent and the next."""
    return [(there - here) / ((then - since) / _WEEK) for (since, here), (then, there) in pairwise(series)]


def _after(day: date, weeks: float | None) -> date | None:
    """The day on which so many weeks are over; None beyond the horizon."""
    if weeks is None or weeks > HORIZON / _WEEK:
        return None
    return day + timedelta(days=ceil(weeks * 7))


def _verdict(estimate: Estimate | None, due: date, day: date) -> Verdict:
    if day > due:
        return Verdict.MISSED
    if estimate is None:
        return Verdict.NO_OUTLOOK
    if estimate.likely > due:
        return Verdict.LIKELY_LATE
    return Verdict.LIKELY_IN_TIME if estimate.late and estimate.late <= due else Verdict.MAY_BE_LATE
