"""Reviewing links: a person accepts or rejects them, or says of what type they are and how far they go, and why.

A review is a row that is only ever added. It pins the fingerprints of both ends as they are, which must be those that
the reviewer was shown; so it also clears a suspect link, and then says why it may stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from planner.errors import BadValueError, PlannerError
from planner.journal import Actor, Journal, writing
from planner.models import LinkReview
from planner.queries.links.names import link_id
from planner.queries.links.standing import LinkStanding, SeenLink, read_links
from planner.queries.plans import PlanView
from planner.rules.permissions import Deed
from planner.texts import clean
from planner.vocabulary import Coverage, LinkType, ReviewDecision
from planner.writes.permission import require


class LinkConflictError(PlannerError):
    """A link does not stand any more as the reviewer was shown it; nothing was written. `theirs` is how it stands."""

    exit_code = 13

    def __init__(self, theirs: LinkStanding) -> None:
        self.theirs = theirs
        review = theirs.review
        last = f" (last reviewed by {review.actor})" if review else ""
        super().__init__(
            f"the link, or the wording of one of its ends, was changed meanwhile{last}; nothing was saved",
            where=theirs.name,
            do="Look at it again, and then decide",
        )


@dataclass(frozen=True)
class LinkVerdict:
    """What a reviewer decides of a link. What is None stays; `reason` is why it is decided so, for the log.

    Only a change says type, coverage or rationale: why one may say that the near end stands on the clause.
    """

    decision: ReviewDecision
    type: LinkType | None = None
    coverage: Coverage | None = None
    rationale: str | None = None
    reason: str | None = None


def review_links(
    session: Session,
    actor: Actor,
    plan: PlanView,
    names: Sequence[str],
    verdict: LinkVerdict,
    *,
    seen: Mapping[str, SeenLink] | None = None,
    at: datetime,
) -> tuple[LinkStanding, ...]:
    """Decide the same of some links, named as people name them: of all or of none. Gives back how they stand then.

    `seen` is, by the name of a link (`LinkStanding.name`), how it was shown (`LinkStanding.seen`); where it is given,
    LinkConflictError is raised for a link that stands otherwise by now. Raises UnknownNameError for a link that the
    plan has not, BadValueError for a decision that one of them cannot have.
    """
    said = _cleaned(verdict)
    with writing(session, actor, at) as journal:
        require(session, actor, Deed.REVIEW_LINKS)
        ids = [link_id(session, plan, name) for name in dict.fromkeys(names)]
        if not ids:
            raise BadValueError("no links are named", where="LINK", do="Name them, such as M1.01:merged:duty-5")
        for link in read_links(session, plan, ids=ids):
            if seen is not None and seen.get(link.name) != link.seen:
                raise LinkConflictError(link)
            refused = refusal(link, said)
            if refused:
                raise BadValueError(refused, where=link.name)
            _add(journal, link, said)
    return read_links(session, plan, ids=ids)


def refusal(link: LinkStanding, verdict: LinkVerdict) -> str | None:
    """Why a link cannot be decided so, as a sentence's beginning; None where it can."""
    new = (verdict.type, verdict.coverage, verdict.rationale)
    if verdict.decision is not ReviewDecision.CHANGED and any(part is not None for part in new):
        return (
            f"a link that is {verdict.decision.value} keeps its type, coverage and rationale; to set them is a change"
        )
    if verdict.decision is ReviewDecision.CHANGED:
        stands = (link.type, link.coverage, link.rationale)
        if all(part in (None, standing) for part, standing in zip(new, stands, strict=True)):
            return "a change says another type, coverage or rationale than the link has"
    if not (verdict.reason or "").strip() and needs_reason(link, verdict.decision):
        return f"{_why_a_reason(link, verdict.decision)} needs a reason"
    return None


def needs_reason(link: LinkStanding, decision: ReviewDecision) -> bool:
    """Whether a decision about a link must say why: any but to accept one that nothing speaks against."""
    return decision is not ReviewDecision.ACCEPTED or bool(link.suspect) or not link.holds


def _why_a_reason(link: LinkStanding, decision: ReviewDecision) -> str:
    if decision is not ReviewDecision.ACCEPTED:
        return "to reject or change a link"
    return "to accept a suspect link" if link.suspect else "to accept a link that was rejected"


def _cleaned(verdict: LinkVerdict) -> LinkVerdict:
    return LinkVerdict(
        verdict.decision,
        verdict.type,
        verdict.coverage,
        clean(verdict.rationale, "rationale"),
        clean(verdict.reason, "reason"),
    )


def _add(journal: Journal, link: LinkStanding, verdict: LinkVerdict) -> None:
    review = LinkReview(
        link_id=link.id,
        decision=verdict.decision.value,
        type=(verdict.type or link.type).value,
        coverage=(verdict.coverage or link.coverage).value,
        rationale=verdict.rationale or link.rationale,
        near_fingerprint=link.near.fingerprint,
        clause_fingerprint=link.clause.fingerprint,
        actor=journal.actor.name,
        recorded_at=journal.at,
    )
    journal.add(review, action="review", label=link.name, reason=verdict.reason)
