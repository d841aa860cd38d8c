"""Which day somebody means who types a date or a step of days or weeks."""

import re
from datetime import date, timedelta

from planner.errors import BadValueError
from planner.rules.weeks import parse_date

_STEP = re.compile(r"([+-])(\d{1,4})([dw])", re.IGNORECASE | re.ASCII)
_DAYS = {"d": 1, "w": 7}


def day_meant(text: str, *, seen: date, today: date, first: date) -> date:
    """The day that a text means: a date, or so many days or weeks from the day seen now (-1w, +3d); empty is today.

    Raises BadValueError for what is none of these, for a day after today and for one before the plan's first.
    """
    given = text.strip()
    day = parse_day(given, seen, "as of") if given else today
    if day > today:
        raise BadValueError(
            f"{day} is after today, {today}, and nothing is known of it yet", where="as of", do="Give an earlier day"
        )
    if day < first:
        raise BadValueError(f"{day} is before the plan's first day, {first}", where="as of", do="Give a later day")
    return day


def parse_day(text: str, start: date, where: str) -> date:
    """Read a date, or so many days or weeks from a day: 2020-04-01, +2w, -3d.

    Raises BadValueError, naming `where`, for what is neither.
    """
    given = text.strip()
    step = _STEP.fullmatch(given)
    if step is None:
        try:
            return parse_date(given, where)
        except BadValueError as error:
            raise BadValueError(error.what, where=where, do="Give a date such as 2020-04-01, or -1w, +3d") from error
    try:
        days = int(step[2]) * _DAYS[step[3].lower()]
        return start + timedelta(days=days if step[1] == "+" else -days)
    except OverflowError as error:
        raise BadValueError(f"'{given}' leads out of the calendar", where=where, do="Give a smaller step") from error
