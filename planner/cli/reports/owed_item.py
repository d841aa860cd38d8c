"""Lines about an item that needs a report. Both the list of a week and the questions about an item print them."""

from datetime import date
from typing import TYPE_CHECKING

from planner.base.formats import percent
from planner.base.language import tr
from planner.cli.output import words
from planner.dates.assumed import with_word
from planner.dates.relative import with_words
from planner.domain.symbols import schedule_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from planner.queries.items.views import ItemView

# How many characters of the last report the list shows.
LAST_WORDS = 100


def owed_lines(item: "ItemView", as_of: date, period: str, continued: "Iterable[str]" = ()) -> "Iterator[str]":
    """Yield the lines about an item that needs a report: title, reason, progress, and last report.

    `period` are the words for the present reporting period, such as "this week". `continued` are sentences that other
    plans continue the item.
    """
    from planner.queries.weeks.my_week import why_in_words

    yield f"{item.code}  {item.title}"
    yield from (f"  {sentence}" for sentence in continued)
    yield f"  {why_in_words(item) or tr('a report is due {period}', period=period)}"
    yield "  " + tr(
        "{phase}, {schedule}, done {actual}, expected {expected}, due {day}",
        phase=words(item.phase.value),
        schedule=schedule_words(item.schedule),
        actual=percent(item.actual),
        expected=percent(item.expected),
        day=with_word(with_words(item.current_due, as_of), assumed=item.due_assumed),
    )
    if item.last:
        text = " ".join((item.last.done or item.last.blocker or tr("no text in the report")).split())
        short = text if len(text) <= LAST_WORDS else f"{text[:LAST_WORDS].rstrip()}…"
        day = with_words(item.last.as_of, as_of)
        yield "  " + tr("last report {day}, {person}: {text}", day=day, person=item.last.actor, text=short)
