"""Traces: from an item to its clauses in every mandate version, and from a clause to its items."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from planner.base.errors import UnknownNameError, unknown_name
from planner.base.language import later, tr
from planner.base.views import value_class
from planner.domain.codes import canonical_key
from planner.domain.vocabulary import Basis, Coverage, LinkState, LinkType
from planner.queries.chosen import items_among
from planner.queries.id_in import dialect_of
from planner.queries.items.register import read_item, read_items
from planner.queries.items.views import ItemView
from planner.queries.links.reviews import LinkReviewView
from planner.queries.links.standing import LinkStanding, read_links, reasons_not_holding
from planner.queries.mandates.citations import CitationView, read_citations
from planner.queries.mandates.clause_views import ClauseView, TextFindingView, findings_about, read_clauses
from planner.queries.mandates.clauses import named_mandates
from planner.queries.mandates.versions import versions_of_plan
from planner.register.reading import Reading
from planner.store.models import (
    Base,
    Clause,
    Expression,
    FindingSide,
    Item,
    Link,
    Mandate,
    Measure,
    TextFinding,
    Theme,
    Unlinked,
)

_Row = TypeVar("_Row", bound=Base)


@value_class
class LinkSummary:
    """What is known about a link, seen from either end: type, coverage, rationale and review state.

    `review` is the latest review, or None. `suspect` has a phrase for each end that changed since the link was reviewed
    or made.
    """

    name: str
    type: LinkType
    coverage: Coverage
    rationale: str
    state: LinkState
    review: LinkReviewView | None
    suspect: tuple[str, ...]


@value_class
class LinkView(LinkSummary):
    """A link seen from its measure or item, with the clause at its other end."""

    of_item: bool
    clause: ClauseView


@value_class
class MandateTrace:
    """The links of a measure to one mandate version that hold, or the reason why there are none.

    `suggested` has the names of the links that the program suggested and nobody has reviewed.
    """

    mandate: str
    title: str
    in_force: bool
    links: tuple[LinkView, ...]
    suggested: tuple[str, ...]
    without: str | None


@value_class
class MeasureView:
    """A measure: the published commitment, restated, with its citation."""

    code: str
    title: str
    restatement: str
    basis: Basis
    theme: int | None
    citation: CitationView | None


@value_class
class ItemTrace:
    """An item, its measure if it has one, and their clauses in every mandate version.

    `findings` are the findings about official texts that concern the measure. Findings about a clause are listed with
    the clause, except those that concern other measures or themes. Findings about the theme alone are left out, because
    they would appear with every item of the theme.
    """

    item: ItemView
    measure: MeasureView | None
    mandates: tuple[MandateTrace, ...]
    findings: tuple[TextFindingView, ...]


@value_class
class MeasureLink(LinkSummary):
    """A link seen from its clause, with its measure and that measure's items."""

    measure: MeasureView
    items: tuple[ItemView, ...]


@value_class
class ItemLink(LinkSummary):
    """A link seen from its clause, with the item that is linked directly."""

    item: ItemView


@value_class
class ClauseTrace:
    """A clause, the measures linked to it with their items, and the items linked to it directly.

    `suggested` has the names of the plan's links that the program suggested and nobody has reviewed.
    """

    clause: ClauseView
    links: tuple[MeasureLink, ...]
    item_links: tuple[ItemLink, ...]
    suggested: tuple[str, ...]


def trace_item(reading: Reading, code: str, mandate: str | None = None) -> ItemTrace:
    """Return the trace of an item to its clauses, in all mandate versions or only in `mandate`.

    Raises UnknownNameError if there is no such item or version.
    """
    item = read_item(reading, code)
    own_measure = select(Measure).where(Measure.plan_id == reading.plan.id, Measure.code == item.measure)
    measure = next(iter(_then(reading, own_measure)), None)
    wanted = named_mandates(versions_of_plan(reading), mandate, reading.plan.waiting)
    own = Link.item_id == item.id
    links = _links(reading, or_(Link.measure_id == measure.id, own) if measure else own)
    clauses = _linked_clauses(reading, measure, links)
    reasons = _reasons_without(reading, measure) if measure else {}
    return ItemTrace(
        item=item,
        measure=_measure_views(reading, [measure])[measure.id] if measure else None,
        mandates=tuple(
            _mandate_trace(reading, version, links, clauses, without=reasons.get(version.id)) for version in wanted
        ),
        findings=findings_about(reading, FindingSide.measure_id == measure.id) if measure else (),
    )


def trace_clause(reading: Reading, clause: str, mandate: str | None = None) -> ClauseTrace:
    """Return the trace of a clause to its items. `clause` is mandate:clause, or a key of the plan's own version.

    Raises UnknownNameError if there is no such clause or version.
    """
    found = _clause_named(reading, clause, mandate)
    linked = _links(reading, Link.clause_id == found.id)
    links = [link for link in linked if link.holds and not link.of_item]
    ends = select(Measure).where(Measure.plan_id == reading.plan.id, Measure.id.in_([link.near.id for link in links]))
    rows = _then(reading, ends)
    measures, items = _measure_views(reading, rows), _items_of(reading, rows)
    return ClauseTrace(
        clause=read_clauses(reading, [found])[0],
        links=tuple(
            MeasureLink(**_summary(link), measure=measures[link.near.id], items=tuple(items[link.near.name]))
            for link in links
            if link.near.id in measures
        ),
        item_links=tuple(_item_links(reading, linked)),
        suggested=tuple(link.name for link in linked if link.suggested),
    )


def _clause_named(reading: Reading, clause: str, mandate: str | None) -> Clause:
    version, _, key = canonical_key(clause).rpartition(":")
    if version and mandate and version != canonical_key(mandate):
        raise UnknownNameError(
            tr("'{clause}' is in another version than {mandate}", clause=clause, mandate=mandate),
            where="CLAUSE",
            do=tr("Give the version only once"),
        )
    chosen = named_mandates(
        versions_of_plan(reading), mandate or version or reading.plan.mandate, reading.plan.waiting
    )[0]
    found = reading.session.execute(
        select(Clause).where(Clause.mandate_id == chosen.id, Clause.key == key)
    ).scalar_one_or_none()
    if found is None:
        raise UnknownNameError(
            tr("the mandate version '{key}' has no clause '{clause}'", key=chosen.key, clause=key),
            where="CLAUSE",
            do=_clause_range(reading.session, chosen),
            by_field="mandate",
        )
    return found


def _item_links(reading: Reading, links: Sequence[LinkStanding]) -> Iterator[ItemLink]:
    """Yield the links that lead directly from an item of the plan and were not rejected."""
    own = [link for link in links if link.holds and link.of_item]
    codes = [link.near.name for link in own]
    items = {item.code: item for item in (read_items(reading, codes) if codes else [])}
    for link in own:
        if link.near.name in items:
            yield ItemLink(**_summary(link), item=items[link.near.name])


def _then(reading: Reading, statement: Select[_Row]) -> list[_Row]:
    """Return the rows that a statement selects, as they were at the point in time."""
    return reading.rollback.rows(list(reading.session.execute(statement).scalars()))


def _links(reading: Reading, wanted: ColumnElement[bool]) -> tuple[LinkStanding, ...]:
    """Return the links that meet a condition, including rejected ones."""
    ids = reading.session.execute(select(Link.id).where(wanted)).scalars().all()
    return read_links(reading, ids=ids)


def _summary(link: LinkStanding) -> dict[str, Any]:
    """Return the fields of `LinkSummary` for a link, as keyword arguments."""
    return {
        "name": link.name,
        "type": link.type,
        "coverage": link.coverage,
        "rationale": link.rationale,
        "state": link.state,
        "review": link.review,
        "suspect": tuple(end.why for end in link.suspect),
    }


def _clause_range(session: Session, mandate: Mandate) -> str:
    """Return the first and last clause of a version, as a hint for an error."""
    keys = select(Clause.key).where(Clause.mandate_id == mandate.id).order_by(Clause.position)
    found = session.execute(keys).scalars().all()
    return (
        tr("This version has {first} to {last}; the clause may be in another version", first=found[0], last=found[-1])
        if found
        else tr("This version has no clauses; the clause may be in another version")
    )


def check_language(session: Session, language: str) -> None:
    """Raise UnknownNameError if no mandate version has a text in this language."""
    known = sorted(set(session.execute(select(Expression.language)).scalars()))
    if language not in known:
        raise unknown_name(
            tr("no mandate version has a text in '{language}'", language=language),
            later("languages"),
            known,
            where="language",
        )


def _items_of(reading: Reading, measures: Sequence[Measure]) -> dict[str, list[ItemView]]:
    ids = {measure.id for measure in measures}
    # An item that an act moved later may have belonged to one of the measures on the day.
    moved = items_among(reading.session, (row_id for table, row_id in reading.rollback.before if table == "item"))
    candidates = or_(Item.measure_id.in_(ids), moved.condition(dialect_of(reading.session)))
    rows = list(reading.session.execute(select(Item).where(candidates), moved.values).scalars())
    codes = [row.code for row in reading.rollback.rows(rows) if row.measure_id in ids]
    items: dict[str, list[ItemView]] = defaultdict(list)
    for item in read_items(reading, codes) if codes else []:
        items[item.measure or ""].append(item)
    return items


def _linked_clauses(reading: Reading, measure: Measure | None, links: Sequence[LinkStanding]) -> list[ClauseView]:
    """Return the clauses of all versions that these links lead to, in order. Rejected links are ignored."""
    ids = [link.clause.id for link in links if link.holds]
    if not ids:
        return []
    ends = select(Clause).where(Clause.id.in_(ids)).order_by(Clause.position)
    clauses = read_clauses(reading, reading.session.execute(ends).scalars().all())
    return _without_unrelated_findings(reading.session, measure, clauses)


def _reasons_without(reading: Reading, measure: Measure) -> dict[int, str]:
    """Return the reasons why versions have no clause for a measure, by the version's id."""
    rows = _then(reading, select(Unlinked).where(Unlinked.measure_id == measure.id))
    return {row.mandate_id: row.reason for row in rows}


def _mandate_trace(
    reading: Reading,
    version: Mandate,
    links: Sequence[LinkStanding],
    clauses: Sequence[ClauseView],
    *,
    without: str | None,
) -> MandateTrace:
    """Return the links of a measure to one version. `clauses` are the linked clauses of all versions."""
    mine = [link for link in links if link.mandate == version.key]
    holding = [link for link in mine if link.holds]
    return MandateTrace(
        mandate=version.key,
        title=version.title,
        in_force=version.key == reading.plan.mandate,
        links=tuple(
            LinkView(**_summary(link), of_item=link.of_item, clause=view)
            for view in clauses
            for link in holding
            if link.clause.id == view.id
        ),
        suggested=tuple(link.name for link in mine if link.suggested),
        without=without if holding else reasons_not_holding(mine) or without,
    )


def _without_unrelated_findings(
    session: Session, measure: Measure | None, clauses: Sequence[ClauseView]
) -> list[ClauseView]:
    """Return the clauses, each without its findings that concern only other measures or themes."""
    if measure is None:
        return list(clauses)
    sides = (
        select(TextFinding.key, FindingSide.measure_id, FindingSide.theme_id)
        .join(FindingSide, FindingSide.finding_id == TextFinding.id)
        .where(or_(FindingSide.measure_id.is_not(None), FindingSide.theme_id.is_not(None)))
    )
    about: dict[str, bool] = {}
    for key, measure_id, theme_id in session.execute(sides):
        own = measure_id == measure.id if measure_id is not None else theme_id == measure.theme_id
        about[key] = about.get(key, False) or own
    return [
        replace(clause, findings=tuple(finding for finding in clause.findings if about.get(finding.key, True)))
        for clause in clauses
    ]


def _measure_views(reading: Reading, measures: Sequence[Measure]) -> dict[int, MeasureView]:
    citations = read_citations(reading.session, [measure.citation_id for measure in measures], reading.known_at)
    themes = {row.id: row.number for row in reading.session.execute(select(Theme)).scalars()}
    return {
        measure.id: MeasureView(
            code=measure.code,
            title=measure.title,
            restatement=measure.restatement,
            basis=measure.basis,
            theme=themes.get(measure.theme_id) if measure.theme_id else None,
            citation=citations.get(measure.citation_id) if measure.citation_id else None,
        )
        for measure in measures
    }
