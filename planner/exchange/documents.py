"""The documents named in exported files.

Each document is identified by the digest of its bytes, because the text at an address can change.
"""

from dataclasses import dataclass

from planner.exchange.names import uri_of_bytes
from planner.register.reading import Reading
from planner.store.models import Document


@dataclass(frozen=True)
class ExchangedDocument:
    """A document without its text. `uri` identifies its bytes, and `address` is where they were published."""

    key: str
    sha256: str
    language: str
    title: str
    publisher: str
    address: str | None

    @property
    def uri(self) -> str:
        """The URI of the cited bytes."""
        return uri_of_bytes(self.sha256)


def exchanged_documents(reading: Reading) -> dict[int, ExchangedDocument]:
    """Return all documents by id, as they were known at the instant, in the order in which they were loaded."""
    rows = sorted(reading.known_rows(Document), key=lambda row: row.id)
    return {
        row.id: ExchangedDocument(row.key, row.sha256, row.language, row.title, row.publisher, row.address)
        for row in rows
    }
