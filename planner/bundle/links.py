"""Loads links from measures to clauses, and findings in the official texts."""

from typing import Any

from sqlalchemy import select

from planner.bundle import forms
from planner.bundle.loading import BundleLoad
from planner.bundle.seeder import UnstoredValue
from planner.queries.mandates.text_ranks import DEFAULT, FIELD
from planner.store.models import FindingSide, Link, TextFinding, Unlinked


def put_links(loading: BundleLoad) -> None:
    """Load the links that nobody has added before, and the reasons why measures are not covered by any clause."""
    ends = select(Link.measure_id, Link.clause_id).where(Link.measure_id.is_not(None))
    existing = {tuple(pair) for pair in loading.seeder.journal.session.execute(ends)}
    for form in loading.bundle.links:
        measure, clause = loading.measures[form.measure], loading.clauses[form.mandate, form.clause]
        name = f"{loading.plan.key}:{form.measure}>{form.mandate}:{form.clause}"
        if (measure.id, clause.id) in existing and not loading.seeder.knows(Link, name):
            # A person added this link, or the program suggested it.
            loading.seeder.counts.kept.append(f"link {name}")
            continue
        loading.seeder.put(
            Link,
            name,
            {
                "measure_id": measure.id,
                "clause_id": clause.id,
                "type": form.type,
                "coverage": form.coverage,
                "rationale": form.rationale,
            },
            once={"near_fingerprint": measure.fingerprint, "clause_fingerprint": clause.fingerprint},
        )
    for without in loading.bundle.without_clause:
        loading.seeder.put(
            Unlinked,
            f"{loading.plan.key}:{without.measure}>{without.mandate}",
            {
                "measure_id": loading.measures[without.measure].id,
                "mandate_id": loading.mandates[without.mandate].id,
                "reason": without.why,
            },
        )
    loading.seeder.flush()


def put_findings(loading: BundleLoad) -> None:
    """Load the findings, each with the texts that it compares."""
    for form in loading.bundle.findings:
        values = {"key": form.key, "kind": form.kind, "statement": form.statement}
        rank = UnstoredValue(FIELD, form.rank.value, default=DEFAULT.value)
        finding = loading.seeder.put(TextFinding, form.key, values, note=rank)
        loading.seeder.flush()
        for position, side in enumerate(form.sides, 1):
            loading.seeder.put(FindingSide, f"{form.key}:{position}", _side_values(loading, finding, position, side))
    loading.seeder.flush()


def _side_values(loading: BundleLoad, finding: TextFinding, position: int, side: forms.SideForm) -> dict[str, Any]:
    document = side.document or (side.citation.document if side.citation else "")
    return {
        "finding_id": finding.id,
        "position": position,
        "label": side.label,
        "lacks": side.lacks,
        "document_id": loading.documents[document].id,
        "citation_id": loading.cite(side.citation),
        "clause_id": loading.clause_id(side.mandate, side.clause),
        "theme_id": loading.themes[side.theme].id if side.theme is not None else None,
        "measure_id": loading.measures[side.measure].id if side.measure is not None else None,
    }
