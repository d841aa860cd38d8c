"""Findings about the official texts, as recorded by the readers who compared the texts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from planner.domain.vocabulary import FindingKind, FindingSubject
from planner.queries.findings.known_register import KnownRegister, about_measure
from planner.queries.findings.views import About, FindingView, SideView
from planner.queries.mandates.text_ranks import DEFAULT, read_text_ranks
from planner.store.models import FindingSide, TextFinding

_ORDER = list(FindingKind)


def text_findings(register: KnownRegister, kind: FindingKind | None = None) -> Iterator[FindingView]:
    """Yield the findings about the official texts, with their sides, ordered by kind; only one kind if it is given."""
    wanted = [row for row in register.known_rows(TextFinding) if kind in (None, row.kind)]
    places = _sides(register, {finding.id for finding in wanted})
    found = [row for row in wanted if not any(_is_foreign(register, side) for side in places[row.id])]
    views = _side_views(register, [side for finding in found for side in places[finding.id]])
    ranks = read_text_ranks(register.session)
    for finding in sorted(found, key=lambda row: (_ORDER.index(row.kind), row.id)):
        sides = places[finding.id]
        yield FindingView(
            finding.kind,
            finding.key,
            finding.statement,
            _about(register, sides[0]) if sides else _about_plan(register),
            tuple(views[side.id] for side in sides),
            rank=ranks.get(finding.id, DEFAULT),
        )


def _sides(register: KnownRegister, finding_ids: set[int]) -> dict[int, list[FindingSide]]:
    sides: dict[int, list[FindingSide]] = defaultdict(list)
    for side in sorted(register.known_rows(FindingSide), key=lambda row: row.position):
        if side.finding_id in finding_ids:
            sides[side.finding_id].append(side)
    return sides


def _is_foreign(register: KnownRegister, side: FindingSide) -> bool:
    """Return whether a side is a clause, theme or measure that concerns only other plans."""
    if side.clause_id is not None and side.clause_id not in register.clauses:
        return True
    if side.measure_id is not None and side.measure_id not in register.measures:
        return side.measure_id in register.measures_of_other_plans
    theme = register.themes.get(side.theme_id) if side.theme_id is not None else None
    return theme is not None and theme.plan_id != register.plan.id


def _side_views(register: KnownRegister, sides: Iterable[FindingSide]) -> dict[int, SideView]:
    chosen = list(sides)
    citations = register.citations([side.citation_id for side in chosen])
    return {
        side.id: SideView(
            label=side.label,
            lacks=side.lacks,
            document=register.documents[side.document_id].key,
            clause=register.reference(register.clauses[side.clause_id]) if side.clause_id else None,
            theme=register.themes[side.theme_id].number if side.theme_id else None,
            measure=register.measures[side.measure_id].code if side.measure_id in register.measures else None,
            citation=citations.get(side.citation_id) if side.citation_id else None,
        )
        for side in chosen
    }


def _about(register: KnownRegister, side: FindingSide) -> About:
    """Return the subject of a finding about the official texts, given the finding's first side."""
    if side.clause_id is not None:
        return register.about_clause(register.clauses[side.clause_id])
    if side.measure_id in register.measures:
        return about_measure(register.measures[side.measure_id])
    if side.theme_id is not None:
        theme = register.themes[side.theme_id]
        return About(FindingSubject.THEME, str(theme.number), theme.title)
    document = register.documents[side.document_id]
    return About(FindingSubject.DOCUMENT, document.key, document.title)


def _about_plan(register: KnownRegister) -> About:
    return About(FindingSubject.PLAN, register.plan.key, register.plan.title)
