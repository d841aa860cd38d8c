"""The people of a demonstration: whoever reports in it, and one of each other role. None can be taken for real."""

from collections.abc import Iterable

from sqlalchemy import select

from planner.demo.subjects import Subject
from planner.journal import Journal
from planner.models import Item
from planner.queries.plans import PlanView
from planner.vocabulary import Role
from planner.writes.people import put_person

MANAGER = "simulated-manager"
AUDITOR = "simulated-auditor"
ADMINISTRATOR = "simulated-administrator"

_OTHERS = {MANAGER: Role.MANAGER, AUDITOR: Role.AUDITOR, ADMINISTRATOR: Role.ADMINISTRATOR}


def put_people(journal: Journal, plan: PlanView, subjects: Iterable[Subject]) -> None:
    """Add the officers who report on the items, each of the organisation that leads them, and the others."""
    led = select(Item.code, Item.lead_id).where(Item.plan_id == plan.id)
    leads = {code: lead for code, lead in journal.session.execute(led)}  # noqa: C416  (no pairs to the type checker)
    officers = {subject.officer: leads[subject.code] for subject in subjects}
    for login in sorted(officers, key=_number):
        put_person(journal, login, _name(login), Role.OFFICER, officers[login])
    for login, role in _OTHERS.items():
        put_person(journal, login, _name(login), role, None)


def _number(login: str) -> int:
    return int(login.rpartition("-")[2])


def _name(login: str) -> str:
    """Simulated officer 3, from simulated-officer-3."""
    return login.replace("-", " ").capitalize()
