"""Finds suspect links with one statement. planner.queries.links.standing defines which links are suspect.

The latest review of a link is looked for only if a fingerprint of the link or of one of its reviews is another one now.
These links are few: an index has the reviews that saw another wording than their link was made with.
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, and_, case, func, or_, select, union
from sqlalchemy.orm import aliased

from planner.domain.vocabulary import ReviewDecision
from planner.queries.links.copies import differing_spans, instant_of_span
from planner.register.instants import PastInstant, known_at_parameter, known_by
from planner.register.point import known_at_values
from planner.register.reading import Reading
from planner.store.models import AttachedSpan, Attachment, Clause, ClauseExpression, Item, Link, LinkReview, Measure


def ids_of_suspects(reading: Reading) -> list[int]:
    """Return the ids of the suspect links of all plans.

    Reviews and copies are those known at the instant, but the wordings of the ends are the current ones.
    """
    statement = _select_suspects(reading.known_at is not None)
    found = reading.session.execute(statement, known_at_values(reading.known_at)).scalars()
    return [number for number in found if number is not None]


@cache
def _select_suspects(in_past: bool) -> CompoundSelect[int]:
    known_at = known_at_parameter(in_past)
    parts = [_reworded(), *_with_differing_copy(_last_difference(known_at))]
    holds = func.coalesce(LinkReview.decision, "") != ReviewDecision.REJECTED
    return union(*(part.outerjoin(LinkReview, _is_latest_review(known_at)).where(holds) for part in parts))


def _reworded() -> Select[int]:
    """Select the links with an end whose wording changed since the link was reviewed or made."""
    near = func.coalesce(LinkReview.near_fingerprint, Link.near_fingerprint)
    clause = func.coalesce(LinkReview.clause_fingerprint, Link.clause_fingerprint)
    # If no fingerprint of a link and its reviews differs, then the one that counts does not either.
    narrowed = union(_differing(Link.near_fingerprint, Link.clause_fingerprint), _reviewed_otherwise())
    return _differing(near, clause).where(Link.id.in_(narrowed))


def _differing(near: Any, clause: Any) -> Select[int]:
    """Select the links with an end that has another fingerprint now than the given ones."""
    return (
        select(Link.id)
        .outerjoin(Clause, Clause.id == Link.clause_id)
        .outerjoin(Measure, Measure.id == Link.measure_id)
        .outerjoin(Item, Item.id == Link.item_id)
        .where(_differ((near, func.coalesce(Measure.fingerprint, Item.fingerprint)), (clause, Clause.fingerprint)))
    )


def _reviewed_otherwise() -> Select[int]:
    """Select the links with a review of other wordings than those under which the link was made."""
    seen = aliased(LinkReview)
    return select(seen.link_id).where(seen.reworded)


def _differ(*pairs: tuple[Any, Any]) -> ColumnElement[bool]:
    """Return the condition that the fingerprints of a pair differ. A missing one differs from every other.

    docs/decisions/0082: in this form SQLite reads the links in their order, and PostgreSQL expects few rows. Of `!=`
    and IS DISTINCT FROM it expects nearly all rows, and then compares them in one process.
    """
    return case((and_(*(one == other for one, other in pairs)), 0), else_=1) == 1


def _with_differing_copy(found: Any) -> Iterator[Select[int]]:
    """Yield statements that select links where a copy differs from the citation of an end.

    Only differences recorded since the review count. If there is no review, all count.
    """
    ends: tuple[tuple[Any, Any, Any], ...] = (
        (Measure, Measure.id, Link.measure_id),
        (Item, Item.id, Link.item_id),
        (ClauseExpression, ClauseExpression.clause_id, Link.clause_id),
    )
    for cites, end, of_link in ends:
        cited = select(Link.id).select_from(found).outerjoin(cites, cites.citation_id == found.c.citation_id)
        since = or_(LinkReview.id.is_(None), LinkReview.recorded_at < found.c.last)
        yield cited.outerjoin(Link, of_link == end).where(since)


def _last_difference(known_at: PastInstant | None) -> Any:
    """Select each citation that an attached copy differs from, with the instant when a difference was last recorded."""
    spans: Any = select(AttachedSpan.citation_id, func.max(instant_of_span()).label("last"))
    attached = spans.join_from(AttachedSpan, Attachment, Attachment.id == AttachedSpan.attachment_id)
    return differing_spans(attached, known_at).group_by(AttachedSpan.citation_id).cte("otherwise")


def _is_latest_review(known_at: PastInstant | None) -> ColumnElement[bool]:
    """Return the condition that joins each link to its latest review."""
    other = aliased(LinkReview)
    newest = select(func.max(other.id)).where(other.link_id == Link.id)
    if known_at is not None:
        newest = newest.where(known_by(other.recorded_at, known_at))
    return LinkReview.id == newest.correlate(Link).scalar_subquery()
