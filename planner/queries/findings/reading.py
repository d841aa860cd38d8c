"""Reads findings: all, those of one kind, one by its kind and subject, or those about each clause."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import chain

from planner.base.command_names import command_with
from planner.base.errors import UnknownNameError
from planner.base.language import tr
from planner.base.texts import as_typed, sanitize_query
from planner.domain.codes import code_key
from planner.domain.vocabulary import ComputedFinding, FindingKind, FindingSubject
from planner.queries.findings.copies import copies_that_differ
from planner.queries.findings.coverage import (
    clauses_without_measure,
    items_without_clause,
    measures_without_clause,
    measures_without_items,
)
from planner.queries.findings.decisions import Decisions, decided
from planner.queries.findings.facts import working_facts
from planner.queries.findings.known_register import KnownRegister
from planner.queries.findings.links import suspect_links, unreviewed_links
from planner.queries.findings.proposals import unreviewed_proposals
from planner.queries.findings.ranking import FindingGroup, grouped, ranked
from planner.queries.findings.states import contradicted_confidence, totals_that_differ
from planner.queries.findings.texts import text_findings
from planner.queries.findings.versions import clauses_without_crosswalk, new_duties, withdrawn_duties
from planner.queries.findings.views import FindingView, Kind
from planner.register.plans import require_known
from planner.register.reading import Reading

# The function that computes each kind of finding.
_COMPUTED: dict[ComputedFinding, Callable[[KnownRegister], Iterable[FindingView]]] = {
    ComputedFinding.MEASURE_WITHOUT_CLAUSE: measures_without_clause,
    ComputedFinding.ITEM_WITHOUT_CLAUSE: items_without_clause,
    ComputedFinding.CLAUSE_WITHOUT_MEASURE: clauses_without_measure,
    ComputedFinding.MEASURE_WITHOUT_ITEMS: measures_without_items,
    ComputedFinding.LINK_SUSPECT: suspect_links,
    ComputedFinding.LINK_UNREVIEWED: unreviewed_links,
    ComputedFinding.WITHDRAWN_DUTY_RELIED_ON: withdrawn_duties,
    ComputedFinding.NEW_DUTY_RELIED_ON: new_duties,
    ComputedFinding.CLAUSE_WITHOUT_CROSSWALK: clauses_without_crosswalk,
    ComputedFinding.COPY_DIFFERS: copies_that_differ,
    ComputedFinding.DRAFT_UNREVIEWED: unreviewed_proposals,
    ComputedFinding.TOTAL_DIFFERS: totals_that_differ,
    ComputedFinding.FACTS_WORKING: working_facts,
    ComputedFinding.CONFIDENCE_CONTRADICTED: contradicted_confidence,
}

# The kinds of finding that can be about a clause.
_OF_CLAUSES = (
    ComputedFinding.CLAUSE_WITHOUT_MEASURE,
    ComputedFinding.WITHDRAWN_DUTY_RELIED_ON,
    ComputedFinding.NEW_DUTY_RELIED_ON,
    ComputedFinding.CLAUSE_WITHOUT_CROSSWALK,
    ComputedFinding.COPY_DIFFERS,
)


# The kinds of finding whose subject is an item or, for one of them, also a measure.
_OF_ITEMS = (
    ComputedFinding.ITEM_WITHOUT_CLAUSE,
    ComputedFinding.FACTS_WORKING,
    ComputedFinding.CONFIDENCE_CONTRADICTED,
)


def read_findings(reading: Reading, kind: Kind | None = None) -> list[FindingView]:
    """Return all findings, or those of one kind, by rank and then by kind. In each kind, open findings come first.

    Raises TooSoonError if nothing was recorded by `point.known_at`.
    """
    return list(chain.from_iterable(read_finding_groups(reading, kind)))


def read_finding_groups(reading: Reading, kind: Kind | None = None) -> list[FindingGroup]:
    """Return the groups of all findings, or of those of one kind, by rank and then by kind.

    In each group, open findings come first. The view of a finding about an item is made only when it is used, so the
    session must still be open then.

    Raises TooSoonError if nothing was recorded by `point.known_at`.
    """
    require_known(reading.session, reading.plan, reading.known_at)
    register = KnownRegister(reading.session, reading.plan, reading.point)
    decisions = Decisions.read(reading)
    of_texts = () if isinstance(kind, ComputedFinding) else map(decisions.on, text_findings(register, kind))
    computed = (decisions.on_group(one, find(register)) for one, find in _COMPUTED.items() if kind in (None, one))
    return ranked([*grouped(of_texts), *computed])


def read_finding(reading: Reading, kind: Kind, subject: str) -> FindingView:
    """Return the finding of this kind and subject. Raises UnknownNameError if there is no such finding."""
    require_known(reading.session, reading.plan, reading.known_at)
    name = as_typed(sanitize_query(subject))
    key = code_key(name)
    only = name if kind in _OF_ITEMS else None
    register = KnownRegister(reading.session, reading.plan, reading.point, only)
    found = text_findings(register, kind) if isinstance(kind, FindingKind) else _COMPUTED[kind](register)
    for finding in decided(reading, (finding for finding in found if code_key(finding.subject) == key)):
        return finding
    raise UnknownNameError(
        tr("there is no {kind} finding '{subject}'", subject=subject, kind=kind.value),
        where="SUBJECT",
        do=tr("'{command}' lists the existing findings", command=command_with("findings", kind=kind.value)),
    )


def read_clause_findings(reading: Reading) -> dict[str, tuple[FindingView, ...]]:
    """Return the findings that are about each clause, or whose sides name it, by the clause's name (mandate:clause)."""
    require_known(reading.session, reading.plan, reading.known_at)
    register = KnownRegister(reading.session, reading.plan, reading.point)
    about_clauses = chain(text_findings(register), *(_COMPUTED[kind](register) for kind in _OF_CLAUSES))
    found: dict[str, list[FindingView]] = defaultdict(list)
    for finding in chain.from_iterable(grouped(decided(reading, about_clauses))):
        for clause in _clauses_of(finding):
            found[clause].append(finding)
    return {clause: tuple(findings) for clause, findings in found.items()}


def _clauses_of(finding: FindingView) -> list[str]:
    """Return the clauses that a finding is about or that its sides name, without duplicates."""
    sides = [side.clause for side in finding.sides if side.clause]
    own = [finding.about.key] if finding.about.kind is FindingSubject.CLAUSE else []
    return list(dict.fromkeys([*sides, *own]))
