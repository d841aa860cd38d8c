"""The latest row of a history table per owner, as of a date and as known at an instant.

SQLite is quickest with a correlated subquery down the index, PostgreSQL with LATERAL; a window function is slower on
both by a factor of ten and more (docs/performance.md).
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from planner.models import Base
from planner.queries.counted import counts
from planner.queries.instants import known_by
from planner.queries.point import Point


def latest(
    session: Session,
    history: type[Base],
    owner: InstrumentedAttribute[int],
    belongs: Callable[[], ColumnElement[bool]],
    point: Point,
    columns: Sequence[str],
) -> Select[Any]:
    """Select, per owner that has one, the owner's id (`owner`) and the columns named of its latest `history` row.

    `owner` is the id column of the owning table; `belongs` says which history rows are the owner's. Only rows that
    count are looked at; of several as of the same date the one recorded last holds. Narrow the owners with `.where()`
    on the statement that comes back.
    """
    conditions = [belongs(), history.as_of <= point.as_of, counts(history, point.known_at)]  # type: ignore[attr-defined]
    if point.known_at is not None:
        conditions.append(known_by(history.recorded_at, point.known_at))  # type: ignore[attr-defined]
    newest_first = (history.as_of.desc(), history.id.desc())  # type: ignore[attr-defined]
    wanted = [getattr(history, name) for name in columns]
    if session.get_bind().dialect.name == "postgresql":
        row = select(*wanted).where(*conditions).order_by(*newest_first).limit(1).correlate(owner.class_).lateral()
        return select(owner.label("owner"), *row.c).select_from(owner.class_).join(row, true())
    newest = select(history.id).where(*conditions).order_by(*newest_first).limit(1).correlate(owner.class_)  # type: ignore[attr-defined]
    return (
        select(owner.label("owner"), *wanted)
        .select_from(owner.class_)
        .join(history, history.id == newest.scalar_subquery())  # type: ignore[attr-defined]
    )
