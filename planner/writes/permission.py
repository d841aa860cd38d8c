"""Checking, inside the transaction of every write, whether the actor may make this write."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError
from planner.base.language import later, tr, tr_later
from planner.domain.rules.permissions import Permission, may, roles_that_may
from planner.domain.vocabulary import InstallationKind, Role
from planner.queries.people.people import read_people, read_person
from planner.queries.people.person_view import PersonView
from planner.store.journal import Actor
from planner.store.models import Installation, Item, Organisation, Person, Responsibility

_WITH_ARTICLE = {
    Role.OFFICER: later("an officer"),
    Role.MANAGER: later("a manager"),
    Role.AUDITOR: later("an auditor"),
    Role.ADMINISTRATOR: later("an administrator"),
}


def require(session: Session, actor: Actor, deed: Permission, item: Item | None = None) -> PersonView:
    """Return the acting person if their role allows the action `deed`, and allows it on `item` if an item is given.

    Otherwise raises NotAllowedError, which names the person, the permission that is missing, and whom to ask.
    """
    # docs/decisions/0030: a role may change just before the write.
    person = read_person(session, actor.name)
    if person is None:
        raise _unknown_person(session, actor.name)
    # Only who may not do it on every item has to share in this one.
    everywhere = may(person.role, deed, theirs=False)
    if not everywhere and not may(person.role, deed, theirs=item is not None and shares_in(session, person, item)):
        raise _not_permitted(session, person, deed, item)
    return person


def not_permitted(session: Session, actor: Actor, deed: Permission, item: Item | None = None) -> NotAllowedError | None:
    """Return the error that `require` would raise, or None. It is for those who only want to look."""
    try:
        require(session, actor, deed, item)
    except NotAllowedError as error:
        return error
    return None


def shares_in(session: Session, person: PersonView, item: Item) -> bool:
    """Return whether a person's organisation leads or supports an item.

    The item may name the organisation by an alternative name.
    """
    if person.organisation is None:
        return False
    supporting = select(Responsibility.organisation_id).where(
        Responsibility.item_id == item.id, ~Responsibility.taken_out
    )
    return _is_of(session, person, {item.lead_id, *session.execute(supporting).scalars()})


def require_of_lead(session: Session, person: PersonView, item: Item) -> None:
    """Raise NotAllowedError if an officer's organisation supports an item but does not lead it."""
    if person.role is Role.OFFICER and not _is_of(session, person, {item.lead_id}):
        what = tr("{login} is an officer of an organisation that does not lead this item", login=person.login)
        lead = session.execute(select(Organisation.name).where(Organisation.id == item.lead_id)).scalar_one()
        raise NotAllowedError(what, where=item.code, do=tr("Ask an officer of {lead}", lead=lead))


def _is_of(session: Session, person: PersonView, organisation_ids: set[int]) -> bool:
    """Return whether a person belongs to one of some organisations."""
    if person.organisation is None:
        return False
    named = select(Organisation.id, Organisation.same_as_id).where(
        Organisation.id.in_({*organisation_ids, person.organisation.id})
    )
    # An organisation row that is only an alternative name counts as the organisation it names.
    main_id = {row_id: same_as or row_id for row_id, same_as in session.execute(named)}
    return main_id[person.organisation.id] in {main_id[organisation_id] for organisation_id in organisation_ids}


def _not_permitted(session: Session, person: PersonView, deed: Permission, item: Item | None) -> NotAllowedError:
    where = item.code if item else ""
    if person.role is Role.OFFICER and item is not None and may(person.role, deed, theirs=True):
        lead = session.execute(select(Organisation.name).where(Organisation.id == item.lead_id)).scalar_one()
        organisation = person.organisation.name if person.organisation else tr("no organisation")
        what = tr(
            "{login} is an officer of {organisation}, which neither leads nor supports this item",
            login=person.login,
            organisation=organisation,
        )
        return NotAllowedError(
            what,
            where=where,
            do=tr(
                "Ask an officer of {lead}, or {permitted_people}",
                lead=lead,
                permitted_people=_permitted_people(session, deed),
            ),
        )
    what = tr(
        "{login} is {role} and may not {action}", login=person.login, role=_with_article(person.role), action=deed.words
    )
    return NotAllowedError(
        what, where=where, do=tr("Ask {permitted_people}", permitted_people=_permitted_people(session, deed))
    )


def _unknown_person(session: Session, login: str) -> NotAllowedError:
    """Return the error for a login that is not an active person of this register."""
    installation = session.get(Installation, 1)
    if installation is not None and installation.kind == InstallationKind.DEMONSTRATION:
        what = tr("'{login}' is not a person of this demonstration and can only read", login=login)
        return NotAllowedError(
            what, do=tr("Act as somebody else, such as the officer or the manager"), by_field="acting as"
        )
    everybody = read_people(session)
    if not everybody:
        return NotAllowedError(
            tr("this register has no people yet"), do=tr("Run 'planner upgrade' to add the first person")
        )
    keeper = _permitted_people(session, Permission.KEEP_PEOPLE)
    if any(person.login == login for person in everybody):
        what, command = tr("'{login}' has left and can only read", login=login), f"planner people come-back {login}"
    else:
        what, command = (
            tr("'{login}' is not a person of this register and can only read", login=login),
            f"planner people add {login} …",
        )
    return NotAllowedError(what, do=tr("Ask {keeper} to run '{command}'", keeper=keeper, command=command))


def _permitted_people(session: Session, deed: Permission) -> str:
    """Describe who may do an action: the roles, and the first three people who have them."""
    roles = roles_that_may(deed)
    named = session.execute(
        select(Person.login).where(Person.active, Person.role.in_(roles)).order_by(Person.login).limit(3)
    ).scalars()
    logins = ", ".join(named)
    *others, last = (_with_article(role) for role in roles)
    nouns = tr("{roles} or {last}", roles=", ".join(others), last=last) if others else last
    return f"{nouns} ({logins})" if logins else nouns


def _with_article(role: Role) -> str:
    return tr_later(_WITH_ARTICLE[role])
