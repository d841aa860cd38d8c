"""Corrections of instants that a wrong clock gave to events."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from planner.models.base import Base, Instant, Recorded, not_blank


class ClockCorrection(Recorded, Base):
    """A run of events whose instants are wrong because the clock was. Their own instants stay; only ever added.

    The events `first_seq` to `last_seq` bear instants from `false_from` to `false_until`. They count as recorded at
    `counts_from`. The event of the correction itself is the only one that may bear an earlier instant than the event
    before it.
    """

    __tablename__ = "clock_correction"
    __table_args__ = (
        CheckConstraint("last_seq >= first_seq", name="run_in_order"),
        CheckConstraint("false_until >= false_from", name="instants_in_order"),
        not_blank("reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_seq: Mapped[int] = mapped_column(ForeignKey("audit_event.seq"))
    last_seq: Mapped[int] = mapped_column(ForeignKey("audit_event.seq"))
    false_from: Mapped[datetime] = mapped_column(Instant)
    false_until: Mapped[datetime] = mapped_column(Instant)
    counts_from: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str]
