"""Adding a person to the register, while it is set up or during the year."""

from dataclasses import dataclass
from datetime import date

from planner.domain.mail_addresses import checked_address
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Role
from planner.queries.people.person_view import PersonView
from planner.register.plan_changes import JOINED
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import Person
from planner.writes.people.checks import checked_name, free_login, organisation_of, require_organisation
from planner.writes.people.history import add_person_history
from planner.writes.people.person_rows import put_person, view_of
from planner.writes.permission import require
from planner.writes.plan_changes.facts import act_on_plan


@dataclass(frozen=True)
class NewPerson:
    """A person to be added. `organisation` is the organisation's key, or part of its name."""

    login: str
    name: str
    role: Role
    organisation: str | None = None
    mail_address: str | None = None


def add_person(writing: Writing, new: NewPerson, reason: str | None = None, *, as_of: date | None = None) -> PersonView:
    """Add a person to the register.

    With a reason, the person joins as an act of the year, which holds from a day and is in the weekly file. Without
    one, a list of people is only made, and everybody on it is there from the day on which it was.

    Raises NotAllowedError if the login exists, BadValueError if the login or the mail address is invalid, an officer
    has no organisation or a day is given without a reason, and UnknownNameError if the organisation does not exist.
    """
    if reason is None and as_of is None:
        with writing.journal(of_plan=False) as journal:
            require(writing.session, writing.actor, Permission.KEEP_PEOPLE)
            return view_of(writing.session, _added(writing, journal, new))
    with act_on_plan(writing, reason, as_of, Permission.KEEP_PEOPLE, of_plan=False) as act:
        row = _added(writing, act.journal, new)
        add_person_history(act, row, JOINED, None, row.login, action="add-person")
        return view_of(writing.session, row)


def _added(writing: Writing, journal: Journal, new: NewPerson) -> Person:
    login = free_login(writing.session, new.login)
    body = organisation_of(writing, new.organisation)
    require_organisation(new.role, body)
    row = put_person(
        *(journal, login, checked_name(new.name), new.role, body.id if body else None),
        mail_address=checked_address(new.mail_address),
    )
    journal.close()
    return row
