"""The latest row of a history table for each owner, as of a date and as known at an instant.

SQLite is fastest with a correlated subquery on the index, PostgreSQL with LATERAL. A window function is at least ten
times slower on both (docs/performance.md).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select, true
from sqlalchemy.orm import InstrumentedAttribute

from planner.queries.effective_records import is_effective
from planner.register.instants import known_at_parameter, known_by
from planner.store.models import Base


def latest(
    dialect: str,
    history: type[Base],
    owner: InstrumentedAttribute[int],
    belongs: ColumnElement[bool],
    columns: Sequence[str],
    *,
    in_past: bool,
) -> Select[Any]:
    """Select the owner's id (`owner`) and the named columns of the latest history row of each owner that has one.

    `owner` is the id column of the owning table. `belongs` is the condition that joins a history row to its owner. Only
    effective rows are used. Of several rows with the same as-of date, the one recorded last is used. Filter the owners
    by adding `.where()` to the returned statement.

    The statement has the parameters of `Point.values`; `in_past` tells whether `known_at` is one of them.
    """
    known_at = known_at_parameter(in_past)
    conditions = [belongs, history.as_of <= bindparam("as_of"), is_effective(history, known_at)]  # type: ignore[attr-defined]
    if known_at is not None:
        conditions.append(known_by(history.recorded_at, known_at))  # type: ignore[attr-defined]
    newest_first = (history.as_of.desc(), history.id.desc())  # type: ignore[attr-defined]
    wanted = [getattr(history, name) for name in columns]
    # docs/decisions/0049: SQLite has no LATERAL, and PostgreSQL is nine times slower without it.
    if dialect == "postgresql":
        row = select(*wanted).where(*conditions).order_by(*newest_first).limit(1).correlate(owner.class_).lateral()
        return select(owner.label("owner"), *row.c).select_from(owner.class_).join(row, true())
    newest = select(history.id).where(*conditions).order_by(*newest_first).limit(1).correlate(owner.class_)  # type: ignore[attr-defined]
    return (
        select(owner.label("owner"), *wanted)
        .select_from(owner.class_)
        .join(history, history.id == newest.scalar_subquery())  # type: ignore[attr-defined]
    )
