"""Accepting a finding until a day, with a reason, and opening it again; what it covers is computed, never typed."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from planner.errors import BadValueError, NotAllowedError
from planner.journal import Actor, Journal, writing
from planner.models import FindingReview
from planner.queries.findings import FindingView, Kind, decided, read_finding
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.rules.permissions import Deed
from planner.texts import required
from planner.vocabulary import FindingDecision
from planner.writes.permission import require


def accept_finding(
    session: Session,
    actor: Actor,
    plan: PlanView,
    kind: Kind,
    subject: str,
    *,
    until: date,
    reason: str,
    seen: str | None = None,
    today: date,
    at: datetime,
) -> FindingView:
    """Accept a finding up to and including a day, today at the earliest; accepted again, the newer decision holds.

    `seen` is the substance the person was shown; NotAllowedError is raised where it is another one by now,
    UnknownNameError where there is no such finding.
    """
    why = required(reason, "reason")
    if until < today:
        raise BadValueError(f"{until} is before {today}", where="until", do="Give that day or a later one")
    with writing(session, actor, at) as journal:
        require(session, actor, Deed.ACCEPT_FINDINGS)
        finding = _as_seen(session, plan, kind, subject, seen, today)
        add_decision(journal, plan, finding, FindingDecision.ACCEPTED, why, until)
        return _as_decided(session, plan, finding, today)


def reopen_finding(
    session: Session,
    actor: Actor,
    plan: PlanView,
    kind: Kind,
    subject: str,
    *,
    reason: str,
    today: date,
    at: datetime,
) -> FindingView:
    """Open a finding again that was accepted.

    Raises NotAllowedError where it is open already, UnknownNameError where there is no such finding.
    """
    why = required(reason, "reason")
    with writing(session, actor, at) as journal:
        require(session, actor, Deed.ACCEPT_FINDINGS)
        finding = read_finding(session, plan, Point(today), kind, subject)
        if finding.acceptance is None:
            raise NotAllowedError("it is open already", where=_label(finding))
        add_decision(journal, plan, finding, FindingDecision.REOPENED, why, None)
        return _as_decided(session, plan, finding, today)


def _as_seen(session: Session, plan: PlanView, kind: Kind, subject: str, seen: str | None, today: date) -> FindingView:
    finding = read_finding(session, plan, Point(today), kind, subject)
    if seen is not None and seen != finding.substance:
        raise NotAllowedError(
            f"it says something else by now: {finding.statement}",
            where=_label(finding),
            do="Look at it, then accept it",
        )
    return finding


def add_decision(
    journal: Journal, plan: PlanView, finding: FindingView, decision: FindingDecision, reason: str, until: date | None
) -> FindingReview:
    """Add a decision about a finding, as it stands, to a write that is already open."""
    row = FindingReview(
        plan_id=plan.id,
        kind=finding.kind.value,
        subject=finding.subject,
        substance=finding.substance,
        statement=finding.statement,
        decision=decision.value,
        reason=reason,
        until=until,
        actor=journal.actor.name,
        recorded_at=journal.at,
    )
    action = "accept-finding" if decision is FindingDecision.ACCEPTED else "reopen-finding"
    return journal.add(row, action=action, label=_label(finding), reason=reason)


def _as_decided(session: Session, plan: PlanView, finding: FindingView, today: date) -> FindingView:
    """The finding with the decision that was just made: computing it again would tell nothing else."""
    session.flush()
    (now,) = decided(session, plan, Point(today), [replace(finding, acceptance=None, lapse=None)])
    return now


def _label(finding: FindingView) -> str:
    return f"{finding.kind.value} {finding.subject}"
