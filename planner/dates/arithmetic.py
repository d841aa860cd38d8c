"""Steps through the calendar, made by pendulum. What goes in and comes out is a plain `datetime.date`.

pendulum takes some 50 ms to import, so this module is imported only where a typed date needs it.
"""

from datetime import date

import pendulum


def stepped(start: date, number: int, unit: str) -> date:
    """The day so many days, weeks, months or years from a day; a month's end stays within the month.

    Raises OverflowError or ValueError for a day outside the calendar.
    """
    return _plain(_pendulum(start).add(**{unit: number}))


def next_weekday(day: date, weekday: int) -> date:
    """The first such weekday after a day; Monday is 0."""
    return _plain(_pendulum(day).next(pendulum.WeekDay(weekday)))


def previous_weekday(day: date, weekday: int) -> date:
    """The last such weekday before a day; Monday is 0."""
    return _plain(_pendulum(day).previous(pendulum.WeekDay(weekday)))


def last_of_month(year: int, month: int) -> date:
    """The last day of a month. Raises ValueError for what is no month."""
    return _plain(pendulum.date(year, month, 1).last_of("month"))


def last_of_quarter(year: int, quarter: int) -> date:
    """The last day of a quarter. Raises ValueError for what is no quarter."""
    return last_of_month(year, quarter * 3)


def _pendulum(day: date) -> pendulum.Date:
    return pendulum.date(day.year, day.month, day.day)


def _plain(day: pendulum.Date) -> date:
    """The same day as Python's own class: pendulum's is a subclass, which must not reach models and files."""
    return date(day.year, day.month, day.day)
