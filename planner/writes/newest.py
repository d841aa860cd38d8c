"""Finding, during a write, the record of an item, milestone or indicator that is current on a day."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from planner.register.effective_records import is_effective
from planner.store.models import Base

Row = TypeVar("Row", bound=Base)


def newest(session: Session, history: type[Row], subject: Mapping[str, int | None], *, as_of: date) -> Row | None:
    """Return the row of a history table that is current on a day, or None if there is none.

    This is the row with the latest as-of date among the rows that count. If several rows have that date, it is the row
    added last. The values in `subject` select the item, milestone or indicator by columns of the table.
    """
    statement = _statement(history, tuple((name, value is None) for name, value in subject.items()))
    found: Row | None = session.execute(statement, {**subject, "day": as_of}).scalar_one_or_none()
    return found


@cache
def _statement(history: Any, subject: tuple[tuple[str, bool], ...]) -> Select[Any]:
    """Return the SELECT statement that finds the current row of a table by the columns in `subject`.

    It is cached, because a write may need it for hundreds of reports.
    """
    conditions = (
        getattr(history, name).is_(None) if empty else getattr(history, name) == bindparam(name)
        for name, empty in subject
    )
    return (
        select(history)
        .where(*conditions, history.as_of <= bindparam("day"), is_effective(history))
        .order_by(history.as_of.desc(), history.id.desc())
        .limit(1)
    )
