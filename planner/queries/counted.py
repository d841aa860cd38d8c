"""Which records count: those that were not taken back, and of reports those that a manager did not return.

A record that does not count stays in the history and is shown there; every state is computed without it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select, union_all
from sqlalchemy.orm import Session

from planner.models import Base, CompletionConfirmation, StatusUpdate, Withdrawal
from planner.queries.instants import known_by
from planner.vocabulary import Confirmation


def counts(history: type[Base], known_at: datetime | None = None) -> ColumnElement[bool]:
    """The condition under which a row of a history table counts, as known at an instant.

    The subquery refers to nothing outside, so a database reads the few records that do not count once per statement;
    that it is one costs less than one of each sort (docs/performance.md).
    """
    key: Any = history.id  # type: ignore[attr-defined]
    taken_back = withdrawn(history, known_at)
    discounted = union_all(taken_back, returned(known_at)) if history is StatusUpdate else taken_back
    condition: ColumnElement[bool] = key.not_in(discounted)
    return condition


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
