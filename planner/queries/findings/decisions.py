"""Decisions about findings.

An acceptance is valid until a set day, and only while the accepted content is unchanged.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select

from planner.domain.vocabulary import ComputedFinding, FindingDecision, OpenAgain
from planner.queries.findings.on_demand import ViewsOnDemand
from planner.queries.findings.ranking import FindingGroup, group_of
from planner.queries.findings.views import RANKS, FindingView, Lapse, PastDecision
from planner.register.instants import known_by
from planner.register.reading import Reading
from planner.store.models import FindingReview


def decided(reading: Reading, findings: Iterable[FindingView]) -> Iterator[FindingView]:
    """Yield the findings, each with the latest decision about it that was known at the point in time."""
    return map(Decisions.read(reading).on, findings)


@dataclass(frozen=True)
class Decisions:
    """The latest decision about each finding at a point in time, by the finding's kind and subject."""

    newest: dict[str, dict[str, FindingReview]]
    as_of: date

    @classmethod
    def read(cls, reading: Reading) -> "Decisions":
        """Read the decisions about all findings of the plan."""
        statement = select(FindingReview).where(FindingReview.plan_id == reading.plan.id).order_by(FindingReview.id)
        if reading.known_at is not None:
            statement = statement.where(known_by(FindingReview.recorded_at, reading.known_at))
        newest: dict[str, dict[str, FindingReview]] = defaultdict(dict)
        day = reading.today
        for row in reading.session.execute(statement).scalars():
            if reading.plan.day_at(row.recorded_at) <= day:
                newest[row.kind][row.subject] = row
        return cls(dict(newest), day)

    def on(self, finding: FindingView) -> FindingView:
        """Return a finding with the latest decision about it."""
        review = self.newest.get(finding.kind.value, {}).get(finding.subject)
        return finding if review is None else _with(finding, review, self.as_of)

    def on_group(self, kind: ComputedFinding, findings: Iterable[FindingView]) -> FindingGroup:
        """Return the findings of a kind as a group, with the latest decisions about them."""
        reviewed = self.newest.get(kind.value, {})
        if not isinstance(findings, ViewsOnDemand):
            return group_of(kind, RANKS[kind], list(map(self.on, findings)))
        if not reviewed:
            return FindingGroup(kind, RANKS[kind], findings)
        return FindingGroup(kind, RANKS[kind], *findings.decided(reviewed, self.on))


def _with(finding: FindingView, review: FindingReview, day: date) -> FindingView:
    decision = PastDecision(review.actor, review.recorded_at, review.until, review.reason, review.statement)
    why = _open_again(finding, review, day)
    return replace(finding, acceptance=decision) if why is None else replace(finding, lapse=Lapse(why, decision))


def _open_again(finding: FindingView, review: FindingReview, day: date) -> OpenAgain | None:
    """Return why a finding with a decision is open, or None if the finding is accepted."""
    if review.decision == FindingDecision.REOPENED or review.until is None:
        return OpenAgain.REOPENED
    # docs/decisions/0027: an acceptance applies only to the content that was accepted.
    if review.substance != finding.substance:
        return OpenAgain.SUBSTANCE_CHANGED
    return OpenAgain.UNTIL_PASSED if day > review.until else None
