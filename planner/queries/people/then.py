"""People and organisations as they were on an earlier day.

Their rows have no as-of day. So a change of a person holds from the day on which it was recorded, or, if it is part of
an act on an organisation, from the day of that act.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from planner.domain.rules.weeks import local_day
from planner.register.known import Rollback
from planner.register.reading import Reading
from planner.store.models import AuditEvent, Base, OrganisationChange, Person


class _Event(NamedTuple):
    row_id: int
    recorded_at: datetime
    actor: str
    body: bytes


def added_after(reading: Reading, model: type[Base], day: date) -> frozenset[int]:
    """Return the ids of the rows of people or organisations that were recorded first after a day."""
    events = _events_after(reading, model, day)
    return frozenset(event.row_id for event in events if json.loads(event.body)["before"] is None)


def people_rollback(reading: Reading) -> Rollback:
    """Return the values that people had on the day of a reading: name, role, organisation, and whether they had left.

    Somebody who was added later has the values of the beginning.
    """
    acts = _acts_on_organisations(reading)
    before: dict[tuple[str, int], dict[str, Any]] = {}
    for event in _events_after(reading, Person, date.min):
        day = acts.get((event.recorded_at, event.actor)) or local_day(event.recorded_at, reading.plan.time_zone)
        values = json.loads(event.body)
        if day <= reading.as_of or values["before"] is None:
            continue
        changed = {name: was for name, was in values["before"].items() if values["after"].get(name) != was}
        place = (Person.__tablename__, event.row_id)
        # The first later change of a value comes first, and it has the value of the day.
        before[place] = changed | before.get(place, {})
    return Rollback(before)


def _events_after(reading: Reading, model: type[Base], day: date) -> Iterator[_Event]:
    """Yield the events about a table that were recorded after a day in the time zone of the plan, the first first."""
    wanted = select(AuditEvent.row_id, AuditEvent.recorded_at, AuditEvent.actor, AuditEvent.body).where(
        AuditEvent.table_name == model.__tablename__
    )
    for row in reading.session.execute(wanted.order_by(AuditEvent.seq)):
        event = _Event(*row)
        if local_day(event.recorded_at, reading.plan.time_zone) > day:
            yield event


def _acts_on_organisations(reading: Reading) -> dict[tuple[datetime, str], date]:
    """Return the days of the acts on organisations by the instant and the actor of their writes."""
    acts = select(OrganisationChange.recorded_at, OrganisationChange.actor, OrganisationChange.as_of)
    return {(recorded_at, actor): day for recorded_at, actor, day in reading.session.execute(acts)}
