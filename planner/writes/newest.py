"""What holds of an item or a milestone on a day, as a write sees it."""

from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from planner.models import Base
from planner.queries.counted import counts

Row = TypeVar("Row", bound=Base)


def newest(session: Session, history: type[Row], *mine: ColumnElement[bool], as_of: date) -> Row | None:
    """The row of a history table that holds as of a day: of those that count the latest, and of these the last.

    `mine` says whose rows are looked at.
    """
    table: Any = history
    return session.execute(
        select(history)
        .where(*mine, table.as_of <= as_of, counts(history))
        .order_by(table.as_of.desc(), table.id.desc())
        .limit(1)
    ).scalar_one_or_none()
