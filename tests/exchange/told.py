"""What exported files must tell of rows and links, in a form that does not depend on the format."""

from typing import NamedTuple

from planner.exchange.mapped import Mapped
from planner.store.journal import encoded


class ToldRow(NamedTuple):
    """A row of the crosswalk."""

    before: str
    after: str
    from_key: str | None
    to_key: str | None
    lineage: str
    relation: str
    rationale: str


class ToldLink(NamedTuple):
    """A link as it stands."""

    near: str
    basis: str
    clause: str
    type: str
    coverage: str
    state: str
    rationale: str
    pinned: tuple[str, str]
    review: tuple[str | None, ...]


class ToldGap(NamedTuple):
    """A measure that stands on no clause of a version, and why."""

    code: str
    mandate: str
    reason: str


def rows_of(mapped: Mapped) -> set[ToldRow]:
    """The rows that were exported."""
    return {
        ToldRow(row.before, row.after, row.from_key, row.to_key, row.lineage.value, row.relation.value, row.rationale)
        for row in mapped.rows
    }


def links_of(mapped: Mapped) -> set[ToldLink]:
    """The links that were exported."""
    return {
        ToldLink(
            near=link.near.name,
            basis=next(near.basis.value for near in mapped.sources if near.code == link.near.name),
            clause=link.clause.name,
            type=link.type.value,
            coverage=link.coverage.value,
            state=link.state.value,
            rationale=link.rationale,
            pinned=(link.near.pinned, link.clause.pinned),
            review=(
                (link.review.decision.value, link.review.actor, encoded(link.review.recorded_at), link.review.reason)
                if link.review
                else (None, None, None, None)
            ),
        )
        for link in mapped.links
    }


def gaps_of(mapped: Mapped) -> set[ToldGap]:
    """The measures without a clause that were exported."""
    return {ToldGap(one.code, one.mandate, one.reason) for one in mapped.unlinked}
