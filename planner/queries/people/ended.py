"""Organisations that were merged into another one or dissolved."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from planner.base.language import tr
from planner.base.views import value_class
from planner.domain.vocabulary import OrganisationEvent
from planner.queries.people.organisations import OrganisationEntry, read_organisations
from planner.queries.search.titles import NameView
from planner.register.instants import recorded_until
from planner.store.models import Organisation, OrganisationChange


@value_class
class Ended:
    """The end of an organisation: the day as of which it was merged into another one (`into`, a key) or dissolved.

    `successor` is the key of the organisation that has its work now: `into`, or the one that `into` was merged into. It
    is None if there is none any more.
    """

    kind: str
    as_of: date
    into: str | None
    into_name: str | None
    successor: str | None = None

    def what(self, name: str) -> str:
        """Return the sentence that says what became of the organisation with this name."""
        if self.into is None:
            return tr("{name} was dissolved as of {day}", name=name, day=self.as_of)
        return tr("{name} was merged into {into} as of {day}", name=name, into=self.into_name, day=self.as_of)

    def do(self) -> str:
        """Return what to do where the organisation was named."""
        if self.successor is None:
            return tr("Name another organisation")
        return tr("Name {key} or another organisation", key=self.successor)


@value_class
class ListedOrganisation:
    """An organisation with all its names, and its end if it has ended."""

    id: int
    key: str
    name: str
    short_name: str
    kind: str
    basis: str
    names: tuple[NameView, ...]
    ended: Ended | None
    language: str | None = None
    mail_address: str | None = None


def read_ended(session: Session, day: date = date.max, known_at: datetime | None = None) -> Mapping[int, Ended]:
    """Return the ends of the organisations that had ended by a day, by the id of the organisation.

    With `known_at`, those are left out that were recorded after that instant.
    """
    into = aliased(Organisation)
    rows = session.execute(
        select(
            OrganisationChange.organisation_id,
            OrganisationChange.kind,
            OrganisationChange.as_of,
            into.id,
            into.key,
            into.name,
        )
        .outerjoin(into, into.id == OrganisationChange.into_id)
        .where(OrganisationChange.kind != OrganisationEvent.RENAMED)
        .where(*recorded_until(OrganisationChange, day, known_at))
        .order_by(OrganisationChange.as_of.desc())
    )
    found = {row_id: (kind.value, as_of, into_id, key, name) for row_id, kind, as_of, into_id, key, name in rows}
    return {
        row_id: Ended(kind, as_of, key, name, _successor(found, row_id))
        for row_id, (kind, as_of, _, key, name) in found.items()
    }


def _successor(found: Mapping[int, tuple[str, date, int | None, str | None, str | None]], row_id: int) -> str | None:
    """Return the key of the organisation that exists at the end of a chain of mergers, or None if there is none."""
    key: str | None = None
    current: int | None = row_id
    # Nothing that has ended is merged into, so a chain never comes back to where it began.
    while current is not None and current in found:
        _, _, current, key, _ = found[current]
    return key


def read_listed_organisations(session: Session) -> list[ListedOrganisation]:
    """Return all organisations with their ends as they are now, ordered by key."""
    return with_ends(read_organisations(session), read_ended(session))


def with_ends(entries: Iterable[OrganisationEntry], ended: Mapping[int, Ended]) -> list[ListedOrganisation]:
    """Return organisations with their ends, in the order of the entries."""
    return [
        ListedOrganisation(
            *(one.id, one.key, one.name, one.short_name, one.kind, one.basis, one.names),
            ended=ended.get(one.id),
            language=one.language,
            mail_address=one.mail_address,
        )
        for one in entries
    ]
