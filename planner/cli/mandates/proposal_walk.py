"""Reviewing a proposed mandate version by answering questions in plain lines: first its clauses, then its rows.

Each decision is recorded at once.
"""

from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from planner.base.errors import NotAllowedError
from planner.base.language import later, tr, tr_later
from planner.cli.context import Context
from planner.cli.mandates.proposal_text import lines_left, proposed_clause_lines, row_lines
from planner.cli.output import print_line
from planner.cli.walk import SKIP, SkippedError, ask, ask_all, ask_until, one_by_one, unknown_answer, until_ended
from planner.domain.typed_words import listed_words, read_word
from planner.domain.vocabulary import Lineage, ProposalState, ReviewState, SetRelation

if TYPE_CHECKING:
    from planner.queries.mandates.proposals import ProposalClauseView, ProposalRowView, ProposalView
    from planner.register.writing import Writing

    Decision = Callable[[Writing], ProposalView]

ACCEPTED, CHANGED, REJECTED, PRINTED = "a", "c", "r", "="
HELP_ON_CLAUSES = later(
    "Restate each clause in your own words. Enter accepts the proposed restatement, = keeps the printed words,"
    " r leaves the clause out, < goes back one question, s skips it, q ends."
)
HELP_ON_ROWS = later(
    "For each row: a accepts it, c changes it, r leaves it out, < goes back one question, s skips it, q ends."
)

_Word = TypeVar("_Word", bound=StrEnum)


def go_through(context: Context, key: str) -> None:
    """Ask about every machine-made clause and crosswalk row of a proposal.

    Raises NotAllowedError if the proposal was adopted or withdrawn.
    """
    proposal = _read(context, key)
    if proposal.summary.state is not ProposalState.OPEN:
        raise NotAllowedError(
            tr("this proposal was {state}", state=proposal.summary.state.value),
            where=key,
            do=tr("There is nothing to review"),
        )
    with until_ended(tr("Ended. Your decisions so far are recorded.")):
        if _clauses(context, key):
            print_line(tr_later(HELP_ON_CLAUSES))
        for clause in one_by_one(partial(_clauses, context, key)):
            _ask_about_clause(context, key, clause)
        if _rows(context, key):
            print_line()
            print_line(tr_later(HELP_ON_ROWS))
        for proposal, row in one_by_one(partial(_rows, context, key)):
            _ask_about_row(context, proposal, row)
    for line in lines_left(_read(context, key)):
        print_line(line)


def _clauses(context: Context, key: str) -> "dict[str, ProposalClauseView]":
    """Return the undecided clauses of a proposal by key."""
    return {clause.key: clause for clause in _read(context, key).clauses if clause.state is ReviewState.MACHINE_MADE}


def _rows(context: Context, key: str) -> "dict[str, tuple[ProposalView, ProposalRowView]]":
    """Return the undecided crosswalk rows of a proposal by number. Each row comes with the proposal."""
    proposal = _read(context, key)
    return {str(row.number): (proposal, row) for row in proposal.rows if row.state is ReviewState.MACHINE_MADE}


def _ask_about_clause(context: Context, key: str, clause: "ProposalClauseView") -> None:
    print_line(f"{key}:{clause.key}  {clause.number}")
    for line in proposed_clause_lines(clause):
        print_line(line)
    with suppress(SkippedError):
        ask_until(
            tr("Restatement"), lambda answer: _record(context, _decision_on_clause(key, clause, answer)), first=True
        )


def _ask_about_row(context: Context, proposal: "ProposalView", row: "ProposalRowView") -> None:
    for line in row_lines(proposal, row):
        print_line(line)
    with suppress(SkippedError):
        ask_until(
            tr("Decision (a, c, r, s or q)"),
            lambda answer: _record(context, _decision_on_row(proposal.key, row, answer)),
            first=True,
        )


def _decision_on_clause(key: str, clause: "ProposalClauseView", answer: str) -> "Decision":
    from planner.mandates.reviewing import reject_clause, restate_as_printed, restate_clause

    if answer == SKIP or not (answer or clause.restatement):
        raise SkippedError
    if answer == REJECTED:
        why = ask(tr("Reason for leaving it out"))
        return lambda writing: reject_clause(writing, key, clause.key, why)
    if answer == PRINTED:
        return lambda writing: restate_as_printed(writing, key, clause.key)
    return lambda writing: restate_clause(writing, key, clause.key, answer or None)


def _decision_on_row(key: str, row: "ProposalRowView", answer: str) -> "Decision":
    from planner.mandates.row_review import RowChange, accept_row, change_row, reject_row

    number = row.number
    if answer == ACCEPTED:
        return lambda writing: accept_row(writing, key, number)
    if answer == REJECTED:
        why = ask(tr("Reason for leaving it out"))
        return lambda writing: reject_row(writing, key, number, why)
    if answer == CHANGED:
        lineage, relation, why = ask_all(
            (
                lambda: _word(tr("Lineage"), Lineage, row.lineage),
                lambda: _word(tr("Relation"), SetRelation, row.relation),
                lambda: ask(tr("Reason")),
            )
        )
        change = RowChange(why, lineage, relation)
        return lambda writing: change_row(writing, key, number, change)
    if answer in (SKIP, ""):
        raise SkippedError
    raise unknown_answer(answer, tr("Type a, c, r, s or q"))


def _word(question: str, vocabulary: type[_Word], current: _Word) -> _Word:
    """Ask for one of several words. An empty answer keeps the current word."""
    return ask_until(f"{question}: {listed_words(vocabulary)}", partial(read_word, vocabulary), current.value)


def _record(context: Context, decision: "Decision") -> None:
    with context.writing() as writing:
        decision(writing)
    print_line(tr("Recorded."))


def _read(context: Context, key: str) -> "ProposalView":
    from planner.queries.mandates.proposals import read_proposal

    with context.reading() as reading:
        return read_proposal(reading.session, key)
