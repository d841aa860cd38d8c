"""Reading what items refer to: organisations, people, themes and measures."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import and_, select

from planner.base.texts import unredacted
from planner.domain.vocabulary import OrganisationKind, Role
from planner.intake.comparing.decided.same_themes import read_same_themes
from planner.intake.comparing.entered import read_entered_fields
from planner.intake.comparing.reading.merged import with_merged_themes
from planner.intake.comparing.reading.plan_rows import PlanRows
from planner.intake.comparing.stored import StoredOrganisation, StoredPerson, StoredRegister, StoredTheme
from planner.intake.proposed import Field
from planner.queries.people.ended import read_ended
from planner.queries.people.first_recorded import added_after
from planner.queries.people.let_go import is_let_go
from planner.queries.people.organisations import FORMER_NAMES
from planner.queries.people.people_then import people_rollback
from planner.queries.plans.earlier_imports import day_of_beginning
from planner.register.plan_changes import ADDED, LEFT
from planner.register.raw_rows import columns, raw_rows, to_tuples
from planner.store.event_actions import UNDO_IMPORT
from planner.store.models import (
    AuditEvent,
    Base,
    Measure,
    Organisation,
    OrganisationName,
    Person,
    PersonChange,
    PlanChange,
    Theme,
    TitleName,
)


class _OrganisationRow(NamedTuple):
    id: int
    key: str
    name: str
    short_name: str
    kind: OrganisationKind
    language: str | None
    mail_address: str | None


class _PersonRow(NamedTuple):
    id: int
    login: str
    name: str
    active: bool
    organisation_id: int | None
    role: Role
    mail_address: str | None


class _ThemeRow(NamedTuple):
    id: int
    number: int
    title: str
    parent_id: int | None
    label: str | None
    taken_out: bool


def read_organisations(plan_rows: PlanRows) -> list[StoredOrganisation]:
    """Return all organisations with their names."""
    names = _texts(plan_rows, select(OrganisationName.organisation_id, OrganisationName.name))
    former = _texts(plan_rows, FORMER_NAMES)
    then = plan_rows.latest if plan_rows.then else None
    ended = read_ended(plan_rows.session, then.as_of, then.known_at) if then else read_ended(plan_rows.session)
    known = columns(Organisation)
    rows = select(*(known[name] for name in _OrganisationRow._fields)).order_by(known.id)
    known_rows = plan_rows.known(Organisation, _OrganisationRow, rows)
    return [
        StoredOrganisation(
            key,
            (name, short, *names[row_id]),
            kind is OrganisationKind.OTHER_NAME,
            tuple(former[row_id]),
            ended.get(row_id),
            language,
            unredacted(mail_address),
        )
        for row_id, key, name, short, kind, language, mail_address in known_rows
    ]


def read_entered_names(plan_rows: PlanRows, *, by_files: bool) -> dict[str, set[Field]]:
    """Return which facts of organisations people changed, or also files, by the organisation's key."""
    keys = plan_rows.keys(Organisation, "key")
    changed = read_entered_fields(plan_rows.session, Organisation, by_files=by_files)
    return {keys[row_id]: fields for row_id, fields in changed.items()}


# The last act of this kind is that of leaving, for somebody who has left and not come back. It can correct the day.
_DAYS_OF_LEAVING = (
    select(PersonChange.person_id, PersonChange.as_of).where(PersonChange.field == LEFT).order_by(PersonChange.id)
)


def read_people(plan_rows: PlanRows) -> list[StoredPerson]:
    """Return all people, each with the key of their organisation, without those whom only an undone import added."""
    keys = plan_rows.keys(Organisation, "key")
    people = select(*(columns(Person)[name] for name in _PersonRow._fields)).order_by(columns(Person).id)
    let_go = set(plan_rows.session.execute(select(Person.id).where(is_let_go())).scalars())
    left = {row[0]: row[1] for row in plan_rows.rows(_DAYS_OF_LEAVING)}
    rows = raw_rows(plan_rows.session, people)
    if plan_rows.then:
        rows = people_rollback(plan_rows.latest).records(Person, _PersonRow._fields, rows)
    return [
        StoredPerson(
            *(row.login, row.name, row.active, keys.get(row.organisation_id or 0), row.role.value),
            mail_address=unredacted(row.mail_address),
            left_on=None if row.active else left.get(row.id),
        )
        for row in to_tuples(_PersonRow, rows)
        if row.active or row.id not in let_go
    ]


def leave_out_later(register: StoredRegister, plan_rows: PlanRows) -> None:
    """Leave out the people and organisations that were added after the day of the reading, unless they are named.

    What was there on the day on which the plan came into the register was there from the beginning.
    """
    day = max(plan_rows.reading.as_of, day_of_beginning(plan_rows.reading))
    logins = _added_after(plan_rows, Person, "login", day) - {item.accountable for item in register.items}
    register.people = [person for person in register.people if person.login not in logins]
    bodies = _added_after(plan_rows, Organisation, "key", day) - {register.plan.issuer}
    bodies -= {body for item in register.items for body in (item.lead, *item.supporting)}
    bodies -= {person.organisation for person in register.people}
    register.organisations = [body for body in register.organisations if body.key not in bodies]


def _added_after(plan_rows: PlanRows, model: type[Base], name: str, day: date) -> set[str | None]:
    """Return the values of a column of the rows that were added after a day."""
    names = plan_rows.keys(model, name)
    return {names[row_id] for row_id in added_after(plan_rows.reading, model, day)}


def read_themes(plan_rows: PlanRows) -> list[StoredTheme]:
    """Return the themes of the plan with their titles."""
    numbers = plan_rows.keys(Theme, "number")
    names = _texts(plan_rows, select(TitleName.theme_id, TitleName.name).where(TitleName.theme_id.is_not(None)))
    former, added = _read_former_titles(plan_rows), _read_days_of_addition(plan_rows)
    said = read_same_themes(plan_rows.session, plan_rows.plan.id)
    known = columns(Theme)
    own = select(*(known[name] for name in _ThemeRow._fields)).where(known.plan_id == plan_rows.plan.id)
    rows = plan_rows.known(Theme, _ThemeRow, own.order_by(known.number))
    themes = [
        StoredTheme(
            row.number,
            (row.title, *names[row.id]),
            None if row.parent_id is None else numbers[row.parent_id],
            row.label,
            tuple(one.title for one in former[row.id]),
            tuple(one.event for one in former[row.id]),
            added.get(row.id),
            _only_undone(former[row.id]),
            said.get(row.number, ()),
        )
        for row in rows
    ]
    present = {row.number for row in rows if not row.taken_out}
    return [theme for theme in with_merged_themes(plan_rows, themes).values() if theme.number in present]


class _Former(NamedTuple):
    """A former title of a theme: the event that ended it, and its action."""

    event: int
    action: str
    title: str


def _only_undone(former: Sequence[_Former]) -> frozenset[str]:
    """Return the titles that only imports gave that were undone. An undone import is the last change before it."""
    standing: list[str] = []
    for one in former:
        if one.action == UNDO_IMPORT and standing:
            standing.pop()
        else:
            standing.append(one.title)
    return frozenset(one.title for one in former).difference(standing)


def _read_former_titles(plan_rows: PlanRows) -> dict[int, list[_Former]]:
    """Return the titles that themes had before, each with the event that ended it, the first one first."""
    renamed = (
        select(PlanChange.theme_id, AuditEvent.seq, AuditEvent.action, PlanChange.old_value)
        .join(AuditEvent, and_(AuditEvent.table_name == PlanChange.__tablename__, AuditEvent.row_id == PlanChange.id))
        .where(PlanChange.theme_id.is_not(None), PlanChange.field == "title", PlanChange.old_value.is_not(None))
        .order_by(AuditEvent.seq)
    )
    found: dict[int, list[_Former]] = defaultdict(list)
    for theme_id, *former in plan_rows.rows(renamed):
        found[theme_id].append(_Former(*former))
    return found


def _read_days_of_addition(plan_rows: PlanRows) -> dict[int, date]:
    """Return the day from which the plan has each theme that an act added to it."""
    added = select(PlanChange.theme_id, PlanChange.as_of).where(PlanChange.field == ADDED)
    return {theme_id: day for theme_id, day in plan_rows.rows(added)}  # noqa: C416


def read_measures(plan_rows: PlanRows) -> dict[str, int | None]:
    """Return the number of each measure's theme by the measure's code."""
    numbers = plan_rows.keys(Theme, "number")
    measures = select(Measure.code, Measure.theme_id).where(Measure.plan_id == plan_rows.plan.id)
    return {code: numbers.get(theme_id) for code, theme_id in plan_rows.rows(measures)}


def _texts(plan_rows: PlanRows, statement: Any) -> dict[int, list[str]]:
    """Return the texts that a statement gives, by the id beside each."""
    found: dict[int, list[str]] = defaultdict(list)
    for owner, text in plan_rows.rows(statement):
        found[owner].append(text)
    return found
