"""What the history says of each record of an item, in words."""

from typing import TYPE_CHECKING

from planner.base.formats import percent, plain_number
from planner.base.language import tr
from planner.domain.symbols import words
from planner.domain.vocabulary import Confirmation, ExtensionOutcome, Phase
from planner.queries.items.views import StatusView

if TYPE_CHECKING:
    from planner.store.models import (
        Assessment,
        CompletionConfirmation,
        DateChange,
        ExtensionAnswer,
        ExtensionRequest,
        HelpAnswer,
        MilestoneReport,
        Observation,
        StatusUpdate,
    )


def report_text(row: StatusView) -> str:
    """Return the text of a report."""
    if row.unchanged:
        return tr("no change: {state}", state=_state_words(row))
    into = tr("merged into {code}", code=row.merged_into) if row.merged_into else None
    parts = [into or words(row.phase.value), row.confidence, _percent(row), row.done]
    return ", ".join(part for part in parts if part)


def _state_words(row: StatusView) -> str:
    parts = [words(row.phase.value), row.confidence, _percent(row)]
    return ", ".join(part for part in parts if part)


def _percent(row: StatusView) -> str | None:
    return None if row.percent is None else percent(row.percent)


def assessed_text(row: "Assessment") -> str:
    """Return the text of an assessment, with the evidence that was seen."""
    if row.evidence is None:
        return tr("assessed as {rating}", rating=row.rating.value)
    return tr("assessed as {rating}, seen: {evidence}", rating=row.rating.value, evidence=row.evidence)


def moved_text(row: "DateChange", milestone: int | None) -> str:
    """Return the text of a change of a milestone's date or, if `milestone` is None, of the item's due date."""
    if milestone is None:
        return tr("due date moved from {old} to {new}", old=row.old_date, new=row.new_date)
    return tr("milestone {number} moved from {old} to {new}", number=milestone, old=row.old_date, new=row.new_date)


def wanted_text(row: "ExtensionRequest", milestone: int | None) -> str:
    """Return the text of a request for a later date of a milestone or, if `milestone` is None, of the due date."""
    if milestone is None:
        return tr("asked to move the due date from {old} to {new}", old=row.old_date, new=row.new_date)
    return tr(
        "asked to move milestone {number} from {old} to {new}", number=milestone, old=row.old_date, new=row.new_date
    )


def decided_text(row: "ExtensionAnswer", request: "ExtensionRequest") -> str:
    """Return the text of the answer to a request for a later date."""
    if row.outcome is ExtensionOutcome.GRANTED:
        return tr("granted {day}, as {person} asked", day=request.new_date, person=row.asked_by)
    return tr("refused {day}, for which {person} asked", day=request.new_date, person=row.asked_by)


def milestone_text(row: "MilestoneReport", number: int) -> str:
    """Return the text of a report on the milestone with this number."""
    if row.met_on:
        return tr("milestone {number} met on {day}", number=number, day=row.met_on)
    if row.forecast:
        return tr("milestone {number} forecast for {day}", number=number, day=row.forecast)
    return tr("milestone {number} taken back as not met", number=number)


def observation_text(row: "Observation", number: int) -> str:
    """Return the text of an observed value of the indicator with this number."""
    return tr("indicator {number} is {value}", number=number, value=plain_number(row.value))


def answer_text(row: "CompletionConfirmation", report: "StatusUpdate") -> str:
    """Return the text of a manager's answer to a report."""
    person, day = row.reported_by, report.as_of
    if row.outcome == Confirmation.RETURNED:
        return tr("returned the report by {person} as of {day}", person=person, day=day)
    if report.phase == Phase.COMPLETED:
        return tr("completion confirmed, as reported by {person} as of {day}", person=person, day=day)
    return tr(
        "confirmed that it is {phase}, as reported by {person} as of {day}",
        phase=words(report.phase.value),
        person=person,
        day=day,
    )


def help_answer_text(row: "HelpAnswer", report: "StatusUpdate") -> str:
    """Return the text of the answer to the help that a report asks for."""
    return tr("answer to “{words}”: {answer}", words=report.help_needed, answer=row.answer)
