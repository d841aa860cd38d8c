"""The people of a demonstration: its officers, and one person of each other role.

All names and mail addresses show that they are simulated.
"""

from collections.abc import Iterable

from sqlalchemy import select

from planner.demo.subjects import Subject
from planner.domain.vocabulary import Role
from planner.register.plan_view import PlanView
from planner.store.journal import Journal
from planner.store.models import Item
from planner.writes.people.person_rows import put_person

MANAGER = "simulated-manager"
AUDITOR = "simulated-auditor"
ADMINISTRATOR = "simulated-administrator"

# RFC 6761 keeps this domain free, so that nobody has an address in it.
MAIL_DOMAIN = "example.invalid"

_OTHERS = {MANAGER: Role.MANAGER, AUDITOR: Role.AUDITOR, ADMINISTRATOR: Role.ADMINISTRATOR}


def put_people(journal: Journal, plan: PlanView, subjects: Iterable[Subject]) -> None:
    """Add the officers, each in the organisation that leads their items, and one person of each other role."""
    led = select(Item.code, Item.lead_id).where(Item.plan_id == plan.id)
    leads = {code: lead for code, lead in journal.session.execute(led)}  # noqa: C416  (no pairs to the type checker)
    officers = {subject.officer: leads[subject.code] for subject in subjects}
    for login in sorted(officers, key=_number):
        put_person(journal, login, _name(login), Role.OFFICER, officers[login], mail_address=address_of(login))
    for login, role in _OTHERS.items():
        put_person(journal, login, _name(login), role, None, mail_address=address_of(login))


def address_of(name: str) -> str:
    """Return the mail address of a simulated person or division. No mail can be sent to it."""
    return f"{name}@{MAIL_DOMAIN}"


def _number(login: str) -> int:
    return int(login.rpartition("-")[2])


def _name(login: str) -> str:
    """Return the display name of a login, such as Simulated officer 3 for simulated-officer-3."""
    return login.replace("-", " ").capitalize()
