"""Ratings of items by others than their officers. The table in this module is history: rows are only ever added."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import Confidence
from planner.store.models.base import Base, Recorded, not_blank, one_of


class Assessment(Recorded, Base):
    """The rating of an item by somebody other than its officers, with a reason and the evidence that was seen."""

    __tablename__ = "assessment"
    __table_args__ = (Index(None, "item_id", "as_of", "id"), one_of("rating", Confidence), not_blank("reason"))

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    as_of: Mapped[date]
    rating: Mapped[Confidence]
    reason: Mapped[str]
    evidence: Mapped[str | None]
