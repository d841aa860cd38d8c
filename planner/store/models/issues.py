"""Weekly files as they were issued, with their exact bytes. Every table in this module is history."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models.base import Base, Instant, Recorded, Sha256, Word, hex_digest, not_blank


class WeeklyIssue(Recorded, Base):
    """An issued weekly file: its week, its known-at instant, and the versions of the software that made it.

    `log_seq` and `log_leaf` identify the last event of the audit log that the file includes. `sections` holds the key
    columns, all columns, the number of rows and the digest of each section. `facts_digest` is the digest over all
    sections.
    """

    __tablename__ = "weekly_issue"
    __table_args__ = (
        UniqueConstraint("plan_id", "week", "number"),
        CheckConstraint("number > 0", name="number_positive"),
        CheckConstraint("number = 1 OR length(trim(coalesce(reason, ''))) > 0", name="issued_again_has_a_reason"),
        hex_digest("log_leaf"),
        hex_digest("facts_digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    week: Mapped[str] = mapped_column(Word)
    number: Mapped[int]
    as_of: Mapped[date]
    known_at: Mapped[datetime] = mapped_column(Instant)
    log_seq: Mapped[int] = mapped_column(ForeignKey("audit_event.seq"))
    log_leaf: Mapped[str] = mapped_column(Sha256)
    facts_digest: Mapped[str] = mapped_column(Sha256)
    sections: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    reason: Mapped[str | None]
    program_version: Mapped[str] = mapped_column(Word)
    libraries: Mapped[dict[str, str]] = mapped_column(JSON)


class IssuedContent(Base):
    """The bytes of issued files, compressed with zlib. Equal contents are stored once, under their digest.

    Rows of this table have no audit events, because the events of the issued files already contain the digest.
    """

    __tablename__ = "issued_content"
    __table_args__ = (UniqueConstraint("digest"), hex_digest("digest"))

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(Sha256)
    deflated: Mapped[bytes] = mapped_column(LargeBinary)


class IssuedFile(Base):
    """A file of an issued week: its name, its format, the SHA-256 of its bytes, and its size in bytes."""

    __tablename__ = "issued_file"
    __table_args__ = (
        UniqueConstraint("issue_id", "name"),
        # Finds the issued file with the same bytes as a given file.
        Index(None, "digest"),
        not_blank("name"),
        CheckConstraint("size >= 0", name="size_not_negative"),
        hex_digest("digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    issue_id: Mapped[int] = mapped_column(ForeignKey("weekly_issue.id"))
    name: Mapped[str]
    format: Mapped[str] = mapped_column(Word)
    digest: Mapped[str] = mapped_column(ForeignKey("issued_content.digest"))
    size: Mapped[int]
