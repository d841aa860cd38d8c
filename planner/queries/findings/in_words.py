"""Sentences about a finding: its sides, and the decision about it."""

from planner.domain.vocabulary import OpenAgain
from planner.queries.findings.views import FindingView, Lapse, SideView
from planner.register.plans import PlanView


def side_in_words(side: SideView) -> str:
    """Return one line about a side of a finding: its label, whether it lacks the passage, and its places."""
    return f"{_label(side)}: {', '.join(side.places)}"


def place_in_words(side: SideView) -> str:
    """Return a side in short: its label, and the most exact of its places."""
    label, places = _label(side), side.places
    place = side.clause or (f"measure {side.measure}" if side.measure else places[0] if places else "")
    return f"{label}: {place}" if place and place.casefold() != label.casefold() else label


def _label(side: SideView) -> str:
    return f"{side.label} lacks it" if side.lacks else side.label


def decision_in_words(plan: PlanView, finding: FindingView) -> str | None:
    """Return a sentence about the decision on a finding: its acceptance, or why it is open again. None if undecided."""
    if finding.lapse is not None:
        return _lapse_in_words(plan, finding.lapse)
    accepted = finding.acceptance
    if accepted is None:
        return None
    day = plan.day_at(accepted.recorded_at)
    return f"Accepted until {accepted.until} by {accepted.actor} on {day}: {accepted.reason}"


def _lapse_in_words(plan: PlanView, lapse: Lapse) -> str:
    decision, day = lapse.decision, plan.day_at(lapse.decision.recorded_at)
    if lapse.why is OpenAgain.REOPENED:
        return f"Reopened by {decision.actor} on {day}: {decision.reason}"
    accepted = f"accepted until {decision.until} by {decision.actor} on {day} ({decision.reason})"
    if lapse.why is OpenAgain.UNTIL_PASSED:
        return f"Open again, the day has passed: {accepted}"
    return f"Open again, its substance changed: {accepted}; it said then: {decision.statement}"
