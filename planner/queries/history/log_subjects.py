"""The plan and item that a row of any table belongs to, and the audit events about an item."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BindParameter, Select, Subquery, and_, bindparam, null, select, union_all
from sqlalchemy.orm import Session

from planner.register.raw_rows import columns
from planner.store.models import (
    WITHDRAWABLE,
    Assessment,
    AuditEvent,
    Base,
    CompletionConfirmation,
    DateChange,
    ExtensionAnswer,
    ExtensionRequest,
    FindingReview,
    HelpAnswer,
    Indicator,
    Item,
    ItemChange,
    Link,
    LinkReview,
    Milestone,
    MilestoneReport,
    Observation,
    Plan,
    Responsibility,
    StatusUpdate,
    Target,
    TargetChange,
    Withdrawal,
    table_called,
    table_referred_to,
)
from planner.store.models.items import code_before_removal

# Tables with a column for the item's id.
_OF_AN_ITEM: tuple[type[Base], ...] = (
    Responsibility,
    Milestone,
    Indicator,
    StatusUpdate,
    DateChange,
    ExtensionRequest,
    Assessment,
    ItemChange,
    Link,
)

# Tables whose rows belong to a part of an item, the column that refers to the part, and the part's table.
_OF_A_PART: tuple[tuple[type[Base], str, type[Base]], ...] = (
    (Target, "indicator_id", Indicator),
    (Observation, "indicator_id", Indicator),
    (MilestoneReport, "milestone_id", Milestone),
    (CompletionConfirmation, "status_update_id", StatusUpdate),
    (HelpAnswer, "status_update_id", StatusUpdate),
    (ExtensionAnswer, "extension_request_id", ExtensionRequest),
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
        pair = pairs[record]
        own = columns(Withdrawal)
        refers = own[f"{record}_id"]
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


class Subject(NamedTuple):
    """What a row belongs to: the key of its plan and, if it belongs to an item, the item's code."""

    plan: str
    item: str | None


def subjects_of_rows(session: Session, rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Subject]:
    """Return what each row belongs to, by table and row id.

    The result has no entry for a row that belongs to no plan, such as a person or a document.
    """
    wanted = defaultdict(set)
    for table, row in rows:
        wanted[table].add(row)
    found: dict[tuple[str, int], Subject] = {}
    for table, ids in wanted.items():
        for select_subjects in (_select_items_of, _select_plans_of):
            left = [row for row in ids if (table, row) not in found]
            statement = select_subjects(table) if left else None
            if statement is not None:
                subjects = session.execute(statement, {"rows": left})
                found |= {(table, row): Subject(plan, code) for row, plan, code in subjects}
    return found


_ROWS: BindParameter[Any] = bindparam("rows", expanding=True)


@cache
def _select_items_of(table: str) -> Select[Any] | None:
    """Select the plan and the item of the rows of a table that have given ids. None if the rows belong to no items."""
    pair, plan, item = item_by_row().get(table), columns(Plan), columns(Item)
    if pair is None:
        return None
    of_item = select(pair.c.row, plan.key, code_before_removal(item)).join(Item.__table__, item.id == pair.c.item)
    return of_item.join(Plan.__table__, plan.id == item.plan_id).where(pair.c.row.in_(_ROWS))


@cache
def _select_plans_of(table: str) -> Select[Any] | None:
    """Select the plan of the rows of a table that have given ids. None if the rows belong to no plan."""
    pair, plan = _plan_by_row(table), columns(Plan)
    if pair is None:
        return None
    of_plan = select(pair.c.row, plan.key, null()).join(Plan.__table__, plan.id == pair.c.plan)
    return of_plan.where(pair.c.row.in_(_ROWS))


# Tables whose rows belong to a plan through another row, and the column that refers to it.
_THROUGH = {"issued_file": "issue_id", "link": "measure_id", "link_review": "link_id"}


def _plan_by_row(name: str) -> Subquery | None:
    """Return a subquery of the row ids (`row`) and plan ids (`plan`) of a table. None if its rows belong to no plan."""
    table = table_called(name)
    if table is None:
        return None
    if name in _THROUGH:
        refers = table.c[_THROUGH[name]]
        pair = _plan_by_row(table_referred_to(refers))
        if pair is not None:
            return select(table.c.id.label("row"), pair.c.plan).join(pair, pair.c.row == refers).subquery()
        return None
    plan_id = table.c.id if name == Plan.__tablename__ else table.c.get("plan_id")
    return None if plan_id is None else select(table.c.id.label("row"), plan_id.label("plan")).subquery()


def items_of_rows(session: Session, rows: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """Return the code of the item that each row belongs to, by table and row id.

    The result has no entry for a row that belongs to no item.
    """
    found = subjects_of_rows(session, rows)
    return {place: subject.item for place, subject in found.items() if subject.item is not None}
