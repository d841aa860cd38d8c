"""The kinds of items that a plan has."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from planner.store.models.base import Base, Based, Key, basis_checks, not_blank


class ItemKind(Based, Base):
    """A kind of item in a plan, such as tasks or key projects. Items refer to it by its key."""

    __tablename__ = "item_kind"
    __table_args__ = (UniqueConstraint("plan_id", "key"), not_blank("key"), not_blank("title"), *basis_checks())

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    key: Mapped[str] = mapped_column(Key)
    title: Mapped[str]
    position: Mapped[int]
