"""From an item to the clauses it stands on and across to the other version; from a clause down to its items."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from planner.errors import UnknownNameError
from planner.models import Clause, Expression, FindingSide, Item, Link, Mandate, Measure, Theme, Unlinked
from planner.queries.citations import CitationView, read_citations
from planner.queries.clause_views import ClauseView, TextFindingView, findings_about, read_clauses
from planner.queries.clauses import named_mandates
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.queries.register import read_item, read_register
from planner.queries.views import ItemView
from planner.texts import askable
from planner.vocabulary import Basis, Coverage, LinkType


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
        findings=findings_about(session, FindingSide.measure_id == measure.id, FindingSide.theme_id == theme),
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
    return named_mandates(session.execute(select(Mandate)).scalars().all(), key)


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
