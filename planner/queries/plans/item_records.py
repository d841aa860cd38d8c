"""What was recorded on items, so that nobody takes an item out of the plan on which something stands."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from planner.base.language import tr
from planner.queries.id_in import id_in
from planner.register.effective_records import is_effective
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
)

# Makes the condition that a column has the id of one of the items.
_Among: TypeAlias = Callable[[Any], ColumnElement[bool]]


def records_on(session: Session, ids: Collection[int]) -> dict[int, list[str]]:
    """Return in words what was recorded on items and would lose its item, or show an item that is not there.

    Items on which nothing stands are left out.
    """
    found: dict[int, list[str]] = defaultdict(list)
    if ids:
        for words, statement in _statements(lambda column: id_in(session, column, ids)):
            for item_id in session.execute(statement.distinct()).scalars():
                found[item_id].append(words)
    return dict(found)


def _statements(among: _Among) -> Iterator[tuple[str, Select[Any]]]:
    """Yield the names of records with the statement for the ids of the items that have them."""
    own = (
        (tr("reports"), StatusUpdate),
        (tr("moved dates"), DateChange),
        (tr("requests for a later date"), ExtensionRequest),
        (tr("assessments"), Assessment),
    )
    for words, model in own:
        yield words, _recorded(select(model.item_id), model, among(model.item_id))
    met = select(Milestone.item_id).join(MilestoneReport, MilestoneReport.milestone_id == Milestone.id)
    yield tr("milestones reported on"), _recorded(met, MilestoneReport, among(Milestone.item_id))
    values = select(Indicator.item_id).join(Observation, Observation.indicator_id == Indicator.id)
    yield tr("values"), _recorded(values, Observation, among(Indicator.item_id))
    into = select(StatusUpdate.merged_into_id)
    yield tr("items merged into it"), _recorded(into, StatusUpdate, among(StatusUpdate.merged_into_id))
    yield tr("links to clauses"), select(Link.item_id).where(among(Link.item_id))
    later = aliased(Item)
    yield tr("an item that continues it"), select(later.continues_id).where(among(later.continues_id), ~later.taken_out)
    yield tr("weeks that were issued with it"), _issued(among)


def _recorded(ids: Select[Any], history: type[Base], mine: ColumnElement[bool]) -> Select[Any]:
    return ids.where(mine, is_effective(history))


def _issued(among: _Among) -> Select[Any]:
    # An item without an act in its history was in the plan before each issue of it.
    added = select(func.min(ItemChange.recorded_at)).where(ItemChange.item_id == Item.id).scalar_subquery()
    issued = select(Item.id).join(WeeklyIssue, WeeklyIssue.plan_id == Item.plan_id)
    return issued.where(among(Item.id), or_(added.is_(None), WeeklyIssue.recorded_at >= added))
