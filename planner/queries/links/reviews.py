"""Reviews of links: the decision, its author, instant and reason, and the fingerprints of both ends."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.domain.vocabulary import Coverage, LinkType, ReviewDecision
from planner.queries.id_in import dialect_of, ids_parameter, ids_value, is_among
from planner.register.instants import KNOWN_AT, known_by
from planner.register.point import known_at_values
from planner.register.reading import Reading
from planner.store.models import AuditEvent, LinkReview


@value_class
class LinkReviewView:
    """A review: its decision, the link's values from then on, and the reason as recorded in the audit log.

    The fingerprints are those of the ends that the reviewer saw.
    """

    id: int
    decision: ReviewDecision
    type: LinkType
    coverage: Coverage
    rationale: str
    reason: str | None
    near_fingerprint: str
    clause_fingerprint: str
    actor: str
    recorded_at: datetime


def latest_reviews(reading: Reading, links: Collection[int]) -> dict[int, LinkReviewView]:
    """Return the latest review of each link that has one, by link id, as known at an instant."""
    latest = {row.link_id: row for row in _rows(reading, links)}
    views = _views(reading.session, latest.values())
    return {link: views[row.id] for link, row in latest.items()}


def read_reviews(reading: Reading, links: Collection[int]) -> dict[int, tuple[LinkReviewView, ...]]:
    """Return all reviews of each link, oldest first, by link id. Links without a review are left out."""
    rows = _rows(reading, links)
    views, found = _views(reading.session, rows), defaultdict(list)
    for row in rows:
        found[row.link_id].append(views[row.id])
    return {link: tuple(reviews) for link, reviews in found.items()}


def _rows(reading: Reading, links: Collection[int]) -> list[LinkReview]:
    dialect = dialect_of(reading.session)
    values = {"ids": ids_value(dialect, links), **known_at_values(reading.known_at)}
    return list(reading.session.execute(_select_reviews(dialect, reading.known_at is not None), values).scalars())


@cache
def _select_reviews(dialect: str, in_past: bool) -> Select[LinkReview]:
    of_links = is_among(dialect, LinkReview.link_id, ids_parameter(dialect))
    wanted = select(LinkReview).where(of_links).order_by(LinkReview.id)
    return wanted.where(known_by(LinkReview.recorded_at, KNOWN_AT)) if in_past else wanted


def _views(session: Session, rows: Iterable[LinkReview]) -> dict[int, LinkReviewView]:
    chosen = {row.id: row for row in rows}
    reasons = _reasons(session, chosen)
    return {
        row.id: LinkReviewView(
            id=row.id,
            decision=row.decision,
            type=row.type,
            coverage=row.coverage,
            rationale=row.rationale,
            reason=reasons.get(row.id),
            near_fingerprint=row.near_fingerprint,
            clause_fingerprint=row.clause_fingerprint,
            actor=row.actor,
            recorded_at=row.recorded_at,
        )
        for row in chosen.values()
    }


def _reasons(session: Session, reviews: Collection[int]) -> dict[int, str | None]:
    """Return the reason of each review, by review id. The reasons are in the audit log only."""
    if not reviews:
        return {}
    dialect = dialect_of(session)
    events = session.execute(_select_events(dialect), {"ids": ids_value(dialect, reviews)})
    return {row: json.loads(body)["reason"] for row, body in events}


@cache
def _select_events(dialect: str) -> Select[int, bytes]:
    of_reviews = is_among(dialect, AuditEvent.row_id, ids_parameter(dialect))
    return select(AuditEvent.row_id, AuditEvent.body).where(
        AuditEvent.table_name == LinkReview.__tablename__, of_reviews
    )
