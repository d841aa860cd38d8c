"""Reviewing a proposed mandate version by answering questions in plain lines: first its clauses, then its rows.

Each decision is recorded at once.
"""

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, TypeVar

from planner.base.errors import NotAllowedError, PlannerError
from planner.base.language import later, tr, tr_later
from planner.cli.context import Context
from planner.cli.mandates.proposal_text import clause_lines, lines_left, row_lines
from planner.cli.output import print_line
from planner.cli.walk import EndedError, ask
from planner.domain.vocabulary import DraftState, Lineage, Proposal, SetRelation

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from planner.queries.mandates.proposals import DraftedClauseView, DraftedRowView, DraftView
    from planner.store.journal import Actor

    Decision = Callable[[Session, Actor, datetime], DraftView]

ACCEPTED, CHANGED, REJECTED, SKIPPED = "a", "c", "r", "s"
HELP_ON_CLAUSES = later(
    "Restate each clause in your own words. Enter accepts the proposed restatement, r leaves the clause out,"
    " s skips it, q ends."
)
HELP_ON_ROWS = later("For each row: a accepts it, c changes it, r leaves it out, s skips it, q ends.")

_Part = TypeVar("_Part")


def go_through(context: Context, key: str) -> None:
    """Ask about every clause and row of a proposal that is machine-made.

    Raises NotAllowedError if the proposal was adopted or withdrawn.
    """
    draft = _read(context, key)
    if draft.summary.state is not DraftState.OPEN:
        raise NotAllowedError(
            tr("this proposal was {state}", state=draft.summary.state.value),
            where=key,
            do=tr("There is nothing to review"),
        )
    try:
        print_line(tr_later(HELP_ON_CLAUSES))
        for draft, clause in _undecided(context, key, lambda draft: {one.key: one for one in _clauses(draft)}):
            _ask_about_clause(context, draft, clause)
        print_line()
        print_line(tr_later(HELP_ON_ROWS))
        for draft, row in _undecided(context, key, lambda draft: {str(one.number): one for one in _rows(draft)}):
            _ask_about_row(context, draft, row)
    except EndedError:
        print_line()
        print_line(tr("Ended. Your decisions so far are recorded."))
    print_line()
    for line in lines_left(_read(context, key)):
        print_line(line)


def _undecided(
    context: Context, key: str, parts_of: "Callable[[DraftView], dict[str, _Part]]"
) -> "Iterator[tuple[DraftView, _Part]]":
    """Yield the machine-made parts of a proposal one by one, each with the proposal.

    The proposal is read again before each part, because a decision can add parts.
    """
    shown: set[str] = set()
    while True:
        draft = _read(context, key)
        left = {name: part for name, part in parts_of(draft).items() if name not in shown}
        if not left:
            return
        name, part = next(iter(left.items()))
        shown.add(name)
        print_line()
        print_line(tr("{number} to go", number=len(left)))
        yield draft, part


def _clauses(draft: "DraftView") -> "list[DraftedClauseView]":
    return [clause for clause in draft.clauses if clause.state is Proposal.MACHINE_MADE]


def _rows(draft: "DraftView") -> "list[DraftedRowView]":
    return [row for row in draft.rows if row.state is Proposal.MACHINE_MADE]


def _ask_about_clause(context: Context, draft: "DraftView", clause: "DraftedClauseView") -> None:
    print_line(f"{draft.key}:{clause.key}  {clause.number}")
    for line in clause_lines(clause):
        print_line(line)
    skips = {SKIPPED} if clause.restatement else {SKIPPED, ""}
    _decide(context, tr("Restatement"), skips, lambda answer: _decision_on_clause(draft.key, clause, answer))


def _ask_about_row(context: Context, draft: "DraftView", row: "DraftedRowView") -> None:
    for line in row_lines(draft, row):
        print_line(line)
    _decide(context, tr("a, c, r, s or q"), {SKIPPED, ""}, lambda answer: _decision_on_row(draft.key, row, answer))


def _decide(
    context: Context, question: str, skips: Collection[str], decision_on: "Callable[[str], Decision | None]"
) -> None:
    """Ask until a decision is recorded, or the answer is one that skips."""
    while (answer := ask(question)) not in skips:
        decision = decision_on(answer)
        if decision is None:
            print_line(tr("Answer with one of these letters."))
        elif _recorded(context, decision):
            return


def _decision_on_clause(key: str, clause: "DraftedClauseView", answer: str) -> "Decision":
    from planner.mandates.reviewing import reject_clause, restate_clause

    if answer == REJECTED:
        why = ask(tr("Why it is left out"))
        return lambda session, who, at: reject_clause(session, who, key, clause.key, why, at=at)
    return lambda session, who, at: restate_clause(session, who, key, clause.key, answer or None, at=at)


def _decision_on_row(key: str, row: "DraftedRowView", answer: str) -> "Decision | None":
    from planner.mandates.row_review import RowChange, accept_row, change_row, reject_row

    number = row.number
    if answer == ACCEPTED:
        return lambda session, who, at: accept_row(session, who, key, number, at=at)
    if answer == REJECTED:
        why = ask(tr("Why it is left out"))
        return lambda session, who, at: reject_row(session, who, key, number, why, at=at)
    if answer == CHANGED:
        lineage = Lineage(_word(tr("Lineage"), [one.value for one in Lineage], row.lineage.value))
        relation = SetRelation(_word(tr("Relation"), [one.value for one in SetRelation], row.relation.value))
        change = RowChange(ask(tr("Reason")), lineage, relation)
        return lambda session, who, at: change_row(session, who, key, number, change, at=at)
    return None


def _recorded(context: Context, decision: "Decision") -> bool:
    """Record a decision, and return whether it was recorded. If it is refused, print the reason."""
    try:
        with context.writing() as (session, _plan):
            decision(session, context.actor, context.now())
    except PlannerError as error:
        print_line(error.message)
        return False
    print_line(tr("Recorded."))
    return True


def _word(question: str, words: list[str], current: str) -> str:
    """Ask for one of some words, in full or by its beginning. An empty answer keeps the current word."""
    while True:
        answer = ask(f"{question}: {', '.join(words)} [{current}]") or current
        found = [word for word in words if word.startswith(answer)]
        if answer in words or len(found) == 1:
            return answer if answer in words else found[0]
        print_line(tr("'{text}' is not one of these words.", text=answer))


def _read(context: Context, key: str) -> "DraftView":
    from planner.queries.mandates.proposals import read_draft

    with context.reading() as reading:
        return read_draft(reading.session, key)
