"""The current record of an item or a milestone on a day, as a write sees it."""

from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from planner.models import Base
from planner.queries.counted import counts

Row = TypeVar("Row", bound=Base)


def newest(session: Session, history: type[Row], *mine: ColumnElement[bool], as_of: date) -> Row | None:
    """Return the row of a history table that is current on a day, or None if no row is.

    This is the row with the latest as-of date among the rows that count; of several on that date, the one added last.
    The conditions in `mine` select the item, milestone or indicator.
    """
    table: Any = history
    return session.execute(
        select(history)
        .where(*mine, table.as_of <= as_of, counts(history))
        .order_by(table.as_of.desc(), table.id.desc())
        .limit(1)
    ).scalar_one_or_none()
