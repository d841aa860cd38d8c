"""Effective records: history rows that were neither withdrawn nor returned by a manager.

When a manager returns a report, the milestones, dates and values about the same item from the same write are not
effective either. All rows of one write have the same instant, so these rows are found by instant, actor and item. A row
that is not effective stays in the history and is shown there, but no state is computed from it.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, union_all
from sqlalchemy.orm import Session

from planner.domain.vocabulary import Confirmation
from planner.register.instants import PastInstant, known_by
from planner.register.raw_rows import columns
from planner.store.models import (
    Base,
    CompletionConfirmation,
    DateChange,
    Indicator,
    Milestone,
    MilestoneReport,
    Observation,
    StatusUpdate,
    Withdrawal,
)


def is_effective(history: type[Base], known_at: PastInstant | None = None) -> ColumnElement[bool]:
    """Return the condition that a history row is effective (not withdrawn and not returned), as known at an instant.

    The subquery is not correlated, so the rows that are not effective, which are few, are read once per statement. One
    combined subquery is cheaper than two (docs/performance.md).
    """
    key = columns(history).id
    withdrawn_ids = withdrawn(history, known_at)
    returned_ids = _returned_ids(history, known_at)
    discounted = withdrawn_ids if returned_ids is None else union_all(withdrawn_ids, returned_ids)
    # docs/decisions/0005: one uncorrelated subquery is the cheapest form.
    condition: ColumnElement[bool] = key.not_in(discounted)
    return condition


def _returned_ids(history: type[Base], known_at: PastInstant | None) -> Select[Any] | None:
    """Select the ids of rows that a manager sent back. Return None if rows of this table cannot be sent back."""
    if history is StatusUpdate:
        return returned(known_at)
    return recorded_with(history, columns(StatusUpdate).id.in_(returned(known_at))) if history in _OF_ITEM else None


# Tables whose rows can be written together with a report, and the condition that joins a row to the report's item.
_OF_ITEM: dict[type[Base], Callable[[], ColumnElement[bool]]] = {
    MilestoneReport: lambda: columns(MilestoneReport).milestone_id.in_(_parts(Milestone)),
    DateChange: lambda: columns(DateChange).item_id == columns(StatusUpdate).item_id,
    Observation: lambda: columns(Observation).indicator_id.in_(_parts(Indicator)),
}


def _parts(part: type[Milestone] | type[Indicator]) -> Select[Any]:
    own = columns(part)
    return select(own.id).where(own.item_id == columns(StatusUpdate).item_id).correlate(StatusUpdate.__table__)


def recorded_with(history: Any, reports: ColumnElement[bool]) -> Select[Any]:
    """Select the ids of history rows about the same item and from the same write as one of the reports."""
    row, report = columns(history), columns(StatusUpdate)
    # docs/decisions/0006: no other write has this instant.
    same_write = (row.recorded_at == report.recorded_at, row.actor == report.actor)
    of_item = and_(*same_write, _OF_ITEM[history]())
    return select(row.id).join_from(history.__table__, StatusUpdate.__table__, of_item).where(reports)


def withdrawn(history: type[Base], known_at: PastInstant | None = None) -> Select[Any]:
    """Select the ids of a history table's rows that were withdrawn up to `known_at`, or at any time if it is None."""
    column = _refers_to(history)
    statement = select(column).where(column.is_not(None))
    return statement if known_at is None else statement.where(known_by(columns(Withdrawal).recorded_at, known_at))


def is_withdrawn(session: Session, history: type[Base], row_id: int) -> bool:
    """Return whether one row of a history table was withdrawn."""
    found = select(Withdrawal.id).where(_refers_to(history) == row_id)
    return session.execute(found).first() is not None


def _refers_to(history: type[Base]) -> Any:
    """Return the column of Withdrawal that refers to a history table."""
    return columns(Withdrawal)[f"{history.__tablename__}_id"]


def returned(known_at: PastInstant | None = None) -> Select[Any]:
    """Select the ids of reports that a manager had returned up to an instant."""
    answer = columns(CompletionConfirmation)
    return select(answer.status_update_id).where(*has_outcome(Confirmation.RETURNED, known_at))


def answers_with(outcome: Confirmation, known_at: PastInstant | None = None) -> Select[CompletionConfirmation]:
    """Select the answers with this outcome that managers gave to reports. Withdrawn answers are left out."""
    return select(CompletionConfirmation).where(*has_outcome(outcome, known_at))


def has_outcome(outcome: Confirmation, known_at: PastInstant | None = None) -> list[ColumnElement[bool]]:
    """Return the conditions that a manager's answer has this outcome and was not withdrawn."""
    answer = columns(CompletionConfirmation)
    conditions = [answer.outcome == outcome, answer.id.not_in(withdrawn(CompletionConfirmation, known_at))]
    return conditions if known_at is None else [*conditions, known_by(answer.recorded_at, known_at)]
