"""The open milestones and the indicators of carried items, with their new dates."""

from collections.abc import Iterator

from sqlalchemy import select

from planner.queries.plans.carrying import CarriedIndicator, CarriedItem, CarriedTarget
from planner.store.journal import NewRow
from planner.store.models import Indicator, Item, Milestone, Target
from planner.writes.plans.carried import ACTION, Carrying
from planner.writes.registered import basis_taken_over


def add_milestones(carrying: Carrying, ids: dict[int, int]) -> None:
    """Add the open milestones of the carried items, with their new dates."""
    mine = select(Item.id).where(Item.plan_id == carrying.old.id)
    before = {
        row.id: row
        for row in carrying.writing.session.execute(select(Milestone).where(Milestone.item_id.in_(mine))).scalars()
    }

    def rows() -> Iterator[NewRow]:
        for item in carrying.shown.items:
            for number, milestone in enumerate(item.milestones, 1):
                row = before[milestone.id]
                values = {
                    "item_id": ids[item.id],
                    "number": number,
                    "key": row.key,
                    "title": row.title,
                    "baseline_date": milestone.due,
                    "weight": row.weight,
                    "completion_test": row.completion_test,
                    "basis": basis_taken_over(row.basis),
                    "date_basis": milestone.date_basis,
                    "taken_out": False,
                }
                yield NewRow(values, f"{item.new_code} milestone {number}", carrying.reason)

    carrying.journal.add_many(Milestone, rows(), action=ACTION)


# A carried item, the new number of one of its indicators, and what is carried of the indicator.
_Part = tuple[CarriedItem, int, CarriedIndicator]


def add_indicators(carrying: Carrying, ids: dict[int, int]) -> None:
    """Add the indicators of the carried items with their last values, and their open targets by new dates."""
    mine = select(Item.id).where(Item.plan_id == carrying.old.id)
    wanted = select(Indicator).where(Indicator.item_id.in_(mine))
    before = {row.id: row for row in carrying.writing.session.execute(wanted).scalars()}
    parts = [(item, number, part) for item in carrying.shown.items for number, part in enumerate(item.indicators, 1)]
    rows = (_indicator(carrying, part, ids, before) for part in parts)
    added = carrying.journal.add_many(Indicator, rows, action=ACTION)
    targets = (
        _target(carrying, part, target, indicator_id, before)
        for indicator_id, part in zip(added, parts, strict=True)
        for target in part[2].targets
    )
    carrying.journal.add_many(Target, targets, action=ACTION)


def _indicator(carrying: Carrying, carried: _Part, ids: dict[int, int], before: dict[int, Indicator]) -> NewRow:
    item, number, part = carried
    row = before[part.id]
    values = {
        "item_id": ids[item.id],
        "number": number,
        "key": row.key,
        "name": row.name,
        "unit": row.unit,
        "direction": row.direction,
        "baseline_value": part.baseline,
        "basis": basis_taken_over(row.basis),
        "taken_out": False,
    }
    return NewRow(values, f"{item.new_code} indicator {number}", carrying.reason)


def _target(
    carrying: Carrying, carried: _Part, target: CarriedTarget, indicator_id: int, before: dict[int, Indicator]
) -> NewRow:
    item, number, part = carried
    values = {
        "indicator_id": indicator_id,
        "due": target.due,
        "due_basis": target.due_basis,
        "value": target.value,
        "basis": basis_taken_over(before[part.id].basis),
        "taken_out": False,
    }
    return NewRow(values, f"{item.new_code} indicator {number}", carrying.reason)
