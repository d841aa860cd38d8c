"""Reporting periods: the week, fortnight, month or quarter in which officers report once, by the cadence of a plan."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache

from planner.domain.rules.settings import Settings
from planner.domain.rules.weeks import day_begins, monday_of
from planner.domain.vocabulary import Cadence

# After how many weeks without a report an item is stale, if the plan does not say otherwise. Two quarters have at least
# 25 whole weeks, so that an item is stale after one quarter without a report.
STALE_AFTER_WEEKS: Mapping[Cadence, int] = {
    Cadence.WEEKLY: 4,
    Cadence.FORTNIGHTLY: 8,
    Cadence.MONTHLY: 9,
    Cadence.QUARTERLY: 25,
}

# So many days after its first day, the next period has begun and is not over.
_INTO_THE_NEXT: Mapping[Cadence, int] = {
    Cadence.WEEKLY: 7,
    Cadence.FORTNIGHTLY: 14,
    Cadence.MONTHLY: 31,
    Cadence.QUARTERLY: 92,
}


# A list of items asks for the periods of few days, each many times.
@lru_cache(maxsize=1_000)
def period_start(cadence: Cadence, plan_starts: date, day: date) -> date:
    """Return the first day of the reporting period that contains a day.

    Fortnights are two ISO weeks, counted from the week in which the plan starts.
    """
    if cadence is Cadence.MONTHLY:
        return day.replace(day=1)
    if cadence is Cadence.QUARTERLY:
        return day.replace(month=day.month - (day.month - 1) % 3, day=1)
    monday = monday_of(day)
    if cadence is Cadence.WEEKLY:
        return monday
    weeks = (monday - monday_of(plan_starts)).days // 7
    return monday - timedelta(weeks=weeks % 2)


def period_end(cadence: Cadence, plan_starts: date, day: date) -> date:
    """Return the last day of the reporting period that contains a day."""
    first = period_start(cadence, plan_starts, day)
    after = first + timedelta(days=_INTO_THE_NEXT[cadence])
    return period_start(cadence, plan_starts, after) - timedelta(days=1)


def day_before_period(settings: Settings, day: date) -> date:
    """Return the last day of the reporting period of a plan before the one that contains a day."""
    return period_days(settings, day)[0] - timedelta(days=1)


def period_span(settings: Settings, day: date, time_zone: str) -> tuple[datetime, datetime]:
    """Return the instants at which the reporting period of a plan that contains a day begins and ends."""
    first, last = period_days(settings, day)
    return day_begins(first, time_zone), day_begins(last + timedelta(days=1), time_zone)


def in_same_period(settings: Settings, one: date, other: date) -> bool:
    """Return whether two days are in the same reporting period of a plan."""
    cadence, starts = settings.cadence, settings.plan_starts
    return period_start(cadence, starts, one) == period_start(cadence, starts, other)


def period_days(settings: Settings, day: date) -> tuple[date, date]:
    """Return the first and the last day of the reporting period of a plan that contains a day."""
    cadence, starts = settings.cadence, settings.plan_starts
    return period_start(cadence, starts, day), period_end(cadence, starts, day)
