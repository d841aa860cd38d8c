"""A request in words: which later date is asked for, and what was answered."""

from typing import TYPE_CHECKING

from planner.base.language import tr
from planner.domain.vocabulary import ExtensionOutcome

if TYPE_CHECKING:
    from planner.queries.weeks.requests import RequestRow


def wanted_date(row: "RequestRow") -> str:
    """Return which later date a request asks for. Return an empty text for a request for help."""
    asked, step = row.extension, row.milestone
    if asked is None:
        return ""
    if step is None:
        return tr("due date: {new} instead of {old}", new=asked.new, old=asked.old)
    return tr("milestone {number}: {new} instead of {old}", number=step.number, new=asked.new, old=asked.old)


def answer_in_words(row: "RequestRow") -> str:
    """Return who answered a request on which day, and what. Return an empty text for an open request."""
    answer = row.answer
    if answer is None:
        return ""
    if row.extension is None or row.extension.answer is None:
        return tr("{person} answered on {day}: {answer}", person=answer.actor, day=answer.as_of, answer=answer.answer)
    if row.extension.answer.outcome is ExtensionOutcome.GRANTED:
        text = tr("{person} granted it on {day}", person=answer.actor, day=answer.as_of)
    else:
        text = tr("{person} refused it on {day}", person=answer.actor, day=answer.as_of)
    return tr("{text}: {reason}", text=text, reason=answer.answer) if answer.answer else text
