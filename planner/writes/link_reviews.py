"""Reviewing links: a person accepts, rejects or changes a link, and gives the reason.

A review is a row that is added and never changed. It stores the current fingerprints of both ends of the link, which
must be the same as those that the reviewer was shown. A review of a suspect link therefore also clears the suspicion,
and must give a reason.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from planner.base.errors import BadValueError, PlannerError
from planner.base.language import tr
from planner.base.texts import clean
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Coverage, LinkType, ReviewDecision
from planner.queries.id_in import id_in
from planner.queries.links.names import link_id
from planner.queries.links.standing import ExpectedLink, LinkStanding, read_links
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import Link, LinkReview
from planner.writes.permission import require


class LinkConflictError(PlannerError):
    """A link has changed since the reviewer was shown it, so nothing was written.

    `theirs` is the link's current state.
    """

    exit_code = 13

    def __init__(self, theirs: LinkStanding) -> None:
        self.theirs = theirs
        review = theirs.review
        what = tr("nothing was saved, because the link or the wording of one of its ends has changed since you read it")
        if review:
            what = tr(
                "nothing was saved, because the link or the wording of one of its ends has changed since you read it"
                " (last reviewed by {person})",
                person=review.actor,
            )
        super().__init__(what, where=theirs.name, do=tr("Read the link again before you decide"))


@dataclass(frozen=True)
class LinkVerdict:
    """A reviewer's decision about a link. Fields that are None keep their values.

    `reason` explains the decision and goes to the audit log. `rationale` explains why the measure or item is
    linked to the clause. Only the decision 'changed' may set the type, coverage or rationale.
    """

    decision: ReviewDecision
    type: LinkType | None = None
    coverage: Coverage | None = None
    rationale: str | None = None
    reason: str | None = None


def review_links(
    writing: Writing,
    names: Sequence[str],
    verdict: LinkVerdict,
    *,
    expected: Mapping[str, ExpectedLink] | None = None,
) -> tuple[LinkStanding, ...]:
    """Record one decision about several links.

    If it is refused for one link, nothing is recorded. Return the new states of the links, which are given by `names`.
    `expected` maps the name of each link (`LinkStanding.name`) to the state that the reviewer was shown
    (`LinkStanding.seen`). If it is given, LinkConflictError is raised for a link whose state has changed. Raises
    UnknownNameError for a link that the plan does not have, and BadValueError if the decision is not possible for one
    of the links.
    """
    cleaned = _cleaned(verdict)
    with writing.journal() as journal:
        require(writing.session, writing.actor, Permission.REVIEW_LINKS)
        ids = [link_id(writing.reading(), name) for name in dict.fromkeys(names)]
        if not ids:
            raise BadValueError(
                tr("no links were given"), where="LINK", do=tr("Give the names of links, such as M1.01:merged:duty-5")
            )
        made = _wordings_when_made(writing, ids)
        for link in read_links(writing.reading(), ids=ids):
            if expected is not None and expected.get(link.name) != link.seen:
                raise LinkConflictError(link)
            refused = refusal(link, cleaned)
            if refused:
                raise BadValueError(refused, where=link.name)
            _add(journal, link, cleaned, made[link.id])
    return read_links(writing.reading(), ids=ids)


def refusal(link: LinkStanding, verdict: LinkVerdict) -> str | None:
    """Return why a decision about a link is not possible, as the beginning of a sentence, or None if it is possible."""
    new = (verdict.type, verdict.coverage, verdict.rationale)
    if verdict.decision is not ReviewDecision.CHANGED and any(part is not None for part in new):
        return tr(
            "a link that is {decision} keeps its type, coverage and rationale; decide 'changed' to change them",
            decision=verdict.decision.value,
        )
    if verdict.decision is ReviewDecision.CHANGED:
        current = (link.type, link.coverage, link.rationale)
        if all(part in (None, value) for part, value in zip(new, current, strict=True)):
            return tr("the decision 'changed' needs another type, coverage or rationale")
    if not (verdict.reason or "").strip() and needs_reason(link, verdict.decision):
        return _missing_reason(link, verdict.decision)
    return None


def needs_reason(link: LinkStanding, decision: ReviewDecision) -> bool:
    """Return whether a decision about a link needs a reason.

    A reason is optional only for accepting a link that is neither suspect nor rejected.
    """
    return decision is not ReviewDecision.ACCEPTED or bool(link.suspect) or link.rejected


def _missing_reason(link: LinkStanding, decision: ReviewDecision) -> str:
    if decision is not ReviewDecision.ACCEPTED:
        return tr("rejecting or changing a link needs a reason")
    if link.suspect:
        return tr("accepting a suspect link needs a reason")
    return tr("accepting a rejected link needs a reason")


def _cleaned(verdict: LinkVerdict) -> LinkVerdict:
    return LinkVerdict(
        verdict.decision,
        verdict.type,
        verdict.coverage,
        clean(verdict.rationale, "rationale"),
        clean(verdict.reason, "reason"),
    )


def _wordings_when_made(writing: Writing, ids: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Return the fingerprints of both ends of links from when each link was made, by its id."""
    rows = select(Link.id, Link.near_fingerprint, Link.clause_fingerprint).where(id_in(writing.session, Link.id, ids))
    return {number: (near, clause) for number, near, clause in writing.session.execute(rows)}


def _add(journal: Journal, link: LinkStanding, verdict: LinkVerdict, made: tuple[str, str]) -> None:
    """Add a review. `made` has the fingerprints of the ends of the link from when it was made."""
    seen = (link.near.fingerprint, link.clause.fingerprint)
    review = LinkReview(
        link_id=link.id,
        decision=verdict.decision,
        type=verdict.type or link.type,
        coverage=verdict.coverage or link.coverage,
        rationale=verdict.rationale or link.rationale,
        near_fingerprint=seen[0],
        clause_fingerprint=seen[1],
        reworded=seen != made,
    )
    journal.add(review, action="review", label=link.name, reason=verdict.reason)
