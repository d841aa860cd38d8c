"""Adding the organisations, people, kinds and themes of an import, and finding the rows that its items refer to."""

from typing import Any

from sqlalchemy import func, select

from planner.domain.vocabulary import OrganisationEvent, Role
from planner.intake.applying.reasons import Reasons
from planner.intake.comparing.differences.named import ChangedOrganisation, NewPerson, RenamedTheme
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Field
from planner.register.plan_changes import ADDED
from planner.register.plan_view import KINDS_OF_OLD
from planner.register.raw_rows import columns
from planner.register.writing import Writing
from planner.store.event_actions import IMPORT
from planner.store.journal import Journal
from planner.store.models import (
    Base,
    Item,
    ItemKind,
    Measure,
    Organisation,
    OrganisationChange,
    Person,
    Theme,
)
from planner.writes.people.person_rows import put_person
from planner.writes.plan_changes.facts import Act
from planner.writes.plan_changes.plan_facts import add_plan_history, changed_facts
from planner.writes.plan_changes.themes import title_fact
from planner.writes.registered import new_body, new_kind, new_theme

# The facts of an organisation that files change.
_OF_ORGANISATIONS = (Field.NAME, Field.SHORT_NAME, Field.LANGUAGE, Field.MAIL_ADDRESS)


class References:
    """The ids of the organisations, people, themes and measures of a plan, by what the preview calls them."""

    def __init__(self, journal: Journal, writing: Writing, reasons: Reasons) -> None:
        """Read the ids. `reasons` makes the reasons of all events of the import."""
        self.reasons = reasons
        self._journal = journal
        self._session = writing.session
        self._writing = writing
        self._plan_id = writing.plan.id
        self.organisations: dict[str, int] = self._ids(Organisation, "key")
        self.people: dict[str, int] = self._ids(Person, "login")
        self.themes: dict[int, int] = self._ids(Theme, "number", of_plan=True)
        self.measures: dict[str, int] = self._ids(Measure, "code", of_plan=True)

    def _ids(self, model: type[Base], name: str, *, of_plan: bool = False) -> dict[Any, int]:
        known = columns(model)
        rows = select(known[name], known.id)
        if of_plan:
            rows = rows.where(known.plan_id == self._plan_id)
        return {row[0]: row[1] for row in self._session.execute(rows)}

    def add(self, preview: Preview) -> None:
        """Add what is new, in the order in which one refers to the other."""
        for body in preview.organisations:
            row = new_body(body.key, body.name, body.short_name, body.language, body.mail_address)
            self._journal.add(row, action=IMPORT, label=body.key, reason=self.reasons.of(body.place))
            self._session.flush()
            self.organisations[body.key] = row.id
        for changed in preview.changed_organisations:
            self._change(changed)
        for person in preview.people:
            self._add_person(person)
        for renamed in preview.renamed_themes:
            self._rename(renamed)
        self._add_kinds(preview)
        self._add_themes(preview)

    def _add_person(self, person: NewPerson) -> None:
        """Add a person, or bring the one back whom an undone import had added."""
        organisation_id = self.organisations[person.organisation] if person.organisation else None
        role, known = Role(person.role), self.people.get(person.login)
        if known is None:
            new = put_person(
                *(self._journal, person.login, person.name, role, organisation_id, IMPORT),
                mail_address=person.mail_address,
            )
            self._session.flush()
            self.people[person.login] = new.id
            return
        values = {"name": person.name, "role": role, "organisation_id": organisation_id, "active": True}
        values["mail_address"] = person.mail_address
        row = self._session.get_one(Person, known)
        self._journal.change(row, values, action=IMPORT, label=person.login, reason=self.reasons.of(person.place))

    def _change(self, changed: ChangedOrganisation) -> None:
        row = self._session.execute(select(Organisation).where(Organisation.key == changed.key)).scalar_one()
        names = {change.field: str(change.new) for change in changed.changes}
        reason = self.reasons.of(changed.changes[0].place)
        if Field.NAME in names:
            act = OrganisationChange(
                organisation_id=row.id,
                as_of=self._writing.day,
                kind=OrganisationEvent.RENAMED,
                old_name=row.name,
                new_name=names[Field.NAME],
                reason=reason,
            )
            self._journal.add(act, action=IMPORT, label=changed.key, reason=reason)
        values = {fact.value: names[fact] for fact in _OF_ORGANISATIONS if fact in names}
        self._journal.change(row, values, action=IMPORT, label=changed.key, reason=reason)

    def _rename(self, renamed: RenamedTheme) -> None:
        """Give a theme another title, as the act does."""
        row = self._session.get_one(Theme, self.themes[renamed.number])
        act = Act(self._writing, self._journal, self._writing.day, self.reasons.of(renamed.place))
        changed_facts(act, {"title": title_fact(row, renamed.title)}, theme=row, action=IMPORT)

    def _add_kinds(self, preview: Preview) -> None:
        last = self._session.execute(
            select(func.max(ItemKind.position)).where(ItemKind.plan_id == self._plan_id)
        ).scalar()
        if last is None and preview.kinds:
            last = self._add_first_kinds(preview)
        for position, kind in enumerate(preview.kinds, (last or 0) + 1):
            row = new_kind(self._plan_id, kind.key, kind.title, position)
            self._journal.add(row, action=IMPORT, label=kind.key, reason=self.reasons.of(kind.place))

    def _add_first_kinds(self, preview: Preview) -> int:
        """Add the kinds that a plan without kinds of its own has, as far as present or new items have them.

        Kinds that the import adds are left out. Return the highest position.
        """
        used = set(self._session.execute(select(Item.kind).where(Item.plan_id == self._plan_id).distinct()).scalars())
        used |= {str(item.facts[Field.KIND]) for item in preview.new}
        new = {kind.key for kind in preview.kinds}
        kinds = [kind for kind in KINDS_OF_OLD if kind.key in used - new]
        for kind in kinds:
            row = new_kind(self._plan_id, kind.key, kind.title, kind.place)
            self._journal.add(row, action=IMPORT, label=kind.key)
        return max((kind.place for kind in kinds), default=0)

    def _add_themes(self, preview: Preview) -> None:
        """Add the new themes, from the day from which the plan has the new items."""
        days = [item.added_on for item in preview.new]
        added_on = None if None in days else min(days, default=None)  # type: ignore[type-var]
        for theme in preview.themes:
            parent = self.themes[theme.parent] if theme.parent else None
            row = new_theme(self._plan_id, theme.number, theme.title, label=theme.label, parent_id=parent)
            self._journal.add(row, action=IMPORT, label=str(theme.number), reason=self.reasons.of(theme.place))
            self._session.flush()
            self.themes[theme.number] = row.id
            if added_on is not None:
                act = Act(self._writing, self._journal, added_on, self.reasons.of(theme.place))
                add_plan_history(act, ADDED, None, theme.title, theme=row, action=IMPORT)
