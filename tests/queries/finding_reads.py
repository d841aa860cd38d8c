"""Short ways to read findings of the small plan, and to attach its documents, for the tests of findings."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from planner.base.fingerprints import text_digest
from planner.domain.vocabulary import ComputedFinding, FindingKind, SpanMatch
from planner.queries.findings import FindingView, read_findings
from planner.store.database import Database
from planner.store.journal import writing
from planner.store.models import AttachedSpan, Attachment, Citation, Document
from planner.writes.finding_reviews import accept_finding
from tests.factories import ACTOR, COLLEAGUE, DOCUMENTS, reading_of, writing_by
from tests.queries.reads import APRIL, instant


def findings(
    database: Database,
    kind: FindingKind | ComputedFinding | None = None,
    as_of: date = APRIL,
    known_at: datetime | None = None,
) -> list[FindingView]:
    with database.reading() as session:
        return read_findings(reading_of(session, as_of, known_at), kind)


def subjects(database: Database, kind: ComputedFinding, **point: Any) -> list[str]:
    return [finding.subject for finding in findings(database, kind, **point)]


def accept(database: Database, kind: ComputedFinding, subject: str) -> None:
    """Accept a finding for the whole year."""
    with database.writing() as session:
        writing = writing_by(session, COLLEAGUE, instant(3, 1), APRIL)
        accept_finding(writing, kind, subject, until=date(2020, 12, 31), reason="So be it.")


def attach(
    database: Database, key: str, changed: str | None = None, *, missing: bool = False, at: datetime | None = None
) -> None:
    """Attach a document with its citations where they are cited; in one that `changed` replaces they differ."""
    match = SpanMatch.MISSING if missing else SpanMatch.DIFFERS if changed else SpanMatch.EXACT
    with database.writing() as session, writing(session, ACTOR, at or instant(3, 1)) as journal:
        document = session.execute(select(Document).where(Document.key == key)).scalar_one()
        text = changed or DOCUMENTS[key]
        copy = journal.add(
            Attachment(
                document_id=document.id,
                sha256=text_digest(text),
                file_name=f"{key}.txt",
                text=text,
                actor=ACTOR.name,
                recorded_at=journal.at,
            ),
            action="attach",
            label=key,
        )
        session.flush()
        for citation in session.execute(select(Citation).where(Citation.document_id == document.id)).scalars():
            journal.add(
                AttachedSpan(
                    attachment_id=copy.id,
                    citation_id=citation.id,
                    match=match.value,
                    start_point=None if missing else citation.start_point,
                    end_point=None if missing else citation.end_point,
                ),
                action="attach",
                label=key,
            )
