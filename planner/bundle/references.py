"""Checks a bundle as a whole: everything that is named is there, and nothing is there twice."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from planner.bundle import forms
from planner.bundle.reader import Bundle
from planner.errors import SeedError
from planner.vocabulary import Basis, RuleKind

_Name = TypeVar("_Name", bound=Hashable)


@dataclass(frozen=True)
class _Names:
    documents: frozenset[str]
    organisations: frozenset[str]
    clauses: frozenset[tuple[str, str]]
    mandates: frozenset[str]
    rules: frozenset[str]
    themes: frozenset[int]
    measures: frozenset[str]


def check(bundle: Bundle) -> None:
    """Raise SeedError, naming file, entry and field, at the first thing that does not fit together."""
    names = _names(bundle)
    for file, entry, field, value, known in _references(bundle, names):
        if value is not None and value not in known:
            raise _wrong(file, entry, field, f"nothing is known by the name '{_shown(value)}'")
    _check_leads(bundle)
    for file, item in bundle.items:
        _check_item(file, item)


def _wrong(file: str, entry: object, field: str, what: str) -> SeedError:
    return SeedError(what, where=f"{file}, entry {entry}, field {field}", do="Mend the entry and load again")


def _shown(value: Hashable) -> str:
    return ":".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def _names(bundle: Bundle) -> _Names:
    clauses = [(file.mandate.key, clause.key) for file in bundle.mandates for clause in file.clauses]
    _once("items", "code", (item.code for _, item in bundle.items))
    _once("items", "title", (item.title for _, item in bundle.items))
    _once("mandates", "key", clauses)
    _once("links.yaml", "clause", ((link.measure, link.mandate, link.clause) for link in bundle.links))
    return _Names(
        documents=_once("documents.yaml", "key", (entry.key for entry in bundle.documents)),
        organisations=_once("organisations.yaml", "key", (entry.key for entry in bundle.organisations)),
        clauses=frozenset(clauses),
        mandates=_once("mandates", "key", (file.mandate.key for file in bundle.mandates)),
        rules=_once("rules.yaml", "key", (rule.key for rule in bundle.rules)),
        themes=_once("plan.yaml", "number", (theme.number for theme in bundle.plan.themes)),
        measures=_once("measures.yaml", "code", (measure.code for measure in bundle.measures)),
    )


def _once(file: str, field: str, values: Iterable[_Name]) -> frozenset[_Name]:
    seen: set[_Name] = set()
    for value in values:
        if value in seen:
            raise _wrong(file, _shown(value), field, "this is given twice")
        seen.add(value)
    return frozenset(seen)


_Reference = tuple[str, object, str, Hashable, frozenset[Hashable]]


def _references(bundle: Bundle, names: _Names) -> Iterator[_Reference]:
    """Every reference of the bundle: file, entry, field, what it names, and what may be named there."""
    yield from _mandate_references(bundle, names)
    yield from _plan_references(bundle, names)
    yield from _rule_references(bundle, names)
    yield from _link_references(bundle, names)
    for file, item in bundle.items:
        yield from _item_references(file, item, names)


def _cited(file: str, entry: object, citation: forms.CitationForm | None, names: _Names) -> Iterator[_Reference]:
    if citation is not None:
        yield file, entry, "citation.document", citation.document, names.documents


def _mandate_references(bundle: Bundle, names: _Names) -> Iterator[_Reference]:
    for organisation in bundle.organisations:
        yield "organisations.yaml", organisation.key, "same_as", organisation.same_as, names.organisations
        yield from _cited("organisations.yaml", organisation.key, organisation.citation, names)
    for file in bundle.mandates:
        where, mandate = f"mandates/{file.mandate.key}.yaml", file.mandate
        yield where, mandate.key, "body", mandate.body, names.organisations
        yield where, mandate.key, "also_body", mandate.also_body, names.organisations
        languages: frozenset[Hashable] = frozenset(expression.language for expression in mandate.expressions)
        for expression in mandate.expressions:
            yield where, mandate.key, "expressions.document", expression.document, names.documents
        for clause in file.clauses:
            parent = clause.parent and (mandate.key, clause.parent)
            yield where, clause.key, "parent", parent, names.clauses
            for language, text in clause.texts.items():
                yield where, clause.key, "texts", language, languages
                yield from _cited(where, clause.key, text.citation, names)
    for crosswalk in bundle.crosswalks:
        for number, row in enumerate(crosswalk.rows, 1):
            near, far = row.from_ and (crosswalk.from_, row.from_), row.to and (crosswalk.to, row.to)
            yield "crosswalk.yaml", f"row {number}", "from", near, names.clauses
            yield "crosswalk.yaml", f"row {number}", "to", far, names.clauses


def _plan_references(bundle: Bundle, names: _Names) -> Iterator[_Reference]:
    plan = bundle.plan
    yield "plan.yaml", plan.plan.key, "issuer", plan.plan.issuer, names.organisations
    yield "plan.yaml", plan.plan.key, "mandate", plan.plan.mandate, names.mandates
    based: list[tuple[str, object, forms.BasedForm]] = [
        ("plan.yaml", plan.plan.key, plan.plan),
        *(("plan.yaml", total.name, total) for total in plan.totals),
        *(("plan.yaml", part.number, part) for part in (*plan.goals, *plan.themes)),
        *(("measures.yaml", measure.code, measure) for measure in bundle.measures),
    ]
    for file, entry, form in based:
        yield file, entry, "rule", form.rule, names.rules
        yield from _cited(file, entry, form.citation, names)
    for measure in bundle.measures:
        yield "measures.yaml", measure.code, "code", measure.theme, names.themes


def _rule_references(bundle: Bundle, names: _Names) -> Iterator[_Reference]:
    for rule in bundle.rules:
        clause = rule.clause and (rule.mandate, rule.clause)
        yield "rules.yaml", rule.key, "clause", clause, names.clauses
        for organisation in (rule.organisation, *rule.supporting):
            yield "rules.yaml", rule.key, "organisation", organisation, names.organisations
        for measure in rule.measures:
            yield "rules.yaml", rule.key, "measures", measure, names.measures
        yield from _cited("rules.yaml", rule.key, rule.citation, names)
    for lead in bundle.working_leads:
        yield "rules.yaml", lead.measure, "measure", lead.measure, names.measures
        yield "rules.yaml", lead.measure, "organisation", lead.organisation, names.organisations


def _link_references(bundle: Bundle, names: _Names) -> Iterator[_Reference]:
    for link in bundle.links:
        yield "links.yaml", link.measure, "measure", link.measure, names.measures
        yield "links.yaml", link.measure, "clause", (link.mandate, link.clause), names.clauses
    for without in bundle.without_clause:
        yield "links.yaml", without.measure, "measure", without.measure, names.measures
        yield "links.yaml", without.measure, "mandate", without.mandate, names.mandates
    for finding in bundle.findings:
        for side in finding.sides:
            clause = side.clause and (side.mandate, side.clause)
            yield "text-findings.yaml", finding.key, "clause", clause, names.clauses
            yield "text-findings.yaml", finding.key, "document", side.document, names.documents
            yield "text-findings.yaml", finding.key, "theme", side.theme, names.themes
            yield "text-findings.yaml", finding.key, "measure", side.measure, names.measures
            yield from _cited("text-findings.yaml", finding.key, side.citation, names)


def _item_references(file: str, item: forms.ItemForm, names: _Names) -> Iterator[_Reference]:
    yield file, item.code, "measure", item.measure, names.measures
    yield from _cited(file, item.code, item.citation, names)
    for organisation in item.supporting:
        yield file, item.code, "supporting", organisation, names.organisations
    for part in (item, *item.milestones, *item.indicators):
        yield file, item.code, "rule", part.rule, names.rules


def _check_leads(bundle: Bundle) -> None:
    """Each measure with a theme has its lead from one rule or one working assignment."""
    led: dict[str, str] = {}
    sources = [
        *((measure, rule.key) for rule in bundle.rules if rule.kind is RuleKind.LEAD for measure in rule.measures),
        *((lead.measure, "working_leads") for lead in bundle.working_leads),
    ]
    for measure, source in sources:
        if measure in led:
            raise _wrong("rules.yaml", measure, "measures", f"its lead comes from {led[measure]} and from {source}")
        led[measure] = source
    for form in bundle.measures:
        if form.theme is not None and form.code not in led:
            raise _wrong("rules.yaml", form.code, "measures", "no rule and no working lead says who leads it")


def _check_item(file: str, item: forms.ItemForm) -> None:
    if item.basis is Basis.DERIVED:
        raise _wrong(file, item.code, "basis", "a title is stated or working, never derived")
    if item.measure.startswith("M0."):
        raise _wrong(
            file, item.code, "measure", "an item hangs on a theme's measure, not on one of the plan as a whole"
        )
    dates = [milestone.date for milestone in item.milestones]
    if dates != sorted(dates):
        raise _wrong(file, item.code, "milestones", "the milestones are not in order of their dates")
