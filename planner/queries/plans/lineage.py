"""The item of an earlier plan that an item continues, and the items of later plans that continue it."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, func, select, union_all

from planner.base.language import tr
from planner.base.views import value_class
from planner.register.raw_rows import columns
from planner.register.reading import Reading
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
        before = self.continues
        return (
            *((tr("Continues {code} of {plan}", code=before.code, plan=before.plan),) if before else ()),
            *self.later_sentences,
        )

    @property
    def later_sentences(self) -> tuple[str, ...]:
        """A sentence for each item of another plan that continues the item."""
        return tuple(continued_in_words(one.code, one.plan) for one in self.continued_as)


def continued_in_words(code: str, plan: str) -> str:
    """Return the sentence that an item of another plan, with its code and the key of its plan, continues an item."""
    return tr("Continued as {code} in {plan}", code=code, plan=plan)


def read_continued(reading: Reading) -> dict[int, tuple[str, ...]]:
    """Return these sentences for each item of the plan that others continue, by item id."""
    return {item: tuple(continued_in_words(*one) for one in later) for item, later in read_continuing(reading).items()}


def read_continuing(reading: Reading) -> dict[int, tuple[tuple[str, str], ...]]:
    """Return the codes and plans of the items of other plans that continue each item of the plan, by item id.

    They say where a report belongs today, unless somebody chose another day (`Reading.today`).
    """
    if not reading.plan.of_several:
        return {}
    # Imported only if the register has several plans.
    from planner.queries.plans.item_lineage import read_continued_as

    found: dict[int, tuple[tuple[str, str], ...]] = {}
    for item_id, code, plan in read_continued_as(reading.on_day(reading.today)):
        found[item_id] = (*found.get(item_id, ()), (code, plan))
    return found


class _Related(NamedTuple):
    id: int
    code: str
    title: str
    plan: str
    later: bool


def read_lineage(reading: Reading, item_id: int) -> Lineage:
    """Return what an item continues, and what continues it in other plans, on the day that somebody chose, or today.

    A plan that is long over is shown as of its end, and its items were carried over after that.
    """
    reading = reading.on_day(reading.today)
    found = [_Related(*row) for row in reading.session.execute(_related(), {"item_id": item_id})]
    if not found:
        return Lineage()
    related = [_Related(*row) for row in reading.rollback.records(Item, _Related._fields, found)]
    before = [_seen(one) for one in related if not one.later]
    later = [one for one in related if one.later]
    return Lineage(before[0] if before else None, tuple(_seen(one) for one in _carried(reading, later)))


def _seen(one: _Related) -> RelatedItem:
    return RelatedItem(one.plan, one.code, one.title)


def _carried(reading: Reading, later: list[_Related]) -> list[_Related]:
    """Return the items of later plans that had been carried over by then."""
    if not later:
        return []
    from planner.queries.plans.carried import carried_by  # few items are carried over, so the acts are mapped here

    carried = carried_by(reading, [one.id for one in later])
    return [one for one in later if one.id in carried]


@cache
def _related() -> Select[Any]:
    """Select the related items of an item with the keys of their plans, and whether each is a later one."""
    item, own, plan = columns(Item), Item.__table__.alias(), columns(Plan)
    continued = select(own.c.continues_id).where(own.c.id == bindparam("item_id"), own.c.continues_id.is_not(None))
    # Nearly all items continue none, so SQLite takes one value to be in nearly all rows, and for `=` reads all of them.
    carries_it_on = own.c.continues_id.between(bindparam("item_id"), bindparam("item_id"))
    carried = select(own.c.id).where(carries_it_on, ~own.c.taken_out)
    continues_own = func.coalesce(item.continues_id, 0) == bindparam("item_id")
    return (
        select(item.id, item.code, item.title, plan.key.label("plan"), continues_own.label("later"))
        .join_from(Item.__table__, Plan.__table__, plan.id == item.plan_id)
        # With OR, it would read all of them too.
        .where(item.id.in_(union_all(continued, carried)))
        .order_by(item.id)
    )
