"""Reviewing a draft by questions and answers, on plain lines: first its clauses, then its crosswalk rows.

Each answer is one write; what was decided stays decided, however it ends.
"""

from collections.abc import Callable, Collection, Iterator
from typing import TYPE_CHECKING, TypeVar

from planner.base.errors import NotAllowedError, PlannerError
from planner.cli.context import Context
from planner.cli.mandates.proposal_text import clause_lines, row_lines, standing_lines
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
ON_CLAUSES = (
    "Say what each clause lays down, in your own words. Enter takes a restatement that is proposed,"
    " r leaves the passage out, s skips it, q ends."
)
ON_ROWS = "For each row: a accepts it, c changes it, r leaves it out, s skips it, q ends."

_Part = TypeVar("_Part")


def go_through(context: Context, key: str) -> None:
    """Ask about all of a draft that is machine-made. Raises NotAllowedError for a draft that is not open."""
    draft = _read(context, key)
    if draft.summary.state is not DraftState.OPEN:
        raise NotAllowedError(f"this draft was {draft.summary.state.value}", where=key, do="There is nothing to review")
    try:
        print_line(ON_CLAUSES)
        for draft, clause in _undecided(context, key, lambda draft: {one.key: one for one in _clauses(draft)}):
            _about_clause(context, draft, clause)
        print_line()
        print_line(ON_ROWS)
        for draft, row in _undecided(context, key, lambda draft: {str(one.number): one for one in _rows(draft)}):
            _about_row(context, draft, row)
    except EndedError:
        print_line()
        print_line("Ended; what was decided stays.")
    print_line()
    for line in standing_lines(_read(context, key)):
        print_line(line)


def _undecided(
    context: Context, key: str, parts_of: "Callable[[DraftView], dict[str, _Part]]"
) -> "Iterator[tuple[DraftView, _Part]]":
    """What is machine-made, one after the other; the draft is read again each time, for a decision can add to it."""
    asked: set[str] = set()
    while True:
        draft = _read(context, key)
        left = {name: part for name, part in parts_of(draft).items() if name not in asked}
        if not left:
            return
        name, part = next(iter(left.items()))
        asked.add(name)
        print_line()
        print_line(f"{len(left)} to go")
        yield draft, part


def _clauses(draft: "DraftView") -> "list[DraftedClauseView]":
    return [clause for clause in draft.clauses if clause.state is Proposal.MACHINE_MADE]


def _rows(draft: "DraftView") -> "list[DraftedRowView]":
    return [row for row in draft.rows if row.state is Proposal.MACHINE_MADE]


def _about_clause(context: Context, draft: "DraftView", clause: "DraftedClauseView") -> None:
    print_line(f"{draft.key}:{clause.key}  {clause.number}")
    for line in clause_lines(clause):
        print_line(line)
    skips = {SKIPPED} if clause.restatement else {SKIPPED, ""}
    _settle(context, "Restatement", skips, lambda answer: _decision_on_clause(draft.key, clause, answer))


def _about_row(context: Context, draft: "DraftView", row: "DraftedRowView") -> None:
    for line in row_lines(draft, row):
        print_line(line)
    _settle(context, "a, c, r, s or q", {SKIPPED, ""}, lambda answer: _decision_on_row(draft.key, row, answer))


def _settle(
    context: Context, question: str, skips: Collection[str], decision_on: "Callable[[str], Decision | None]"
) -> None:
    """Ask until there is an answer that is taken, or that skips."""
    while (answer := ask(question)) not in skips:
        decision = decision_on(answer)
        if decision is None:
            print_line("Answer with one of these letters.")
        elif _recorded(context, decision):
            return


def _decision_on_clause(key: str, clause: "DraftedClauseView", answer: str) -> "Decision":
    from planner.mandates.reviewing import reject_clause, restate_clause

    if answer == REJECTED:
        why = ask("Why it is left out")
        return lambda session, who, at: reject_clause(session, who, key, clause.key, why, at=at)
    return lambda session, who, at: restate_clause(session, who, key, clause.key, answer or None, at=at)


def _decision_on_row(key: str, row: "DraftedRowView", answer: str) -> "Decision | None":
    from planner.mandates.row_review import RowChange, accept_row, change_row, reject_row

    number = row.number
    if answer == ACCEPTED:
        return lambda session, who, at: accept_row(session, who, key, number, at=at)
    if answer == REJECTED:
        why = ask("Why it is left out")
        return lambda session, who, at: reject_row(session, who, key, number, why, at=at)
    if answer == CHANGED:
        lineage = Lineage(_word("Lineage", [one.value for one in Lineage], row.lineage.value))
        relation = SetRelation(_word("Relation", [one.value for one in SetRelation], row.relation.value))
        change = RowChange(ask("Reason"), lineage, relation)
        return lambda session, who, at: change_row(session, who, key, number, change, at=at)
    return None


def _recorded(context: Context, decision: "Decision") -> bool:
    """Record a decision. Where it is refused, say why, so that it can be answered again."""
    try:
        with context.writing() as (session, _plan):
            decision(session, context.actor, context.now())
    except PlannerError as error:
        print_line(error.message)
        return False
    print_line("Recorded.")
    return True


def _word(question: str, words: list[str], standing: str) -> str:
    """One of some words, or the beginning of one; nothing keeps what stands."""
    while True:
        answer = ask(f"{question}: {', '.join(words)} [{standing}]") or standing
        found = [word for word in words if word.startswith(answer)]
        if answer in words or len(found) == 1:
            return answer if answer in words else found[0]
        print_line(f"'{answer}' is none of these words.")


def _read(context: Context, key: str) -> "DraftView":
    from planner.queries.mandates.proposals import read_draft

    with context.reading() as (session, _plan):
        return read_draft(session, key)
