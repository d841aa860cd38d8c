"""Findings about proposed mandate versions with machine-made parts that nobody has decided about."""

from collections.abc import Iterator

from planner.domain.vocabulary import ComputedFinding, DraftState, FindingSubject, Proposal
from planner.queries.findings.known_register import KnownRegister
from planner.queries.findings.views import About, FindingView
from planner.store.models import DraftedClause, DraftedRow, MandateDraft


def unreviewed_drafts(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding per open proposal with undecided parts. A changed count reopens an accepted finding."""
    for draft in sorted(register.rows(MandateDraft), key=lambda row: row.id):
        clauses, rows = (_machine_made(register, model, draft) for model in (DraftedClause, DraftedRow))
        if draft.state == DraftState.OPEN and clauses + rows:
            yield FindingView(
                ComputedFinding.DRAFT_UNREVIEWED,
                draft.key,
                f"Of the drafted version '{draft.key}' {clauses} clauses and {rows} crosswalk rows are machine-made:"
                " no person has decided about them yet.",
                About(FindingSubject.DOCUMENT, register.documents[draft.document_id].key, draft.title),
            )


def _machine_made(register: KnownRegister, model: type[DraftedClause] | type[DraftedRow], draft: MandateDraft) -> int:
    """Count the clauses or rows of a proposal that nobody has decided about."""
    return sum(row.draft_id == draft.id and row.state == Proposal.MACHINE_MADE for row in register.rows(model))
