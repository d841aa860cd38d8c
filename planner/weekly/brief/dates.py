"""What is overdue and what falls due in the two weeks after the day of the file."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from planner.base.formats import percent, with_weekday
from planner.base.numbers import counted
from planner.base.visible_text import one_line
from planner.dates.assumed import with_word
from planner.dates.relative import in_words
from planner.domain.rules.figures import tenths
from planner.domain.rules.troubles import Trouble
from planner.queries.weeks.deadlines import DeadlineState
from planner.weekly.brief.lines import item_line
from planner.weekly.brief.model import BriefLine
from planner.weekly.brief.shortening import short_quote
from planner.weekly.sections.exceptions import ExceptionRow
from planner.weekly.sections.milestones import DeadlineRow


def overdue(rows: Iterable[ExceptionRow]) -> Iterator[BriefLine]:
    """Yield the overdue items, the longest overdue first, each with the obstacle that the last report names."""
    found = [row for row in rows if Trouble.OVERDUE in row.troubles]
    return map(_overdue, sorted(found, key=lambda row: -row.item.days_late))


def _overdue(row: ExceptionRow) -> BriefLine:
    item = row.item
    done = "nothing reported" if item.actual is None else f"{percent(tenths(item.actual))} done"
    cause = item.last.blocker if item.last else None
    fact = (
        f"{counted(item.days_late, 'day')} overdue, due {with_word(item.current_due, assumed=item.due_assumed)}; {done}"
    )
    return item_line(item, fact if cause else f"{fact}; no obstacle was named", cause)


def falling_due(rows: Iterable[DeadlineRow]) -> Iterator[BriefLine]:
    """Yield a line for each item with dates to come, with all of these dates. The items with the next dates come first.

    `rows` are in the order of their dates.
    """
    of_items: dict[int, list[DeadlineRow]] = {}
    for row in rows:
        of_items.setdefault(row.item.id, []).append(row)
    return map(_falling_due, of_items.values())


def to_come(rows: Iterable[DeadlineRow]) -> list[DeadlineRow]:
    """Return the dates that have not passed."""
    return [row for row in rows if row.deadline.state is DeadlineState.OPEN]


def _falling_due(rows: Sequence[DeadlineRow]) -> BriefLine:
    days = ((day, list(of_day)) for day, of_day in groupby(rows, key=lambda row: row.deadline.current))
    fact = "; ".join(_day(day, of_day) for day, of_day in days)
    titles = [row.deadline.milestone.title for row in rows if row.deadline.milestone]
    return item_line(rows[0].item, fact, _titles(titles))


def _day(day: date, rows: Sequence[DeadlineRow]) -> str:
    """Return a day, how far off it is, and what of an item is due on it."""
    milestones = [row.deadline.milestone for row in rows if row.deadline.milestone]
    names = [f"milestone {milestone.number}" for milestone in milestones]
    what = " and ".join([*names, "the item"] if len(milestones) < len(rows) else names)
    when = in_words(day, rows[0].frame.as_of)
    assumed = all(row.deadline.assumed for row in rows)
    return f"{with_word(with_weekday(day), assumed=assumed)}, {when}: {what}"


def _titles(titles: Sequence[str]) -> str:
    """Return the titles of milestones on one line. If there is no room for all, return the first one."""
    joined = "; ".join(titles)
    return joined if not titles or short_quote(joined) == one_line(joined) else titles[0]
