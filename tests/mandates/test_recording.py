"""A draft is written whole or not at all, marked as machine-made, and no read of the register knows of it."""

from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from planner.base.errors import NotAllowedError, SourceError
from planner.domain.vocabulary import ProposalState, ReviewState, SpanMatch
from planner.mandates.adopting import drop_proposal
from planner.mandates.recording import record_proposal
from planner.queries.mandates.clauses import read_outlines
from planner.queries.mandates.matrix import read_matrices
from planner.queries.mandates.proposals import read_proposals
from planner.register.point import Point
from planner.register.reading import Reading
from planner.sources.cited import read_cited_documents
from planner.sources.copies import read_documents
from planner.sources.files import examine, files_of
from planner.sources.verify import verify
from planner.store.database import Database
from planner.store.models import AuditEvent, Citation, Document
from tests.factories import COLLEAGUE, plan_of, reading_of, writing_by
from tests.mandates.factories import KEY, LATER, NEXT_DUTIES, attach_old, draft_of, drafted, proposed, rows_of
from tests.sources.samples import resaved
from tests.writes.refusals import counts, gained, refused


def register_as_read(database: Database) -> object:
    """What reads of the register give that a new mandate version would show in."""
    with database.reading() as session:
        plan = plan_of(session)
        point = Point(plan.ends, None)
        return read_outlines(reading_of(session)), read_matrices(Reading(session, plan, point))


def test_all_of_it_is_written_in_one_transaction_and_marked(register: Database, tmp_path: Path):
    attach_old(register, tmp_path)
    before, read = counts(register), register_as_read(register)
    draft = drafted(register, tmp_path, title="The next duties")
    assert gained(register, before) == {
        "document": 1,
        "citation": 6,
        "attachment": 1,
        "attached_span": 6,
        "mandate_draft": 1,
        "drafted_clause": 6,
        "drafted_row": 7,
        "audit_event": 28,
    }
    assert register_as_read(register) == read
    assert rows_of(draft) == rows_of(proposed(register, tmp_path, NEXT_DUTIES + "5. Sings.\n", key="longer"))[:7]
    states = {*(clause.state for clause in draft.clauses), *(row.state for row in draft.rows)}
    assert states == {ReviewState.MACHINE_MADE}
    assert [(clause.key, clause.parent) for clause in draft.clauses][3:5] == [("duty-4", None), ("duty-4.1", "duty-4")]
    assert draft.clauses[4].citation.text == "in summer, off the north pier."
    assert {clause.citation.match for clause in draft.clauses} == {SpanMatch.EXACT}
    with register.reading() as session:
        events = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(28)).scalars().all()
        assert {(event.action, event.actor, event.recorded_at) for event in events} == {
            ("draft", COLLEAGUE.name, LATER),
            ("attach", COLLEAGUE.name, LATER),
        }
        (summary,) = read_proposals(session)
    assert (summary.key, summary.title, summary.state) == (KEY, "The next duties", ProposalState.OPEN)
    assert (summary.supersedes, summary.document, summary.language) == ("old", "next-en", "en")
    assert (summary.clauses, summary.machine_made_clauses, summary.rows, summary.machine_made_rows) == (6, 6, 7, 7)
    assert (summary.drafted_by, summary.drafted_at, summary.unreviewed) == (COLLEAGUE.name, LATER, True)


def test_what_was_taken_meanwhile_is_refused_with_nothing_written(register: Database, tmp_path: Path):
    one, other = proposed(register, tmp_path), proposed(register, tmp_path, key="other")
    drafted(register, tmp_path)
    for proposal, error, told, where in (
        (one, NotAllowedError, "there is already a proposal 'next'", "key"),
        (other, SourceError, "this file is already a document of the register: next-en", "next.txt"),
    ):
        with refused(register, error, told, where), register.writing() as session:
            record_proposal(writing_by(session, COLLEAGUE, LATER), proposal)


def test_the_document_is_listed_verified_and_recognised_with_its_drafted_clauses(register: Database, tmp_path: Path):
    drafted(register, tmp_path)
    file = tmp_path / "again.txt"
    file.write_text(resaved(NEXT_DUTIES).replace("pier", "quay"), encoding="utf-8")
    with register.reading() as session:
        documents = read_cited_documents(session)
        (listed,) = [one for one in read_documents(session) if one.key == "next-en"]
        (report,) = [one.report for one in verify(session, documents).copies]
        (copy,) = examine(files_of([file]), documents).copies
    assert (listed.clauses, listed.drafted, listed.citations, len(listed.copies)) == (0, 6, 6, 1)
    assert (report.clauses.verified, report.disagreements) == (6, ())
    assert copy.reading.document.key == "next-en"
    assert [one.citation.number for one in copy.reading.placed if not one.verified] == ["4.1"]


def test_a_dropped_draft_leaves_its_text_and_its_key_to_another(register: Database, tmp_path: Path):
    drafted(register, tmp_path, language="de", title="Falsch")
    with register.writing() as session:
        drop_proposal(writing_by(session, COLLEAGUE, LATER), KEY, "It is English.")
    assert draft_of(register).summary.state is ProposalState.DROPPED
    before = counts(register)
    attach_old(register, tmp_path)
    again = drafted(register, tmp_path, title="Right")
    assert again.summary.state is ProposalState.OPEN
    assert len(again.rows) == 7
    after = gained(register, before)
    assert (after.get("document"), after.get("citation"), after["mandate_draft"]) == (None, None, 1)
    with register.reading() as session:
        assert [one.state for one in read_proposals(session)] == [ProposalState.DROPPED, ProposalState.OPEN]
        document = session.execute(select(Document).where(Document.key == "next-de")).scalar_one()
        assert (document.language, document.title) == ("en", "Right")
        assert len(session.execute(select(Citation).where(Citation.document_id == document.id)).all()) == 6


def test_the_database_itself_holds_one_draft_of_a_key_that_was_not_dropped(register: Database, tmp_path: Path):
    drafted(register, tmp_path)
    columns = "key, title, body_id, supersedes_id, document_id"
    copy = f"INSERT INTO mandate_draft ({columns}, state) SELECT {columns}, '%s' FROM mandate_draft"
    with register.engine.connect() as connection:
        connection.execute(text(copy % "dropped"))
        with pytest.raises(IntegrityError):
            connection.execute(text(copy % "open"))
