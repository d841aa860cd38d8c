"""Decisions about the clauses of a proposed mandate version: restate and accept them, or reject them."""

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean, required
from planner.domain.vocabulary import ReviewState
from planner.mandates.open_proposal import open_proposal
from planner.mandates.row_review import propose_again, reject
from planner.queries.mandates.proposals import ProposalClauseView, ProposalView
from planner.register.writing import Writing
from planner.store.models import ProposalClause


def restate_clause(
    writing: Writing, key: str, clause: str, restatement: str | None = None, reason: str | None = None
) -> ProposalView:
    """Accept a clause with the user's restatement. If none is given, the clause keeps its present one.

    Raises UnknownNameError if there is no such clause, and BadValueError if the clause has no restatement.
    """
    with open_proposal(writing, key) as proposal:
        current = proposal.view.clause(clause)
        words = current.restatement if restatement is None else required(restatement, "restatement")
        if words is None:
            raise BadValueError(
                tr("this clause has no restatement yet"),
                where=clause,
                do=tr("Restate the duty in your own words"),
                by_field="restatement",
            )
        values = {"restatement": words, "state": _state(current, words)}
        proposal.change(proposal.row(ProposalClause, current.id), values, clause, clean(reason, "reason"))
        return proposal.now()


def restate_as_printed(
    writing: Writing, key: str, clause: str | None = None, reason: str | None = None
) -> ProposalView:
    """Accept a clause with its printed text as its restatement, or all clauses that are still machine-made.

    Raises UnknownNameError if there is no such clause, NotAllowedError if no clause is left to decide, and
    BadValueError if no attached copy has the text of a clause.
    """
    with open_proposal(writing, key) as proposal:
        view = proposal.view
        left = [one for one in view.clauses if one.state is ReviewState.MACHINE_MADE]
        chosen = left if clause is None else [view.clause(clause)]
        if not chosen:
            raise NotAllowedError(
                tr("every clause of this proposal is decided"), where=key, do=tr("Name a clause to change its decision")
            )
        for one in chosen:
            words = _printed(one)
            values = {"restatement": words, "state": _state(one, words)}
            proposal.change(proposal.row(ProposalClause, one.id), values, one.key, clean(reason, "reason"))
        return proposal.now()


def _printed(clause: ProposalClauseView) -> str:
    """Return the text of a clause in one line."""
    text = " ".join((clause.citation.text or "").split())
    if not text:
        raise BadValueError(
            tr("no attached copy has the text of this clause"),
            where=clause.key,
            do=tr("Restate the duty in your own words"),
            by_field="restatement",
        )
    return required(text, "restatement")


def reject_clause(writing: Writing, key: str, clause: str, reason: str) -> ProposalView:
    """Reject a passage that is not a clause, together with the crosswalk rows that lead to it.

    If this leaves an earlier clause without a row, the program proposes that the clause was withdrawn.
    """
    why = required(reason, "reason")
    with open_proposal(writing, key) as proposal:
        row = proposal.row(ProposalClause, proposal.view.clause(clause).id)
        proposal.change(row, {"state": ReviewState.REJECTED}, clause, why)
        for one in proposal.view.rows:
            if one.to_clause == clause:
                reject(proposal, one, why)
        propose_again(proposal)
        return proposal.now()


def _state(current: ProposalClauseView, words: str) -> ReviewState:
    """Return CHANGED if the clause had another restatement before, else ACCEPTED."""
    if words == current.restatement:
        return ReviewState.CHANGED if current.state is ReviewState.CHANGED else ReviewState.ACCEPTED
    return ReviewState.ACCEPTED if current.restatement is None else ReviewState.CHANGED
