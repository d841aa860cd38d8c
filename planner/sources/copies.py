"""The copies that are attached, and the documents of which none is."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import Attachment
from planner.sources.cited import CitedDocument, read_cited_documents


@dataclass(frozen=True)
class CopyView:
    """An attached copy. `identical`: it has the very bytes that the register cites."""

    id: int
    file_name: str
    sha256: str
    identical: bool
    actor: str
    recorded_at: datetime


@dataclass(frozen=True)
class DocumentView:
    """A document of the register: what is cited of it, where it can be had, and the copies of it that are attached.

    `drafted` counts the clauses that a mandate version was drafted with from it; they are none of the register's yet.
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
    """All documents of the register, in the order in which they were loaded."""
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
    """The attached copies of a document, the first attached first."""
    rows = session.execute(select(Attachment).where(Attachment.document_id == document.id).order_by(Attachment.id))
    return list(rows.scalars())


def _view(document: CitedDocument, row: Attachment) -> CopyView:
    return CopyView(row.id, row.file_name, row.sha256, row.sha256 == document.sha256, row.actor, row.recorded_at)
