"""Sentences about a finding: the places that show it (its sides), and the decision about it."""

from planner.base.language import tr
from planner.domain.vocabulary import OpenAgain
from planner.queries.findings.views import FindingView, Lapse, SideView
from planner.register.plan_view import PlanView


def side_in_words(side: SideView) -> str:
    """Return one line about a side of a finding: its label, its places, and whether it lacks the passage."""
    return f"{_label(side)}: {', '.join(side.places)}"


def place_in_words(side: SideView) -> str:
    """Return a short text for a side of a finding: its label and its most exact place."""
    label, places = _label(side), side.places
    place = side.clause or (tr("measure {key}", key=side.measure) if side.measure else places[0] if places else "")
    return f"{label}: {place}" if place and place.casefold() != label.casefold() else label


def _label(side: SideView) -> str:
    return tr("{label} (text missing)", label=side.label) if side.lacks else side.label


def decision_in_words(plan: PlanView, finding: FindingView) -> str | None:
    """Return a sentence on the acceptance of a finding, or on why it is open again. None if there is no decision."""
    if finding.lapse is not None:
        return _lapse_in_words(plan, finding.lapse)
    accepted = finding.acceptance
    if accepted is None:
        return None
    return tr(
        "Accepted until {until} by {actor} on {day}: {reason}",
        until=accepted.until,
        actor=accepted.actor,
        day=plan.day_at(accepted.recorded_at),
        reason=accepted.reason,
    )


def _lapse_in_words(plan: PlanView, lapse: Lapse) -> str:
    decision, day = lapse.decision, plan.day_at(lapse.decision.recorded_at)
    actor, until, reason = decision.actor, decision.until, decision.reason
    if lapse.why is OpenAgain.REOPENED:
        return tr("Reopened by {actor} on {day}: {reason}", actor=actor, day=day, reason=reason)
    if lapse.why is OpenAgain.UNTIL_PASSED:
        return tr(
            "Open again: {actor} accepted the finding on {day} only until {until} ({reason})",
            actor=actor,
            day=day,
            until=until,
            reason=reason,
        )
    return tr(
        "Open again: the finding has changed since {actor} accepted it on {day} until {until} ({reason}). The "
        "statement was: {statement}",
        actor=actor,
        day=day,
        until=until,
        reason=reason,
        statement=decision.statement,
    )
