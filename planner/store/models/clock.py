"""Corrections for events whose times come from a wrong clock."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models.base import Base, Instant, Recorded, not_blank


class ClockCorrection(Recorded, Base):
    """A correction for a run of events whose times are wrong because a clock was wrong.

    Rows are only ever added.

    The stored times of the events `first_seq` to `last_seq` lie between `false_from` and `false_until` and are kept.
    The events count as recorded at `counts_from`. Only the event of the correction itself may have an earlier time than
    the event before it.
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
