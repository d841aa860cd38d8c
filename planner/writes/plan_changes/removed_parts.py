"""Removing milestones and indicators that an item should not have. As of an earlier day, the item still has them."""

from datetime import date
from typing import Any

from sqlalchemy import func, select

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.domain.vocabulary import MeasuredBy
from planner.register.effective_records import is_withdrawn
from planner.register.writing import Writing
from planner.store.models import (
    DateChange,
    ExtensionRequest,
    Indicator,
    Item,
    Milestone,
    MilestoneReport,
    Observation,
    row_values,
)
from planner.writes.imports.undo import without_key
from planner.writes.plan_changes.facts import Act, act_on_plan, add_history, item_of
from planner.writes.plan_changes.parts import PartChanged
from planner.writes.reports.milestones import milestone_row
from planner.writes.reports.observations import indicator_row


def remove_milestone(
    writing: Writing, code: str, number: int, reason: str | None, *, as_of: date | None = None
) -> PartChanged:
    """Remove a milestone of an item. Its number and its permanent name can be given to others.

    Raises UnknownNameError if there is no such milestone, and NotAllowedError if something was recorded on it, or if it
    is the last one of an item that is measured by milestones.
    """
    with act_on_plan(writing, reason, as_of) as act:
        item = item_of(act, code)
        row = milestone_row(writing.session, item, number)
        _require_nothing_recorded(act, row, "milestone_id", MilestoneReport, DateChange, ExtensionRequest)
        own = select(func.count(Milestone.id)).where(Milestone.item_id == item.id, ~Milestone.taken_out)
        if item.measured_by is MeasuredBy.MILESTONES and writing.session.execute(own).scalar_one() == 1:
            raise NotAllowedError(
                tr("this is the last milestone of {code}, which is measured by its milestones", code=item.code),
                where=item.code,
                do=tr("Let it be measured by reports first, with 'planner item edit'"),
            )
        return _removed(act, item, row, "milestone", row.title)


def remove_indicator(
    writing: Writing, code: str, number: int, reason: str | None, *, as_of: date | None = None
) -> PartChanged:
    """Remove an indicator of an item with its targets.

    Raises UnknownNameError if there is no such indicator, and NotAllowedError if a value of it was recorded.
    """
    with act_on_plan(writing, reason, as_of) as act:
        item = item_of(act, code)
        row = indicator_row(writing.session, item, number)
        _require_nothing_recorded(act, row, "indicator_id", Observation)
        return _removed(act, item, row, "indicator", row.name)


def _removed(act: Act, item: Item, row: Milestone | Indicator, part: str, name: str) -> PartChanged:
    number = row.number
    label = f"{item.code} {part} {number}"
    values = {"taken_out": True, **without_key(row_values(row))}
    act.journal.change(row, values, action=f"remove-{part}", label=label, reason=act.reason)
    add_history(act, item, f"{part}_removed", name, None, action=f"remove-{part}")
    by_milestones = item.measured_by is MeasuredBy.MILESTONES
    return PartChanged(item.code, part, number, name, act.day, act.reason, by_milestones, removed=True)


def _require_nothing_recorded(act: Act, row: Milestone | Indicator, column: str, *histories: Any) -> None:
    """Raise NotAllowedError if something was recorded on a part and was not undone."""
    session = act.writing.session
    for history in histories:
        ids = session.execute(select(history.id).where(getattr(history, column) == row.id)).scalars().all()
        if any(not is_withdrawn(session, history, record) for record in ids):
            raise NotAllowedError(
                tr("something was recorded on it, which would be lost"),
                where=f"{row.__tablename__} {row.number}",
                do=tr("Undo these records first, or keep it"),
            )
