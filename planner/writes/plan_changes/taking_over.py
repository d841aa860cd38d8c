"""Taking over what an organisation did: its unfinished items, its support of items, and its people."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from planner.register.closing import read_closing
from planner.register.plan_view import PlanView
from planner.store.models import Item, Organisation, Person, Plan, Responsibility
from planner.writes.open_items import open_items
from planner.writes.people.history import add_person_history
from planner.writes.plan_changes.facts import Act, change_facts
from planner.writes.plan_changes.items import lead_fact
from planner.writes.plan_changes.shares import replace_share


def led_by(session: Session, row: Organisation, since: date = date.max) -> list[Item]:
    """Return the items that an organisation leads and that are open now, or were on the day `since` or later.

    They are in all plans that are not closed.
    """
    return open_items(session, _items(session, select(Item).where(Item.lead_id == row.id)), since)


def supported_by(session: Session, row: Organisation, since: date = date.max) -> list[Item]:
    """Return the items that an organisation supports, as `led_by` returns those that it leads."""
    supports = (Responsibility.organisation_id == row.id, ~Responsibility.taken_out)
    supported = select(Item).join(Responsibility, Responsibility.item_id == Item.id).where(*supports)
    return open_items(session, _items(session, supported), since)


def people_of(session: Session, row: Organisation) -> Sequence[Person]:
    """Return the people of an organisation, ordered by login."""
    own = select(Person).where(Person.organisation_id == row.id).order_by(Person.login)
    return session.execute(own).scalars().all()


def plans_run_by(session: Session, row: Organisation) -> tuple[str, ...]:
    """Return the keys of the plans that an organisation runs and that are not closed."""
    plans = session.execute(select(Plan).where(Plan.issuer_id == row.id, ~Plan.taken_out).order_by(Plan.key)).scalars()
    return tuple(plan.key for plan in plans if read_closing(session, plan.id) is None)


def name_of(session: Session, plan: PlanView, item: Item) -> str:
    """Return the code of an item, with the key of its plan if it is in another plan than the open one."""
    if item.plan_id == plan.id:
        return item.code
    return f"{session.get_one(Plan, item.plan_id).key} {item.code}"


def _items(session: Session, chosen: Select[Item]) -> Sequence[Item]:
    plans = session.execute(select(Plan.id)).scalars().all()
    still_open = [plan_id for plan_id in plans if read_closing(session, plan_id) is None]
    own = chosen.where(Item.plan_id.in_(still_open), ~Item.taken_out)
    return session.execute(own.order_by(Item.plan_id, Item.position)).scalars().all()


def give(act: Act, items: Iterable[Item], leads: Mapping[int, Organisation]) -> dict[str, Organisation]:
    """Give items the new leads that `leads` has by item id. Return the leads by code.

    A new lead that supported the item does not support it any more.
    """
    given: dict[str, Organisation] = {}
    for item in items:
        lead = leads[item.id]
        change_facts(act, item, {"lead": lead_fact(act.writing, item, lead)})
        replace_share(act, item, gone=lead.id, new=None)
        given[name_of(act.writing.session, act.writing.plan, item)] = lead
    return given


def replace_support(act: Act, row: Organisation, other: Organisation | None) -> tuple[str, ...]:
    """Let another organisation, or none, support the unfinished items that an organisation supports.

    Return the codes of these items. The lead of an item does not support it too.
    """
    items = supported_by(act.writing.session, row, act.day)
    for item in items:
        replace_share(act, item, gone=row.id, new=None if other is None or other.id == item.lead_id else other)
    return tuple(name_of(act.writing.session, act.writing.plan, item) for item in items)


def move_people(act: Act, row: Organisation, other: Organisation) -> tuple[str, ...]:
    """Let the people of an organisation belong to another one. Return their logins."""
    people = people_of(act.writing.session, row)
    for person in people:
        add_person_history(act, person, "organisation", row.key, other.key, action="change-person")
        values = {"organisation_id": other.id}
        act.journal.change(person, values, action="change-person", label=person.login, reason=act.reason)
    return tuple(person.login for person in people)
