"""What was done to a plan as a whole."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from planner.domain.vocabulary import PlanEvent
from planner.store.models.base import Base, Recorded, not_blank, one_of


class PlanAct(Recorded, Base):
    """The closing or reopening of a plan, or the carrying of its unfinished items into another plan.

    Rows are only ever added.
    """

    __tablename__ = "plan_act"
    __table_args__ = (
        Index(None, "plan_id", "id"),
        one_of("kind", PlanEvent),
        CheckConstraint("(kind = 'carried-over') = (other_plan_id IS NOT NULL)", name="carried_over_to_a_plan"),
        not_blank("reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id"))
    kind: Mapped[PlanEvent]
    other_plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id"))
    as_of: Mapped[date]
    reason: Mapped[str]
