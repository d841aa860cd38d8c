"""How numbers and dates are written for people. Every screen, command and page uses these functions."""

from datetime import date

from planner.base.language import later, tr_later

# Shown in place of a number that does not exist, such as the percent of an item that nobody has reported on.
NO_NUMBER = "–"

_WEEKDAYS = (
    (later("Monday"), later("Mon")),
    (later("Tuesday"), later("Tue")),
    (later("Wednesday"), later("Wed")),
    (later("Thursday"), later("Thu")),
    (later("Friday"), later("Fri")),
    (later("Saturday"), later("Sat")),
    (later("Sunday"), later("Sun")),
)
_MONTHS = (
    *(later("Jan"), later("Feb"), later("Mar"), later("Apr"), later("May"), later("Jun")),
    *(later("Jul"), later("Aug"), later("Sep"), later("Oct"), later("Nov"), later("Dec")),
)


def percent(value: float | None, decimals: int = 0) -> str:
    """Return a percent such as `40%`, rounded to a number of decimals, or a dash if there is no value."""
    # docs/decisions/0060: another language writes a percent differently.
    return NO_NUMBER if value is None else f"{value:.{decimals}f}%"


def plain_number(value: float) -> str:
    """Return a value, a weight or a target as text: `12`, `2.5`, `1234567`, without rounding noise.

    People type it in the same form, and files and the history have it in this form too.
    """
    return f"{value:.15g}"


def weekday(day: date) -> str:
    """Return the name of a day of the week, such as `Friday`."""
    return tr_later(_WEEKDAYS[day.weekday()][0])


def with_weekday(day: date) -> str:
    """Return a day with the short name of its day of the week, such as `Fri 2020-09-18`."""
    return f"{tr_later(_WEEKDAYS[day.weekday()][1])} {day:%Y-%m-%d}"


def month(day: date) -> str:
    """Return the short name of a month, such as `Sep`."""
    return tr_later(_MONTHS[day.month - 1])
