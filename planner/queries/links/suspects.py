"""Finds suspect links with one statement. planner.queries.links.standing defines which links are suspect.

To find the latest review of each link, SQLite is fastest with a correlated subquery, PostgreSQL with DISTINCT ON. The
outer joins to the ends make SQLite read the links in their order. It looks for the latest review only if a fingerprint
of the link or of one of its reviews is another one; PostgreSQL would take twice as long (docs/performance.md).
"""

from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, func, or_, select, union
from sqlalchemy.orm import aliased

from planner.domain.vocabulary import ReviewDecision
from planner.queries.id_in import dialect_of
from planner.queries.links.copies import differing_spans, instant_of_span
from planner.register.instants import PastInstant, known_at_parameter, known_by
from planner.register.point import known_at_values
from planner.register.reading import Reading
from planner.store.models import AttachedSpan, Attachment, Clause, ClauseExpression, Item, Link, LinkReview, Measure


def ids_of_suspects(reading: Reading) -> list[int]:
    """Return the ids of the suspect links of all plans.

    Reviews and copies are those known at the instant, but the wordings of the ends are the current ones.
    """
    statement = _select_suspects(dialect_of(reading.session), reading.known_at is not None)
    found = reading.session.execute(statement, known_at_values(reading.known_at)).scalars()
    return [number for number in found if number is not None]


@cache
def _select_suspects(dialect: str, in_past: bool) -> CompoundSelect[int]:
    known_at = known_at_parameter(in_past)
    review, of_link = _latest_review(dialect, known_at)
    parts = [_reworded(dialect, review), *_with_differing_copy(review, _last_difference(known_at))]
    holds = func.coalesce(review.decision, "") != ReviewDecision.REJECTED
    return union(*(part.outerjoin(review, of_link).where(holds) for part in parts))


def _reworded(dialect: str, review: Any) -> Select[int]:
    """Select the links with an end whose wording changed since the link was reviewed or made."""
    near = func.coalesce(review.near_fingerprint, Link.near_fingerprint)
    clause = func.coalesce(review.clause_fingerprint, Link.clause_fingerprint)
    reworded = _differing(near, clause)
    if dialect == "postgresql":
        return reworded
    # If no fingerprint of a link and its reviews differs, then the one that counts does not either.
    narrowed = union(_differing(Link.near_fingerprint, Link.clause_fingerprint), _reviewed_otherwise())
    return reworded.where(Link.id.in_(narrowed))


def _differing(near: Any, clause: Any) -> Select[int]:
    """Select the links with an end that has another fingerprint now than the given ones."""
    return (
        select(Link.id)
        .outerjoin(Clause, Clause.id == Link.clause_id)
        .outerjoin(Measure, Measure.id == Link.measure_id)
        .outerjoin(Item, Item.id == Link.item_id)
        .where(
            or_(
                # docs/decisions/0082: IS NOT lets SQLite read the links in their order.
                near.is_distinct_from(func.coalesce(Measure.fingerprint, Item.fingerprint)),
                clause.is_distinct_from(Clause.fingerprint),
            )
        )
    )


def _reviewed_otherwise() -> Select[int]:
    """Select the links with a review of other wordings than those under which the link was made."""
    seen = aliased(LinkReview)
    return (
        select(seen.link_id)
        .join(Link, Link.id == seen.link_id)
        .where(or_(seen.near_fingerprint != Link.near_fingerprint, seen.clause_fingerprint != Link.clause_fingerprint))
    )


def _with_differing_copy(review: Any, found: Any) -> Iterator[Select[int]]:
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
        since = or_(review.id.is_(None), review.recorded_at < found.c.last)
        yield cited.outerjoin(Link, of_link == end).where(since)


def _last_difference(known_at: PastInstant | None) -> Any:
    """Select each citation that an attached copy differs from, with the instant when a difference was last recorded."""
    spans: Any = select(AttachedSpan.citation_id, func.max(instant_of_span()).label("last"))
    attached = spans.join_from(AttachedSpan, Attachment, Attachment.id == AttachedSpan.attachment_id)
    return differing_spans(attached, known_at).group_by(AttachedSpan.citation_id).cte("otherwise")


def _latest_review(dialect: str, known_at: PastInstant | None) -> tuple[Any, ColumnElement[bool]]:
    """Return the latest reviews of the links, and the condition that joins them to the links."""
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import distinct_on  # imports two dozen modules that SQLite does not need

        newest_first = select(LinkReview).order_by(LinkReview.link_id, LinkReview.id.desc())
        if known_at is not None:
            newest_first = newest_first.where(known_by(LinkReview.recorded_at, known_at))
        review = aliased(LinkReview, newest_first.ext(distinct_on(LinkReview.link_id)).subquery())
        return review, review.link_id == Link.id
    other = aliased(LinkReview)
    newest = select(func.max(other.id)).where(other.link_id == Link.id)
    if known_at is not None:
        newest = newest.where(known_by(other.recorded_at, known_at))
    return LinkReview, LinkReview.id == newest.correlate(Link).scalar_subquery()
