"""The item of an earlier plan that an item continues, and the items of later plans that continue it."""

from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.base.views import value_class
from planner.register.raw_rows import columns
from planner.store.models import Item, Plan


@value_class
class RelatedItem:
    """An item of another plan, with the key of that plan."""

    plan: str
    code: str
    title: str


@value_class
class Lineage:
    """The item that an item continues, or None, and the items that continue it."""

    continues: RelatedItem | None = None
    continued_as: tuple[RelatedItem, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """A sentence for each related item."""
        before, after = self.continues, self.continued_as
        return (
            *((tr("Continues {code} of {plan}", code=before.code, plan=before.plan),) if before else ()),
            *(tr("Continued as {code} in {plan}", code=one.code, plan=one.plan) for one in after),
        )


def read_lineage(session: Session, item_id: int) -> Lineage:
    """Return what an item continues, and what continues it in other plans."""
    related = session.execute(_related(), {"item_id": item_id}).all()
    before = [RelatedItem(*row) for later, *row in related if not later]
    return Lineage(before[0] if before else None, tuple(RelatedItem(*row) for later, *row in related if later))


@cache
def _related() -> Select[Any]:
    """Select the related items of an item, and whether each is a later one."""
    item, own, plan = columns(Item), Item.__table__.alias(), columns(Plan)
    continued = select(own.c.continues_id).where(own.c.id == bindparam("item_id")).scalar_subquery()
    continues_own = func.coalesce(item.continues_id, 0) == bindparam("item_id")
    return (
        select(continues_own, plan.key, item.code, item.title)
        .join_from(Item.__table__, Plan.__table__, plan.id == item.plan_id)
        .where(or_(item.id == continued, and_(item.continues_id == bindparam("item_id"), ~item.taken_out)))
        .order_by(item.id)
    )
