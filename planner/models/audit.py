"""The audit log, and what the bundled data said when it was loaded."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.models.base import Base, Instant, Key, Word


class AuditEvent(Base):
    """One write, as the exact bytes that were committed to; the other columns are copies that can be searched."""

    __tablename__ = "audit_event"
    __table_args__ = (
        Index(None, "table_name", "row_id", "seq"),
        Index(None, "recorded_at"),
        Index(None, "write_id"),
        CheckConstraint("length(leaf) = 32", name="leaf_length"),
        CheckConstraint("(seq = 1) = (previous_leaf IS NULL)", name="first_has_no_previous"),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str]
    action: Mapped[str] = mapped_column(Key)
    table_name: Mapped[str] = mapped_column(Key)
    row_id: Mapped[int]
    label: Mapped[str]
    body: Mapped[bytes] = mapped_column(LargeBinary)
    leaf: Mapped[bytes] = mapped_column(LargeBinary)
    previous_leaf: Mapped[bytes | None] = mapped_column(LargeBinary)
    # Which write the event belongs to; events of registers made before revision 0005 have none.
    write_id: Mapped[str | None] = mapped_column(Word)


class SeededRow(Base):
    """What the bundled data said of a row when it was last loaded, so that a changed seed never overwrites a person.

    Bookkeeping of the loader, no fact about the plan: the one table whose rows have no audit event of their own.
    """

    __tablename__ = "seeded_row"
    __table_args__ = (UniqueConstraint("table_name", "seed_key"), UniqueConstraint("table_name", "row_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    table_name: Mapped[str] = mapped_column(Key)
    seed_key: Mapped[str]
    row_id: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
