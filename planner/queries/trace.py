"""From an item to the clauses it stands on and across to the other version; from a clause down to its items."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from planner.errors import UnknownNameError
from planner.models import (
    Clause,
    ClauseExpression,
    CrosswalkRow,
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
from planner.queries.citations import CitationView, read_citations
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.queries.register import read_item, read_register
from planner.queries.views import ItemView
from planner.texts import askable
from planner.vocabulary import Basis, Coverage, FindingKind, Lineage, LinkType, SetRelation


@dataclass(frozen=True)
class ClauseTextView:
    """A clause in one language, with the number printed there."""

    language: str
    number: str
    citation: CitationView


@dataclass(frozen=True)
class CrosswalkView:
    """One row of the crosswalk: what became of a clause (keys as mandate:clause; None where there is nothing)."""

    from_clause: str | None
    to_clause: str | None
    lineage: Lineage
    relation: SetRelation
    rationale: str


@dataclass(frozen=True)
class TextFindingView:
    """Something the texts themselves raise about a clause, a theme or a measure."""

    key: str
    kind: FindingKind
    statement: str


@dataclass(frozen=True)
class ClauseView:
    """A clause of a mandate version: restated, in its languages, with its crosswalk rows and findings."""

    id: int
    mandate: str
    mandate_title: str
    key: str
    parent: str | None
    restatement: str
    texts: tuple[ClauseTextView, ...]
    crosswalk: tuple[CrosswalkView, ...]
    findings: tuple[TextFindingView, ...]

    @property
    def reference(self) -> str:
        """The clause's name among all versions, such as merged:duty-5."""
        return f"{self.mandate}:{self.key}"


@dataclass(frozen=True)
class LinkView:
    """A measure, or an item by itself, stands on a clause: how, how far, and why one may say so."""

    type: LinkType
    coverage: Coverage
    rationale: str
    of_item: bool
    clause: ClauseView


@dataclass(frozen=True)
class MandateTrace:
    """What a measure stands on in one mandate version: its links, or the reason why there is none."""

    mandate: str
    title: str
    in_force: bool
    links: tuple[LinkView, ...]
    without: str | None


@dataclass(frozen=True)
class MeasureView:
    """What the published text commits to, restated, with its citation."""

    code: str
    title: str
    restatement: str
    basis: Basis
    theme: int | None
    citation: CitationView | None


@dataclass(frozen=True)
class ItemTrace:
    """An item, the measure it carries out, and what that stands on in every version of the mandate."""

    item: ItemView
    measure: MeasureView
    mandates: tuple[MandateTrace, ...]
    findings: tuple[TextFindingView, ...]


@dataclass(frozen=True)
class MeasureLink:
    """A measure that stands on a clause, and its items."""

    type: LinkType
    coverage: Coverage
    rationale: str
    measure: MeasureView
    items: tuple[ItemView, ...]


@dataclass(frozen=True)
class ClauseTrace:
    """A clause and everything behind it: the measures linked to it, each with its items."""

    clause: ClauseView
    links: tuple[MeasureLink, ...]


def trace_item(session: Session, plan: PlanView, point: Point, code: str, mandate: str | None = None) -> ItemTrace:
    """From an item to its clauses. `mandate` narrows to one version.

    Raises UnknownNameError for a code or a version that is not there.
    """
    item = read_item(session, plan, point, code)
    measure = session.execute(
        select(Measure).where(Measure.plan_id == plan.id, Measure.code == item.measure)
    ).scalar_one()
    wanted = _mandates(session, mandate)
    theme = session.execute(select(Theme.id).where(Theme.plan_id == plan.id, Theme.number == item.theme)).scalar_one()
    return ItemTrace(
        item=item,
        measure=_measure_views(session, [measure])[measure.id],
        mandates=tuple(_mandate_trace(session, plan, item, measure, version) for version in wanted),
        findings=_findings_about(session, measure_id=measure.id, theme_id=theme),
    )


def trace_clause(
    session: Session, plan: PlanView, point: Point, clause: str, mandate: str | None = None
) -> ClauseTrace:
    """From a clause down to its items. `clause` is a key, or mandate:key; a bare key is the plan's own version's.

    Raises UnknownNameError for a clause or a version that is not there.
    """
    version, _, key = askable(clause).rpartition(":")
    if version and mandate and version != mandate:
        raise UnknownNameError(
            f"'{clause}' names another version than --mandate {mandate}", where="CLAUSE", do="Leave one of the two out"
        )
    chosen = _mandates(session, mandate or version or plan.mandate)[0]
    found = session.execute(
        select(Clause).where(Clause.mandate_id == chosen.id, Clause.key == key)
    ).scalar_one_or_none()
    if found is None:
        raise UnknownNameError(
            f"the mandate version '{chosen.key}' has no clause '{key}'",
            where="CLAUSE",
            do=f"It has {_ends(session, chosen)}; another version is named with --mandate",
        )
    view = read_clauses(session, [found])[0]
    linked = session.execute(
        select(Link, Measure)
        .join(Measure, Measure.id == Link.measure_id)
        .where(Link.clause_id == found.id, Measure.plan_id == plan.id)
        .order_by(Measure.position)
    )
    pairs = list(linked)
    measures = _measure_views(session, [measure for _, measure in pairs])
    items = _items_of(session, plan, point, [measure for _, measure in pairs])
    return ClauseTrace(
        clause=view,
        links=tuple(
            MeasureLink(
                LinkType(link.type),
                Coverage(link.coverage),
                link.rationale,
                measures[measure.id],
                tuple(items[measure.code]),
            )
            for link, measure in pairs
        ),
    )


def _ends(session: Session, mandate: Mandate) -> str:
    """A version's first and last clause, as a hint."""
    keys = select(Clause.key).where(Clause.mandate_id == mandate.id).order_by(Clause.position)
    found = session.execute(keys).scalars().all()
    return f"{found[0]} to {found[-1]}" if found else "no clauses"


def check_language(session: Session, language: str) -> None:
    """Raise UnknownNameError for a language in which no mandate version has a text."""
    known = sorted(set(session.execute(select(Expression.language)).scalars()))
    if language not in known:
        raise UnknownNameError(
            f"no mandate version has a text in '{language}'", where="--lang", do=f"There is {', '.join(known)}"
        )


def _items_of(session: Session, plan: PlanView, point: Point, measures: Sequence[Measure]) -> dict[str, list[ItemView]]:
    ids = [measure.id for measure in measures]
    codes = list(session.execute(select(Item.code).where(Item.measure_id.in_(ids))).scalars())
    items: dict[str, list[ItemView]] = defaultdict(list)
    for item in read_register(session, plan, point, codes) if codes else []:
        items[item.measure].append(item)
    return items


def _mandates(session: Session, key: str | None) -> Sequence[Mandate]:
    """All versions, older first, or the one named."""
    versions = session.execute(select(Mandate).order_by(Mandate.id)).scalars().all()
    chosen = [version for version in versions if key in (None, version.key)]
    if not chosen:
        known = ", ".join(version.key for version in versions)
        raise UnknownNameError(f"there is no mandate version '{key}'", where="--mandate", do=f"There is {known}")
    return chosen


def _mandate_trace(
    session: Session, plan: PlanView, item: ItemView, measure: Measure, version: Mandate
) -> MandateTrace:
    rows = session.execute(
        select(Link, Clause)
        .join(Clause, Clause.id == Link.clause_id)
        .where(or_(Link.measure_id == measure.id, Link.item_id == item.id), Clause.mandate_id == version.id)
        .order_by(Clause.position)
    )
    pairs = list(rows)
    clauses = read_clauses(session, [clause for _, clause in pairs])
    without = session.execute(
        select(Unlinked.reason).where(Unlinked.measure_id == measure.id, Unlinked.mandate_id == version.id)
    ).scalar_one_or_none()
    return MandateTrace(
        mandate=version.key,
        title=version.title,
        in_force=version.key == plan.mandate,
        links=tuple(
            LinkView(LinkType(link.type), Coverage(link.coverage), link.rationale, link.item_id is not None, view)
            for (link, _), view in zip(pairs, clauses, strict=True)
        ),
        without=without,
    )


def _measure_views(session: Session, measures: Sequence[Measure]) -> dict[int, MeasureView]:
    citations = read_citations(session, [measure.citation_id for measure in measures])
    themes = {row.id: row.number for row in session.execute(select(Theme)).scalars()}
    return {
        measure.id: MeasureView(
            code=measure.code,
            title=measure.title,
            restatement=measure.restatement,
            basis=Basis(measure.basis),
            theme=themes.get(measure.theme_id) if measure.theme_id else None,
            citation=citations.get(measure.citation_id) if measure.citation_id else None,
        )
        for measure in measures
    }


def read_clauses(session: Session, clauses: Sequence[Clause]) -> list[ClauseView]:
    """The clauses in full, in the order given."""
    ids = [clause.id for clause in clauses]
    mandates = {row.id: row for row in session.execute(select(Mandate)).scalars()}
    references = {
        clause_id: f"{mandates[mandate_id].key}:{key}"
        for clause_id, mandate_id, key in session.execute(select(Clause.id, Clause.mandate_id, Clause.key))
    }
    texts = _texts(session, ids)
    return [
        ClauseView(
            id=clause.id,
            mandate=mandates[clause.mandate_id].key,
            mandate_title=mandates[clause.mandate_id].title,
            key=clause.key,
            parent=references[clause.parent_id] if clause.parent_id else None,
            restatement=clause.restatement,
            texts=tuple(texts[clause.id]),
            crosswalk=_crosswalk(session, clause.id, references),
            findings=_findings_about(session, clause_id=clause.id),
        )
        for clause in clauses
    ]


def _texts(session: Session, ids: Sequence[int]) -> dict[int, list[ClauseTextView]]:
    rows = session.execute(
        select(ClauseExpression, Expression.language)
        .join(Expression, Expression.id == ClauseExpression.expression_id)
        .where(ClauseExpression.clause_id.in_(ids))
        .order_by(Expression.id)
    )
    pairs = list(rows)
    citations = read_citations(session, [row.citation_id for row, _ in pairs])
    texts: dict[int, list[ClauseTextView]] = defaultdict(list)
    for row, language in pairs:
        texts[row.clause_id].append(ClauseTextView(language, row.printed_number, citations[row.citation_id]))
    return texts


def _crosswalk(session: Session, clause_id: int, references: dict[int, str]) -> tuple[CrosswalkView, ...]:
    rows = session.execute(
        select(CrosswalkRow)
        .where(or_(CrosswalkRow.from_clause_id == clause_id, CrosswalkRow.to_clause_id == clause_id))
        .order_by(CrosswalkRow.id)
    ).scalars()
    return tuple(
        CrosswalkView(
            from_clause=references[row.from_clause_id] if row.from_clause_id else None,
            to_clause=references[row.to_clause_id] if row.to_clause_id else None,
            lineage=Lineage(row.lineage),
            relation=SetRelation(row.relation),
            rationale=row.rationale,
        )
        for row in rows
    )


def _findings_about(
    session: Session, *, clause_id: int | None = None, measure_id: int | None = None, theme_id: int | None = None
) -> tuple[TextFindingView, ...]:
    """The findings of which one side is the clause, the measure or the theme."""
    sides = [
        column == value
        for column, value in (
            (FindingSide.clause_id, clause_id),
            (FindingSide.measure_id, measure_id),
            (FindingSide.theme_id, theme_id),
        )
        if value is not None
    ]
    rows = session.execute(
        select(TextFinding)
        .where(TextFinding.id.in_(select(FindingSide.finding_id).where(or_(*sides))))
        .order_by(TextFinding.id)
    ).scalars()
    return tuple(TextFindingView(row.key, FindingKind(row.kind), row.statement) for row in rows)
