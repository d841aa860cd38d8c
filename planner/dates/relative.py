"""How far a day is from today, in words, such as 3 weeks ago. For people, beside the ISO date; never in files."""

from datetime import date

_NEAR = {0: "today", 1: "tomorrow", -1: "yesterday"}
_WEEK = 7


def in_words(day: date, today: date, language: str = "en") -> str:
    """How far a day is from today; empty in a language that pendulum has no words for, such as Arabic."""
    days = (day - today).days
    if language == "en" and abs(days) < _WEEK:
        # The words that pendulum has too, without the time it takes to import it.
        return _NEAR.get(days) or (f"in {days} days" if days > 0 else f"{-days} days ago")
    import pendulum

    difference = pendulum.date(day.year, day.month, day.day).diff(pendulum.date(today.year, today.month, today.day))
    try:
        return pendulum.format_diff(difference, is_now=True, absolute=False, locale=language)
    except ValueError:
        return ""


def with_words(day: date, today: date) -> str:
    """A day as ISO, and how far it is from today: 2020-04-01 (in 5 days)."""
    return f"{day} ({in_words(day, today)})"
