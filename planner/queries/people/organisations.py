"""Organisations of the register, found by key, by a name in any language, or by an earlier name."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.base.errors import UnknownNameError, unknown_name
from planner.base.language import later, tr
from planner.base.listing import listed
from planner.base.texts import folded
from planner.base.views import value_class
from planner.domain.codes import canonical_key
from planner.queries.search.titles import NameView
from planner.store.models import Organisation, OrganisationChange, OrganisationName

# The names that organisations had before they were renamed. Commands and imports know them.
FORMER_NAMES = select(OrganisationChange.organisation_id, OrganisationChange.old_name).where(
    OrganisationChange.old_name.is_not(None)
)


@value_class
class OrganisationEntry:
    """An organisation with all its names, and the language of the files that are written for it, if it has one.

    `mail_address` has the addresses to which they are sent.
    """

    id: int
    key: str
    name: str
    short_name: str
    kind: str
    basis: str
    names: tuple[NameView, ...]
    language: str | None = None
    mail_address: str | None = None


def read_organisations(session: Session) -> list[OrganisationEntry]:
    """Return all organisations as they are now, ordered by key. Those of a past day are `organisations_then`."""
    names = session.execute(select(OrganisationName)).scalars()
    return organisation_entries(session.execute(select(Organisation).order_by(Organisation.key)).scalars(), names)


def organisation_entries(
    rows: Iterable[Organisation], other_names: Iterable[OrganisationName]
) -> list[OrganisationEntry]:
    """Return the entries of organisations, given their rows and the rows of their names in other languages."""
    names: dict[int, list[NameView]] = defaultdict(list)
    for name in sorted(other_names, key=lambda name: name.language):
        names[name.organisation_id].append(NameView(name.language, name.name, name.basis))
    return [
        OrganisationEntry(
            *(row.id, row.key, row.name, row.short_name, row.kind, row.basis, tuple(names[row.id])),
            language=row.language,
            mail_address=row.mail_address,
        )
        for row in rows
    ]


def find_organisation(session: Session, wanted: str, where: str = "lead") -> OrganisationEntry:
    """Return the organisation with this key, or with exactly this name, or the only one whose name has these words.

    A name that it had before counts if no organisation has such a name now. Raises UnknownNameError if none or several
    match. `where` names the option or field in the error.
    """
    entries = read_organisations(session)
    key = canonical_key(wanted)
    for entry in entries:
        if entry.key == key:
            return entry
    part = folded(wanted)
    found = [entry for entry in entries if any(part in folded(name) for name in _all_names(entry))]
    exact = [entry for entry in found if part in map(folded, _all_names(entry))]
    found = exact if len(exact) == 1 else found
    if not found:
        former = {row_id for row_id, name in session.execute(FORMER_NAMES) if part in folded(str(name))}
        found = [entry for entry in entries if entry.id in former]
    if len(found) == 1:
        return found[0]
    if found:
        keys = listed([entry.key for entry in found])
        raise UnknownNameError(
            tr("'{wanted}' matches several organisations: {keys}", wanted=wanted, keys=keys),
            where=where,
            do=tr("Give the key of one of these organisations"),
        )
    known = (entry.key for entry in entries)
    raise unknown_name(
        tr("no organisation is called '{wanted}'", wanted=wanted), later("organisations"), known, where=where
    )


def require_organisations(session: Session, keys: Iterable[str], where: str) -> None:
    """Raise UnknownNameError for a key that no organisation has."""
    known = list(session.execute(select(Organisation.key).order_by(Organisation.key)).scalars())
    for key in sorted(set(keys).difference(known)):
        raise unknown_name(tr("no organisation is called '{key}'", key=key), later("organisations"), known, where=where)


def keys_of_body(session: Session, organisation_id: int) -> frozenset[str]:
    """Return all keys of an organisation: its own, and those of its other entries in the register."""
    root = select(func.coalesce(Organisation.same_as_id, Organisation.id)).where(Organisation.id == organisation_id)
    same = func.coalesce(Organisation.same_as_id, Organisation.id) == root.scalar_subquery()
    return frozenset(session.execute(select(Organisation.key).where(same)).scalars())


def _all_names(entry: OrganisationEntry) -> list[str]:
    return [entry.key, entry.name, entry.short_name, *(name.name for name in entry.names)]
