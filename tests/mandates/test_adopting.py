"""A draft becomes a version of the register when everything in it is decided, and nothing else changes by that."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from planner.base.errors import NotAllowedError, UnknownNameError
from planner.base.fingerprints import clause_fingerprint, text_digest
from planner.domain.vocabulary import ProposalState
from planner.integrity.verifying import Verdict, verify
from planner.mandates.adopting import adopt_proposal, drop_proposal
from planner.mandates.reviewing import reject_clause
from planner.mandates.row_review import reject_row
from planner.queries.mandates.clause_views import read_all_clauses
from planner.queries.mandates.clauses import read_outlines
from planner.queries.mandates.proposal_checks import what_is_left
from planner.store.database import Database
from planner.store.models import Clause, CrosswalkRow, Expression, Link, Mandate
from tests.factories import COLLEAGUE, plan_of, reading_of, writing_by
from tests.integrity.conftest import no_step
from tests.mandates.factories import KEY, LATER, attach_old, decide_all, draft_of, drafted
from tests.writes.refusals import counts, gained, refused


def adopt(database: Database, **more: Any) -> None:
    with database.writing() as session:
        adopt_proposal(writing_by(session, COLLEAGUE, LATER), KEY, "Decided by the council on Monday.", **more)


def test_a_draft_with_everything_decided_becomes_a_version(register: Database, tmp_path: Path):
    attach_old(register, tmp_path)
    drafted(register, tmp_path)
    decide_all(register)
    with register.writing() as session:
        reject_clause(writing_by(session, COLLEAGUE, LATER), KEY, "duty-4.2", "It is the foot of the page.")
        links = [(link.clause_id, link.clause_fingerprint) for link in session.execute(select(Link)).scalars()]
    before = counts(register)
    adopt(register, title="Duties from 2021", restatement="The office looks after harbour and children.")
    assert gained(register, before) == {
        "mandate": 1,
        "expression": 1,
        "clause": 5,
        "clause_expression": 5,
        "crosswalk_row": 6,
        "audit_event": 19,
    }
    with register.reading() as session:
        plan = plan_of(session)
        assert plan.mandate == "old"
        assert [(row.clause_id, row.clause_fingerprint) for row in session.execute(select(Link)).scalars()] == links
        version = session.execute(select(Mandate).where(Mandate.key == KEY)).scalar_one()
        assert (version.title, version.restatement) == (
            "Duties from 2021",
            "The office looks after harbour and children.",
        )
        old = session.execute(select(Mandate).where(Mandate.key == "old")).scalar_one()
        assert (version.supersedes_id, version.body_id, version.in_force_from) == (old.id, old.body_id, None)
        clauses = session.execute(select(Clause).where(Clause.mandate_id == version.id)).scalars().all()
        assert clauses[0].fingerprint == clause_fingerprint(
            KEY,
            "duty-1",
            "Own words on duty-1.",
            {"en": text_digest("Keeps the quays and the harbour lights in good order.")},
        )
        shown = [clause for clause in read_all_clauses(reading_of(session)) if clause.mandate == KEY]
        assert [(clause.key, clause.parent) for clause in shown][3:] == [
            ("duty-4", None),
            ("duty-4.1", "next:duty-4"),
        ]
        assert [(text.language, text.number, text.citation.text) for text in shown[4].texts] == [
            ("en", "(1)", "in summer, off the north pier.")
        ]
        assert {(row.from_clause, row.to_clause) for clause in shown for row in clause.crosswalk} == {
            ("old:duty-1", "next:duty-1"),
            ("old:duty-2", "next:duty-2"),
            ("old:duty-2", "next:duty-3"),
            (None, "next:duty-4"),
            (None, "next:duty-4.1"),
        }
        assert [outline.mandate for outline in read_outlines(reading_of(session))] == ["old", "new", KEY]
        assert [outline.mandate for outline in read_outlines(reading_of(session, known_at=LATER))] == ["old", "new"]
        assert verify(session, no_step).verdict is Verdict.CHAINED
    adopted = draft_of(register)
    assert (adopted.summary.state, adopted.summary.mandate) == (ProposalState.ADOPTED, KEY)


def test_what_is_left_is_told_and_nothing_is_written(register: Database, tmp_path: Path):
    attach_old(register, tmp_path)
    drafted(register, tmp_path)
    with refused(register, NotAllowedError, "machine-made clauses to restate or reject: duty-1, duty-2", KEY):
        adopt(register)
    decide_all(register)
    with register.writing() as session:
        reject_row(writing_by(session, COLLEAGUE, LATER), KEY, 4, "It is counted still.")
        reject_clause(writing_by(session, COLLEAGUE, LATER), KEY, "duty-4", "A heading.")
    with refused(register, NotAllowedError, "clauses of old without a row: duty-3", KEY):
        adopt(register)
    assert what_is_left(draft_of(register)) == (
        "duty-4.1 is a part of duty-4, which was rejected",
        "duty-4.2 is a part of duty-4, which was rejected",
        "clauses of old without a row: duty-3",
    )


def test_a_version_without_compared_texts_needs_every_row_from_a_person(sqlite_register: Database, tmp_path: Path):
    drafted(sqlite_register, tmp_path)
    decide_all(sqlite_register)
    with refused(sqlite_register, NotAllowedError, "clauses of old without a row: duty-1, duty-2 and duty-3", KEY):
        adopt(sqlite_register)


@pytest.mark.parametrize("end", [ProposalState.ADOPTED, ProposalState.DROPPED])
def test_a_draft_that_came_to_its_end_is_decided_no_more(sqlite_register: Database, tmp_path: Path, end: ProposalState):
    attach_old(sqlite_register, tmp_path)
    drafted(sqlite_register, tmp_path)
    if end is ProposalState.ADOPTED:
        decide_all(sqlite_register)
        adopt(sqlite_register)
    else:
        with sqlite_register.writing() as session:
            drop_proposal(writing_by(session, COLLEAGUE, LATER), KEY, "A mistake.")
    with refused(sqlite_register, NotAllowedError, f"this proposal was {end.value}", KEY):
        adopt(sqlite_register)
    with sqlite_register.writing() as session, pytest.raises(UnknownNameError, match="no proposal is called 'nosuch'"):
        drop_proposal(writing_by(session, COLLEAGUE, LATER), "nosuch", "Why not.")


def test_the_next_version_after_an_adopted_one_is_compared_with_its_text(sqlite_register: Database, tmp_path: Path):
    attach_old(sqlite_register, tmp_path)
    drafted(sqlite_register, tmp_path)
    decide_all(sqlite_register)
    adopt(sqlite_register)
    text = "1. Keeps the quays and the harbour lights in good order.\n2. Teaches children how to sail.\n"
    after = drafted(sqlite_register, tmp_path, text, key="after", supersedes=KEY)
    assert (after.rows[0].from_clause, after.rows[0].to_clause, after.rows[0].likeness) == ("duty-1", "duty-1", 1.0)
    with sqlite_register.reading() as session:
        assert session.execute(select(Expression).where(Expression.language == "en")).all()
        assert len(session.execute(select(CrosswalkRow)).all()) == 12
