"""Suggests links: for measures and items without a link, the clauses whose texts are most similar to their titles.

The likeness is the one by which clauses of two versions are compared (planner.mandates.likeness). It counts common
sequences of characters, so it works in every script and needs no translation, but it does not compare meanings.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select

from planner.base.views import value_class
from planner.domain.vocabulary import Coverage, LinkType
from planner.mandates.likeness import likenesses
from planner.queries.links.standing import read_links
from planner.queries.mandates.clause_views import ClauseView, read_clauses
from planner.queries.mandates.clauses import named_mandates
from planner.queries.mandates.versions import no_mandate
from planner.register.item_rows import is_item_of
from planner.register.reading import Reading
from planner.store.models import Clause, Item, Mandate, Measure
from planner.writes.new_links import NewLink

# The least likeness of a suggested link, in percent.
LEAST = 20
# How many clauses are suggested for one measure or item at most.
MOST = 3

_RESTATEMENT = ""


@value_class
class SuggestedLink:
    """A suggested link to a clause (as mandate:clause). `likeness` is in percent.

    `kind` is "item" or "measure", and `near` its code.
    """

    kind: str
    near: str
    title: str
    clause: str
    restatement: str
    likeness: int


@value_class
class _Near:
    code: str
    text: str


def suggest_links(
    reading: Reading, mandate: str | None = None, *, measures: bool = False, least: int = LEAST
) -> tuple[SuggestedLink, ...]:
    """Return the suggested links of items without a link to a mandate version, or of measures if `measures` is true.

    An item is also regarded as linked if its measure is. A link that was rejected is not suggested again, and neither
    is one that is already suggested. `mandate` is the version, or None for the version in force when the plan was
    made. Raises UnknownNameError if there is no such version.
    """
    if mandate is None and not reading.plan.has_mandate:
        raise no_mandate("", reading.plan.waiting)
    every = reading.session.execute(select(Mandate)).scalars().all()
    version = named_mandates(every, mandate or reading.plan.mandate, reading.plan.waiting)[0]
    rows = [row for row in reading.known_rows(Clause) if row.mandate_id == version.id]
    clauses = read_clauses(reading, sorted(rows, key=lambda row: row.position))
    links = [link for link in read_links(reading) if link.mandate == version.key]
    linked = {(link.near.kind, link.near.id) for link in links if link.holds}
    existing = {(link.near.kind, link.near.name, link.clause.id) for link in links}
    kind = "measure" if measures else "item"
    near = list(_measures(reading, linked) if measures else _items(reading, linked))
    return tuple(
        SuggestedLink(kind, one.code, one.text, clause.reference, clause.restatement, percent)
        for one, found in zip(near, _best(near, clauses), strict=True)
        for clause, percent in found
        if percent >= least and (kind, one.code, clause.id) not in existing
    )


def as_new_link(suggested: SuggestedLink) -> NewLink:
    """Return the link to add for a suggestion. It claims as little as possible, because only texts were compared."""
    rationale = f"Suggested by the program: likeness of the texts {suggested.likeness}%."
    return NewLink(
        suggested.near,
        suggested.clause,
        LinkType.SUPPORTS,
        Coverage.PARTIAL,
        rationale,
        of_measure=suggested.kind == "measure",
    )


def _measures(reading: Reading, linked: set[tuple[str, int]]) -> Iterator[_Near]:
    rows = [row for row in reading.known_rows(Measure) if row.plan_id == reading.plan.id]
    for row in sorted(rows, key=lambda row: row.position):
        if ("measure", row.id) not in linked:
            yield _Near(row.code, row.title)


def _items(reading: Reading, linked: set[tuple[str, int]]) -> Iterator[_Near]:
    statement = select(Item.id, Item.code, Item.title, Item.measure_id).where(is_item_of(reading.plan.id))
    for item_id, code, title, measure_id in reading.session.execute(statement.order_by(Item.position, Item.id)):
        if ("item", item_id) not in linked and ("measure", measure_id) not in linked:
            yield _Near(code, title)


def _best(near: Sequence[_Near], clauses: Sequence[ClauseView]) -> list[list[tuple[ClauseView, int]]]:
    """Return the most similar clauses of each measure or item with the likeness in percent, the best one first."""
    greatest: list[dict[int, float]] = [defaultdict(float) for _ in near]
    for texts in _texts_by_language(clauses).values():
        table = likenesses([one.text for one in near], list(texts.values()))
        for best, row in zip(greatest, table, strict=True):
            for clause_id, number in zip(texts, row, strict=True):
                best[clause_id] = max(best[clause_id], number)
    return [
        [(clause, int(100 * best[clause.id])) for clause in sorted(clauses, key=lambda clause: -best[clause.id])[:MOST]]
        for best in greatest
    ]


def _texts_by_language(clauses: Sequence[ClauseView]) -> Mapping[str, Mapping[int, str]]:
    """Return the restatements, and the attached texts by language, each by the id of the clause."""
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for clause in clauses:
        found[_RESTATEMENT][clause.id] = clause.restatement
        for text in clause.texts:
            if text.citation.text:
                found[text.language][clause.id] = text.citation.text
    return found
