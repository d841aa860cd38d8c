"""The state that the steps of loading share: the rows loaded so far, by the names in the data files."""

from dataclasses import dataclass, field
from typing import Any

from planner.bundle import forms
from planner.bundle.reader import Bundle
from planner.bundle.seeder import Seeder
from planner.domain.vocabulary import Basis
from planner.store.models import Citation, Clause, DerivationRule, Document, Mandate, Measure, Organisation, Plan, Theme


@dataclass
class BundleLoad:
    """The state of one loading of a bundle, with the rows that earlier steps have loaded."""

    bundle: Bundle
    seeder: Seeder
    documents: dict[str, Document] = field(default_factory=dict)
    citations: dict[tuple[str, int, int], Citation] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    mandates: dict[str, Mandate] = field(default_factory=dict)
    clauses: dict[tuple[str, str], Clause] = field(default_factory=dict)
    rules: dict[str, DerivationRule] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    themes: dict[int, Theme] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """The plan of the bundle, once it is loaded."""
        return self.plans[self.bundle.plan.plan.key]

    def cite(self, citation: forms.CitationForm | None) -> int | None:
        """Return the id of a loaded citation, or None if no citation is given."""
        if citation is None:
            return None
        return self.citations[citation.document, citation.start, citation.end].id

    @property
    def default_basis(self) -> Basis:
        """The basis of entries that do not name one."""
        return self.bundle.plan.default_basis

    def own_basis(self, form: forms.BasedForm) -> Basis:
        """Return the basis of an entry's lead, dates and supporting organisations. It is never a citation or a rule."""
        own = form.basis in (Basis.WORKING, Basis.REGISTERED)
        return form.basis if own and form.basis else self.default_basis

    def based(self, form: forms.BasedForm) -> dict[str, Any]:
        """Return the basis columns of an entry."""
        return {
            "basis": form.basis or self.default_basis,
            "citation_id": self.cite(form.citation),
            "rule_id": self.rules[form.rule].id if form.rule else None,
        }

    def clause_id(self, mandate: str | None, clause: str | None) -> int | None:
        """Return the id of a loaded clause, or None if no clause is named."""
        return self.clauses[mandate, clause].id if mandate and clause else None

    def organisation_id(self, key: str | None) -> int | None:
        """Return the id of a loaded organisation, or None if no organisation is named."""
        return self.organisations[key].id if key else None
