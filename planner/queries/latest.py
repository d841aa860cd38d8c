"""The latest row of a history table for each owner, as of a date and as known at an instant.

SQLite is fastest with a correlated subquery on the index, PostgreSQL with LATERAL. A window function is at least ten
times slower on both (docs/performance.md).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, select, true

from planner.register.effective_records import is_effective
from planner.register.instants import known_at_parameter, known_by
from planner.register.raw_rows import columns
from planner.store.models import Base


def latest(
    dialect: str,
    history: type[Base],
    owner: type[Base],
    belongs: ColumnElement[bool],
    names: Sequence[str],
    *,
    in_past: bool,
    every_owner: bool = False,
) -> Select[Any]:
    """Select the id of each owner (as `owner`) and the named columns of its latest history row.

    Owners without a history row are left out, unless `every_owner` is set; then their columns are NULL.

    `owner` is the owning table. `belongs` is the condition that joins a history row to its owner. Only
    effective rows are used. Of several rows with the same as-of date, the one recorded last is used. Filter the owners
    by adding `.where()` to the returned statement.

    The statement has the parameters of `Point.values`; `in_past` tells whether `known_at` is one of them.
    """
    known_at, own, owners = known_at_parameter(in_past), columns(history), owner.__table__
    conditions = [belongs, own.as_of <= bindparam("as_of"), is_effective(history, known_at)]
    if known_at is not None:
        conditions.append(known_by(own.recorded_at, known_at))
    newest_first = (own.as_of.desc(), own.id.desc())
    wanted = [own[name] for name in names]
    owner_id = columns(owner).id.label("owner")
    # docs/decisions/0049: SQLite has no LATERAL, and PostgreSQL is nine times slower without it.
    if dialect == "postgresql":
        row = select(*wanted).where(*conditions).order_by(*newest_first).limit(1).correlate(owners).lateral()
        return select(owner_id, *row.c).select_from(owners).join(row, true(), isouter=every_owner)
    newest = select(own.id).where(*conditions).order_by(*newest_first).limit(1).correlate(owners)
    is_newest = own.id == newest.scalar_subquery()
    return select(owner_id, *wanted).select_from(owners).join(history.__table__, is_newest, isouter=every_owner)
