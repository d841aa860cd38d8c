"""Requests for help and later dates in lines of text: the open ones, and those that were answered this week."""

from typing import TYPE_CHECKING

from planner.base.language import tr, tr_count
from planner.dates.relative import with_words
from planner.domain.symbols import asked_words
from planner.queries.weeks.request_words import answer_in_words, wanted_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.queries.weeks.requests import RequestRow


def request_lines(rows: "Sequence[RequestRow]") -> "Iterator[str]":
    """Yield the open requests and then the answered ones, with a heading for each."""
    waiting, answered = [row for row in rows if row.answer is None], [row for row in rows if row.answer is not None]
    if waiting:
        yield tr_count("{count} request is open:", "{count} requests are open, oldest first:", len(waiting))
    else:
        yield tr("No request is open.")
    for row in waiting:
        yield from _request(row)
    if answered:
        yield ""
        yield tr_count(
            "{count} request was answered this week:", "{count} requests were answered this week:", len(answered)
        )
    for row in answered:
        yield from _request(row)


def _request(row: "RequestRow") -> "Iterator[str]":
    request = row.request
    yield f"{row.item.code}  {row.item.title}"
    if row.extension is not None:
        yield f"  {wanted_date(row)}"
    yield f"  {request.words}"
    asked = tr("asked by {person} on {day}", person=request.actor, day=with_words(request.since, row.as_of))
    yield "  " + "; ".join((asked, *_wanted(row)))
    if row.answer is not None:
        yield f"  {answer_in_words(row)}"


def _wanted(row: "RequestRow") -> "Iterator[str]":
    """Yield of whom it is asked, and by when an answer is needed."""
    if row.extension is not None:
        yield asked_words(row.extension.asked)
    if row.asked_of:
        yield tr("of {whom}", whom=row.asked_of)
    if row.answer_by is not None and row.answer is None:
        yield tr("answer needed by {day}", day=with_words(row.answer_by, row.as_of))
    if row.days_overdue:
        yield tr_count("{count} day overdue", "{count} days overdue", row.days_overdue)
