"""Whether an act changed the plan after the day of a read. Only then are the rows of that day restored.

What an undone import changed does not count, and neither do the rows of history that its undo added: the two leave
every day as it was.
"""

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, cast

from sqlalchemy import ColumnElement, Select, bindparam, select
from sqlalchemy.orm import Session

from planner.register.instants import PastInstant, known_at_parameter, known_by
from planner.register.point import known_at_values
from planner.register.raw_rows import columns, unmapped_table
from planner.store.event_actions import IMPORT, UNDO_IMPORT
from planner.store.models import Item

# The histories of acts on the plan.
HISTORIES = ("item_change", "target_change", "organisation_change", "plan_change")


class Act(NamedTuple):
    """What each of these histories says of an act."""

    as_of: date
    recorded_at: datetime


def last_act(session: Session, known_at: datetime | None) -> date | None:
    """Return the day from which the latest act on the plan holds, as known at an instant, or None if there is none."""
    days = session.execute(_select(known_at is not None), known_at_values(known_at)).one()
    return max((day for day in days if day is not None), default=None)


@cache
def _select(in_past: bool) -> Select[Any]:
    known_at = known_at_parameter(in_past)
    days = [_last(columns(Item).added_on)]
    for act in (unmapped_table(name, Act).columns for name in HISTORIES):
        days.append(_last(act.as_of, *(() if known_at is None else (known_by(act.recorded_at, known_at),))))
    # Of several columns, a select would have the types of all.
    return cast("Select[Any]", select(*days))


def _last(day: Any, *conditions: ColumnElement[bool]) -> ColumnElement[date]:
    """Return the last of some days. In this form, an index on the days is read from its end."""
    return select(day).where(day.is_not(None), *conditions).order_by(day.desc()).limit(1).scalar_subquery()


def later(act: Any, in_past: bool) -> ColumnElement[bool]:
    """Return the condition that a row of such a history counts, and only from a later day. `act` has its columns."""
    known_at = known_at_parameter(in_past)
    after: ColumnElement[bool] = act.as_of > bindparam("as_of")
    if known_at is not None:
        after &= known_by(act.recorded_at, known_at)
    return after & counts(act.recorded_at, known_at)


class _ImportEvent(NamedTuple):
    """What the log says of an import and of its undo. The row is that of the import in both events."""

    table_name: str
    row_id: int
    action: str
    recorded_at: datetime


def counts(recorded_at: Any, known_at: PastInstant | None = None) -> ColumnElement[bool]:
    """Return the condition that a row of such a history belongs neither to an undone import nor to its undo.

    `recorded_at` is the column with its recorded instant. With `known_at`, imports that were undone later count.
    """
    undo, event = (unmapped_table("audit_event", _ImportEvent).alias().columns for _ in range(2))
    undone = select(undo.row_id).where(undo.table_name == "import_batch", undo.action == UNDO_IMPORT)
    if known_at is not None:
        undone = undone.where(known_by(undo.recorded_at, known_at))
    # docs/decisions/0006: no other write has the instant of an import or of its undo.
    instants = select(event.recorded_at).where(
        event.table_name == "import_batch", event.action.in_((IMPORT, UNDO_IMPORT)), event.row_id.in_(undone)
    )
    condition: ColumnElement[bool] = recorded_at.not_in(instants)
    return condition
