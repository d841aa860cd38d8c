"""Finding the people that files name, and the new ones that have to be added."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from planner.base.language import tr
from planner.base.texts import same_words
from planner.domain.mail_addresses import checked_address
from planner.domain.title_keys import free_key, key_of_title
from planner.domain.vocabulary import Role
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.named import NewPerson
from planner.intake.comparing.exported.since import UNCHANGED, Since, SinceExport, not_exported
from planner.intake.comparing.named.addresses import given_addresses
from planner.intake.comparing.named.organisations import Organisations
from planner.intake.comparing.stored import StoredPerson
from planner.intake.comparing.telling.told import Told
from planner.intake.proposed import Field, Given, ProposedRow

# What a row says of a person.
_FACTS = (Field.LOGIN, Field.NAME, Field.ORGANISATION, Field.ROLE, Field.MAIL_ADDRESS)


class People:
    """The people of the register, found by login or by name."""

    def __init__(
        self,
        stored: Iterable[StoredPerson],
        asking: Asking,
        told: Told,
        since: SinceExport = not_exported,
        *,
        may_add: bool,
    ) -> None:
        """`since` gives what changed since a row was exported."""
        self._asking = asking
        self._told = told
        self._since = since
        self._may_add = may_add
        self._stored = {person.login: person for person in stored}
        self._logins: dict[str, set[str]] = defaultdict(set)
        self._taken: set[str] = set()
        self.new: list[NewPerson] = []
        for person in self._stored.values():
            self._know(person.login, person.name)

    def _know(self, login: str, name: str) -> None:
        self._taken.add(login)
        for word in (login, name):
            self._logins[same_words(word)].add(login)

    def login_of(self, name: str, given: Given, organisation: str | None) -> str | None:
        """Return the login of a person. A name that is not known yet becomes a new officer of the organisation.

        Return None if it cannot be said who is meant, or if the acting person may not add people.
        """
        logins = sorted(self._logins.get(same_words(name), ()))
        ask, fact = partial(self._asking.ask, given, Field.ACCOUNTABLE), Field.ACCOUNTABLE
        if len(logins) > 1:
            # An exported register has logins, and the login of one person can be the name of another.
            if name in logins and self._since(given.place) is not None:
                return name
            logins = self._who_can_be_meant(name, logins)
        if len(logins) > 1:
            return ask(self._several(name, logins), tr("Say who is meant"), logins)
        if logins:
            return logins[0]
        if not self._may_add:
            what = tr("'{name}' is not a person of this register, so the item gets no accountable person", name=name)
            self._asking.remark(given, fact, what, tr("An administrator can add the person with 'planner people add'"))
            return None
        return self._add(NewPerson("", name, Role.OFFICER, organisation, given.place))

    def _who_can_be_meant(self, name: str, logins: list[str]) -> list[str]:
        """Return those of several people with a name who have not left, or whose login is the name. Or all of them."""
        here = [login for login in logins if self._is_here(login) or same_words(login) == same_words(name)]
        return here or logins

    def _is_here(self, login: str) -> bool:
        # Who is not stored yet is one of the files.
        return login not in self._stored or self._stored[login].active

    def _several(self, name: str, logins: Iterable[str]) -> str:
        """Return that several people have a name, and which of them have left."""
        gone = [
            tr("{login} left on {day}", login=login, day=self._stored[login].left_on)
            for login in logins
            if not self._is_here(login) and self._stored[login].left_on
        ]
        several = tr("several people are called '{name}'", name=name)
        return f"{several} ({', '.join(gone)})" if gone else several

    def note_gone(self, login: str, given: Given) -> None:
        """Note that the files give an item to somebody who has left, which no act does."""
        if not self._is_here(login):
            self._told.given_to_gone(given, self._stored[login].name, self._stored[login].left_on)

    def take_rows(self, rows: Iterable[ProposedRow], organisations: Organisations) -> None:
        """Take the rows of a sheet that lists people. People who are already known are not changed, which is told."""
        for row in rows:
            name, login = row.facts.get(Field.NAME), row.facts.get(Field.LOGIN)
            named = name or login
            if named is None or not named.value:
                continue
            words = [same_words(str(given.value)) for given in (login, name) if given and given.value]
            known = next((logins for word in words if (logins := self._logins.get(word))), None)
            if known:
                self._tell_untaken(row, known, organisations, self._since(row.place))
            elif self._may_add:
                self._take_new(row, organisations)
            else:
                what = tr("'{name}' is not a person of this register, and is not added", name=named.value)
                self._asking.remark(named, Field.NAME, what, tr("An administrator can import people"))

    def _take_new(self, row: ProposedRow, organisations: Organisations) -> None:
        login, role, body = (row.facts.get(fact) for fact in (Field.LOGIN, Field.ROLE, Field.ORGANISATION))
        named = row.facts.get(Field.NAME) or row.facts[Field.LOGIN]
        organisation = organisations.key_of(str(body.value), body, Field.ORGANISATION) if body and body.value else None
        if organisation is not None and body is not None:
            (organisation,) = organisations.as_of_now((organisation,), body, Field.ORGANISATION)
        text = str(login.value) if login and login.value else ""
        given_role = str(role.value) if role and role.value in set(Role) else Role.OFFICER
        address = given_addresses(row, self._asking, checked_address)
        mail = str(address.value) if address else None
        self._add(NewPerson(text, str(named.value), given_role, organisation, row.place, mail))

    def _tell_untaken(
        self, row: ProposedRow, logins: set[str], organisations: Organisations, since: Since | None
    ) -> None:
        """Note what a row says of a known person and the register does not."""
        person = self._stored.get(next(iter(logins))) if len(logins) == 1 else None
        if person is None:
            return
        then = since.people.get(person.login, UNCHANGED) if since is not None else UNCHANGED
        before: dict[str, Any] = {fact.value: value for fact, value in then.items() if fact in _FACTS}
        was = replace(person, **before)
        for fact in _FACTS:
            given = row.facts.get(fact)
            if given is None or (given.value is None and since is None):
                continue
            if not any(_says_same(one, fact, given, organisations) for one in (person, was)):
                self._told.not_taken(given, fact.value)

    def _add(self, person: NewPerson) -> str:
        login = free_key(person.login or key_of_title(person.name), self._taken)
        self.new.append(replace(person, login=login))
        self._know(login, person.name)
        return login


def _says_same(person: StoredPerson, fact: Field, given: Given, organisations: Organisations) -> bool:
    """Return whether a value is that of a person of the register. An organisation can have any of its names."""
    if fact is Field.ORGANISATION:
        return person.organisation in organisations.called(str(given.value)) if given.value else not person.organisation
    if fact is Field.MAIL_ADDRESS:
        return str(given.value or "").casefold() == (person.mail_address or "").casefold()
    known = str(getattr(person, fact.value))
    return given.value is not None and same_words(str(given.value)) == same_words(known)
