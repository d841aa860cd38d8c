"""Which records count: those that were not taken back, nor returned by a manager.

With a report that is returned goes all that was said of its item in the same write: milestones, dates, values. A write
has one instant, so what came with a report is of the same instant, actor and item. A record that does not count stays
in the history and is shown there; every state is computed without it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, select, union_all
from sqlalchemy.orm import Session

from planner.models import (
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
from planner.queries.instants import known_by
from planner.vocabulary import Confirmation


def counts(history: type[Base], known_at: datetime | None = None) -> ColumnElement[bool]:
    """The condition under which a row of a history table counts, as known at an instant.

    The subquery refers to nothing outside, so a database reads the few records that do not count once per statement;
    that it is one costs less than one of each sort (docs/performance.md).
    """
    key: Any = history.id  # type: ignore[attr-defined]
    taken_back = withdrawn(history, known_at)
    sent_back = _sent_back(history, known_at)
    discounted = taken_back if sent_back is None else union_all(taken_back, sent_back)
    condition: ColumnElement[bool] = key.not_in(discounted)
    return condition


def _sent_back(history: type[Base], known_at: datetime | None) -> Select[Any] | None:
    """Select the ids of a history table's rows that a manager returned; None where nothing of it can be."""
    if history is StatusUpdate:
        return returned(known_at)
    return came_with(history, StatusUpdate.id.in_(returned(known_at))) if history in _OF_ITEM else None


# The tables whose rows can come in one write with a report, and how a row is of the report's item.
_OF_ITEM: dict[type[Base], Callable[[], ColumnElement[bool]]] = {
    MilestoneReport: lambda: MilestoneReport.milestone_id.in_(_parts(Milestone)),
    DateChange: lambda: DateChange.item_id == StatusUpdate.item_id,
    Observation: lambda: Observation.indicator_id.in_(_parts(Indicator)),
}


def _parts(part: type[Milestone] | type[Indicator]) -> Select[Any]:
    return select(part.id).where(part.item_id == StatusUpdate.item_id).correlate(StatusUpdate)


def came_with(history: Any, reports: ColumnElement[bool]) -> Select[Any]:
    """Select the ids of a history table's rows that were recorded of an item in one write with some of its reports."""
    same_write = (history.recorded_at == StatusUpdate.recorded_at, history.actor == StatusUpdate.actor)
    return select(history.id).join(StatusUpdate, and_(*same_write, _OF_ITEM[history]())).where(reports)


def withdrawn(history: type[Base], known_at: datetime | None = None) -> Select[Any]:
    """Select the ids of a history table's rows that were taken back by an instant."""
    column = _refers_to(history)
    statement = select(column).where(column.is_not(None))
    return statement if known_at is None else statement.where(known_by(Withdrawal.recorded_at, known_at))


def is_withdrawn(session: Session, history: type[Base], row_id: int) -> bool:
    """Whether one row of a history table was taken back."""
    found = select(Withdrawal.id).where(_refers_to(history) == row_id)
    return session.execute(found).first() is not None


def _refers_to(history: type[Base]) -> Any:
    """The column of a withdrawal that refers to rows of a history table."""
    return getattr(Withdrawal, f"{history.__tablename__}_id")


def returned(known_at: datetime | None = None) -> Select[Any]:
    """Select the ids of the reports that a manager returned by an instant."""
    return outcomes(Confirmation.RETURNED, known_at).with_only_columns(CompletionConfirmation.status_update_id)


def outcomes(outcome: Confirmation, known_at: datetime | None = None) -> Select[CompletionConfirmation]:
    """Select what managers answered to reports with an outcome; what was taken back is left out."""
    statement = select(CompletionConfirmation).where(
        CompletionConfirmation.outcome == outcome.value,
        CompletionConfirmation.id.not_in(withdrawn(CompletionConfirmation, known_at)),
    )
    return statement if known_at is None else statement.where(known_by(CompletionConfirmation.recorded_at, known_at))
