"""The mail addresses to which something for an organisation is sent: its own, or else those of its officers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from planner.domain.mail_addresses import addresses_in
from planner.domain.vocabulary import Role
from planner.register.reading import Reading
from planner.store.models import Organisation, Person

# Mail addresses by the id of the organisation. An organisation without any is missing.
Recipients = Mapping[int, tuple[str, ...]]


class _Body(NamedTuple):
    """An organisation with its addresses, and the organisation of which it is another name."""

    id: int
    same_as_id: int | None
    mail_address: str | None


class _Member(NamedTuple):
    login: str
    organisation_id: int | None
    role: Role
    active: bool
    mail_address: str | None


def read_recipients(reading: Reading) -> Recipients:
    """Return the addresses of all organisations that have any, as known at the reading's instant.

    An organisation without an address has those of its officers, who report on its items. Under another name it has
    those of the same body.
    """
    bodies = reading.known_records(Organisation, _Body)
    root = {body.id: body.same_as_id or body.id for body in bodies}
    own = {body.id: addresses_in(body.mail_address) for body in bodies}
    officers = _of_officers(reading.known_records(Person, _Member), root)
    found = {body.id: own[body.id] or own.get(root[body.id]) or officers.get(root[body.id], ()) for body in bodies}
    return {body: addresses for body, addresses in found.items() if addresses}


def _of_officers(members: Iterable[_Member], root: Mapping[int, int]) -> Mapping[int, tuple[str, ...]]:
    """Return the addresses of the officers who have not left, by the id of the body that they belong to."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for one in sorted(members, key=lambda one: one.login):
        if one.active and one.role is Role.OFFICER and one.organisation_id is not None:
            body = root.get(one.organisation_id, one.organisation_id)
            found[body].update(dict.fromkeys(addresses_in(one.mail_address)))
    return {body: tuple(addresses) for body, addresses in found.items()}
