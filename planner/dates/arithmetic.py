"""Calendar arithmetic with pendulum. Arguments and results are plain `datetime.date` values.

Importing pendulum takes about 50 ms, so this module is imported only when a typed date needs it.
"""

from datetime import date

# docs/decisions/0061: no other package imports it, because it takes 50 ms.
import pendulum


def stepped(start: date, number: int, unit: str) -> date:
    """Return the day that is a number of days, weeks, months or years after `start`. A negative number means before.

    If the resulting month has no such day, its last day is used. Raises OverflowError or ValueError for a day outside
    the calendar.
    """
    return _plain(_pendulum(start).add(**{unit: number}))


def next_weekday(day: date, weekday: int) -> date:
    """Return the first day after `day` that is a given day of the week. Monday is 0."""
    return _plain(_pendulum(day).next(pendulum.WeekDay(weekday)))


def previous_weekday(day: date, weekday: int) -> date:
    """Return the last day before `day` that is a given day of the week. Monday is 0."""
    return _plain(_pendulum(day).previous(pendulum.WeekDay(weekday)))


def last_of_month(year: int, month: int) -> date:
    """Return the last day of a month. Raises ValueError if there is no such month."""
    return _plain(pendulum.date(year, month, 1).last_of("month"))


def _pendulum(day: date) -> pendulum.Date:
    return pendulum.date(day.year, day.month, day.day)


def _plain(day: pendulum.Date) -> date:
    """Return the day as a plain `date`. pendulum's class is a subclass, which must not reach the models or files."""
    return date(day.year, day.month, day.day)
