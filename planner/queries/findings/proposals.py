"""Findings about proposed mandate versions with machine-made parts that nobody has decided about."""

from collections.abc import Iterator

from planner.domain.vocabulary import ComputedFinding, FindingSubject, ProposalState, ReviewState
from planner.queries.findings.known_register import KnownRegister
from planner.queries.findings.views import About, FindingView, computed
from planner.store.models import MandateProposal, ProposalClause, ProposalRow


def unreviewed_proposals(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding for each proposed mandate version with parts that nobody has reviewed."""
    for proposal in sorted(register.known_rows(MandateProposal), key=lambda row: row.id):
        clauses, rows = (_machine_made(register, model, proposal) for model in (ProposalClause, ProposalRow))
        if proposal.state == ProposalState.OPEN and clauses + rows:
            yield computed(
                ComputedFinding.DRAFT_UNREVIEWED,
                proposal.key,
                f"Of the drafted version '{proposal.key}' {clauses} clauses and {rows} crosswalk rows are machine-made:"
                " no person has decided about them yet.",
                About(FindingSubject.DOCUMENT, register.documents[proposal.document_id].key, proposal.title),
            )


def _machine_made(
    register: KnownRegister, model: type[ProposalClause] | type[ProposalRow], proposal: MandateProposal
) -> int:
    """Count a proposal's clauses or crosswalk rows that nobody has decided about."""
    return sum(
        row.draft_id == proposal.id and row.state == ReviewState.MACHINE_MADE for row in register.known_rows(model)
    )
