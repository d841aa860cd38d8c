"""What an auditor should see: what the texts themselves raise, and what is computed from the register."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import (
    Clause,
    Document,
    FindingSide,
    Item,
    Link,
    Mandate,
    Measure,
    PlanTotal,
    TextFinding,
    Theme,
    Unlinked,
)
from planner.queries.citations import CitationView, read_citations
from planner.queries.inventory import read_held, shortfalls
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.queries.register import read_register
from planner.queries.views import ItemView
from planner.vocabulary import ComputedFinding, FindingKind


@dataclass(frozen=True)
class SideView:
    """One side of a finding: the place that shows it, or (`lacks`) the place that does not have it.

    `clause` is mandate:key, `theme` a number, `measure` a code; each is None where the side is about something else.
    """

    label: str
    lacks: bool
    document: str | None
    clause: str | None
    theme: int | None
    measure: str | None
    citation: CitationView | None


@dataclass(frozen=True)
class FindingView:
    """A finding. `subject` names what it is about: a text finding's key, a measure, a clause, a total or an item."""

    kind: FindingKind | ComputedFinding
    subject: str
    statement: str
    sides: tuple[SideView, ...] = ()


@dataclass(frozen=True)
class _Register:
    """What the computed findings look at."""

    session: Session
    plan: PlanView
    point: Point
    mandates: Sequence[Mandate]
    measures: Sequence[Measure]


def read_findings(
    session: Session, plan: PlanView, point: Point, kind: FindingKind | ComputedFinding | None = None
) -> list[FindingView]:
    """All findings, or those of one kind: first what the texts raise, then what is computed, kind by kind."""
    found = [] if isinstance(kind, ComputedFinding) else _text_findings(session, kind)
    register = _Register(
        session,
        plan,
        point,
        session.execute(select(Mandate).order_by(Mandate.id)).scalars().all(),
        session.execute(select(Measure).where(Measure.plan_id == plan.id).order_by(Measure.position)).scalars().all(),
    )
    for computed, compute in _COMPUTED.items():
        if kind in (None, computed):
            found.extend(compute(register))
    return found


def read_clause_findings(session: Session, plan: PlanView, point: Point) -> dict[str, tuple[FindingView, ...]]:
    """Per clause (mandate:key), its findings: those with a side in it, and that nothing is linked to it."""
    found: dict[str, list[FindingView]] = defaultdict(list)
    for finding in _text_findings(session, None):
        for clause in dict.fromkeys(side.clause for side in finding.sides if side.clause):
            found[clause].append(finding)
    for finding in read_findings(session, plan, point, ComputedFinding.CLAUSE_WITHOUT_MEASURE):
        found[finding.subject].append(finding)
    return {clause: tuple(findings) for clause, findings in found.items()}


def _text_findings(session: Session, kind: FindingKind | None) -> list[FindingView]:
    statement = select(TextFinding).order_by(TextFinding.id)
    if kind is not None:
        statement = statement.where(TextFinding.kind == kind.value)
    findings = session.execute(statement).scalars().all()
    sides = _sides(session, [finding.id for finding in findings])
    return [
        FindingView(FindingKind(finding.kind), finding.key, finding.statement, tuple(sides[finding.id]))
        for finding in findings
    ]


def _sides(session: Session, finding_ids: Sequence[int]) -> dict[int, list[SideView]]:
    rows = session.execute(
        select(FindingSide, Document.key, Mandate.key, Clause.key, Theme.number, Measure.code)
        .join(Document, Document.id == FindingSide.document_id)
        .outerjoin(Clause, Clause.id == FindingSide.clause_id)
        .outerjoin(Mandate, Mandate.id == Clause.mandate_id)
        .outerjoin(Theme, Theme.id == FindingSide.theme_id)
        .outerjoin(Measure, Measure.id == FindingSide.measure_id)
        .where(FindingSide.finding_id.in_(finding_ids))
        .order_by(FindingSide.finding_id, FindingSide.position)
    ).all()
    citations = read_citations(session, [side.citation_id for side, *_ in rows])
    sides: dict[int, list[SideView]] = defaultdict(list)
    for side, document, mandate, clause, theme, measure in rows:
        sides[side.finding_id].append(
            SideView(
                label=side.label,
                lacks=side.lacks,
                document=document,
                clause=f"{mandate}:{clause}" if clause else None,
                theme=theme,
                measure=measure,
                citation=citations.get(side.citation_id) if side.citation_id else None,
            )
        )
    return sides


def _measures_without_clause(register: _Register) -> Iterator[FindingView]:
    """A measure that no clause of a mandate version is linked to, once per version, with the reason on record."""
    session = register.session
    linked = {
        (measure, mandate)
        for measure, mandate in session.execute(
            select(Link.measure_id, Clause.mandate_id).join(Clause, Clause.id == Link.clause_id)
        )
    }
    reasons = {(row.measure_id, row.mandate_id): row.reason for row in session.execute(select(Unlinked)).scalars()}
    for mandate in register.mandates:
        without = [measure for measure in register.measures if (measure.id, mandate.id) not in linked]
        sides = _measure_sides(session, without)
        for measure in without:
            reason = reasons.get((measure.id, mandate.id), "No reason is on record.")
            yield FindingView(
                ComputedFinding.MEASURE_WITHOUT_CLAUSE,
                f"{measure.code} in {mandate.key}",
                f"No clause of {mandate.key} covers '{measure.title}'. {reason}",
                (sides[measure.id],),
            )


def _measure_sides(session: Session, measures: Iterable[Measure]) -> dict[int, SideView]:
    """A measure as the one side of a finding, with what it restates."""
    chosen = list(measures)
    citations = read_citations(session, [measure.citation_id for measure in chosen])
    themes = {row.id: row.number for row in session.execute(select(Theme)).scalars()}
    sides = {}
    for measure in chosen:
        citation = citations.get(measure.citation_id) if measure.citation_id else None
        sides[measure.id] = SideView(
            label=measure.title,
            lacks=False,
            document=citation.document if citation else None,
            clause=None,
            theme=themes.get(measure.theme_id) if measure.theme_id else None,
            measure=measure.code,
            citation=citation,
        )
    return sides


def _clauses_without_measure(register: _Register) -> Iterator[FindingView]:
    """A clause that nothing of the plan is linked to; one that only gathers sub-clauses is served through them."""
    session = register.session
    measures = {measure.id for measure in register.measures}
    items = set(session.execute(select(Item.id).where(Item.plan_id == register.plan.id)).scalars())
    links = session.execute(select(Link)).scalars()
    served = {link.clause_id for link in links if link.measure_id in measures or link.item_id in items}
    clauses = session.execute(select(Clause).order_by(Clause.mandate_id, Clause.position)).scalars().all()
    served |= {clause.parent_id for clause in clauses if clause.id in served and clause.parent_id}
    keys = {mandate.id: mandate.key for mandate in register.mandates}
    for clause in clauses:
        if clause.id not in served:
            yield FindingView(
                ComputedFinding.CLAUSE_WITHOUT_MEASURE,
                f"{keys[clause.mandate_id]}:{clause.key}",
                f"No measure of the plan is linked to this clause. {clause.restatement}",
            )


def _measures_without_items(register: _Register) -> Iterator[FindingView]:
    with_items = set(register.session.execute(select(Item.measure_id).distinct()).scalars())
    without = [measure for measure in register.measures if measure.id not in with_items]
    sides = _measure_sides(register.session, without)
    for measure in without:
        whose = "of a theme" if measure.theme_id else "of the plan as a whole"
        yield FindingView(
            ComputedFinding.MEASURE_WITHOUT_ITEMS,
            measure.code,
            f"'{measure.title}' is a measure {whose}, and no item carries it out.",
            (sides[measure.id],),
        )


def _totals_that_differ(register: _Register) -> Iterator[FindingView]:
    session, plan = register.session, register.plan
    differing = shortfalls(plan, read_held(session, plan))
    totals = session.execute(select(PlanTotal).where(PlanTotal.plan_id == plan.id)).scalars().all()
    citations = read_citations(session, [total.citation_id for total in totals])
    for total in totals:
        if total.name in differing:
            said = differing[total.name]
            citation = citations.get(total.citation_id) if total.citation_id else None
            side = citation and SideView("The plan", False, citation.document, None, None, None, citation)
            yield FindingView(
                ComputedFinding.TOTAL_DIFFERS, total.name, f"{said[:1].upper()}{said[1:]}.", (side,) if side else ()
            )


def _contradicted_confidence(register: _Register) -> Iterator[FindingView]:
    for item in read_register(register.session, register.plan, register.point):
        if item.contradiction:
            yield FindingView(ComputedFinding.CONFIDENCE_CONTRADICTED, item.code, _contradiction_in_words(item))


def _contradiction_in_words(item: ItemView) -> str:
    reported = f" on {item.last.as_of}" if item.last else ""
    return (
        f"'{item.title}' was rated green{reported}, and is {item.schedule.value.replace('_', ' ')}: "
        f"{item.actual or 0.0:.0f} % done, {item.expected:.0f} % expected, due {item.current_due}."
    )


# How each kind is computed, in the order in which they are listed.
_COMPUTED: dict[ComputedFinding, Callable[[_Register], Iterable[FindingView]]] = {
    ComputedFinding.MEASURE_WITHOUT_CLAUSE: _measures_without_clause,
    ComputedFinding.CLAUSE_WITHOUT_MEASURE: _clauses_without_measure,
    ComputedFinding.MEASURE_WITHOUT_ITEMS: _measures_without_items,
    ComputedFinding.TOTAL_DIFFERS: _totals_that_differ,
    ComputedFinding.CONFIDENCE_CONTRADICTED: _contradicted_confidence,
}
