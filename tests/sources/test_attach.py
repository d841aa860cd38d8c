"""Attaching stores each copy once with the place of every citation, and verifying finds what no longer agrees."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from planner.bundle.reader import read_bundle
from planner.domain.vocabulary import SpanMatch
from planner.queries.mandates.citations import read_citations
from planner.sources.attach import Attached, attach
from planner.sources.cited import read_cited_documents
from planner.sources.copies import read_documents
from planner.sources.files import examine, files_of
from planner.sources.verify import Verified, verify
from planner.store.database import Database
from planner.store.models import AttachedSpan, Attachment, AuditEvent, Base, Citation
from tests.factories import ACTOR, AT, cite, edit_file, load_bundle, write_documents, writing_by

LATER = AT + timedelta(days=1)


def attached(database: Database, *paths: Path) -> dict[str, Attached]:
    """Attach files or folders; what that did, by document."""
    with database.reading() as session:
        documents = read_cited_documents(session)
    examined = examine(files_of(paths), documents)
    with database.writing() as session:
        return {one.report.document: one for one in attach(writing_by(session, ACTOR, LATER), examined.copies)}


def verified(database: Database) -> Verified:
    with database.reading() as session:
        return verify(session, read_cited_documents(session))


def count(database: Database, model: type[Base]) -> int:
    with database.reading() as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_documents(tmp_path / "texts")


def test_the_cited_documents_are_recognised_and_every_citation_verified(register: Database, folder: Path):
    done = attached(register, folder)
    assert set(done) == {"old-duties-en", "new-duties-en", "new-duties-ar", "plan-ko"}
    assert all(one.new and one.report.identical and one.report.agrees for one in done.values())
    tallies = {key: (one.report.clauses.verified, one.report.measures.verified) for key, one in done.items()}
    assert tallies == {"old-duties-en": (3, 0), "new-duties-en": (4, 0), "new-duties-ar": (4, 0), "plan-ko": (0, 5)}
    assert {key: (one.report.parsed, one.report.noun) for key, one in done.items()} == {
        "old-duties-en": (3, "clauses"),
        "new-duties-en": (4, "clauses"),
        "new-duties-ar": (4, "clauses"),
        "plan-ko": (2, "themes"),
    }
    assert not any(one.report.disagreements for one in done.values())


def test_every_citation_has_its_place_and_every_row_its_event(register: Database, folder: Path):
    before = count(register, AuditEvent)
    attached(register, folder)
    assert count(register, AttachedSpan) == count(register, Citation)
    assert count(register, AuditEvent) - before == count(register, AttachedSpan) + count(register, Attachment)


def test_what_is_attached_can_be_read_in_its_own_language(register: Database, folder: Path):
    attached(register, folder)
    with register.reading() as session:
        ids = session.execute(select(Citation.id)).scalars().all()
        texts = {view.text for view in read_citations(session, ids).values()}
    assert "إدارة قاعات القراءة والمكتبات في البلدة." in texts
    assert "등대의 불을 새로 켠다" in texts


def test_attaching_the_same_bytes_again_changes_nothing(register: Database, folder: Path):
    attached(register, folder)
    rows, events = count(register, AttachedSpan), count(register, AuditEvent)
    (folder / "plan-ko.txt").rename(folder / "renamed.txt")
    again = attached(register, folder)
    assert all(not one.new and one.citations == 0 for one in again.values())
    assert (count(register, AttachedSpan), count(register, AuditEvent)) == (rows, events)
    assert count(register, Attachment) == 4


def test_the_same_bytes_twice_in_a_folder_are_stored_once(register: Database, folder: Path):
    (folder / "copy.txt").write_bytes((folder / "plan-ko.txt").read_bytes())
    attached(register, folder)
    assert count(register, Attachment) == 4


def test_a_citation_made_since_is_checked_when_the_copy_is_attached_again(
    sqlite_register: Database, folder: Path, bundle_folder: Path
):
    attached(sqlite_register, folder)
    words = "등대의 불"

    def add(content: dict[str, list[object]]) -> None:
        content["rules"].append(
            {"key": "added", "kind": "date", "statement": "A day.", "citation": cite("plan-ko", words)}
        )

    edit_file(bundle_folder, "rules.yaml", add)
    load_bundle(sqlite_register, read_bundle(bundle_folder), at=LATER)
    checked = next(copy for copy in verified(sqlite_register).copies if copy.report.document == "plan-ko")
    assert "cited since the copy was attached" in checked.contradictions[0]
    again = attached(sqlite_register, folder)["plan-ko"]
    assert (again.new, again.citations) == (False, 1)
    assert verified(sqlite_register).agrees


def test_a_copy_that_differs_is_attached_as_it_stands(register: Database, folder: Path):
    file = folder / "old-duties-en.txt"
    file.write_text(file.read_text("utf-8").replace("herring boats", "ferry boats"), encoding="utf-8")
    report = attached(register, file)["old-duties-en"].report
    assert not report.identical
    assert (report.clauses.verified, report.clauses.differing, report.clauses.missing) == (2, ("duty-3",), ())
    with register.reading() as session:
        spans = session.execute(select(AttachedSpan).where(AttachedSpan.match == SpanMatch.DIFFERS.value)).scalars()
        views = read_citations(session, [span.citation_id for span in spans])
    assert [view.text for view in views.values()] == ["Counts the ferry boats each spring."]


def test_of_two_copies_the_true_one_is_read(register: Database, folder: Path):
    true = (folder / "old-duties-en.txt").read_text("utf-8")
    other = folder / "other.txt"
    other.write_text(true.replace("herring boats", "ferry boats"), encoding="utf-8")
    attached(register, folder / "old-duties-en.txt", other)
    with register.reading() as session:
        ids = session.execute(select(AttachedSpan.citation_id)).scalars().all()
        views = read_citations(session, ids).values()
    assert {view.match for view in views} == {SpanMatch.EXACT}
    assert not verified(register).agrees


def test_the_list_says_which_are_attached(register: Database, folder: Path):
    attached(register, folder / "plan-ko.txt")
    with register.reading() as session:
        documents = {document.key: document for document in read_documents(session)}
    assert [copy.file_name for copy in documents["plan-ko"].copies] == ["plan-ko.txt"]
    assert documents["plan-ko"].copies[0].identical
    assert documents["plan-ko"].copies[0].actor == ACTOR.name
    assert documents["plan-ko"].measures == 5
    assert documents["old-duties-en"].copies == ()
    assert documents["old-duties-en"].clauses == 3


# Verifying


def test_without_copies_nothing_differs_and_nothing_was_checked(register: Database):
    found = verified(register)
    assert found.agrees
    assert found.copies == ()
    assert found.not_attached == ("old-duties-en", "new-duties-en", "new-duties-ar", "plan-ko")


def test_true_copies_agree_and_nothing_is_written(register: Database, folder: Path):
    attached(register, folder)
    events = count(register, AuditEvent)
    found = verified(register)
    assert found.agrees
    assert len(found.copies) == 4
    assert found.not_attached == ()
    assert count(register, AuditEvent) == events


def test_a_differing_copy_differs_again(register: Database, folder: Path):
    file = folder / "new-duties-ar.txt"
    file.write_text(file.read_text("utf-8").replace("والمكتبات", "والصحف"), encoding="utf-8")
    attached(register, file)
    (copy,) = verified(register).copies
    assert copy.report.clauses.differing == ("duty-2",)
    assert len(copy.report.others.missing) == 1
    assert copy.contradictions == ()
    assert not copy.agrees


def tampered(database: Database, statement: str) -> None:
    """Change history around the program: its guards are taken away first."""
    with database.connecting() as connection:
        triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
        for trigger in triggers:
            connection.execute(text(f'DROP TRIGGER "{trigger}"'))
        connection.execute(text(statement))
        connection.commit()


def test_a_stored_text_that_was_changed_is_found_out(sqlite_register: Database, folder: Path):
    attached(sqlite_register, folder)
    tampered(sqlite_register, "UPDATE attachment SET text = replace(text, 'herring', 'salmon')")
    found = {copy.report.document: copy for copy in verified(sqlite_register).copies}
    assert found["old-duties-en"].report.clauses.differing == ("duty-3",)
    assert "recorded as exact, but the stored text says differs" in found["old-duties-en"].contradictions[0]
    assert found["plan-ko"].agrees


def test_a_recorded_place_that_was_changed_is_found_out(sqlite_register: Database, folder: Path):
    attached(sqlite_register, folder / "plan-ko.txt")
    tampered(sqlite_register, "UPDATE attached_span SET start_point = start_point - 1 WHERE id = 3")
    (copy,) = verified(sqlite_register).copies
    assert copy.report.agrees
    assert len(copy.contradictions) == 1
    assert not copy.agrees
