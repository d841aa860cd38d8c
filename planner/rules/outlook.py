"""When something will be done if it goes on as it did: an estimate from the pace of the last weeks, with its range.

The method is a random walk with drift (R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and Practice, on
the drift method and on prediction intervals): each week adds a gain drawn from one distribution, of which the last
weeks show mean and spread. docs/outlook.md says what it cannot know.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, sqrt
from statistics import fmean

from planner.rules.schedule import GAP_DIGITS
from planner.vocabulary import NoOutlook, Verdict

# How many weekly gains the pace is taken from. Two months: with fewer, a single report decides; with more, a pace still
# counts that was given up long ago.
WEEKS = 8

# With fewer gains than these there is no outlook: a spread of two or three says next to nothing.
FEWEST_WEEKS = 4

# The range is meant to hold four times of five: a tenth of a normal distribution lies above this many spreads, a tenth
# below.
DEVIATIONS = 1.2816

# No spread is taken to be less: percents are reported in whole points, so that an even pace is known no better. It is
# the standard deviation of a difference of two numbers rounded to the nearest whole one, √(2 · 1/12).
LEAST_SPREAD = sqrt(1 / 6)

# What lies further away is not told as a date: no pace holds for ten years.
HORIZON = timedelta(weeks=520)

DONE = 100.0

_WEEK = timedelta(weeks=1)

# Percents a week apart, each with the day it is as of, the latest last.
Series = Sequence[tuple[date, float]]


@dataclass(frozen=True)
class Estimate:
    """When 100 percent will be reached. `pace` is in points of percent a week; `late` is None beyond the horizon."""

    pace: float
    likely: date
    early: date
    late: date | None


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


def outlook(series: Series, due: date, day: date, still: NoOutlook | None = None) -> Outlook:
    """The outlook of a series of weekly percents that ends with the day it is seen from, on a due date.

    With mean m and standard deviation s of the last weeks' gains and R points still to go, the likely time is T = R / m
    weeks. The ends of the range are where the walk's band reaches R: R = m·T ± z·s·√T. `still` is a reason, known
    otherwise, why the pace of the last weeks says nothing now.
    """
    if series and series[-1][1] >= DONE:
        return Outlook(Verdict.DONE)
    found = still or _estimated(series)
    if isinstance(found, Estimate):
        return Outlook(_verdict(found, due, day), found)
    return Outlook(_verdict(None, due, day), reason=found)


def _estimated(series: Series) -> Estimate | NoOutlook:
    gains = _gains(series[-WEEKS - 1 :])
    if len(gains) < FEWEST_WEEKS:
        return NoOutlook.TOO_FEW_WEEKS
    pace = round(fmean(gains), GAP_DIGITS)
    if pace <= 0:
        return NoOutlook.FALLING if pace < 0 else NoOutlook.NO_PACE
    spread = max(LEAST_SPREAD, sqrt(sum((gain - pace) * (gain - pace) for gain in gains) / (len(gains) - 1)))
    day, reached = series[-1]
    likely, early, late = (_after(day, weeks) for weeks in _weeks(DONE - reached, pace, spread))
    if likely is None or early is None:
        return NoOutlook.TOO_SLOW
    return Estimate(pace, likely, early, late)


def _gains(series: Series) -> list[float]:
    """Points gained per week between each percent and the next."""
    return [(there - here) / ((then - since) / _WEEK) for (since, here), (then, there) in pairwise(series)]


def _weeks(remaining: float, pace: float, spread: float) -> tuple[float, float, float]:
    """Likely, least and most weeks to go: √T is the positive root of m·x² ± z·s·x − R = 0; the two make R / m."""
    band = DEVIATIONS * spread
    most = (band + sqrt(band * band + 4 * pace * remaining)) / (2 * pace)
    least = remaining / (pace * most)
    return remaining / pace, least * least, most * most


def _after(day: date, weeks: float) -> date | None:
    """The day on which so many weeks are over; None beyond the horizon."""
    return day + timedelta(days=ceil(weeks * 7)) if weeks <= HORIZON / _WEEK else None


def _verdict(estimate: Estimate | None, due: date, day: date) -> Verdict:
    if day > due:
        return Verdict.MISSED
    if estimate is None:
        return Verdict.NO_OUTLOOK
    if estimate.likely > due:
        return Verdict.LIKELY_LATE
    return Verdict.LIKELY_IN_TIME if estimate.late and estimate.late <= due else Verdict.MAY_BE_LATE
