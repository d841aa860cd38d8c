"""What is left to do before a proposed mandate version can be adopted."""

from collections import Counter
from collections.abc import Iterable, Iterator

from planner.base.listing import listed
from planner.domain.vocabulary import Lineage, ReviewState
from planner.queries.mandates.proposals import KEPT, ProposalRowView, ProposalView

# The number of names to list; further names are only counted.
LISTED = 8


def what_is_left(proposal: ProposalView) -> tuple[str, ...]:
    """Return one sentence, without its full stop, for each kind of open task. An empty tuple means none is open."""
    return (*_undecided(proposal), *_rejected_and_needed(proposal), *_without_row(proposal), *_contradictory(proposal))


def gaps(proposal: ProposalView) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the clauses without a crosswalk row: those of the earlier version, and those of the proposal."""
    rows = not_rejected(proposal)
    before, after = {row.from_clause for row in rows}, {row.to_clause for row in rows}
    return (
        tuple(clause.key for clause in proposal.earlier if clause.key not in before),
        tuple(clause.key for clause in proposal.clauses if clause.state in _NOT_REJECTED and clause.key not in after),
    )


_NOT_REJECTED = KEPT | {ReviewState.MACHINE_MADE}


def not_rejected(proposal: ProposalView) -> list[ProposalRowView]:
    """Return the rows that nobody rejected."""
    return [row for row in proposal.rows if row.state in _NOT_REJECTED]


def _undecided(proposal: ProposalView) -> Iterator[str]:
    clauses = [clause.key for clause in proposal.clauses if clause.state is ReviewState.MACHINE_MADE]
    rows = [str(row.number) for row in proposal.rows if row.state is ReviewState.MACHINE_MADE]
    if clauses:
        yield f"machine-made clauses, to be restated or rejected: {listed(clauses, most=LISTED)}"
    if rows:
        yield f"machine-made rows, to be accepted, changed or rejected: {listed(rows, most=LISTED)}"
    if not any(clause.state in _NOT_REJECTED for clause in proposal.clauses):
        yield "every clause was rejected"


def _rejected_and_needed(proposal: ProposalView) -> Iterator[str]:
    rejected = {clause.key for clause in proposal.clauses if clause.state is ReviewState.REJECTED}
    for clause in proposal.clauses:
        if clause.parent in rejected and clause.state in _NOT_REJECTED:
            yield f"{clause.key} is a part of {clause.parent}, which was rejected"
    for row in not_rejected(proposal):
        if row.to_clause in rejected:
            yield f"row {row.number} leads to {row.to_clause}, which was rejected"


def _without_row(proposal: ProposalView) -> Iterator[str]:
    before, after = gaps(proposal)
    if before:
        yield f"clauses of {proposal.summary.supersedes} without a row: {listed(before, most=LISTED)}"
    if after:
        yield f"clauses of {proposal.key} without a row: {listed(after, most=LISTED)}"


def _contradictory(proposal: ProposalView) -> Iterator[str]:
    """Yield rows whose lineage contradicts other rows. For example, moved-to is one to one, split-into one to many."""
    rows = not_rejected(proposal)
    leaving, coming = lineages(rows)
    for row in rows:
        several = (leaving[row.from_clause] > 1, coming[row.to_clause] > 1)
        contradiction = _contradiction(row, *several)
        if contradiction:
            yield f"row {row.number} ({row.ends}) says {row.lineage.value}, but {contradiction}"


def lineages(rows: Iterable[ProposalRowView]) -> tuple[Counter[str | None], Counter[str | None]]:
    """Count the rows that leave each earlier clause, and the rows that lead to each later clause."""
    every = list(rows)
    return Counter(row.from_clause for row in every), Counter(row.to_clause for row in every)


def _contradiction(row: ProposalRowView, splits: bool, merges: bool) -> str | None:
    match row.lineage:
        case Lineage.MOVED_TO if splits or merges:
            return "it is not the only row of its clauses"
        case Lineage.SPLIT_INTO if not splits:
            return f"no other row comes from {row.from_clause}"
        case Lineage.MERGED_INTO if not merges:
            return f"no other row leads to {row.to_clause}"
        case Lineage.NEW if merges:
            return f"another row leads to {row.to_clause}"
        case Lineage.WITHDRAWN if splits:
            return f"another row comes from {row.from_clause}"
    return None
