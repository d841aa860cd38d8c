"""Decisions about the crosswalk rows of a proposed mandate version: accept, change, reject or add them."""

from dataclasses import dataclass

from planner.base.command_names import command_with
from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.base.language import tr
from planner.base.texts import clean, required
from planner.domain.codes import canonical_key
from planner.domain.vocabulary import Lineage, ReviewState, SetRelation
from planner.mandates.crosswalk import lineage_of
from planner.mandates.open_proposal import ACTION, OpenProposal, open_proposal
from planner.mandates.recording import row_label
from planner.queries.mandates.proposal_checks import gaps, lineages, not_rejected
from planner.queries.mandates.proposals import ProposalRowView, ProposalView
from planner.register.writing import Writing
from planner.store.models import ProposalRow

_PROPOSED_AGAIN = "Proposed by the program: the rows that spoke of this clause were rejected."


@dataclass(frozen=True)
class RowChange:
    """A user's changes to a proposed row. None keeps the present value. The reason becomes the row's rationale."""

    reason: str
    lineage: Lineage | None = None
    relation: SetRelation | None = None


@dataclass(frozen=True)
class NewRow:
    """A crosswalk row that a user adds. A clause is None if the row has no clause of that version."""

    from_clause: str | None
    to_clause: str | None
    lineage: Lineage
    relation: SetRelation
    reason: str


def accept_row(writing: Writing, key: str, number: int, reason: str | None = None) -> ProposalView:
    """Accept a crosswalk row as proposed. If a reason is given, it replaces the program's rationale for the row."""
    own = clean(reason, "reason")
    with open_proposal(writing, key) as proposal:
        row = _reviewable(proposal, number)
        values = {"state": ReviewState.ACCEPTED, "rationale": own or row.rationale}
        _change(proposal, row, values, own)
        propose_again(proposal)
        return proposal.now()


def change_row(writing: Writing, key: str, number: int, change: RowChange) -> ProposalView:
    """Accept a crosswalk row after changing its proposed lineage, relation or rationale."""
    why = required(change.reason, "reason")
    with open_proposal(writing, key) as proposal:
        row = _reviewable(proposal, number)
        lineage = change.lineage or row.lineage
        _require_fitting(lineage, row.from_clause, row.to_clause)
        relation = change.relation or row.relation
        values = {"lineage": lineage, "relation": relation, "rationale": why}
        _change(proposal, row, {**values, "state": ReviewState.CHANGED}, why)
        propose_again(proposal)
        return proposal.now()


def reject_row(writing: Writing, key: str, number: int, reason: str) -> ProposalView:
    """Reject a crosswalk row.

    If this leaves a clause without a row, the program proposes that the clause was withdrawn or is new.
    """
    why = required(reason, "reason")
    with open_proposal(writing, key) as proposal:
        reject(proposal, proposal.view.row(number), why)
        propose_again(proposal)
        return proposal.now()


def add_row(writing: Writing, key: str, new: NewRow) -> ProposalView:
    """Add a crosswalk row that the program did not propose.

    Raises UnknownNameError if a clause does not exist, NotAllowedError if there is already a row between the two
    clauses or no earlier version, and BadValueError if the lineage does not fit them.
    """
    why = required(new.reason, "reason")
    _require_fitting(new.lineage, new.from_clause, new.to_clause)
    with open_proposal(writing, key) as proposal:
        _require_earlier_version(proposal.view)
        _require_no_other(proposal.view, new)
        _require_kept(proposal.view, new.to_clause)
        _put(proposal, new, why, ReviewState.ACCEPTED, why)
        propose_again(proposal)
        return proposal.now()


def reject(proposal: OpenProposal, row: ProposalRowView, reason: str) -> None:
    """Reject a crosswalk row within an open write."""
    _change(proposal, row, {"state": ReviewState.REJECTED}, reason)


def propose_again(proposal: OpenProposal) -> None:
    """Update machine-made rows after a decision: the lineages of pairs, and rows for clauses left without a row."""
    now = proposal.now()
    leaving, coming = lineages(not_rejected(now))
    for row in now.rows:
        if row.state is ReviewState.MACHINE_MADE and row.from_clause and row.to_clause:
            lineage = lineage_of(splits=leaving[row.from_clause] > 1, merges=coming[row.to_clause] > 1)
            _change(proposal, row, {"lineage": lineage}, None)
    known = {(row.from_clause, row.to_clause) for row in now.rows}
    for before, after in _left_without_row(proposal.view, now):
        if (before, after) not in known:
            lineage = Lineage.WITHDRAWN if after is None else Lineage.NEW
            new = NewRow(before, after, lineage, SetRelation.NO_RELATIONSHIP, _PROPOSED_AGAIN)
            _put(proposal, new, _PROPOSED_AGAIN, ReviewState.MACHINE_MADE, None)


def _left_without_row(before: ProposalView, now: ProposalView) -> list[tuple[str | None, str | None]]:
    """Return the two clauses of a new row for each clause that lost its last row by a decision.

    One of the two is None.
    """
    had, have = gaps(before), gaps(now)
    withdrawn = [(key, None) for key in have[0] if key not in had[0]]
    return [*withdrawn, *((None, key) for key in have[1] if key not in had[1])]


def _change(proposal: OpenProposal, row: ProposalRowView, values: dict[str, str], reason: str | None) -> None:
    name = row_label(proposal.view.key, row.from_clause, row.to_clause)
    proposal.journal.change(proposal.row(ProposalRow, row.id), values, action=ACTION, label=name, reason=reason)


def _put(proposal: OpenProposal, new: NewRow, rationale: str, state: ReviewState, reason: str | None) -> None:
    row = ProposalRow(
        draft_id=proposal.view.id,
        from_clause_id=_earlier_id(proposal.view, new.from_clause) if new.from_clause else None,
        to_drafted_id=proposal.view.clause(new.to_clause).id if new.to_clause else None,
        lineage=new.lineage,
        relation=new.relation,
        rationale=rationale,
        likeness=None,
        state=state,
    )
    label = row_label(proposal.view.key, new.from_clause, new.to_clause)
    proposal.journal.add(row, action=ACTION, label=label, reason=reason)
    proposal.journal.session.flush()


def _earlier_id(proposal: ProposalView, key: str) -> int:
    found = next((clause.id for clause in proposal.earlier if clause.key == canonical_key(key)), None)
    if found is None:
        version = proposal.summary.supersedes
        raise UnknownNameError(
            tr("{version} has no clause '{key}'", version=version, key=key),
            where="from clause",
            do=tr("See '{command}'", command=command_with("clauses", mandate=str(version))),
        )
    return found


def _reviewable(proposal: OpenProposal, number: int) -> ProposalRowView:
    """Return a crosswalk row by its number. Raises NotAllowedError if the later clause of the row was rejected."""
    row = proposal.view.row(number)
    _require_kept(proposal.view, row.to_clause)
    return row


def _require_earlier_version(proposal: ProposalView) -> None:
    if proposal.summary.supersedes is None:
        raise NotAllowedError(
            tr("this is the first mandate version of a plan, so no crosswalk leads to it"),
            where=proposal.key,
            do=tr("Review its clauses; it has no rows"),
        )


def _require_kept(proposal: ProposalView, clause: str | None) -> None:
    if clause is not None and proposal.clause(clause).state is ReviewState.REJECTED:
        raise NotAllowedError(
            tr("{clause} was rejected, so no crosswalk row can refer to it", clause=clause),
            where=proposal.key,
            do=tr("Restate the clause first"),
        )


def _require_no_other(proposal: ProposalView, new: NewRow) -> None:
    for row in proposal.rows:
        if (row.from_clause, row.to_clause) == (new.from_clause, new.to_clause):
            raise NotAllowedError(
                tr("there is already a row for {ends}: number {number}", number=row.number, ends=row.ends),
                where=proposal.key,
                do=tr(
                    "Review that row: '{command}'",
                    command=command_with(f"mandate review {proposal.key}", row=str(row.number)),
                ),
            )


def _require_fitting(lineage: Lineage, from_clause: str | None, to_clause: str | None) -> None:
    if from_clause is None and to_clause is None:
        raise BadValueError(
            tr("a crosswalk row needs at least one clause"),
            where="from clause",
            do=tr("Give the earlier clause, the later clause, or both"),
        )
    if (lineage is Lineage.NEW) != (from_clause is None):
        raise BadValueError(
            tr("a row with the lineage 'new' has no earlier clause, and every other row needs one"),
            where="lineage",
            do=tr("Leave out the earlier clause, or choose a lineage other than 'new'")
            if lineage is Lineage.NEW
            else tr("Give the earlier clause, or choose the lineage 'new'"),
        )
    if (lineage is Lineage.WITHDRAWN) != (to_clause is None):
        raise BadValueError(
            tr("a row with the lineage 'withdrawn' has no later clause, and every other row needs one"),
            where="lineage",
            do=tr("Leave out the later clause, or choose a lineage other than 'withdrawn'")
            if lineage is Lineage.WITHDRAWN
            else tr("Give the later clause, or choose the lineage 'withdrawn'"),
        )
