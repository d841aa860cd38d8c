"""Which people and organisations were there on an earlier day.

Their rows have no as-of day. So what was recorded first on a later day was not there yet, but what was recorded by the
day on which the plan came into the register was there from the beginning.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, func, select

from planner.register.instants import known_by
from planner.register.plan_changes import JOINED
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.models import AuditEvent, Base, Person, PersonChange

_Thing = TypeVar("_Thing")


class RowEvent(NamedTuple):
    """An event of the log about one row, with its bytes."""

    row_id: int
    recorded_at: datetime
    actor: str
    body: bytes


def those_there(reading: Reading, things: Iterable[_Thing], since: Callable[[_Thing], date | None]) -> list[_Thing]:
    """Return the things that were there on the day of a reading, or at the plan's beginning in the register.

    `since` returns the day from which a thing was there, or None if it was from the beginning.
    On the day on which a plan that is over opens, what was recorded since counts too.
    """
    dated = [(one, since(one)) for one in things]
    if all(day is None or day <= reading.today for _, day in dated):
        return [one for one, _ in dated]
    from planner.queries.plans.earlier_imports import day_of_beginning  # imports are mapped only for a past day

    last = max(reading.today, day_of_beginning(reading))
    return [one for one, day in dated if day is None or day <= last]


@cache
def with_first_event(model: Any) -> Select[Any]:
    """Select the rows of a table, each with the instant at which it was recorded first."""
    event = columns(AuditEvent)
    mine = (event.table_name == model.__tablename__) & (event.row_id == model.id)
    return select(model, select(func.min(event.recorded_at)).where(mine).scalar_subquery())


def day_of(reading: Reading, recorded_at: datetime | None) -> date | None:
    """Return the day of the plan at an instant, or None for none."""
    return recorded_at and reading.plan.day_at(recorded_at)


def days_of_joining(reading: Reading) -> Mapping[int, date]:
    """Return the days from which people are there who joined by an act during the year, by the ids of the people."""
    joined = select(PersonChange.person_id, PersonChange.as_of).where(PersonChange.field == JOINED)
    return {row.person_id: row.as_of for row in reading.session.execute(joined)}


def added_after(reading: Reading, model: type[Base], day: date) -> frozenset[int]:
    """Return the ids of the rows of people or organisations that were there first after a day.

    People who joined by an act are there from its day, so for them only the day of the reading counts.
    """
    joined = days_of_joining(reading) if model is Person else {}
    first = (one for one in events_after(reading, model, date.min) if json.loads(one.body)["before"] is None)
    days = {one.row_id: reading.plan.day_at(one.recorded_at) for one in first}
    listed = {row_id for row_id, since in days.items() if row_id not in joined and since > day}
    return frozenset(listed | {row_id for row_id, since in joined.items() if since > reading.as_of})


def events_after(
    reading: Reading, model: type[Base], day: date, *conditions: ColumnElement[bool]
) -> Iterator[RowEvent]:
    """Yield the known events about a table that were recorded after a day of the plan, the first first.

    With `conditions`, only those events for which they hold.
    """
    wanted = select(AuditEvent.row_id, AuditEvent.recorded_at, AuditEvent.actor, AuditEvent.body).where(
        AuditEvent.table_name == model.__tablename__, *conditions
    )
    if reading.known_at is not None:
        wanted = wanted.where(known_by(AuditEvent.recorded_at, reading.known_at))
    for row in reading.session.execute(wanted.order_by(AuditEvent.seq)):
        event = RowEvent(*row)
        if reading.plan.day_at(event.recorded_at) > day:
            yield event
