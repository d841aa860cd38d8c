"""Decisions about the clauses of a proposed mandate version: restate and accept them, or reject them."""

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import required
from planner.domain.vocabulary import Proposal
from planner.mandates.open_draft import open_draft
from planner.mandates.row_review import propose_again, reject
from planner.queries.mandates.proposals import DraftedClauseView, DraftView
from planner.register.writing import Writing
from planner.store.models import DraftedClause


def restate_clause(writing: Writing, key: str, clause: str, restatement: str | None = None) -> DraftView:
    """Accept a clause with a restatement in the user's own words, or with the one it already has.

    Raises UnknownNameError if there is no such clause, and BadValueError if it has no restatement.
    """
    with open_draft(writing, key) as draft:
        current = draft.view.clause(clause)
        words = current.restatement if restatement is None else required(restatement, "restatement")
        if words is None:
            raise BadValueError(
                tr("this clause has no restatement yet"),
                where=clause,
                do=tr("Restate the duty in your own words"),
                by_field="restatement",
            )
        values = {"restatement": words, "state": _state(current, words)}
        draft.change(draft.row(DraftedClause, current.id), values, clause, None)
        return draft.now()


def reject_clause(writing: Writing, key: str, clause: str, reason: str) -> DraftView:
    """Reject a passage that is not a clause, together with the rows that lead to it.

    If this leaves an earlier clause without a row, the program proposes that the clause was withdrawn.
    """
    why = required(reason, "reason")
    with open_draft(writing, key) as draft:
        row = draft.row(DraftedClause, draft.view.clause(clause).id)
        draft.change(row, {"state": Proposal.REJECTED}, clause, why)
        for one in draft.view.rows:
            if one.to_clause == clause:
                reject(draft, one, why)
        propose_again(draft)
        return draft.now()


def _state(current: DraftedClauseView, words: str) -> Proposal:
    """Return CHANGED if the clause had another restatement before, else ACCEPTED."""
    if words == current.restatement:
        return Proposal.CHANGED if current.state is Proposal.CHANGED else Proposal.ACCEPTED
    return Proposal.ACCEPTED if current.restatement is None else Proposal.CHANGED
