"""The audit log, and the loader's record of the values it wrote."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models.base import Base, Instant, Key, Word


class AuditEvent(Base):
    """An event of the audit log, with the exact bytes that its leaf hash covers.

    The other columns are copies for searching.
    """

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
    # The write that the event belongs to. None for events written before revision 0005.
    write_id: Mapped[str | None] = mapped_column(Word)


class SeededRow(Base):
    """The values of a row in the data files when they were last loaded.

    With them, the loader can tell edited values from unchanged ones and does not overwrite what a person edited. This
    is the only table without audit events, because it is bookkeeping and not a fact about the plan.
    """

    __tablename__ = "seeded_row"
    __table_args__ = (UniqueConstraint("table_name", "seed_key"), UniqueConstraint("table_name", "row_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    table_name: Mapped[str] = mapped_column(Key)
    seed_key: Mapped[str]
    row_id: Mapped[int]
    said: Mapped[dict[str, Any]] = mapped_column(JSON)
