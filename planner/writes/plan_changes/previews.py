"""What an act on many items would change, for showing it before the act is confirmed.

These functions find the items as the acts do. Called within a write, they find exactly what the act will change.
"""

from collections.abc import Iterable
from datetime import date

from planner.base.views import value_class
from planner.queries.people.organisations import find_organisation
from planner.register.reading import Reading
from planner.store.models import Item, Organisation
from planner.writes.people.accountable import items_of_person
from planner.writes.plan_changes.taking_over import led_by, name_of, people_of, plans_run_by, supported_by


@value_class
class AffectedItem:
    """An item that an act would change, with the key of its lead.

    The code of an item of another plan begins with the key of that plan.
    """

    code: str
    title: str
    lead: str


@value_class
class WorkOfOrganisation:
    """What another organisation takes over: the unfinished items that it leads or supports, and its people's logins.

    `runs` are the keys of the open plans that it runs, which nobody takes over with the act.
    """

    led: tuple[AffectedItem, ...]
    supported: tuple[AffectedItem, ...]
    people: tuple[str, ...]
    runs: tuple[str, ...] = ()


def preview_organisation(reading: Reading, wanted: str, as_of: date | None = None) -> WorkOfOrganisation:
    """Return what is taken over from an organisation that is merged or dissolved, in all plans that are not closed.

    Raises UnknownNameError if no or several organisations are called so.
    """
    session, since = reading.session, as_of or date.max
    row = session.get_one(Organisation, find_organisation(session, wanted, "ORGANISATION").id)
    return WorkOfOrganisation(
        _affected(reading, led_by(session, row, since)),
        _affected(reading, supported_by(session, row, since)),
        tuple(person.login for person in people_of(session, row)),
        plans_run_by(session, row),
    )


def preview_items_of_person(reading: Reading, login: str) -> tuple[AffectedItem, ...]:
    """Return the unfinished items for which a person is accountable. Raises UnknownNameError for an unknown login."""
    return _affected(reading, items_of_person(reading.session, reading.plan, login))


def _affected(reading: Reading, items: Iterable[Item]) -> tuple[AffectedItem, ...]:
    session = reading.session
    return tuple(
        AffectedItem(name_of(session, reading.plan, item), item.title, session.get_one(Organisation, item.lead_id).key)
        for item in items
    )
