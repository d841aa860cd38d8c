"""A request in words: which later date is asked for, and what was answered."""

from typing import TYPE_CHECKING

from planner.base.language import tr
from planner.domain.symbols import date_words
from planner.domain.vocabulary import ExtensionOutcome

if TYPE_CHECKING:
    from planner.queries.history.extensions import Extension
    from planner.queries.items.views import ItemView
    from planner.queries.weeks.requests import RequestRow


def wanted_date(row: "RequestRow") -> str:
    """Return which later date a request asks for. Return an empty text for a request for help."""
    return "" if row.extension is None else later_date(row.extension, row.item)


def later_date(asked: "Extension", item: "ItemView") -> str:
    """Return which date of an item somebody asks to move, and to which day."""
    step = asked.milestone(item)
    named = date_words(step.number if step else None)
    return tr("{date}: {new} instead of {old}", date=named, new=asked.new, old=asked.old)


def answer_in_words(row: "RequestRow") -> str:
    """Return who answered a request on which day, and what. Return an empty text for an open request.

    If somebody moved the date without an answer, return who moved it, to which date, and why.
    """
    answer = row.answer
    if answer is None:
        return ""
    if row.moved is not None:
        return tr(
            "{person} moved the date to {new} on {day} without an answer: {reason}",
            person=answer.actor,
            new=row.moved.new,
            day=answer.as_of,
            reason=answer.answer,
        )
    if row.extension is None or row.extension.answer is None:
        return tr("{person} answered on {day}: {answer}", person=answer.actor, day=answer.as_of, answer=answer.answer)
    if row.extension.answer.outcome is ExtensionOutcome.GRANTED:
        text = tr("{person} granted it on {day}", person=answer.actor, day=answer.as_of)
    else:
        text = tr("{person} refused it on {day}", person=answer.actor, day=answer.as_of)
    return tr("{text}: {reason}", text=text, reason=answer.answer) if answer.answer else text
