"""The distance of a day from today in words, such as "3 weeks ago".

It is shown next to the ISO date, never in files.
"""

from datetime import date

from planner.base.language import later, tr_count, tr_later

_NEAR = {0: later("today"), 1: later("tomorrow"), -1: later("yesterday")}
_WEEK = 7


def in_words(day: date, today: date, language: str = "en") -> str:
    """Return how far a day is from today, or an empty text for a language that pendulum does not support."""
    days = (day - today).days
    if language == "en" and abs(days) < _WEEK:
        # These are the same words as pendulum's, without the time to import it.
        if days in _NEAR:
            return tr_later(_NEAR[days])
        if days > 0:
            return tr_count("in {count} day", "in {count} days", days)
        return tr_count("{count} day ago", "{count} days ago", -days)
    import pendulum

    difference = pendulum.date(day.year, day.month, day.day).diff(pendulum.date(today.year, today.month, today.day))
    try:
        return pendulum.format_diff(difference, is_now=True, absolute=False, locale=language)
    except ValueError:
        return ""


def with_words(day: date, today: date) -> str:
    """Return a day in ISO form with its distance from today: 2020-04-01 (in 5 days)."""
    return f"{day} ({in_words(day, today)})"
