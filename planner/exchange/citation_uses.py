"""Read everything that cites a passage of an official text: clauses, facts, rules and findings."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from sqlalchemy import or_, select

from planner.base.formats import plain_number
from planner.base.views import value_class
from planner.domain.vocabulary import Basis
from planner.exchange.names import Names
from planner.queries.id_in import id_in
from planner.register.reading import Reading
from planner.store.models import (
    Clause,
    ClauseExpression,
    DerivationRule,
    Expression,
    FindingSide,
    Goal,
    Indicator,
    Item,
    Mandate,
    Measure,
    Milestone,
    Organisation,
    Plan,
    PlanTotal,
    Target,
    TextFinding,
    Theme,
)

# The tables that are read.
TABLES = (
    "plan",
    "plan_total",
    "goal",
    "theme",
    "measure",
    "item",
    "milestone",
    "indicator",
    "target",
    "organisation",
    "derivation_rule",
    "mandate",
    "expression",
    "clause",
    "clause_expression",
    "text_finding",
    "finding_side",
)


@value_class
class CitationUse:
    """A clause, fact, rule or finding that cites a passage: its kind, its URI, and its text in the register.

    `basis` is None for clauses, rules and findings. `number` is the printed number of a
    clause. `lacks` is True if a finding says that this passage lacks something.
    """

    kind: str
    uri: str
    text: str
    basis: Basis | None = None
    number: str | None = None
    lacks: bool = False


def read_citation_uses(reading: Reading) -> Iterator[tuple[int, CitationUse]]:
    """Yield each use of a citation as the citation's id and the thing that cites it, grouped by kind of thing."""
    uses = _Uses(reading.session, reading.plan, reading.point)
    yield from uses.clauses()
    yield from uses.of_plan()
    yield from uses.of_items()
    yield from uses.organisations_and_rules()
    yield from uses.findings()


@value_class
class _Uses(Reading):
    """The uses of citations in the register as known at an instant."""

    @cached_property
    def names(self) -> Names:
        """The URIs and UUIDs of the things in the plan's register."""
        return Names.of(self.plan)

    def known(self, model: Any, ids: set[int] | None = None) -> list[Any]:
        """Return the rows of a table as known at the instant, sorted by id. `ids` limits the result to some rows."""
        wanted = select(model) if ids is None else select(model).where(id_in(self.session, model.id, ids))
        return sorted(self.rollback.rows(list(self.session.execute(wanted).scalars())), key=lambda row: row.id)

    def citing(self, model: Any) -> list[Any]:
        """Return the rows of a table that had a citation at the instant.

        Only rows that have a citation now, or were edited after the instant, are read, because tables can be large.
        """
        edited = {number for table, number in self.rollback.before if table == model.__tablename__}
        citing = model.citation_id.is_not(None)
        wanted = or_(citing, id_in(self.session, model.id, edited)) if edited else citing
        rows = self.rollback.rows(list(self.session.execute(select(model).where(wanted)).scalars()))
        return sorted((row for row in rows if row.citation_id is not None), key=lambda row: row.id)

    def basis(self, row: Any) -> Basis:
        """Return the basis of a fact about an item. In a demonstration every such fact is simulated."""
        return Basis.SIMULATED if self.plan.simulated else row.basis

    def clauses(self) -> Iterator[tuple[int, CitationUse]]:
        mandates = {row.id: row.key for row in self.known(Mandate)}
        clauses = {row.id: row for row in self.known(Clause)}
        languages = {row.id: row.language for row in self.known(Expression)}
        for row in self.citing(ClauseExpression):
            if row.expression_id in languages:
                clause = clauses[row.clause_id]
                uri = self.names.clause(f"{mandates[clause.mandate_id]}:{clause.key}")
                yield row.citation_id, CitationUse("clause", uri, clause.restatement, number=row.printed_number or None)

    def of_plan(self) -> Iterator[tuple[int, CitationUse]]:
        for row in self.citing(Plan):
            if row.id == self.plan.id:
                yield row.citation_id, CitationUse("plan", self.names.plan(), row.title, row.basis)
        for model, kind, key_column, text_column in _PARTS:
            for row in self.citing(model):
                if row.plan_id == self.plan.id:
                    uri = self.names.plan(kind, str(getattr(row, key_column)))
                    yield row.citation_id, CitationUse(kind, uri, str(getattr(row, text_column)), row.basis)

    def of_items(self) -> Iterator[tuple[int, CitationUse]]:
        for row in self.citing(Item):
            if row.plan_id == self.plan.id:
                yield (
                    row.citation_id,
                    CitationUse("item", self.names.plan("item", row.code), row.title, self.basis(row)),
                )
        milestones, targets = self.citing(Milestone), self.citing(Target)
        indicators = {row.id: row for row in self.citing(Indicator)}
        of_targets = {row.id: row for row in self.known(Indicator, {row.indicator_id for row in targets})}
        owners = {row.item_id for row in (*milestones, *indicators.values(), *of_targets.values())}
        codes = {row.id: row.code for row in self.known(Item, owners) if row.plan_id == self.plan.id}
        for row in milestones:
            yield from self._of_item(codes, row, "milestone", row.title)
        for row in indicators.values():
            yield from self._of_item(codes, row, "indicator", row.name)
        for row in targets:
            yield from self._target(codes, row, of_targets[row.indicator_id])

    def _of_item(self, codes: Mapping[int, str], row: Any, kind: str, text: str) -> Iterator[tuple[int, CitationUse]]:
        if row.item_id in codes:
            uri = self.names.plan("item", codes[row.item_id], kind, str(row.number))
            yield row.citation_id, CitationUse(kind, uri, text, self.basis(row))

    def _target(self, codes: Mapping[int, str], row: Any, indicator: Any) -> Iterator[tuple[int, CitationUse]]:
        if indicator.item_id in codes:
            place = ("item", codes[indicator.item_id], "indicator", str(indicator.number), "target", str(row.due))
            text = f"{indicator.name}: {plain_number(row.value)} {indicator.unit} by {row.due}"
            yield row.citation_id, CitationUse("target", self.names.plan(*place), text, self.basis(row))

    def organisations_and_rules(self) -> Iterator[tuple[int, CitationUse]]:
        for row in self.citing(Organisation):
            uri = self.names.uri("organisation", row.key)
            yield row.citation_id, CitationUse("organisation", uri, row.name, row.basis)
        for row in self.citing(DerivationRule):
            yield row.citation_id, CitationUse("rule", self.names.uri("rule", row.key), row.statement)

    def findings(self) -> Iterator[tuple[int, CitationUse]]:
        findings = {row.id: row for row in self.known(TextFinding)}
        for row in self.citing(FindingSide):
            finding = findings[row.finding_id]
            uri = self.names.uri("finding", finding.key, "side", str(row.position))
            yield row.citation_id, CitationUse("finding", uri, finding.statement, lacks=row.lacks)


# The parts of a plan: table, kind, and the names of the columns with the key and the text.
_PARTS: tuple[tuple[Any, str, str, str], ...] = (
    (PlanTotal, "total", "name", "value"),
    (Goal, "goal", "number", "title"),
    (Theme, "theme", "number", "title"),
    (Measure, "measure", "code", "title"),
)
