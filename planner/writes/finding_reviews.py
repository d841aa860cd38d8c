"""Accepting a finding until a date, with a reason, and reopening it.

Findings themselves are computed, never entered.
"""

from dataclasses import dataclass, replace
from datetime import date

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.base.language import tr
from planner.base.texts import required
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import FindingDecision
from planner.queries.findings import FindingView, Kind, decided, read_finding
from planner.queries.history.recorded_since import last_event_number
from planner.register.plan_view import PlanView
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import FindingReview
from planner.writes.permission import require


@dataclass(frozen=True)
class SeenFinding:
    """A finding that was read before a write locked the database, and the number of the last event at that time."""

    finding: FindingView
    as_of: date
    last_event: int


def see_finding(reading: Reading, kind: Kind, subject: str) -> SeenFinding | None:
    """Read a finding before the write that needs it.

    Return None if there is no such finding. Reading it can take a second in a large register. Reading it during the
    write would keep others from writing for that time.
    """
    try:
        finding = read_finding(reading, kind, subject)
    except UnknownNameError:
        return None
    return SeenFinding(finding, reading.as_of, last_event_number(reading.session))


def accept_finding(
    writing: Writing,
    kind: Kind,
    subject: str,
    *,
    until: date,
    reason: str,
    expected: str | None = None,
    seen: SeenFinding | None = None,
) -> FindingView:
    """Accept a finding up to and including the date `until`. A later acceptance replaces an earlier one.

    `expected` is the content of the finding that the user was shown. `seen` is the finding if it was already read
    before the write. Raises NotAllowedError if the content is no longer `expected`, UnknownNameError if there is no
    such finding, and BadValueError if `until` is before today.
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
        finding = _unchanged_finding(writing, kind, subject, expected, seen)
        add_decision(journal, writing.plan, finding, FindingDecision.ACCEPTED, why, until)
        return _with_decision(writing, finding)


def reopen_finding(
    writing: Writing, kind: Kind, subject: str, *, reason: str, seen: SeenFinding | None = None
) -> FindingView:
    """Reopen a finding that was accepted.

    `seen` is the finding if it was already read before the write. Raises NotAllowedError if the finding is already
    open, and UnknownNameError if there is no such finding.
    """
    why = required(reason, "reason")
    with writing.journal() as journal:
        require(writing.session, writing.actor, Permission.ACCEPT_FINDINGS)
        finding = _finding_now(writing, kind, subject, seen)
        if finding.acceptance is None:
            raise NotAllowedError(tr("this finding is already open"), where=_label(finding))
        add_decision(journal, writing.plan, finding, FindingDecision.REOPENED, why, None)
        return _with_decision(writing, finding)


def _finding_now(writing: Writing, kind: Kind, subject: str, seen: SeenFinding | None) -> FindingView:
    """Return the finding as it is during the write.

    It is read again only if something was recorded since `seen` was read.
    """
    if seen is not None and (seen.as_of, seen.last_event) == (writing.day, last_event_number(writing.session)):
        return seen.finding
    return read_finding(writing.reading(), kind, subject)


def _unchanged_finding(
    writing: Writing, kind: Kind, subject: str, expected: str | None, seen: SeenFinding | None
) -> FindingView:
    finding = _finding_now(writing, kind, subject, seen)
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
    """Add a decision about a finding, and the finding's current content, as part of an open write transaction."""
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
