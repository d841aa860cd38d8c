"""Reading the documents of the register with their attached copies."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.sources.cited import CitedDocument, read_cited_documents
from planner.store.models import Attachment


@dataclass(frozen=True)
class CopyView:
    """An attached copy. `identical` is true if it has exactly the bytes that the register cites."""

    id: int
    file_name: str
    sha256: str
    identical: bool
    actor: str
    recorded_at: datetime


@dataclass(frozen=True)
class DocumentView:
    """A document of the register: what is cited from it, where to get it, and its attached copies.

    `drafted` counts proposed clauses that are not yet in the register.
    """

    key: str
    sha256: str
    language: str
    title: str
    publisher: str
    address: str | None
    clauses: int
    measures: int
    citations: int
    drafted: int
    copies: tuple[CopyView, ...]


def read_documents(session: Session) -> tuple[DocumentView, ...]:
    """Return all documents of the register, in the order in which they were loaded."""
    return tuple(
        DocumentView(
            key=document.key,
            sha256=document.sha256,
            language=document.language,
            title=document.title,
            publisher=document.publisher,
            address=document.address,
            clauses=len(document.clauses),
            measures=len(document.measures),
            citations=len(document.citations),
            drafted=len(document.drafted),
            copies=tuple(_view(document, row) for row in attachments_of(session, document)),
        )
        for document in read_cited_documents(session)
    )


def attachments_of(session: Session, document: CitedDocument) -> list[Attachment]:
    """Return the attached copies of a document, in the order in which they were attached."""
    rows = session.execute(select(Attachment).where(Attachment.document_id == document.id).order_by(Attachment.id))
    return list(rows.scalars())


def _view(document: CitedDocument, row: Attachment) -> CopyView:
    return CopyView(row.id, row.file_name, row.sha256, row.sha256 == document.sha256, row.actor, row.recorded_at)
