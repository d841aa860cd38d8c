"""The audit log."""

from datetime import datetime

from sqlalchemy import CheckConstraint, Index, LargeBinary
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
