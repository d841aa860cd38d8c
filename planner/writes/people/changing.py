"""The acts on a person during the year: another name, role or organisation, leaving, and coming back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Role
from planner.queries.people.people import unknown_login
from planner.queries.people.person_view import PersonView
from planner.register.plan_changes import JOINED, LEFT
from planner.register.writing import Writing
from planner.store.models import Organisation, Person, PersonChange
from planner.writes.people.accountable_days import require_not_accountable_later
from planner.writes.people.checks import (
    checked_name,
    organisation_of,
    require_another_administrator,
    require_organisation,
)
from planner.writes.people.history import add_person_history
from planner.writes.people.person_rows import row_of, view_of
from planner.writes.plan_changes.facts import Act, Fact, act_on_plan, latest_change


@dataclass(frozen=True)
class PersonEdit:
    """The changes to make to a person. None keeps a value; an empty `organisation` removes the organisation."""

    name: str | None = None
    role: Role | None = None
    organisation: str | None = None
    active: bool | None = None


@value_class
class PersonChanged:
    """A recorded act on a person, who is shown as they are after it."""

    person: PersonView
    as_of: date
    reason: str

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr("Recorded from {day} on: {person}.", day=self.as_of, person=self.person.line())


def change_person(
    writing: Writing, login: str, edit: PersonEdit, reason: str | None, *, as_of: date | None = None
) -> PersonChanged:
    """Change a person as of a day. A person who leaves is deactivated, not deleted, so that old records show the name.

    As of an earlier day, the person is shown as before. What a person may do is decided by what holds now.

    Raises UnknownNameError if nobody has the login, BadValueError if nothing changes or the reason is missing, and
    NotAllowedError if no administrator would be left, a fact was changed as of a later day already, or somebody who
    leaves was made accountable for an item later. Also raises the errors of `add_person`.
    """
    with act_on_plan(writing, reason, as_of, Permission.KEEP_PEOPLE, of_plan=False) as act:
        row = row_of(writing.session, login)
        if row is None:
            raise unknown_login(writing.session, login, "LOGIN")
        _change(act, row, _facts(writing, row, edit))
        return PersonChanged(view_of(writing.session, row), act.day, act.reason)


def _change(act: Act, row: Person, facts: Mapping[str, Fact]) -> None:
    changed = {name: fact for name, fact in facts.items() if fact.old != fact.new}
    if not changed and LEFT in facts and not row.active:
        _correct_leaving(act, row)
        return
    if not changed:
        raise BadValueError(
            tr("it is already as you say"), where=row.login, do=tr("Give at least one value that differs")
        )
    _require_latest(act, row, changed)
    if LEFT in changed and changed[LEFT].new is not None:
        require_not_accountable_later(act, row)
    values = {column: value for fact in changed.values() for column, value in fact.columns.items()}
    after = {"role": row.role, "organisation_id": row.organisation_id, "active": row.active, **values}
    require_organisation(Role(after["role"]), after["organisation_id"])
    if not (after["active"] and after["role"] is Role.ADMINISTRATOR):
        require_another_administrator(act.writing.session, row)
    for name, fact in changed.items():
        add_person_history(act, row, name, fact.old, fact.new, action="change-person")
    act.journal.change(row, values, action="change-person", label=row.login, reason=act.reason)


def _correct_leaving(act: Act, row: Person) -> None:
    """Record another day of leaving, for somebody who has left already. The history keeps the earlier day too."""
    own = PersonChange.person_id == row.id
    leaving = act.writing.session.execute(
        select(PersonChange).where(own, PersonChange.field == LEFT).order_by(PersonChange.id.desc()).limit(1)
    ).scalar()
    if leaving is None or leaving.as_of == act.day:
        raise BadValueError(
            tr("it is already as you say"), where=row.login, do=tr("Give at least one value that differs")
        )
    other = act.writing.session.execute(
        select(func.max(PersonChange.as_of)).where(
            own, or_(PersonChange.field != LEFT, PersonChange.new_value.is_(None))
        )
    ).scalar()
    if other is not None and other > act.day:
        raise _changed_later(row, other)
    require_not_accountable_later(act, row)
    # Leaving a second time, without coming back, says that the first day was wrong (people_then).
    add_person_history(act, row, LEFT, None, row.login, action="change-person")


def _changed_later(row: Person, day: date) -> NotAllowedError:
    return NotAllowedError(
        tr("{key} was changed as of {day} already", key=row.login, day=day),
        where="as_of",
        do=tr("Give that day or a later one"),
    )


def _facts(writing: Writing, row: Person, edit: PersonEdit) -> dict[str, Fact]:
    """Return the facts that the edit names, by the field of their history."""
    facts = {}
    if edit.name is not None:
        name = checked_name(edit.name)
        facts["name"] = Fact(row.name, name, {"name": name})
    if edit.role is not None:
        facts["role"] = Fact(row.role.value, edit.role.value, {"role": edit.role})
    if edit.organisation is not None:
        facts["organisation"] = _organisation_fact(writing, row, organisation_of(writing, edit.organisation))
    if edit.active is not None:
        gone = None if edit.active else row.login
        facts[LEFT] = Fact(None if row.active else row.login, gone, {"active": edit.active})
    return facts


def _organisation_fact(writing: Writing, row: Person, body: Organisation | None) -> Fact:
    """Return the change of the organisation that a person belongs to. None means that they belong to none."""
    present = writing.session.get(Organisation, row.organisation_id) if row.organisation_id else None
    new = body.id if body else None
    return Fact(present.key if present else None, body.key if body else None, {"organisation_id": new})


def _require_latest(act: Act, row: Person, changed: Mapping[str, Fact]) -> None:
    """Raise NotAllowedError if one of the facts was changed, or the person joined, as of a later day."""
    own = PersonChange.person_id == row.id
    later = latest_change(act, PersonChange, own, (*changed, JOINED))
    if later is not None:
        raise _changed_later(row, later[1])
