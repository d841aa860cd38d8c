"""Links of items that had another wording on an earlier day.

Links and reviews have no as-of day, so they count for every day. But a link or a review of a wording that came later
says nothing of the earlier one: with it, the link would be suspect on days on which nobody could doubt it.
"""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import func, select

from planner.queries.id_in import id_in
from planner.queries.links.reviews import LinkReviewView, read_reviews
from planner.register.reading import Reading
from planner.store.models import AuditEvent, Item, Link


def of_wordings_then(
    reading: Reading, links: Sequence[Link], reviews: Mapping[int, LinkReviewView]
) -> tuple[Sequence[Link], Mapping[int, LinkReviewView]]:
    """Return the links and their latest reviews, without those of items' wordings that came after the day."""
    reworded = {
        row_id
        for (table, row_id), values in reading.rollback.before.items()
        if table == Item.__tablename__ and values and values.keys() & {"title", "measure_id"}
    }
    ids = {link.id for link in links if link.item_id in reworded}
    if not ids:
        return links, reviews
    later = _drawn_later(reading, ids)
    then = {link: _by_the_day(reading, of_link) for link, of_link in read_reviews(reading, ids - later).items()}
    latest = {link: of_link[-1] for link, of_link in then.items() if of_link}
    others = {link: review for link, review in reviews.items() if link not in ids}
    return [link for link in links if link.id not in later], {**others, **latest}


def _by_the_day(reading: Reading, reviews: Sequence[LinkReviewView]) -> list[LinkReviewView]:
    return [review for review in reviews if reading.plan.day_at(review.recorded_at) <= reading.as_of]


def _drawn_later(reading: Reading, links: Collection[int]) -> set[int]:
    """Return those of the links that were recorded after the day."""
    first = (
        select(AuditEvent.row_id, func.min(AuditEvent.recorded_at))
        .where(AuditEvent.table_name == Link.__tablename__, id_in(reading.session, AuditEvent.row_id, links))
        .group_by(AuditEvent.row_id)
    )
    drawn = reading.session.execute(first)
    return {row_id for row_id, recorded_at in drawn if reading.plan.day_at(recorded_at) > reading.as_of}
