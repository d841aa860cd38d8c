"""The item that a row of any table belongs to, and the audit events about an item."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Select, Subquery, and_, select, union_all
from sqlalchemy.orm import Session

from planner.register.raw_rows import columns
from planner.store.models import (
    WITHDRAWABLE,
    AuditEvent,
    Base,
    CompletionConfirmation,
    DateChange,
    FindingReview,
    Indicator,
    Item,
    ItemChange,
    Link,
    LinkReview,
    Milestone,
    MilestoneReport,
    Observation,
    Responsibility,
    StatusUpdate,
    Target,
    TargetChange,
    Withdrawal,
)

# Tables with a column for the item's id.
_OF_AN_ITEM: tuple[type[Base], ...] = (Responsibility, Milestone, Indicator, StatusUpdate, DateChange, ItemChange, Link)

# Tables whose rows belong to a part of an item, the column that refers to the part, and the part's table.
_OF_A_PART: tuple[tuple[type[Base], str, type[Base]], ...] = (
    (Target, "indicator_id", Indicator),
    (Observation, "indicator_id", Indicator),
    (MilestoneReport, "milestone_id", Milestone),
    (CompletionConfirmation, "status_update_id", StatusUpdate),
    (LinkReview, "link_id", Link),
)


@cache
def item_by_row() -> dict[str, Subquery]:
    """Return, for each table whose rows belong to items, a subquery of row ids (`row`) and item ids (`item`)."""
    item = columns(Item).id
    found: dict[str, Select[Any]] = {"item": select(item.label("row"), item.label("item"))}
    for model in _OF_AN_ITEM:
        own = columns(model)
        found[model.__tablename__] = select(own.id.label("row"), own.item_id.label("item"))
    for part, name, whole in _OF_A_PART:
        own, of = columns(part), columns(whole)
        found[part.__tablename__] = select(own.id.label("row"), of.item_id.label("item")).join(
            whole.__table__, own[name] == of.id
        )
    pairs = {table: statement.subquery() for table, statement in found.items()}
    pairs["target_change"] = _target_changes(pairs["target"])
    return {**pairs, "withdrawal": _withdrawals(pairs), "finding_review": _finding_reviews()}


def _target_changes(targets: Subquery) -> Subquery:
    """Select the revisions of targets with the items of the targets."""
    own = columns(TargetChange)
    return select(own.id.label("row"), targets.c.item).join(targets, targets.c.row == own.target_id).subquery()


def _finding_reviews() -> Subquery:
    """Select the decisions about findings whose subject is an item's code."""
    review, item = columns(FindingReview), columns(Item)
    same = and_(item.code == review.subject, item.plan_id == review.plan_id)
    return select(review.id.label("row"), item.id.label("item")).join(Item.__table__, same).subquery()


def _withdrawals(pairs: dict[str, Subquery]) -> Subquery:
    """Select each withdrawal with the item that the withdrawn record belongs to."""
    parts = []
    for record in WITHDRAWABLE:
        pair = pairs[record.__tablename__]
        own = columns(Withdrawal)
        refers = own[f"{record.__tablename__}_id"]
        parts.append(select(own.id.label("row"), pair.c.item.label("item")).join(pair, pair.c.row == refers))
    return union_all(*parts).subquery()


def events_of_item(item_id: int) -> Any:
    """Select the sequence numbers of all events about an item, table by table, so that the log's index is used."""
    event = columns(AuditEvent)
    parts = [
        select(event.seq).where(
            event.table_name == table, event.row_id.in_(select(pair.c.row).where(pair.c.item == item_id))
        )
        for table, pair in item_by_row().items()
    ]
    return union_all(*parts)


def items_of_rows(session: Session, rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the code of the item that each row belongs to, by table and row id.

    The result has no entry for a row that belongs to no item.
    """
    wanted = defaultdict(set)
    for table, row in rows:
        wanted[table].add(row)
    codes: dict[tuple[str, int], str] = {}
    item = columns(Item)
    for table, pair in item_by_row().items():
        if table in wanted:
            found = (
                select(pair.c.row, item.code)
                .join(Item.__table__, item.id == pair.c.item)
                .where(pair.c.row.in_(wanted[table]))
            )
            codes |= {(table, row): code for row, code in session.execute(found)}
    return codes
