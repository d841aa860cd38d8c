"""Where the items of a plan come from and what became of them, in words for files: a list of texts for each.

Files are in English (docs/decisions/0059), so these texts are not translated.
"""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from planner.queries.items.views import ItemLineage, told_former_code
from planner.queries.plans.carried import carried_by
from planner.register.instants import known_at_parameter, recorded_until
from planner.register.item_rows import is_item_of
from planner.register.later_acts import counts
from planner.register.raw_rows import columns, raw_rows
from planner.register.reading import Reading
from planner.store.models import Item, ItemChange, Plan


def read_lineages(reading: Reading) -> dict[int, ItemLineage]:
    """Return the lineage of each item of the plan that has one, by item id, as it was at the point in time."""
    before: dict[int, list[str]] = defaultdict(list)
    after: dict[int, list[str]] = defaultdict(list)
    values = {"plan_id": reading.plan.id}
    for item_id, code, plan in _then(reading, _continued(), values):
        before[item_id].append(f"continues {code} of {plan}")
    for item_id, field, day, old, new in raw_rows(
        reading.session, _acts(reading.point.in_past), {**values, **reading.point.values}
    ):
        if field == "split_from":
            before[item_id].append(f"split from {new}")
        elif field == "split_into" and new:
            after[item_id].append(f"split into {new}")
        elif field == "split_into":
            # The report on the split was returned, so nothing became of the item.
            after[item_id].remove(f"split into {old}")
        else:
            before[item_id].append(told_former_code(old, day))
    for item_id, code, plan in read_continued_as(reading):
        after[item_id].append(f"continued as {code} in {plan}")
    told = {item for texts in (before, after) for item in texts if texts[item]}
    return {item: ItemLineage(tuple(before[item]), tuple(after[item])) for item in told}


def read_continued_as(reading: Reading) -> Iterator[tuple[int, str, str]]:
    """Yield the id of each item of the plan that others continue, with the code and the plan of each of these."""
    return _then(reading, _continued_as(), {"plan_id": reading.plan.id}, carried=True)


def _then(
    reading: Reading, statement: Select[Any], values: dict[str, Any], *, carried: bool = False
) -> Iterator[tuple[int, str, str]]:
    """Yield an item's id and the code and plan of the item of another plan, as they were at the point in time.

    If `carried` is set, only items that had been carried over by then are yielded.
    """
    related = reading.rollback.records(Item, _RELATED, raw_rows(reading.session, statement, values))
    there = carried_by(reading, [row[0] for row in related]) if carried else None
    for related_id, code, plan, item_id in related:
        if there is None or related_id in there:
            yield item_id, code, plan


# The columns of the item of another plan, the key of its plan, and the id of the item that it belongs to.
_RELATED = ("id", "code", "plan", "item")


@cache
def _continued() -> Select[Any]:
    item, plan, earlier_item = columns(Item), columns(Plan), Item.__table__.alias()
    earlier = earlier_item.columns
    return (
        select(earlier.id, earlier.code, plan.key, item.id)
        .join_from(Item.__table__, earlier_item, earlier.id == item.continues_id)
        .join(Plan.__table__, plan.id == earlier.plan_id)
        .where(is_item_of(bindparam("plan_id")))
    )


@cache
def _continued_as() -> Select[Any]:
    item, plan, later_item = columns(Item), columns(Plan), Item.__table__.alias()
    later = later_item.columns
    return (
        select(later.id, later.code, plan.key, item.id)
        .join_from(later_item, Item.__table__, item.id == later.continues_id)
        .join(Plan.__table__, plan.id == later.plan_id)
        .where(is_item_of(bindparam("plan_id")), ~later.taken_out)
        .order_by(later.id)
    )


@cache
def _acts(in_past: bool) -> Select[Any]:
    act, item = columns(ItemChange), columns(Item)
    known_at = known_at_parameter(in_past)
    until = *recorded_until(act, bindparam("as_of"), known_at), counts(act.recorded_at, known_at)
    return (
        select(act.item_id, act.field, act.as_of, act.old_value, act.new_value)
        .join_from(ItemChange.__table__, Item.__table__, item.id == act.item_id)
        .where(is_item_of(bindparam("plan_id")), act.field.in_(("split_from", "split_into", "code")), *until)
        .order_by(act.as_of, act.id)
    )
