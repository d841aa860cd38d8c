"""Documents, the citations of facts in them, and the copies that users attached."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import Numbering, SpanMatch
from planner.store.models.base import Base, Key, Recorded, Sha256, Word, hex_digest, not_blank, one_of


class Document(Base):
    """An official text, identified by its digest. The text is not stored, only cited."""

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("key"),
        UniqueConstraint("sha256"),
        hex_digest("sha256"),
        one_of("numbering", Numbering),
        not_blank("title"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Key)
    sha256: Mapped[str] = mapped_column(Sha256)
    language: Mapped[str] = mapped_column(Word)
    title: Mapped[str]
    publisher: Mapped[str]
    dated: Mapped[date | None]
    published: Mapped[date | None]
    address: Mapped[str | None]
    numbering: Mapped[Numbering]
    note: Mapped[str | None]


class Citation(Base):
    """A span of a document, in code points of its NFC text.

    It has the digests of the quoted text and of the normalised form of that text.
    """

    __tablename__ = "citation"
    __table_args__ = (
        UniqueConstraint("document_id", "start_point", "end_point"),
        CheckConstraint("start_point >= 0 AND end_point > start_point", name="span_in_order"),
        hex_digest("quoted_sha256"),
        hex_digest("normal_sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    start_point: Mapped[int]
    end_point: Mapped[int]
    quoted_sha256: Mapped[str] = mapped_column(Sha256)
    normal_sha256: Mapped[str] = mapped_column(Sha256)


class Attachment(Recorded, Base):
    """A copy of a document that a user attached: its NFC text and the digest of its bytes.

    Rows are only ever added.
    """

    __tablename__ = "attachment"
    __table_args__ = (
        UniqueConstraint("document_id", "sha256"),
        hex_digest("sha256"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    sha256: Mapped[str] = mapped_column(Sha256)
    file_name: Mapped[str]
    text: Mapped[str]


class AttachedSpan(Base):
    """The result of searching an attached copy for a cited text: where it was found, or that it is missing.

    `match` also tells whether the text that was found differs from the cited text. Rows are only ever added.
    """

    __tablename__ = "attached_span"
    __table_args__ = (
        UniqueConstraint("attachment_id", "citation_id"),
        one_of("match", SpanMatch),
        CheckConstraint(
            "(start_point IS NULL) = (end_point IS NULL) AND (match = 'missing') = (start_point IS NULL)",
            name="found_has_a_span",
        ),
        CheckConstraint("start_point IS NULL OR end_point > start_point", name="span_in_order"),
        Index(None, "citation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    attachment_id: Mapped[int] = mapped_column(ForeignKey("attachment.id"))
    citation_id: Mapped[int] = mapped_column(ForeignKey("citation.id"))
    match: Mapped[SpanMatch]
    start_point: Mapped[int | None]
    end_point: Mapped[int | None]
