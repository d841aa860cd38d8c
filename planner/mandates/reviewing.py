"""What people decide about a draft's clauses: restated in their own words, accepted as proposed, or rejected."""

from datetime import datetime

from sqlalchemy.orm import Session

from planner.errors import BadValueError
from planner.journal import Actor
from planner.mandates.opened import opened
from planner.mandates.row_review import propose_again, reject
from planner.models import DraftedClause
from planner.queries.drafts import DraftedClauseView, DraftView
from planner.texts import required
from planner.vocabulary import Proposal


def restate_clause(
    session: Session, actor: Actor, key: str, clause: str, restatement: str | None = None, *, at: datetime
) -> DraftView:
    """Take a clause into the version, restated in the person's own words; without any, as it is restated already.

    Raises UnknownNameError for a clause that the draft does not have, BadValueError where nothing restates it.
    """
    with opened(session, actor, key, at) as draft:
        standing = draft.view.clause(clause)
        words = standing.restatement if restatement is None else required(restatement, "restatement")
        if words is None:
            raise BadValueError(
                "nothing restates this clause yet",
                where=clause,
                do="Say what it lays down, in your own words",
                by_field="restatement",
            )
        values = {"restatement": words, "state": _state(standing, words).value}
        draft.change(draft.row(DraftedClause, standing.id), values, clause, None)
        return draft.now()


def reject_clause(session: Session, actor: Actor, key: str, clause: str, reason: str, *, at: datetime) -> DraftView:
    """Leave a passage out of the version: it is no clause. The rows that lead to it are rejected with it.

    Where an earlier clause is left without a row by that, the program proposes that it was withdrawn.
    """
    why = required(reason, "reason")
    with opened(session, actor, key, at) as draft:
        row = draft.row(DraftedClause, draft.view.clause(clause).id)
        draft.change(row, {"state": Proposal.REJECTED.value}, clause, why)
        for one in draft.view.rows:
            if one.to_clause == clause:
                reject(draft, one, why)
        propose_again(draft)
        return draft.now()


def _state(standing: DraftedClauseView, words: str) -> Proposal:
    """Changed, where other words had been proposed or given before."""
    if words == standing.restatement:
        return Proposal.CHANGED if standing.state is Proposal.CHANGED else Proposal.ACCEPTED
    return Proposal.ACCEPTED if standing.restatement is None else Proposal.CHANGED
