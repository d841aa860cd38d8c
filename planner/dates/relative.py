"""The distance of a day from today in words, such as "3 weeks ago".

It is shown next to the ISO date. Of all files, only the brief has it.
"""

from collections.abc import Callable
from datetime import date, timedelta

from planner.base.language import later, tr_count, tr_later

_NEAR = {0: later("today"), 1: later("tomorrow"), -1: later("yesterday")}
_AHEAD: dict[str, Callable[[int], str]] = {
    "day": lambda count: tr_count("in {count} day", "in {count} days", count),
    "week": lambda count: tr_count("in {count} week", "in {count} weeks", count),
    "month": lambda count: tr_count("in {count} month", "in {count} months", count),
    "year": lambda count: tr_count("in {count} year", "in {count} years", count),
}
_AGO: dict[str, Callable[[int], str]] = {
    "day": lambda count: tr_count("{count} day ago", "{count} days ago", count),
    "week": lambda count: tr_count("{count} week ago", "{count} weeks ago", count),
    "month": lambda count: tr_count("{count} month ago", "{count} months ago", count),
    "year": lambda count: tr_count("{count} year ago", "{count} years ago", count),
}


def in_words(day: date, today: date) -> str:
    """Return how far a day is from today."""
    days = (day - today).days
    if days in _NEAR:
        return tr_later(_NEAR[days])
    unit, count = _rounded(min(day, today), max(day, today))
    return _AHEAD[unit](count) if days > 0 else _AGO[unit](count)


def age_words(day: date, today: date | None) -> str:
    """Return how long ago something was recorded, after a comma: ", 5 days ago".

    Return an empty text if today is not known or is earlier, as in a demonstration of an earlier year.
    """
    return f", {in_words(day, today)}" if today and day <= today else ""


def with_words(day: date, today: date) -> str:
    """Return a day in ISO form with its distance from today: 2020-04-01 (in 5 days)."""
    return f"{day} ({in_words(day, today)})"


# pendulum gives the same words, but importing it takes a twentieth of a short command's time.
def _rounded(start: date, end: date) -> tuple[str, int]:
    """Return the time between two days, rounded to the largest unit that fits, such as weeks."""
    months, days = _months_and_days(start, end)
    years, months = divmod(months, 12)
    if years:
        return "year", years + (months > 6)
    if months == 11 and days > 15:
        return "year", 1
    if months:
        return "month", months + (days >= 27)
    weeks, days = divmod(days, 7)
    return ("week", weeks + (days > 3)) if weeks else ("day", days)


def _months_and_days(start: date, end: date) -> tuple[int, int]:
    """Return the time between two days as a number of months and a number of remaining days."""
    months, days = 12 * (end.year - start.year) + end.month - start.month, end.day - start.day
    if days >= 0:
        return months, days
    before, last = _days_in_month(end - timedelta(end.day)), _days_in_month(end)
    # The number of days in the later month counts as a month, also after a longer one: from 2 October to 1 November.
    if days == last - before:
        return months, 0
    return months - 1, days + max(start.day, before)


def _days_in_month(day: date) -> int:
    next_month = day.replace(day=28) + timedelta(4)
    return (next_month - timedelta(next_month.day)).day
