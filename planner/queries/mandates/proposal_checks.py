"""What is left to do before a proposed mandate version can be adopted."""

from collections import Counter
from collections.abc import Iterable, Iterator

from planner.base.language import tr
from planner.base.listing import listed
from planner.domain.vocabulary import Lineage, ReviewState
from planner.queries.mandates.proposals import KEPT, ProposalRowView, ProposalView

# The number of names to list; further names are only counted.
LISTED = 8


def what_is_left(proposal: ProposalView) -> tuple[str, ...]:
    """Return a sentence, without a full stop, for each kind of task that is left. Empty if nothing is left."""
    return (*_undecided(proposal), *_rejected_and_needed(proposal), *_without_row(proposal), *_contradictory(proposal))


def gaps(proposal: ProposalView) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the clauses without a crosswalk row: those of the earlier version, and those of the proposal.

    The first version of a plan needs no rows, because there is no earlier version.
    """
    if proposal.summary.supersedes is None:
        return (), ()
    rows = not_rejected(proposal)
    before, after = {row.from_clause for row in rows}, {row.to_clause for row in rows}
    return (
        tuple(clause.key for clause in proposal.earlier if clause.key not in before),
        tuple(clause.key for clause in proposal.clauses if clause.state in _NOT_REJECTED and clause.key not in after),
    )


_NOT_REJECTED = KEPT | {ReviewState.MACHINE_MADE}


def not_rejected(proposal: ProposalView) -> list[ProposalRowView]:
    """Return the proposal's crosswalk rows that nobody rejected."""
    return [row for row in proposal.rows if row.state in _NOT_REJECTED]


def _undecided(proposal: ProposalView) -> Iterator[str]:
    clauses = [clause.key for clause in proposal.clauses if clause.state is ReviewState.MACHINE_MADE]
    rows = [str(row.number) for row in proposal.rows if row.state is ReviewState.MACHINE_MADE]
    if clauses:
        yield tr("machine-made clauses to restate or reject: {clauses}", clauses=listed(clauses, most=LISTED))
    if rows:
        yield tr("machine-made rows to accept, change or reject: {rows}", rows=listed(rows, most=LISTED))
    if not any(clause.state in _NOT_REJECTED for clause in proposal.clauses):
        yield tr("every clause was rejected")


def _rejected_and_needed(proposal: ProposalView) -> Iterator[str]:
    rejected = {clause.key for clause in proposal.clauses if clause.state is ReviewState.REJECTED}
    for clause in proposal.clauses:
        if clause.parent in rejected and clause.state in _NOT_REJECTED:
            yield tr("{clause} is a part of {parent}, which was rejected", clause=clause.key, parent=clause.parent)
    for row in not_rejected(proposal):
        if row.to_clause in rejected:
            yield tr("row {number} has the rejected later clause {clause}", number=row.number, clause=row.to_clause)


def _without_row(proposal: ProposalView) -> Iterator[str]:
    before, after = gaps(proposal)
    if before:
        yield _clauses_without_row(proposal.summary.supersedes, before)
    if after:
        yield _clauses_without_row(proposal.key, after)


def _clauses_without_row(version: object, clauses: tuple[str, ...]) -> str:
    return tr("clauses of {version} without a row: {clauses}", version=version, clauses=listed(clauses, most=LISTED))


def _contradictory(proposal: ProposalView) -> Iterator[str]:
    """Yield a sentence per row whose lineage contradicts other rows. Moved-to, for example, allows only one row."""
    rows = not_rejected(proposal)
    leaving, coming = lineages(rows)
    for row in rows:
        several = (leaving[row.from_clause] > 1, coming[row.to_clause] > 1)
        contradiction = _contradiction(row, *several)
        if contradiction:
            yield tr(
                "the lineage of row {number} ({ends}) is {lineage}, but {contradiction}",
                number=row.number,
                ends=row.ends,
                lineage=row.lineage.value,
                contradiction=contradiction,
            )


def lineages(rows: Iterable[ProposalRowView]) -> tuple[Counter[str | None], Counter[str | None]]:
    """Return the number of crosswalk rows of each earlier clause, and that of each later clause."""
    every = list(rows)
    return Counter(row.from_clause for row in every), Counter(row.to_clause for row in every)


def _contradiction(row: ProposalRowView, splits: bool, merges: bool) -> str | None:
    match row.lineage:
        case Lineage.MOVED_TO if splits or merges:
            return tr("another row has the same earlier or later clause")
        case Lineage.SPLIT_INTO if not splits:
            return tr("no other row has the earlier clause {clause}", clause=row.from_clause)
        case Lineage.MERGED_INTO if not merges:
            return tr("no other row has the later clause {clause}", clause=row.to_clause)
        case Lineage.NEW if merges:
            return tr("another row has the later clause {clause}", clause=row.to_clause)
        case Lineage.WITHDRAWN if splits:
            return tr("another row has the earlier clause {clause}", clause=row.from_clause)
    return None
