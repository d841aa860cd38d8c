"""What officers ask for. The table in this module is history: triggers ensure that rows are only ever added.

A request for help is part of a report. Requests and their answers are apart from the reports, because most commands
need neither.
"""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models.base import Base, Recorded, not_blank


class ExtensionRequest(Recorded, Base):
    """A request for a later due date of a milestone, or of an item if `milestone_id` is NULL."""

    __tablename__ = "extension_request"
    __table_args__ = (
        ForeignKeyConstraint(["item_id", "milestone_id"], ["milestone.item_id", "milestone.id"]),
        Index(None, "item_id", "milestone_id", "as_of", "id"),
        # The target of the foreign key of an answer, which consists of a request and its author.
        UniqueConstraint("id", "actor"),
        CheckConstraint("new_date > old_date", name="asks_for_later"),
        not_blank("reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    milestone_id: Mapped[int | None]
    as_of: Mapped[date]
    old_date: Mapped[date]
    new_date: Mapped[date]
    reason: Mapped[str]
