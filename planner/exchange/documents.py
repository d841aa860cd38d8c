"""The documents that exchanged files name: by the digest of their bytes, since an address does not tell a text."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from planner.exchange.names import uri_of_bytes
from planner.models import Document
from planner.queries.known import Rollback, rows_known


@dataclass(frozen=True)
class ExchangedDocument:
    """A document; its text is not in the register. `uri` names its bytes, `address` is where they were served."""

    key: str
    sha256: str
    language: str
    title: str
    publisher: str
    address: str | None

    @property
    def uri(self) -> str:
        """The URI of the bytes that are cited."""
        return uri_of_bytes(self.sha256)


def read_documents(session: Session, back: Rollback) -> dict[int, ExchangedDocument]:
    """All documents as they were known, by id, in the order in which they were loaded."""
    rows = sorted(rows_known(session, Document, back), key=lambda row: row.id)
    return {
        row.id: ExchangedDocument(row.key, row.sha256, row.language, row.title, row.publisher, row.address)
        for row in rows
    }
