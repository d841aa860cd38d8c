"""Rows as they were on an earlier day, before later acts changed the plan.

The rows of plans, themes, items, targets and organisations have the current values. Each act on the plan adds a row of
history that says from which day the change holds. The event of the same write has the values of the row before it.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, literal, or_, select, union_all
from sqlalchemy.orm import Session

from planner.register.later_acts import later
from planner.register.point import Point
from planner.register.raw_rows import columns
from planner.store.event_actions import CONFIRM_DATE, UNDO_CONFIRM_DATE
from planner.store.models import (
    AuditEvent,
    Base,
    Indicator,
    Item,
    ItemChange,
    Milestone,
    Organisation,
    OrganisationChange,
    Plan,
    PlanChange,
    Responsibility,
    Target,
    TargetChange,
    Theme,
)

Place = tuple[str, int]
Values = Mapping[str, Any] | None

# The columns that an act on a fact of an item sets, by the field of its history.
ITEM_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "code_key", "fingerprint"),
    "title": ("title", "basis", "citation_id", "rule_id", "fingerprint"),
    "kind": ("kind",),
    "theme": ("theme_id", "allocation_basis"),
    "measure": ("measure_id", "fingerprint"),
    "lead": ("lead_id", "lead_basis", "lead_rule_id", "lead_note"),
    "accountable": ("accountable_id",),
    "start": ("starts", "starts_basis", "starts_rule_id"),
    "due": ("baseline_due", "due_basis", "due_rule_id"),
    "weight": ("weight",),
    "measured_by": ("measured_by",),
    "source": ("source",),
    "note": ("note",),
}
# The fields for milestones, indicators and targets that an act adds to an item. Each is the name of the part's table.
PARTS = ("milestone", "indicator", "target")
# The field of the act that confirms an assumed date, by the table of the row that has the date, and the columns of that
# row that it sets.
CONFIRMED: Mapping[str, str] = {
    "item": "due_confirmed",
    "milestone": "milestone_confirmed",
    "target": "target_confirmed",
}
DATE_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "item": ("due_basis", "due_rule_id"),
    "milestone": ("date_basis",),
    "target": ("due_basis",),
}
# The field for the supporting organisations, which are rows of their own.
SUPPORTING = "supporting"
_TARGET_COLUMNS = ("value", "due", "due_basis", "basis", "citation_id", "rule_id")
_NAME_COLUMNS = ("name", "short_name", "basis", "citation_id")


def rows_before(session: Session, point: Point) -> dict[Place, Values]:
    """Return the values to restore in each row that an act changed after the day of a point, by table and row id.

    The values are encoded as in an event. None means that the row did not exist on that day.
    """
    before: dict[Place, Values] = {}
    for place, values in _restored(session, point):
        # The first change after the day comes first, and it has the values of the day.
        before[place] = {**values, **(before.get(place) or {})}
    for table, row_id, body in session.execute(_parts_removed(point.in_past), point.values):
        before[table, row_id] = json.loads(body)["before"]
    for table, row_id in session.execute(_added_later(), {"as_of": point.as_of}):
        before[table, row_id] = None
    for table, row_id in session.execute(_parts_added(point.in_past), point.values):
        before[table, row_id] = None
    return before


def _restored(session: Session, point: Point) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Yield the values before each later act, the first act first."""
    supporting: dict[int, str | None] = {}
    for item_id, fact, old, body in session.execute(_item_changes(point.in_past), point.values):
        if fact == SUPPORTING:
            supporting.setdefault(item_id, old)
        else:
            yield (Item.__tablename__, item_id), _columns_of(body, ITEM_COLUMNS.get(fact, ()))
    for table, row_id, body in session.execute(_dates_confirmed(point.in_past), point.values):
        yield (table, row_id), _columns_of(body, DATE_COLUMNS[table])
    for model, change, refers, names in (
        (Target, TargetChange, "target_id", _TARGET_COLUMNS),
        (Organisation, OrganisationChange, "organisation_id", _NAME_COLUMNS),
    ):
        for row_id, body in session.execute(_changes(model, change, refers, point.in_past), point.values):
            yield (model.__tablename__, row_id), _columns_of(body, names)
    yield from _plan_restored(session, point)
    if supporting:
        shares = session.execute(_shares(), {"items": list(supporting)})
        for row_id, item_id, key in shares:
            supported = key in (supporting[item_id] or "").split(", ")
            yield (Responsibility.__tablename__, row_id), {"taken_out": not supported}


# The columns that an act on a plan or a theme sets, by the field of its history.
PLAN_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "restatement", "basis", "citation_id", "rule_id"),
    "starts": ("starts", "year"),
    "ends": ("ends", "year"),
    "time_zone": ("time_zone",),
    "language": ("language",),
    "cadence": ("cadence", "stale_after_weeks"),
    "organisation": ("issuer_id",),
    "mandate": ("mandate_id",),
}
# The fields for a theme that was removed, and for a theme and a kind that were merged into another one, whose number or
# key is the new value. The measures of a merged theme went along. A kind names itself by its key (docs/decisions/0173).
REMOVED, MERGED, KIND_MERGED = "removed", "merged", "kind_merged"
THEME_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "restatement", "basis", "citation_id", "rule_id"),
    "label": ("label",),
    "parent": ("parent_id",),
    REMOVED: ("taken_out",),
    MERGED: ("taken_out",),
}
# The field of the act that adds a theme. Before its day, the theme was not there.
ADDED = "added"
# The fields of the history of a person for one who joined during the year, and for one who left. Somebody who came back
# is one who has not left any more. People are read with these by `planner.queries.people.people_then`.
JOINED, LEFT = "joined", "left"
# The fields for what are rows of their own: the totals that a plan states, and the title of a kind of items.
TOTALS, KIND = "totals", "kind"
# The tables of the rows that acts on these fields change, and the columns that they set.
_OTHER_ROWS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    TOTALS: ("plan_total", ("value", "basis", "citation_id", "rule_id")),
    KIND: ("item_kind", ("title", "basis", "citation_id", "rule_id")),
    KIND_MERGED: ("item_kind", ("position",)),
    MERGED: ("measure", ("theme_id",)),
}


def _plan_restored(session: Session, point: Point) -> Iterator[tuple[Place, Mapping[str, Any]]]:
    """Yield the values of plans, their totals, kinds of items and themes before each later act."""
    facts = set()
    for plan_id, theme_id, fact, body in session.execute(_plan_acts(point.in_past), point.values):
        facts.add(fact)
        if theme_id is None:
            yield (Plan.__tablename__, plan_id), _columns_of(body, PLAN_COLUMNS.get(fact, ()))
        elif fact == ADDED:
            yield (Theme.__tablename__, theme_id), {"taken_out": True}
        else:
            yield (Theme.__tablename__, theme_id), _columns_of(body, THEME_COLUMNS.get(fact, ()))
    for fact, (table, names) in _OTHER_ROWS.items():
        if fact in facts:
            for row_id, body in session.execute(_row_acts(table, fact, point.in_past), point.values):
                # Only a total can have been added by such an act.
                yield (table, row_id), _columns_of(body, names) or ({"value": None} if fact == TOTALS else {})


def _columns_of(body: bytes | None, names: tuple[str, ...]) -> dict[str, Any]:
    before = json.loads(body)["before"] if body and names else None
    return {name: before[name] for name in names if name in before} if before else {}


def _event_before(change: Any, table: str, row_id: Any) -> Any:
    """Return the condition that an event changed a row in the same write as a row of history was added."""
    event = columns(AuditEvent)
    return and_(
        event.table_name == table,
        event.row_id == row_id,
        event.recorded_at == change.recorded_at,
        event.actor == change.actor,
    )


@cache
def _item_changes(in_past: bool) -> Select[Any]:
    change, event = columns(ItemChange), columns(AuditEvent)
    return (
        select(change.item_id, change.field, change.old_value, event.body)
        .join_from(
            ItemChange.__table__,
            AuditEvent.__table__,
            _event_before(change, Item.__tablename__, change.item_id),
            isouter=True,
        )
        .where(later(change, in_past))
        .order_by(change.as_of, change.id, event.seq)
    )


@cache
def _changes(model: type[Base], history: type[Base], refers: str, in_past: bool) -> Select[Any]:
    change, event = columns(history), columns(AuditEvent)
    same_write = _event_before(change, model.__tablename__, change[refers])
    return (
        select(change[refers], event.body)
        .join_from(history.__table__, AuditEvent.__table__, same_write)
        .where(later(change, in_past))
        .order_by(change.as_of, change.id, event.seq)
    )


@cache
def _parts_added(in_past: bool) -> Select[Any]:
    """Select the rows of milestones, indicators and targets that acts on items added."""
    change, event = columns(ItemChange), columns(AuditEvent)
    same_write = and_(
        event.table_name == change.field, event.recorded_at == change.recorded_at, event.actor == change.actor
    )
    return (
        select(event.table_name, event.row_id)
        .join_from(ItemChange.__table__, AuditEvent.__table__, same_write)
        .where(later(change, in_past), change.field.in_(PARTS), event.action.in_(f"add-{part}" for part in PARTS))
    )


@cache
def _parts_removed(in_past: bool) -> Select[Any]:
    """Select the rows of milestones and indicators that acts on items removed, with the events of these acts."""
    change, event = columns(ItemChange), columns(AuditEvent)
    same_write = and_(event.recorded_at == change.recorded_at, event.actor == change.actor)
    fields = [f"{part}_removed" for part in PARTS]
    return (
        select(event.table_name, event.row_id, event.body)
        .join_from(ItemChange.__table__, AuditEvent.__table__, same_write)
        .where(later(change, in_past), change.field.in_(fields))
        .where(event.table_name.in_(PARTS), event.action.in_(f"remove-{part}" for part in PARTS))
    )


@cache
def _dates_confirmed(in_past: bool) -> Select[Any]:
    """Select the rows whose dates acts confirmed, with the events of these acts."""
    change, event = columns(ItemChange), columns(AuditEvent)
    same_write = and_(event.recorded_at == change.recorded_at, event.actor == change.actor)
    return (
        select(event.table_name, event.row_id, event.body)
        .join_from(ItemChange.__table__, AuditEvent.__table__, same_write)
        .where(later(change, in_past), change.field.in_(CONFIRMED.values()), event.table_name.in_(CONFIRMED))
        .where(event.action.in_((CONFIRM_DATE, UNDO_CONFIRM_DATE)))
        .order_by(change.as_of, change.id, event.seq)
    )


@cache
def _plan_acts(in_past: bool) -> Select[Any]:
    """Select the acts on plans and themes with the events of the rows that they changed."""
    change, event = columns(PlanChange), columns(AuditEvent)
    same_write = or_(
        and_(change.theme_id.is_(None), _event_before(change, Plan.__tablename__, change.plan_id)),
        _event_before(change, Theme.__tablename__, change.theme_id),
    )
    return (
        select(change.plan_id, change.theme_id, change.field, event.body)
        .join_from(PlanChange.__table__, AuditEvent.__table__, same_write, isouter=True)
        .where(later(change, in_past))
        .order_by(change.as_of, change.id, event.seq)
    )


@cache
def _row_acts(table: str, field: str, in_past: bool) -> Select[Any]:
    """Select the rows of plans, such as totals, that acts on a field changed, with the events that changed them."""
    change, event = columns(PlanChange), columns(AuditEvent)
    same_write = and_(event.recorded_at == change.recorded_at, event.actor == change.actor)
    return (
        select(event.row_id, event.body)
        .join_from(PlanChange.__table__, AuditEvent.__table__, same_write)
        .where(later(change, in_past), change.field == field, event.table_name == table)
        .order_by(change.as_of, change.id, event.seq)
    )


@cache
def _shares() -> Select[Any]:
    """Select the organisations that support, or supported, some items."""
    share, body = columns(Responsibility), columns(Organisation)
    return (
        select(share.id, share.item_id, body.key)
        .join_from(Responsibility.__table__, Organisation.__table__, body.id == share.organisation_id)
        .where(share.item_id.in_(bindparam("items", expanding=True)))
    )


@cache
def _added_later() -> Any:
    """Select the items that were added on a later day, and the rows that belong to them."""
    from planner.store.models import Link  # mapped only if an item was added

    item = columns(Item)
    after = item.added_on > bindparam("as_of")
    mine = select(item.id).where(after)
    parts = [select(literal(Item.__tablename__), item.id).where(after)]
    for model in (Milestone, Indicator, Responsibility, Link):
        own = columns(model)
        parts.append(select(literal(model.__tablename__), own.id).where(own.item_id.in_(mine)))
    target, indicator = columns(Target), columns(Indicator)
    of_items = select(indicator.id).where(indicator.item_id.in_(mine))
    parts.append(select(literal(Target.__tablename__), target.id).where(target.indicator_id.in_(of_items)))
    return union_all(*parts)
