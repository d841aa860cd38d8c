"""Whether an act changed the plan after the day of a read. Only then are the rows of that day restored.

What an undone import changed does not count, and neither do the rows of history that its undo added: the two leave
every day as it was.
"""

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from planner.register.instants import PastInstant, known_at_parameter, known_by
from planner.register.point import Point
from planner.register.raw_rows import columns, unmapped_table
from planner.store.event_actions import IMPORT, UNDO_IMPORT
from planner.store.models import Item

# The histories of acts on the plan.
HISTORIES = ("item_change", "target_change", "organisation_change", "plan_change")


class Act(NamedTuple):
    """What each of these histories says of an act."""

    as_of: date
    recorded_at: datetime


def any_later_act(session: Session, point: Point) -> bool:
    """Return whether an act on the plan holds only from a day after that of a point, as known at its instant."""
    return bool(session.execute(_select(point.in_past), point.values).scalar())


@cache
def _select(in_past: bool) -> Select[Any]:
    acts = (unmapped_table(name, Act).columns for name in HISTORIES)
    added = exists().where(columns(Item).added_on > bindparam("as_of"))
    return select(or_(added, *(exists().where(_after(act, in_past)) for act in acts)))


def later(act: Any, in_past: bool) -> ColumnElement[bool]:
    """Return the condition that a row of such a history counts, and only from a later day. `act` has its columns."""
    return _after(act, in_past) & counts(act.recorded_at, known_at_parameter(in_past))


def _after(act: Any, in_past: bool) -> ColumnElement[bool]:
    known_at = known_at_parameter(in_past)
    after: ColumnElement[bool] = act.as_of > bindparam("as_of")
    return after if known_at is None else after & known_by(act.recorded_at, known_at)


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
