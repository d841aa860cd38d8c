"""Findings from comparing mandate versions: linked clauses that another version lacks, and clauses not compared."""

from collections.abc import Iterator

from planner.domain.vocabulary import ComputedFinding
from planner.queries.findings.known_register import KnownRegister
from planner.queries.findings.views import FindingView, computed
from planner.store.models import Clause, CrosswalkRow, Mandate

# The number of measures and items that a finding names at most.
_NAMED = 12


def withdrawn_duties(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding for each linked clause to which nothing in the later version corresponds."""
    for row in _crosswalk(register):
        if row.to_clause_id is None and row.from_clause_id in register.linked_codes:
            clause, other = register.clauses[row.from_clause_id], register.mandates[row.to_mandate_id]
            yield _relied_on(register, ComputedFinding.WITHDRAWN_DUTY_RELIED_ON, clause, other, row.rationale)


def new_duties(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding for each linked clause to which nothing in the earlier version corresponds."""
    for row in _crosswalk(register):
        if row.from_clause_id is None and row.to_clause_id in register.linked_codes:
            clause, other = register.clauses[row.to_clause_id], register.mandates[row.from_mandate_id]
            yield _relied_on(register, ComputedFinding.NEW_DUTY_RELIED_ON, clause, other, row.rationale)


def _crosswalk(register: KnownRegister) -> list[CrosswalkRow]:
    return sorted(register.known_rows(CrosswalkRow), key=lambda row: row.id)


def _relied_on(
    register: KnownRegister, kind: ComputedFinding, clause: Clause, other: Mandate, rationale: str
) -> FindingView:
    codes = register.linked_codes[clause.id]
    more = f" and {len(codes) - _NAMED} more" if len(codes) > _NAMED else ""
    relying = f"{', '.join(codes[:_NAMED])}{more}"
    return computed(
        kind,
        f"{register.reference(clause)} in {other.key}",
        f"Nothing in {other.key} corresponds to this clause. {rationale} These rely on it: {relying}.",
        register.about_clause(clause),
        covers=(clause.restatement, rationale, *codes),
    )


def clauses_without_crosswalk(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding per clause that is missing from the crosswalk between its version and the one before or after."""
    covered = {(row.from_clause_id, row.to_mandate_id) for row in register.known_rows(CrosswalkRow)}
    covered |= {(row.to_clause_id, row.from_mandate_id) for row in register.known_rows(CrosswalkRow)}
    for newer in register.mandates.values():
        older = register.mandates.get(newer.supersedes_id or 0)
        if older is None:
            continue
        for own, other in ((older, newer), (newer, older)):
            clauses = (clause for clause in register.clauses.values() if clause.mandate_id == own.id)
            yield from (
                _not_covered(register, clause, other) for clause in clauses if (clause.id, other.id) not in covered
            )


def _not_covered(register: KnownRegister, clause: Clause, other: Mandate) -> FindingView:
    return computed(
        ComputedFinding.CLAUSE_WITHOUT_CROSSWALK,
        f"{register.reference(clause)} in {other.key}",
        f"The crosswalk does not say what corresponds to this clause in {other.key}. {clause.restatement}",
        register.about_clause(clause),
    )
