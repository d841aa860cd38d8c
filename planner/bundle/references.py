"""Checks a bundle as a whole: every name that is referred to exists, and nothing is given twice."""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from planner.base.errors import SeedError
from planner.base.language import tr
from planner.base.listing import listed
from planner.bundle import forms
from planner.bundle.reader import Bundle, place
from planner.domain.codes import code_key
from planner.domain.first_kinds import FIRST_KINDS
from planner.domain.vocabulary import Basis, RuleKind

_Name = TypeVar("_Name", bound=Hashable)


@dataclass(frozen=True)
class _Names:
    documents: frozenset[str]
    organisations: frozenset[str]
    clauses: frozenset[tuple[str, str]]
    mandates: frozenset[str]
    rules: frozenset[str]
    themes: frozenset[int]
    kinds: frozenset[str]
    measures: frozenset[str]


def check(bundle: Bundle) -> None:
    """Raise SeedError at the first inconsistency, naming file, entry and field."""
    names = _names(bundle)
    for file, entry, field, value, known in _references(bundle, names):
        if value is not None and value not in known:
            raise _wrong(file, entry, field, tr("nothing is known by the name '{name}'", name=_shown(value)))
    _check_given_once(bundle)
    _check_parents(bundle)
    _check_citations(bundle)
    for file, item in bundle.items:
        _check_item(bundle, file, item)
    _check_leads(bundle)
    _check_themes(bundle)


def _wrong(file: str, entry: object, field: str, what: str) -> SeedError:
    return SeedError(what, where=place(file, entry, field), do=tr("Correct the entry and load the files again"))


def _shown(value: Hashable) -> str:
    return ":".join(str(part) for part in value) if isinstance(value, tuple) else str(value)


def _names(bundle: Bundle) -> _Names:
    clauses = [(file.mandate.key, clause.key) for file in bundle.mandates for clause in file.clauses]
    _check_codes(bundle)
    _once("items", "title", (item.title for _, item in bundle.items))
    _once("mandates", "key", clauses)
    return _Names(
        documents=_once("documents.yaml", "key", (entry.key for entry in bundle.documents)),
        organisations=_once("organisations.yaml", "key", (entry.key for entry in bundle.organisations)),
        clauses=frozenset(clauses),
        mandates=_once("mandates", "key", (file.mandate.key for file in bundle.mandates)),
        rules=_once("rules.yaml", "key", (rule.key for rule in bundle.rules)),
        themes=_once("plan.yaml", "number", (theme.number for theme in bundle.plan.themes)),
        kinds=_once("plan.yaml", "key", (kind.key for kind in bundle.plan.kinds or FIRST_KINDS)),
        measures=_once("measures.yaml", "code", (measure.code for measure in bundle.measures)),
    )


def _check_codes(bundle: Bundle) -> None:
    """Raise SeedError if two items have the same code, even if it is written differently, such as T-1 and T-001."""
    seen: set[str] = set()
    for _, item in bundle.items:
        if code_key(item.code) in seen:
            raise _wrong("items", item.code, "code", tr("this is given twice"))
        seen.add(code_key(item.code))


def _check_given_once(bundle: Bundle) -> None:
    """Raise SeedError if entries that must be unique are given twice."""
    plan = bundle.plan
    organisations = (body.key for body in bundle.organisations)
    _once("plan.yaml", "name", (total.name for total in plan.totals))
    _once("plan.yaml", "number", (goal.number for goal in plan.goals))
    _once("links.yaml", "clause", ((link.measure, link.mandate, link.clause) for link in bundle.links))
    _once("links.yaml", "mandate", ((without.measure, without.mandate) for without in bundle.without_clause))
    _once("text-findings.yaml", "key", (finding.key for finding in bundle.findings))
    _once("documents.yaml", "sha256", (document.sha256 for document in bundle.documents))
    _once("demonstration.yaml", "key", (*organisations, *(one.organisation_key for one in bundle.divisions)))
    _once("demonstration.yaml", "measures", ((one.of, code) for one in bundle.divisions for code in one.measures))
    _check_mandate_named(bundle)
    for crosswalk in bundle.crosswalks:
        _once("crosswalk.yaml", "rows", ((row.from_ or "-", row.to or "-") for row in crosswalk.rows))
    for file in bundle.mandates:
        languages = (expression.language for expression in file.mandate.expressions)
        _once(_mandate_file(file), "expressions.language", languages)


def _once(file: str, field: str, values: Iterable[_Name]) -> frozenset[_Name]:
    seen: set[_Name] = set()
    for value in values:
        if value in seen:
            raise _wrong(file, _shown(value), field, tr("this is given twice"))
        seen.add(value)
    return frozenset(seen)


_Reference = tuple[str, object, str, Hashable, frozenset[Hashable]]
_Entry = tuple[str, object]


def _references(bundle: Bundle, names: _Names) -> Iterator[_Reference]:
    """Yield every reference of the bundle: file, entry, field, the name referred to, and the names allowed there."""
    for organisation in bundle.organisations:
        yield "organisations.yaml", organisation.key, "same_as", organisation.same_as, names.organisations
    yield from _mandate_references(bundle, names)
    yield from _plan_references(bundle, names)
    yield from _rule_references(bundle, names)
    yield from _link_references(bundle, names)
    for division in bundle.divisions:
        yield "demonstration.yaml", division.key, "of", division.of, names.organisations
        for measure in division.measures:
            yield "demonstration.yaml", division.key, "measures", measure, names.measures
    for file, item in bundle.items:
        yield file, item.code, "measure", item.measure, names.measures
        yield file, item.code, "theme", item.theme, names.themes
        yield file, item.code, "kind", item.kind, names.kinds
        yield file, item.code, "lead", item.lead, names.organisations
        for organisation_key in item.supporting:
            yield file, item.code, "supporting", organisation_key, names.organisations
    for (file, entry), form in _based(bundle):
        yield file, entry, "rule", form.rule, names.rules
    for (file, entry), citation in citations(bundle):
        yield file, entry, "citation.document", citation.document, names.documents


def citations(bundle: Bundle) -> Iterator[tuple[_Entry, forms.CitationForm]]:
    """Yield every citation of the bundle, with its file and entry."""
    maybe: list[tuple[_Entry, forms.CitationForm | None]] = [
        *((("organisations.yaml", body.key), body.citation) for body in bundle.organisations),
        *(
            ((_mandate_file(file), clause.key), text.citation)
            for file in bundle.mandates
            for clause in file.clauses
            for text in clause.texts.values()
        ),
        *((("rules.yaml", rule.key), rule.citation) for rule in bundle.rules),
        *(
            (("organisations.yaml", body.key), name.citation)
            for body in bundle.organisations
            for name in body.names.values()
        ),
        *((entry, form.citation) for entry, form in _based(bundle)),
        *(
            (("text-findings.yaml", finding.key), side.citation)
            for finding in bundle.findings
            for side in finding.sides
        ),
    ]
    return ((entry, citation) for entry, citation in maybe if citation is not None)


def _based(bundle: Bundle) -> list[tuple[_Entry, forms.BasedForm]]:
    """Return every entry, or part of an entry, that has a basis."""
    plan = bundle.plan
    return [
        (("plan.yaml", plan.plan.key), plan.plan),
        *((("plan.yaml", total.name), total) for total in plan.totals),
        *((("plan.yaml", kind.key), kind) for kind in plan.kinds),
        *(
            (("plan.yaml", part.number), based)
            for part in (*plan.goals, *plan.themes)
            for based in (part, *part.names.values())
        ),
        *(
            (("measures.yaml", measure.code), based)
            for measure in bundle.measures
            for based in (measure, *measure.names.values())
        ),
        *(
            ((file, item.code), part)
            for file, item in bundle.items
            for part in (item, *item.milestones, *item.indicators)
        ),
    ]


def _mandate_file(file: forms.MandateFile) -> str:
    return f"mandates/{file.mandate.key}.yaml"


def _mandate_references(bundle: Bundle, names: _Names) -> Iterator[_Reference]:
    for file in bundle.mandates:
        where, mandate = _mandate_file(file), file.mandate
        yield where, mandate.key, "body", mandate.body, names.organisations
        yield where, mandate.key, "also_body", mandate.also_body, names.organisations
        languages: frozenset[Hashable] = frozenset(expression.language for expression in mandate.expressions)
        for expression in mandate.expressions:
            yield where, mandate.key, "expressions.document", expression.document, names.documents
        for clause in file.clauses:
            for language in clause.texts:
                yield where, clause.key, "texts", language, languages
    for crosswalk in bundle.crosswalks:
        yield "crosswalk.yaml", "crosswalk", "from", crosswalk.from_, names.mandates
        yield "crosswalk.yaml", "crosswalk", "to", crosswalk.to, names.mandates
        for number, row in enumerate(crosswalk.rows, 1):
            near, far = row.from_ and (crosswalk.from_, row.from_), row.to and (crosswalk.to, row.to)
            yield "crosswalk.yaml", f"row {number}", "from", near, names.clauses
            yield "crosswalk.yaml", f"row {number}", "to", far, names.clauses


def _check_mandate_named(bundle: Bundle) -> None:
    """Raise SeedError if the bundle has mandates but the plan names none."""
    plan = bundle.plan.plan
    if plan.mandate is None and bundle.mandates:
        keys = listed([file.mandate.key for file in bundle.mandates])
        raise SeedError(
            tr("the plan names no mandate, but there are mandate files for {keys}", keys=keys),
            where=place("plan.yaml", plan.key, "mandate"),
            do=tr("Name the version in force in plan.yaml, or remove the mandate files"),
        )


def _plan_references(bundle: Bundle, names: _Names) -> Iterator[_Reference]:
    plan_file, plan = bundle.plan, bundle.plan.plan
    yield "plan.yaml", plan.key, "issuer", plan.issuer, names.organisations
    yield "plan.yaml", plan.key, "mandate", plan.mandate, names.mandates
    for measure in bundle.measures:
        yield "measures.yaml", measure.code, "theme" if measure.theme else "code", measure.of_theme, names.themes
    for theme in plan_file.themes:
        yield "plan.yaml", theme.number, "parent", theme.parent, names.themes


def _rule_references(bundle: Bundle, names: _Names) -> Iterator[_Reference]:
    for rule in bundle.rules:
        clause = rule.clause and (rule.mandate, rule.clause)
        yield "rules.yaml", rule.key, "clause", clause, names.clauses
        yield "rules.yaml", rule.key, "organisation", rule.organisation, names.organisations
        for organisation in rule.supporting:
            yield "rules.yaml", rule.key, "supporting", organisation, names.organisations
        for measure in rule.measures:
            yield "rules.yaml", rule.key, "measures", measure, names.measures
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
            yield "text-findings.yaml", finding.key, "mandate", side.mandate, names.mandates
            yield "text-findings.yaml", finding.key, "clause", clause, names.clauses
            yield "text-findings.yaml", finding.key, "document", side.document, names.documents
            yield "text-findings.yaml", finding.key, "theme", side.theme, names.themes
            yield "text-findings.yaml", finding.key, "measure", side.measure, names.measures


def _check_citations(bundle: Bundle) -> None:
    """Raise SeedError if two citations of the same place in a text have different digests."""
    cited: dict[tuple[str, int, int], forms.CitationForm] = {}
    for (file, entry), citation in citations(bundle):
        first = cited.setdefault((citation.document, citation.start, citation.end), citation)
        if citation != first:
            raise _wrong(file, entry, "citation", tr("another entry cites the same place with other digests"))


def _check_parents(bundle: Bundle) -> None:
    """Raise SeedError if a clause's parent comes after the clause, or has a parent itself.

    Clauses are loaded and printed in the order of their file. An organisation entry that is only another name
    must refer to a real organisation. SeedError is also raised if it refers to another such entry.
    """
    for file in bundle.mandates:
        whole: set[str] = set()
        for clause in file.clauses:
            if clause.parent is None:
                whole.add(clause.key)
            elif clause.parent not in whole:
                what = tr("the clause '{key}' does not come before this one, or is a part itself", key=clause.parent)
                raise _wrong(_mandate_file(file), clause.key, "parent", what)
    bodies = {body.key for body in bundle.organisations if body.same_as is None}
    for body in bundle.organisations:
        if body.same_as is not None and body.same_as not in bodies:
            what = tr("'{key}' is itself another name", key=body.same_as)
            raise _wrong("organisations.yaml", body.key, "same_as", what)


def _check_leads(bundle: Bundle) -> None:
    """Raise SeedError unless each item has exactly one lead: its own, or that of its measure.

    The lead of a measure comes from one rule or from one working assignment.
    """
    led: dict[str, str] = {}
    sources = [
        *((measure, rule.key) for rule in bundle.rules if rule.kind is RuleKind.LEAD for measure in rule.measures),
        *((lead.measure, "working_leads") for lead in bundle.working_leads),
    ]
    for measure, source in sources:
        if measure in led:
            what = tr("its lead comes from {first} and from {second}", first=led[measure], second=source)
            raise _wrong("rules.yaml", measure, "measures", what)
        led[measure] = source
    for file, item in bundle.items:
        if item.lead is None and item.measure not in led:
            what = (
                tr("it names no lead, and no rule or working lead says who leads {code}", code=item.measure)
                if item.measure
                else tr("it names neither a lead nor a measure")
            )
            raise _wrong(file, item.code, "lead", what)


def _check_themes(bundle: Bundle) -> None:
    """Raise SeedError for a theme that is part of itself, and for a total of something that the plan does not have."""
    parents = {theme.number: theme.parent for theme in bundle.plan.themes}
    for theme in bundle.plan.themes:
        above, seen = theme.parent, {theme.number}
        while above is not None and above not in seen:
            seen.add(above)
            above = parents[above]
        if above is not None:
            raise _wrong("plan.yaml", theme.number, "parent", tr("the theme is part of itself"))
    kinds = [kind.key for kind in bundle.plan.kinds] or ["tasks", "key_projects"]
    for total in bundle.plan.totals:
        if total.name not in ("items", *kinds):
            what = tr("a total is of 'items' or of one of these kinds: {kinds}", kinds=listed(kinds))
            raise _wrong("plan.yaml", total.name, "name", what)


def _check_item(bundle: Bundle, file: str, item: forms.ItemForm) -> None:
    plan = bundle.plan.plan
    plan_ends, starts = plan.ends, item.start or plan.starts
    due = item.due or plan_ends
    cited = {measure.code for measure in bundle.measures if measure.citation is not None}
    of_theme = {measure.code: measure.of_theme for measure in bundle.measures}
    own_theme = of_theme.get(item.measure) if item.measure else item.theme
    dates = [milestone.date for milestone in item.milestones]
    wrong = {
        "basis": (tr("a title is stated, working or registered, never derived"), item.basis is Basis.DERIVED),
        "measure": (
            tr("an item belongs to a measure of a theme, not to one of the plan as a whole"),
            item.measure is not None and own_theme is None,
        ),
        "theme": (
            tr("an item without a measure names its theme, and one with a measure is in the measure's theme"),
            item.theme != own_theme if item.theme else own_theme is None,
        ),
        "kind": (
            tr("neither the item nor the beginning of its code says its kind"),
            bundle.plan.kind_of(item) is None,
        ),
        "citation": (
            tr("a stated title needs a citation, and its measure has none either"),
            item.basis is Basis.STATED and item.citation is None and item.measure not in cited,
        ),
        "start": (
            tr("it starts after the plan ends ({day})", day=plan_ends),
            item.start is not None and item.start > plan_ends,
        ),
        "due": (tr("it is due before it starts ({day})", day=starts), due < starts),
        "milestones": (tr("the milestones are not in order of their dates"), dates != sorted(dates)),
    }
    for field, (what, is_wrong) in wrong.items():
        if is_wrong:
            raise _wrong(file, item.code, field, what)
