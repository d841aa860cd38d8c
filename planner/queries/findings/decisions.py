"""Decisions about findings. An acceptance holds until a day, and only while the finding's substance is unchanged."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy import select

from planner.domain.vocabulary import FindingDecision, OpenAgain
from planner.queries.findings.views import FindingView, Lapse, PastDecision
from planner.register.instants import known_by
from planner.register.reading import Reading
from planner.store.models import FindingReview


def decided(reading: Reading, findings: Iterable[FindingView]) -> Iterator[FindingView]:
    """Yield the findings, each with the latest decision about it that was known at the point in time."""
    newest = _newest(reading)
    for finding in findings:
        review = newest.get((finding.kind.value, finding.subject))
        yield finding if review is None else _with(finding, review, reading.as_of)


def _newest(reading: Reading) -> dict[tuple[str, str], FindingReview]:
    """Return the latest decision on each finding, by kind and subject, as of the date and known at the instant."""
    statement = select(FindingReview).where(FindingReview.plan_id == reading.plan.id).order_by(FindingReview.id)
    if reading.known_at is not None:
        statement = statement.where(known_by(FindingReview.recorded_at, reading.known_at))
    return {
        (row.kind, row.subject): row
        for row in reading.session.execute(statement).scalars()
        if reading.plan.day_at(row.recorded_at) <= reading.as_of
    }


def _with(finding: FindingView, review: FindingReview, day: date) -> FindingView:
    decision = PastDecision(review.actor, review.recorded_at, review.until, review.reason, review.statement)
    why = _open_again(finding, review, day)
    return replace(finding, acceptance=decision) if why is None else replace(finding, lapse=Lapse(why, decision))


def _open_again(finding: FindingView, review: FindingReview, day: date) -> OpenAgain | None:
    """Return why a finding is open although there is a decision about it, or None if it is accepted."""
    if review.decision == FindingDecision.REOPENED or review.until is None:
        return OpenAgain.REOPENED
    # docs/decisions/0027: an acceptance applies only to the content that was accepted.
    if review.substance != finding.substance:
        return OpenAgain.SUBSTANCE_CHANGED
    return OpenAgain.UNTIL_PASSED if day > review.until else None
