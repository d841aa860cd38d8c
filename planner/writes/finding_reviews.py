"""Accepting a finding until a date, with a reason, and reopening it.

Findings themselves are computed, never entered.
"""

from dataclasses import replace
from datetime import date

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.texts import required
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import FindingDecision
from planner.queries.findings import FindingView, Kind, decided, read_finding
from planner.register.plan_view import PlanView
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import FindingReview
from planner.writes.permission import require


def accept_finding(
    writing: Writing, kind: Kind, subject: str, *, until: date, reason: str, expected: str | None = None
) -> FindingView:
    """Accept a finding up to and including the date `until`. A later acceptance replaces an earlier one.

    `expected` is the content of the finding that the user was shown. Raises NotAllowedError if the content has changed
    since, UnknownNameError if there is no such finding, and BadValueError if `until` is before today.
    """
    why = required(reason, "reason")
    if until < writing.today:
        raise BadValueError(
            tr("{until} is before {today}", until=until, today=writing.today),
            where="until",
            do=tr("Give today or a later day"),
        )
    with writing.journal() as journal:
        require(writing.session, writing.actor, Permission.ACCEPT_FINDINGS)
        finding = _unchanged_finding(writing, kind, subject, expected)
        add_decision(journal, writing.plan, finding, FindingDecision.ACCEPTED, why, until)
        return _with_decision(writing, finding)


def reopen_finding(writing: Writing, kind: Kind, subject: str, *, reason: str) -> FindingView:
    """Reopen a finding that was accepted.

    Raises NotAllowedError if it is open, and UnknownNameError if there is no such finding.
    """
    why = required(reason, "reason")
    with writing.journal() as journal:
        require(writing.session, writing.actor, Permission.ACCEPT_FINDINGS)
        finding = read_finding(writing.reading(), kind, subject)
        if finding.acceptance is None:
            raise NotAllowedError(tr("this finding is already open"), where=_label(finding))
        add_decision(journal, writing.plan, finding, FindingDecision.REOPENED, why, None)
        return _with_decision(writing, finding)


def _unchanged_finding(writing: Writing, kind: Kind, subject: str, expected: str | None) -> FindingView:
    finding = read_finding(writing.reading(), kind, subject)
    if expected is not None and expected != finding.substance:
        raise NotAllowedError(
            tr("this finding has changed; its statement is now: {statement}", statement=finding.statement),
            where=_label(finding),
            do=tr("Read the finding again before you accept it"),
        )
    return finding


def add_decision(
    journal: Journal, plan: PlanView, finding: FindingView, decision: FindingDecision, reason: str, until: date | None
) -> FindingReview:
    """Add a decision about a finding with its current content, as part of an open write transaction."""
    row = FindingReview(
        plan_id=plan.id,
        kind=finding.kind.value,
        subject=finding.subject,
        substance=finding.substance,
        statement=finding.statement,
        decision=decision,
        reason=reason,
        until=until,
    )
    action = "accept-finding" if decision is FindingDecision.ACCEPTED else "reopen-finding"
    return journal.add(row, action=action, label=_label(finding), reason=reason)


def _with_decision(writing: Writing, finding: FindingView) -> FindingView:
    """Return the finding with the decision just made.

    The finding is not computed again, because its content is the same.
    """
    writing.session.flush()
    (now,) = decided(writing.reading(), [replace(finding, acceptance=None, lapse=None)])
    return now


def _label(finding: FindingView) -> str:
    return f"{finding.kind.value} {finding.subject}"
