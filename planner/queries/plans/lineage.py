"""The item of an earlier plan that an item continues, and the items of later plans that continue it."""

from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session, aliased

from planner.base.language import tr
from planner.base.views import value_class
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
    earlier, later = _statements()
    before = session.execute(earlier, {"item_id": item_id}).first()
    after = session.execute(later, {"item_id": item_id}).all()
    return Lineage(RelatedItem(*before) if before else None, tuple(RelatedItem(*row) for row in after))


@cache
def _statements() -> tuple[Select[str, str, str], Select[str, str, str]]:
    own, other = aliased(Item), aliased(Item)
    named = select(Plan.key, other.code, other.title).join(Plan, Plan.id == other.plan_id)
    earlier = named.join(own, own.continues_id == other.id).where(own.id == bindparam("item_id"))
    later = named.where(other.continues_id == bindparam("item_id"), ~other.taken_out).order_by(other.id)
    return earlier, later
