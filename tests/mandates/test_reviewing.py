"""What people decide of a draft, step by step; the program's own proposals follow, and a person's are left alone."""

from pathlib import Path
from typing import Any

import pytest

from planner.base.errors import BadValueError, NotAllowedError, PlannerError, UnknownNameError
from planner.domain.vocabulary import Lineage, ReviewState, SetRelation
from planner.mandates.reviewing import reject_clause, restate_clause
from planner.mandates.row_review import NewRow, RowChange, accept_row, add_row, change_row, reject_row
from planner.queries.history.log import LogFilters, read_log
from planner.queries.mandates.proposal_checks import gaps, what_is_left
from planner.queries.mandates.proposals import ProposalView
from planner.store.database import Database
from tests.factories import COLLEAGUE, reading_of, writing_by
from tests.mandates.factories import KEY, LATER, attach_old, draft_of, drafted, rows_of
from tests.writes.refusals import refused

REFUSED: list[tuple[Any, list[Any], type[PlannerError], str, str]] = [
    (restate_clause, ["duty-9", "Words."], UnknownNameError, "no clause 'duty-9'", "CLAUSE"),
    (restate_clause, ["duty-2"], BadValueError, "this clause has no restatement yet", "duty-2"),
    (restate_clause, ["duty-2", " "], BadValueError, "text is required", "restatement"),
    (reject_clause, ["duty-2", ""], BadValueError, "text is required", "reason"),
    (accept_row, [99], UnknownNameError, "no row 99", "row"),
    (reject_row, [1, " "], BadValueError, "text is required", "reason"),
    (change_row, [1, RowChange("")], BadValueError, "text is required", "reason"),
    (change_row, [1, RowChange("x", Lineage.NEW)], BadValueError, "lineage 'new' has no earlier clause", "lineage"),
    (
        change_row,
        [4, RowChange("x", Lineage.MOVED_TO)],
        BadValueError,
        "lineage 'withdrawn' has no later clause",
        "lineage",
    ),
    (
        add_row,
        [NewRow("duty-1", "duty-1", Lineage.MOVED_TO, SetRelation.EQUAL_TO, "x")],
        NotAllowedError,
        "there is already a row for duty-1 → duty-1: number 1",
        KEY,
    ),
    (
        add_row,
        [NewRow("duty-9", "duty-4", Lineage.MOVED_TO, SetRelation.EQUAL_TO, "x")],
        UnknownNameError,
        "old has no clause 'duty-9'",
        "from clause",
    ),
    (
        add_row,
        [NewRow(None, None, Lineage.NEW, SetRelation.EQUAL_TO, "x")],
        BadValueError,
        "a crosswalk row needs at least one clause",
        "from clause",
    ),
]


@pytest.fixture
def opened(sqlite_register: Database, tmp_path: Path) -> Database:
    attach_old(sqlite_register, tmp_path)
    drafted(sqlite_register, tmp_path)
    return sqlite_register


def decide(database: Database, decision: Any, *arguments: Any) -> ProposalView:
    with database.writing() as session:
        view: ProposalView = decision(writing_by(session, COLLEAGUE, LATER), KEY, *arguments)
        return view


def test_a_clause_is_restated_accepted_as_proposed_or_rejected(register: Database, tmp_path: Path):
    attach_old(register, tmp_path)
    drafted(register, tmp_path)
    decide(register, restate_clause, "duty-1")
    decide(register, restate_clause, "duty-2", "Rooms are run.")
    decide(register, restate_clause, "duty-3", "Open on Sundays.")
    again = decide(register, restate_clause, "duty-3", "Open on Sundays, jointly.")
    assert [(clause.restatement, clause.state.value) for clause in again.clauses[:3]] == [
        ("Quays and lights are maintained.", "accepted"),
        ("Rooms are run.", "accepted"),
        ("Open on Sundays, jointly.", "changed"),
    ]
    assert decide(register, restate_clause, "duty-1", "Other words.").clause("duty-1").state is ReviewState.CHANGED
    rejected = decide(register, reject_clause, "duty-2", "It is the foot of the page.")
    assert rejected.clause("duty-2").state is ReviewState.REJECTED
    with register.reading() as session:
        events = read_log(reading_of(session), LogFilters(action="review-draft"), limit=50).events
    told = [(event.label, event.reason, [field.name for field in event.fields]) for event in events]
    assert ("next:duty-2", "It is the foot of the page.", ["state"]) in told
    assert ("next:duty-2>duty-2", "It is the foot of the page.", ["state"]) in told


def test_a_row_is_accepted_changed_or_rejected(register: Database, tmp_path: Path):
    attach_old(register, tmp_path)
    drafted(register, tmp_path)
    assert decide(register, accept_row, 1).row(1).rationale.startswith("Proposed by the program")
    assert decide(register, accept_row, 1, "The same words.").row(1).rationale == "The same words."
    change = RowChange("The archive's part went.", relation=SetRelation.SUPERSET_OF)
    changed = decide(register, change_row, 2, change).row(2)
    assert (changed.state, changed.lineage, changed.relation) == (
        ReviewState.CHANGED,
        Lineage.SPLIT_INTO,
        SetRelation.SUPERSET_OF,
    )
    assert changed.rationale == "The archive's part went."
    assert decide(register, reject_row, 3, "Another thing.").row(3).state is ReviewState.REJECTED


def test_after_a_rejection_the_program_proposes_again_what_nobody_decided(opened: Database):
    now = decide(opened, reject_row, 3, "Sundays are another thing.")
    # The other half of the split is one to one now, and what was left alone is proposed as new.
    assert (now.row(2).lineage, now.row(2).state) == (Lineage.MOVED_TO, ReviewState.MACHINE_MADE)
    assert rows_of(now)[7:] == [(None, "duty-3", "new", "no-relationship")]
    assert (now.row(8).state, now.row(8).likeness) == (ReviewState.MACHINE_MADE, None)
    # Rejecting that too leaves a gap, and is not undone by the program.
    assert rows_of(decide(opened, reject_row, 8, "It is not new either."))[8:] == []
    assert gaps(draft_of(opened)) == ((), ("duty-3",))
    gone = decide(opened, reject_clause, "duty-1", "It is a menu.")
    assert rows_of(gone)[8:] == [("duty-1", None, "withdrawn", "no-relationship")]
    assert gaps(gone) == ((), ("duty-3",))


def test_what_a_person_decided_is_told_and_not_changed_where_it_no_longer_fits(opened: Database):
    decide(opened, accept_row, 2)
    now = decide(opened, reject_row, 3, "Sundays are another thing.")
    assert (now.row(2).lineage, now.row(2).state) == (Lineage.SPLIT_INTO, ReviewState.ACCEPTED)
    assert (
        "the lineage of row 2 (duty-2 → duty-2) is split-into, but no other row has the earlier clause duty-2"
        in what_is_left(now)
    )


def test_a_person_adds_a_row_and_the_proposals_beside_it_follow(opened: Database):
    new = NewRow("duty-1", "duty-4.1", Lineage.SPLIT_INTO, SetRelation.INTERSECTS_WITH, "Both are about the pier.")
    now = decide(opened, add_row, new)
    assert rows_of(now)[7:] == [("duty-1", "duty-4.1", "split-into", "intersects-with")]
    assert (now.row(8).state, now.row(8).rationale) == (ReviewState.ACCEPTED, "Both are about the pier.")
    assert now.row(1).lineage is Lineage.SPLIT_INTO
    assert (
        "the lineage of row 6 (nothing → duty-4.1) is new, but another row has the later clause duty-4.1"
        in what_is_left(now)
    )


def test_a_decision_that_cannot_be_is_refused_with_nothing_written(opened: Database):
    for decision, arguments, error, told, where in REFUSED:
        with refused(opened, error, told, where):
            decide(opened, decision, *arguments)


def test_no_row_leads_to_a_clause_that_was_rejected(opened: Database):
    decide(opened, reject_clause, "duty-3", "It is a menu.")
    with refused(opened, NotAllowedError, "duty-3 was rejected, so no crosswalk row can refer to it", KEY):
        decide(opened, accept_row, 3)
    decide(opened, restate_clause, "duty-3", "It is a duty after all.")
    assert decide(opened, accept_row, 3).row(3).state is ReviewState.ACCEPTED
