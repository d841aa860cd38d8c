"""Loads a plan's checked data files into the register, in one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from planner.bundle import forms, references
from planner.bundle.reader import Bundle
from planner.bundle.seeder import Counts, Seeder
from planner.errors import SeedError
from planner.fingerprints import clause_fingerprint, item_fingerprint, measure_fingerprint
from planner.journal import Actor, Journal, writing
from planner.models import (
    Citation,
    Clause,
    ClauseExpression,
    CrosswalkRow,
    DerivationRule,
    Document,
    Expression,
    FindingSide,
    Goal,
    Indicator,
    Item,
    Link,
    Mandate,
    Measure,
    Milestone,
    Organisation,
    OrganisationName,
    Plan,
    PlanTotal,
    Responsibility,
    Target,
    TextFinding,
    Theme,
    Unlinked,
)
from planner.vocabulary import Basis, ItemKind, RuleKind

Progress = Callable[[str], None]

# The rule by which an item without dates of its own takes the plan's.
PLAN_YEAR_RULE = "plan-year"


@dataclass
class _Lead:
    """Who leads the items of a measure, and why."""

    organisation: str
    basis: Basis
    rule: str | None = None
    note: str | None = None
    supporting: list[str] = field(default_factory=list)


class _Loading:
    """One loading: what was put so far, by the names the data files use."""

    def __init__(self, bundle: Bundle, seeder: Seeder) -> None:
        self.bundle = bundle
        self.seeder = seeder
        self.documents: dict[str, Document] = {}
        self.citations: dict[tuple[str, int, int], Citation] = {}
        self.organisations: dict[str, Organisation] = {}
        self.mandates: dict[str, Mandate] = {}
        self.clauses: dict[tuple[str, str], Clause] = {}
        self.rules: dict[str, DerivationRule] = {}
        self.themes: dict[int, Theme] = {}
        self.measures: dict[str, Measure] = {}
        self.measure_forms = {form.code: form for form in bundle.measures}
        self.plan: Plan

    # Documents and citations

    def put_documents(self) -> None:
        for form in self.bundle.documents:
            self.documents[form.key] = self.seeder.put(Document, form.key, form.model_dump())
        self.seeder.flush()
        for citation in _citations(self.bundle):
            place = (citation.document, citation.start, citation.end)
            if place not in self.citations:
                self.citations[place] = self.seeder.put(
                    Citation,
                    f"{citation.document}:{citation.start}-{citation.end}",
                    {
                        "document_id": self.documents[citation.document].id,
                        "start_point": citation.start,
                        "end_point": citation.end,
                        "quoted_sha256": citation.quoted,
                        "normal_sha256": citation.normal,
                    },
                )
        self.seeder.flush()

    def cite(self, citation: forms.CitationForm | None) -> int | None:
        """The id of a citation that was put."""
        if citation is None:
            return None
        return self.citations[citation.document, citation.start, citation.end].id

    def based(self, form: forms.BasedForm) -> dict[str, Any]:
        """The basis of an entry as columns."""
        return {
            "basis": form.basis.value,
            "citation_id": self.cite(form.citation),
            "rule_id": self.rules[form.rule].id if form.rule else None,
        }

    # Organisations, mandates, rules

    def put_organisations(self) -> None:
        forms_by_need = sorted(self.bundle.organisations, key=lambda form: form.same_as is not None)
        for form in forms_by_need:
            self.organisations[form.key] = self.seeder.put(
                Organisation,
                form.key,
                {
                    "key": form.key,
                    "name": form.name,
                    "short_name": form.short,
                    "kind": form.kind.value,
                    "same_as_id": self.organisations[form.same_as].id if form.same_as else None,
                    "note": form.note,
                    "basis": form.basis.value,
                    "citation_id": self.cite(form.citation),
                },
            )
            self.seeder.flush()
            for language, name in form.names.items():
                values = {"organisation_id": self.organisations[form.key].id, "language": language, "name": name}
                self.seeder.put(OrganisationName, f"{form.key}:{language}", values)
        self.seeder.flush()

    def put_mandates(self) -> None:
        for file in self.bundle.mandates:
            form = file.mandate
            self.mandates[form.key] = self.seeder.put(
                Mandate,
                form.key,
                {
                    "key": form.key,
                    "title": form.title,
                    "restatement": form.restatement,
                    "body_id": self.organisations[form.body].id,
                    "also_body_id": self.organisations[form.also_body].id if form.also_body else None,
                    "supersedes_id": self.mandates[form.supersedes].id if form.supersedes else None,
                    "in_force_from": form.in_force_from,
                },
            )
            self.seeder.flush()
            self._put_clauses(file, self._put_expressions(form))

    def _put_expressions(self, form: forms.MandateForm) -> dict[str, Expression]:
        expressions = {
            expression.language: self.seeder.put(
                Expression,
                f"{form.key}:{expression.language}",
                {
                    "mandate_id": self.mandates[form.key].id,
                    "language": expression.language,
                    "document_id": self.documents[expression.document].id,
                },
            )
            for expression in form.expressions
        }
        self.seeder.flush()
        return expressions

    def _put_clauses(self, file: forms.MandateFile, expressions: dict[str, Expression]) -> None:
        mandate = self.mandates[file.mandate.key]
        for position, form in enumerate(file.clauses, 1):
            quoted = {language: text.citation.quoted for language, text in form.texts.items()}
            key = (file.mandate.key, form.key)
            self.clauses[key] = self.seeder.put(
                Clause,
                ":".join(key),
                {
                    "mandate_id": mandate.id,
                    "key": form.key,
                    "parent_id": self.clauses[file.mandate.key, form.parent].id if form.parent else None,
                    "position": position,
                    "restatement": form.restatement,
                    "fingerprint": clause_fingerprint(file.mandate.key, form.key, form.restatement, quoted),
                },
            )
            if form.parent is None:
                self.seeder.flush()
        self.seeder.flush()
        for form in file.clauses:
            for language, text in form.texts.items():
                self.seeder.put(
                    ClauseExpression,
                    f"{file.mandate.key}:{form.key}:{language}",
                    {
                        "mandate_id": mandate.id,
                        "clause_id": self.clauses[file.mandate.key, form.key].id,
                        "expression_id": expressions[language].id,
                        "printed_number": text.number,
                        "citation_id": self.cite(text.citation),
                    },
                )
        self.seeder.flush()

    def _clause_id(self, mandate: str | None, clause: str | None) -> int | None:
        return self.clauses[mandate, clause].id if mandate and clause else None

    def put_rules(self) -> None:
        for form in self.bundle.rules:
            self.rules[form.key] = self.seeder.put(
                DerivationRule,
                form.key,
                {
                    "key": form.key,
                    "kind": form.kind.value,
                    "statement": form.statement,
                    "organisation_id": self.organisations[form.organisation].id if form.organisation else None,
                    "clause_id": self._clause_id(form.mandate, form.clause),
                    "citation_id": self.cite(form.citation),
                },
            )
        self.seeder.flush()

    def put_crosswalks(self) -> None:
        for crosswalk in self.bundle.crosswalks:
            near, far = self.mandates[crosswalk.from_], self.mandates[crosswalk.to]
            for row in crosswalk.rows:
                self.seeder.put(
                    CrosswalkRow,
                    f"{crosswalk.from_}:{row.from_ or '-'}>{crosswalk.to}:{row.to or '-'}",
                    {
                        "from_mandate_id": near.id,
                        "to_mandate_id": far.id,
                        "from_clause_id": self._clause_id(crosswalk.from_, row.from_),
                        "to_clause_id": self._clause_id(crosswalk.to, row.to),
                        "lineage": row.lineage.value,
                        "relation": row.relation.value,
                        "rationale": row.rationale,
                    },
                )
        self.seeder.flush()

    # The plan

    def put_plan(self) -> None:
        file = self.bundle.plan
        form = file.plan
        self.plan = self.seeder.put(
            Plan,
            form.key,
            {
                **form.model_dump(include={"key", "title", "restatement", "year", "starts", "ends", "published"}),
                "time_zone": form.time_zone,
                "issuer_id": self.organisations[form.issuer].id,
                "mandate_id": self.mandates[form.mandate].id,
                **self.based(form),
            },
        )
        self.seeder.flush()
        for total in file.totals:
            values = {"plan_id": self.plan.id, "name": total.name, "value": total.value, **self.based(total)}
            self.seeder.put(PlanTotal, f"{form.key}:{total.name}", values)
        for goal in file.goals:
            self.seeder.put(Goal, f"{form.key}:{goal.number}", self._numbered(goal))
        for theme in file.themes:
            self.themes[theme.number] = self.seeder.put(Theme, f"{form.key}:{theme.number}", self._numbered(theme))
        self.seeder.flush()

    def _numbered(self, form: forms.NumberedForm) -> dict[str, Any]:
        return {
            "plan_id": self.plan.id,
            "number": form.number,
            "title": form.title,
            "restatement": form.restatement,
            **self.based(form),
        }

    def put_measures(self) -> None:
        for position, form in enumerate(self.bundle.measures, 1):
            quoted = form.citation.quoted if form.citation else None
            self.measures[form.code] = self.seeder.put(
                Measure,
                f"{self.plan.key}:{form.code}",
                {
                    "plan_id": self.plan.id,
                    "theme_id": self.themes[form.theme].id if form.theme else None,
                    "code": form.code,
                    "position": position,
                    "title": form.title,
                    "restatement": form.restatement,
                    **self.based(form),
                },
                derived=lambda row, quoted=quoted: {  # type: ignore[misc]
                    "fingerprint": measure_fingerprint(row.code, row.title, row.restatement, quoted)
                },
            )
        self.seeder.flush()

    # Items

    def put_items(self) -> None:
        leads = _leads(self.bundle)
        items: dict[str, Item] = {}
        for file, form in self.bundle.items:
            self._check_supporting(file, form, leads[form.measure])
            items[form.code] = self.seeder.put(
                Item,
                f"{self.plan.key}:{form.code}",
                self._item_values(form, leads[form.measure]),
                derived=lambda row, measure=form.measure: {  # type: ignore[misc]
                    "fingerprint": item_fingerprint(row.code, row.title, measure)
                },
            )
        self.seeder.flush()
        for _, form in self.bundle.items:
            self._put_parts(form, items[form.code], leads[form.measure])

    def _item_values(self, form: forms.ItemForm, lead: _Lead) -> dict[str, Any]:
        measure = self.measures[form.measure]
        dates_basis = Basis.WORKING if form.start else Basis.DERIVED
        return {
            "plan_id": self.plan.id,
            "theme_id": measure.theme_id,
            "measure_id": measure.id,
            "allocation_basis": Basis.WORKING.value,
            "code": form.code,
            "kind": (ItemKind.TASK if form.code.startswith("T-") else ItemKind.KEY_PROJECT).value,
            "title": form.title,
            "lead_id": self.organisations[lead.organisation].id,
            "lead_basis": lead.basis.value,
            "lead_rule_id": self.rules[lead.rule].id if lead.rule else None,
            "lead_note": lead.note,
            "starts": form.start or self.bundle.plan.plan.starts,
            "starts_basis": dates_basis.value,
            "starts_rule_id": None if form.start else self.rules[PLAN_YEAR_RULE].id,
            "baseline_due": self.bundle.plan.plan.ends,
            "due_basis": Basis.DERIVED.value,
            "due_rule_id": self.rules[PLAN_YEAR_RULE].id,
            "measured_by": form.measured_by.value,
            **self._item_basis(form),
        }

    def _item_basis(self, form: forms.ItemForm) -> dict[str, Any]:
        """A stated title stands on its measure's text unless it cites another place."""
        values = self.based(form)
        if form.basis is Basis.STATED and form.citation is None:
            values["citation_id"] = self.cite(self.measure_forms[form.measure].citation)
        return values

    def _check_supporting(self, file: str, form: forms.ItemForm, lead: _Lead) -> None:
        if lead.organisation in form.supporting:
            raise SeedError(
                f"'{lead.organisation}' leads this item ({lead.rule or 'working_leads'}) and cannot also support it",
                where=f"{file}, entry {form.code}, field supporting",
                do="Take it out",
            )

    def _put_parts(self, form: forms.ItemForm, item: Item, lead: _Lead) -> None:
        by_rule = {name: Basis.DERIVED for name in lead.supporting if name != lead.organisation}
        for name, basis in {**dict.fromkeys(form.supporting, Basis.WORKING), **by_rule}.items():
            self.seeder.put(
                Responsibility,
                f"{form.code}:{name}",
                {
                    "item_id": item.id,
                    "organisation_id": self.organisations[name].id,
                    "supporting_basis": basis.value,
                    "supporting_rule_id": self.rules[lead.rule].id if basis is Basis.DERIVED and lead.rule else None,
                },
            )
        for number, milestone in enumerate(form.milestones, 1):
            self.seeder.put(
                Milestone,
                f"{form.code}:{number}",
                {
                    "item_id": item.id,
                    "number": number,
                    "title": milestone.title,
                    "baseline_date": milestone.date,
                    "weight": milestone.weight,
                    "completion_test": milestone.test,
                    **self.based(milestone),
                },
            )
        for number, indicator in enumerate(form.indicators, 1):
            self._put_indicator(form, item, number, indicator)

    def _put_indicator(self, form: forms.ItemForm, item: Item, number: int, indicator: forms.IndicatorForm) -> None:
        row = self.seeder.put(
            Indicator,
            f"{form.code}:{number}",
            {
                "item_id": item.id,
                "number": number,
                "name": indicator.name,
                "unit": indicator.unit,
                "direction": indicator.direction.value,
                "baseline_value": indicator.baseline,
                **self.based(indicator),
            },
        )
        if indicator.target is not None:
            self.seeder.flush()
            values = {"indicator_id": row.id, "due": indicator.by, "value": indicator.target, **self.based(indicator)}
            self.seeder.put(Target, f"{form.code}:{number}", values)

    # Links and findings

    def put_links(self) -> None:
        for form in self.bundle.links:
            measure, clause = self.measures[form.measure], self.clauses[form.mandate, form.clause]
            self.seeder.put(
                Link,
                f"{form.measure}>{form.mandate}:{form.clause}",
                {
                    "measure_id": measure.id,
                    "clause_id": clause.id,
                    "type": form.type.value,
                    "coverage": form.coverage.value,
                    "rationale": form.rationale,
                },
                once={"near_fingerprint": measure.fingerprint, "clause_fingerprint": clause.fingerprint},
            )
        for without in self.bundle.without_clause:
            self.seeder.put(
                Unlinked,
                f"{without.measure}>{without.mandate}",
                {
                    "measure_id": self.measures[without.measure].id,
                    "mandate_id": self.mandates[without.mandate].id,
                    "reason": without.why,
                },
            )
        self.seeder.flush()

    def put_findings(self) -> None:
        for form in self.bundle.findings:
            values = {"key": form.key, "kind": form.kind.value, "statement": form.statement}
            finding = self.seeder.put(TextFinding, form.key, values)
            self.seeder.flush()
            for position, side in enumerate(form.sides, 1):
                self.seeder.put(FindingSide, f"{form.key}:{position}", self._side_values(finding, position, side))
        self.seeder.flush()

    def _side_values(self, finding: TextFinding, position: int, side: forms.SideForm) -> dict[str, Any]:
        document = side.document or (side.citation.document if side.citation else "")
        return {
            "finding_id": finding.id,
            "position": position,
            "label": side.label,
            "lacks": side.lacks,
            "document_id": self.documents[document].id,
            "citation_id": self.cite(side.citation),
            "clause_id": self._clause_id(side.mandate, side.clause),
            "theme_id": self.themes[side.theme].id if side.theme is not None else None,
            "measure_id": self.measures[side.measure].id if side.measure is not None else None,
        }


def _leads(bundle: Bundle) -> dict[str, _Lead]:
    """Per measure, who leads its items."""
    leads = {
        measure: _Lead(rule.organisation, Basis.DERIVED, rule.key, supporting=rule.supporting)
        for rule in bundle.rules
        if rule.kind is RuleKind.LEAD and rule.organisation
        for measure in rule.measures
    }
    for lead in bundle.working_leads:
        leads[lead.measure] = _Lead(lead.organisation, Basis.WORKING, note=lead.note)
    return leads


def _citations(bundle: Bundle) -> Iterable[forms.CitationForm]:
    """Every citation of the bundle, in its order."""
    plan = bundle.plan
    based: list[forms.BasedForm] = [
        plan.plan,
        *plan.totals,
        *plan.goals,
        *plan.themes,
        *bundle.measures,
        *(item for _, item in bundle.items),
        *(part for _, item in bundle.items for part in (*item.milestones, *item.indicators)),
    ]
    maybe: list[forms.CitationForm | None] = [
        *(organisation.citation for organisation in bundle.organisations),
        *(text.citation for file in bundle.mandates for clause in file.clauses for text in clause.texts.values()),
        *(rule.citation for rule in bundle.rules),
        *(form.citation for form in based),
        *(side.citation for finding in bundle.findings for side in finding.sides),
    ]
    return [citation for citation in maybe if citation is not None]


# What is loaded, in the order in which later entries refer to earlier ones.
STEPS: dict[str, Callable[[_Loading], None]] = {
    "documents": _Loading.put_documents,
    "organisations": _Loading.put_organisations,
    "mandates": _Loading.put_mandates,
    "rules": _Loading.put_rules,
    "crosswalk": _Loading.put_crosswalks,
    "plan": _Loading.put_plan,
    "measures": _Loading.put_measures,
    "items": _Loading.put_items,
    "links": _Loading.put_links,
    "findings": _Loading.put_findings,
}


def load(session: Session, actor: Actor, bundle: Bundle, at: datetime, progress: Progress | None = None) -> Counts:
    """Load a bundle in one transaction: all of it or nothing. `progress` is told each step as it begins.

    Raises SeedError where the bundle does not fit together; then nothing was written.
    """
    references.check(bundle)
    with writing(session, actor, at) as journal:
        return load_into(journal, bundle, progress)


def load_into(journal: Journal, bundle: Bundle, progress: Progress | None = None) -> Counts:
    """Load a bundle that was checked into a write that is already open."""
    seeder = Seeder(journal)
    loading = _Loading(bundle, seeder)
    for name, step in STEPS.items():
        if progress:
            progress(name)
        step(loading)
        seeder.flush()
    return seeder.counts
