"""The mandate versions."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models.base import Base, Key, not_blank


class Mandate(Base):
    """One version of the duties of an organisation. Its texts in different languages are expressions of it."""

    __tablename__ = "mandate"
    __table_args__ = (UniqueConstraint("key"), not_blank("title"))

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(Key)
    title: Mapped[str]
    restatement: Mapped[str]
    body_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"))
    also_body_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("mandate.id"))
    in_force_from: Mapped[date | None]
