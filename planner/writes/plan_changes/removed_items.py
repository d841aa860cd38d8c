"""Removing items that were added by mistake, while nothing else stands on them."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Exists, exists, func, select

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.listing import listed
from planner.base.views import value_class
from planner.register.effective_records import is_effective
from planner.register.writing import Writing
from planner.store.models import (
    Assessment,
    Base,
    DateChange,
    ExtensionRequest,
    Indicator,
    Item,
    ItemChange,
    Link,
    Milestone,
    MilestoneReport,
    Observation,
    StatusUpdate,
    WeeklyIssue,
    row_values,
)
from planner.writes.imports.undo import without_code
from planner.writes.plan_changes.facts import Act, act_on_plan, item_of, measure_code

# The fields of the history of an item that say that an act brought it into the plan.
_BROUGHT_IN = ("added", "split_from", "continues")


@value_class
class ItemRemoved:
    """An item that was removed, as it was called."""

    code: str
    title: str
    reason: str

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr("Recorded: {code} is removed. Its code can be given to another item.", code=self.code)


def remove_item(writing: Writing, code: str, reason: str | None) -> ItemRemoved:
    """Remove an item that an act added to the plan by mistake. It then was not in the plan on any day.

    Raises UnknownNameError if the plan has no such item, and NotAllowedError if no act added it or something stands on
    it: a report, a moved date, a value, a link, an item that was merged into it or continues it, or an issued week.
    """
    # docs/decisions/0139: what was only typed wrongly goes; what others have used ends with a report.
    with act_on_plan(writing, reason, None) as act:
        item = item_of(act, code)
        done = ItemRemoved(item.code, item.title, act.reason)
        take_out(act, item)
        return done


def take_out(act: Act, item: Item) -> None:
    """Take an item out of the register, as part of an open write. Raises NotAllowedError if something stands on it."""
    if not _was_added(act, item):
        raise NotAllowedError(
            tr("{code} came with the data of the plan and was not added by an act", code=item.code),
            where=item.code,
            do=tr("Report it as cancelled, or undo the import that added it"),
        )
    there = list(what_stands_on(act.writing, item))
    if there:
        raise NotAllowedError(
            tr("{code} cannot be removed, because it has {records}", code=item.code, records=listed(there)),
            where=item.code,
            do=tr("Undo these records first, or report the item as cancelled"),
        )
    values = {"taken_out": True, **without_code(row_values(item), measure_code(act.writing, item.measure_id))}
    act.journal.change(item, values, action="remove-item", label=f"{item.code} {item.title}", reason=act.reason)


def _was_added(act: Act, item: Item) -> bool:
    brought = select(ItemChange.id).where(ItemChange.item_id == item.id, ItemChange.field.in_(_BROUGHT_IN)).limit(1)
    return item.continues_id is not None or act.writing.session.execute(brought).first() is not None


def what_stands_on(writing: Writing, item: Item) -> Iterator[str]:
    """Yield in words what was recorded on an item and would lose its item, or show an item that is not there."""
    session = writing.session
    milestones = select(Milestone.id).where(Milestone.item_id == item.id)
    indicators = select(Indicator.id).where(Indicator.item_id == item.id)
    added = select(func.min(ItemChange.recorded_at)).where(ItemChange.item_id == item.id).scalar_subquery()
    conditions = {
        tr("reports"): _recorded(StatusUpdate, StatusUpdate.item_id == item.id),
        tr("moved dates"): _recorded(DateChange, DateChange.item_id == item.id),
        tr("requests for a later date"): _recorded(ExtensionRequest, ExtensionRequest.item_id == item.id),
        tr("assessments"): _recorded(Assessment, Assessment.item_id == item.id),
        tr("milestones reported on"): _recorded(MilestoneReport, MilestoneReport.milestone_id.in_(milestones)),
        tr("values"): _recorded(Observation, Observation.indicator_id.in_(indicators)),
        tr("items merged into it"): _recorded(StatusUpdate, StatusUpdate.merged_into_id == item.id),
        tr("links to clauses"): exists().where(Link.item_id == item.id),
        tr("an item that continues it"): exists().where(Item.continues_id == item.id, ~Item.taken_out),
        tr("weeks that were issued with it"): exists().where(
            WeeklyIssue.plan_id == item.plan_id, WeeklyIssue.recorded_at >= added
        ),
    }
    for words, condition in conditions.items():
        if session.execute(select(condition)).scalar():
            yield words


def _recorded(history: type[Base], condition: ColumnElement[bool]) -> Exists:
    return exists().where(condition, is_effective(history))
