"""People as they were on an earlier day.

A change of a person holds from the day of the act that made it: one on the person, or one on an organisation. A change
that is no act, such as one of an import, holds from the day on which it was recorded.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, select

from planner.base.texts import natural_order
from planner.queries.people.first_recorded import day_of, days_of_joining, events_after, those_there, with_first_event
from planner.queries.people.let_go import is_let_go
from planner.queries.people.people import all_people, person_view, read_person
from planner.queries.people.person_view import PersonView
from planner.register.instants import recorded_until
from planner.register.known import Rollback
from planner.register.later_acts import counts
from planner.register.plan_changes import LEFT
from planner.register.reading import Reading
from planner.store.models import AuditEvent, Organisation, OrganisationChange, Person, PersonChange

# The values that have no day from which they hold.
_OF_ALL_DAYS = ("mail_address",)


def people_then(reading: Reading) -> list[PersonView]:
    """Return the people who were there on the day of a reading, as they were then, ordered by login."""
    first = {row.id: at for row, at in reading.session.execute(with_first_event(Person))}
    before = people_rollback(reading)
    let_go = set(reading.session.execute(select(Person.id).where(is_let_go())).scalars())
    every = before.rows([person for person, _ in reading.session.execute(all_people())])
    people = [person for person in every if person.active or person.id not in let_go]
    bodies = {row.id: row for row in reading.known_rows(Organisation)}
    joined = days_of_joining(reading)
    # Who joined by an act is there from its day, also if that was before the plan came into the register.
    there = [person for person in people if person.id in joined and joined[person.id] <= reading.today]
    listed = (person for person in people if person.id not in joined)
    there += those_there(reading, listed, lambda person: day_of(reading, first[person.id]))
    views = [person_view(person, bodies.get(person.organisation_id or 0)) for person in there]
    return sorted(views, key=lambda person: natural_order(person.login))


def person_then(reading: Reading, login: str) -> PersonView | None:
    """Return the person with this login as they were on the day of a reading, also one who had left by then.

    Somebody who came later is as today. Return None for a login that nobody has.
    """
    found = next((person for person in people_then(reading) if person.login == login), None)
    return found or read_person(reading.session, login)


def people_rollback(reading: Reading) -> Rollback:
    """Return the values that people had at the point in time: name, role, organisation, and whether they had left.

    Somebody who was added later has the values of the beginning.
    """
    acts = _days_of_acts(reading)
    before: dict[tuple[str, int], dict[str, Any]] = {}
    for event in events_after(reading, Person, date.min, counts(AuditEvent.recorded_at, reading.known_at)):
        day = acts.get((event.recorded_at, event.actor)) or reading.plan.day_at(event.recorded_at)
        values = json.loads(event.body)
        if day <= reading.as_of or values["before"] is None:
            continue
        changed = {
            name: was
            for name, was in values["before"].items()
            if name not in _OF_ALL_DAYS and values["after"].get(name) != was
        }
        place = (Person.__tablename__, event.row_id)
        # The first later change of a value comes first, and it has the value of the day.
        before[place] = changed | before.get(place, {})
    for person_id, active in _corrected(reading) if acts else ():
        place = (Person.__tablename__, person_id)
        before[place] = {**before.get(place, {}), "active": active}
    # What was recorded after the instant is taken back first.
    return reading.rollback.then(before)


def _corrected(reading: Reading) -> Iterator[tuple[int, bool]]:
    """Yield the people whose day of leaving was corrected, and whether they were active on the day of a reading.

    Who leaves a second time, without having come back, left on the day of the second act.
    """
    change = PersonChange
    known = counts(change.recorded_at, reading.known_at), *recorded_until(change, date.max, reading.known_at)
    rows = select(change.person_id, change.as_of, change.new_value).where(change.field == LEFT, *known)
    acts: dict[int, list[tuple[date, bool]]] = defaultdict(list)
    corrected: set[int] = set()
    for person_id, day, new in reading.session.execute(rows.order_by(change.id)):
        if new is not None and acts[person_id] and not acts[person_id][-1][1]:
            acts[person_id].pop()
            corrected.add(person_id)
        acts[person_id].append((day, new is None))
    for person_id in sorted(corrected):
        own = acts[person_id]
        yield person_id, next((active for day, active in reversed(own) if day <= reading.as_of), not own[0][1])


# docs/decisions/0127: people have no history of values, only the days of the acts that changed them.
def _days_of_acts(reading: Reading) -> dict[tuple[datetime, str], date]:
    """Return the days of the acts on organisations and people by the instant and the actor of their writes."""
    return {
        (recorded_at, actor): day
        for history in (OrganisationChange, PersonChange)
        for recorded_at, actor, day in reading.session.execute(_acts(history))
    }


def _acts(history: type[OrganisationChange | PersonChange]) -> Select[datetime, str, date]:
    return select(history.recorded_at, history.actor, history.as_of)
