"""Finding the organisations and people that files name, and the new ones that have to be added."""

from collections import defaultdict
from collections.abc import Container, Iterable
from functools import partial

from planner.base.errors import BadValueError
from planner.base.language import tr, tr_count
from planner.base.views import value_class
from planner.domain.language_codes import checked_language
from planner.domain.lengths import beginning_as_short_name
from planner.domain.title_keys import free_key, key_of_title
from planner.domain.vocabulary import Role
from planner.intake.comparing.asking import Asking, same_words
from planner.intake.comparing.decided.both_changed import file_counts
from planner.intake.comparing.preview import ChangedOrganisation, FieldChange, NewOrganisation, NewPerson, Stored
from planner.intake.comparing.same_values import is_same
from planner.intake.comparing.since import UNCHANGED, SinceExport, Then, not_exported, only_repeats
from planner.intake.comparing.stored import StoredOrganisation, StoredPerson
from planner.intake.proposed import Field, Given, ProposedItem, ProposedRow
from planner.intake.sheets import Place


class Organisations:
    """The organisations of the register, found by their key or by a name in any language."""

    def __init__(self, stored: Iterable[StoredOrganisation], asking: Asking) -> None:
        self._asking = asking
        self._stored = {organisation.key: organisation for organisation in stored}
        self._keys: dict[str, set[str]] = defaultdict(set)
        self._former: dict[str, set[str]] = defaultdict(set)
        self._found: dict[str, str | None] = {}
        # The organisations that others have taken over, with each value that names one of them.
        self._taken_over: dict[str, list[tuple[Given, Field]]] = defaultdict(list)
        self.new: list[NewOrganisation] = []
        self.changed: list[ChangedOrganisation] = []
        for organisation in self._stored.values():
            for name in (organisation.key, *organisation.names):
                self._keys[same_words(name)].add(organisation.key)
            for name in organisation.former:
                self._former[same_words(name)].add(organisation.key)

    def key_of(self, name: str, given: Given, fact: Field) -> str | None:
        """Return the key of an organisation. A name that is not known yet becomes a new organisation.

        Return None if several organisations have the name and nobody has said which one is meant.
        """
        if name not in self._found:
            self._found[name] = self._find(name, given, fact)
        return self._found[name]

    def lead_of(self, item: ProposedItem) -> str | None:
        """Return the key of the organisation that leads an item of the files, or None if the files do not say it.

        An organisation that the register does not know has the form of its name in which names are compared.
        """
        given = item.facts.get(Field.LEAD)
        if given is None or not given.value:
            return None
        keys = self._called(str(given.value))
        return next(iter(keys)) if len(keys) == 1 else same_words(str(given.value))

    def _find(self, name: str, given: Given, fact: Field) -> str | None:
        keys = sorted(self._called(name))
        if len(keys) > 1:
            return self._asking.ask(
                given,
                fact,
                tr("several organisations are called '{name}'", name=name),
                tr("Say which one is meant"),
                keys,
            )
        return keys[0] if keys else self._add(name, name, None, given.place)

    def _called(self, name: str) -> set[str]:
        """Return the keys of the organisations with this name. A former name counts if no organisation has it now."""
        words = same_words(name)
        return self._keys.get(words) or self._former.get(words) or set()

    def as_of_now(self, keys: Iterable[str], given: Given, fact: Field, before: Container[str] = ()) -> tuple[str, ...]:
        """Return organisations, each once, with the one that has its work now in place of one that was merged into it.

        An organisation that the register names already (`before`) stays. Which others were replaced is told at the end.
        """
        found = []
        for key in keys:
            known = self._stored.get(key)
            successor = known.ended.successor if known and known.ended and key not in before else None
            if successor is not None:
                self._taken_over[key].append((given, fact))
            found.append(successor or key)
        return tuple(dict.fromkeys(found))

    def tell_taken_over(self) -> None:
        """Say which organisations of the files were merged into others, once all values are read."""
        for key, values in self._taken_over.items():
            known = self._stored[key]
            assert known.ended is not None
            assert known.ended.successor is not None
            what = tr_count(
                "{merged}; {count:,} value that names it gets {successor}",
                "{merged}; {count:,} values that name it get {successor}",
                len(values),
                merged=known.ended.what(known.names[0]),
                successor=self._stored[known.ended.successor].names[0],
            )
            self._asking.remark(*values[0], what, tr("If another organisation has the work, name it in the files"))

    def require_existing(self, keys: Iterable[str], given: Given, fact: Field) -> None:
        """Note an error for each organisation that was merged into another one or dissolved."""
        for key in keys:
            known = self._stored.get(key)
            if known is not None and known.ended is not None:
                self._asking.error(given, fact, known.ended.what(known.names[0]), known.ended.do())

    def _add(self, name: str, short_name: str, key: str | None, place: Place, language: str | None = None) -> str:
        taken = {*self._stored, *(organisation.key for organisation in self.new)}
        key = free_key(key or key_of_title(name), taken)
        self.new.append(NewOrganisation(key, name, beginning_as_short_name(short_name), place, language))
        for word in (name, short_name, key):
            self._keys[same_words(word)].add(key)
        return key

    def take_rows(
        self, rows: Iterable[ProposedRow], since: SinceExport = not_exported, *, take_file: bool = False
    ) -> None:
        """Take the rows of a sheet that lists organisations: add new ones, and note changes of names.

        `since` gives what changed since a row was exported. With `take_file`, the values of the file count where both
        were changed.
        """
        for row in rows:
            name, key, short = (row.facts.get(fact) for fact in (Field.NAME, Field.KEY, Field.SHORT_NAME))
            if name is None or not name.value:
                continue
            known = self._stored.get(str(key.value)) if key and key.value else None
            full = str(name.value)
            language = self._language(row)
            if known is None and not self._called(full):
                text = str(short.value) if short and short.value else full
                if short and text != full and self._is_taken(text, None, short, Field.SHORT_NAME):
                    continue
                self._add(
                    full,
                    text,
                    str(key.value) if key and key.value else None,
                    row.place,
                    str(language.value) if language else None,
                )
            elif known is not None:
                exported = since(row.place)
                then = exported.organisations.get(known.key, UNCHANGED) if exported else UNCHANGED
                self._compare(known, name, short, language, _Newer(then, self._asking, take_file))

    def _language(self, row: ProposedRow) -> Given | None:
        """Return the language that a row gives, as its code. An empty cell says nothing. Note an error for no code."""
        given = row.facts.get(Field.LANGUAGE)
        if given is None or not given.value:
            return None
        try:
            return Given(checked_language(str(given.value)), given.place, given.inferred)
        except BadValueError as error:
            self._asking.error(given, Field.LANGUAGE, error.what, error.do)
            return None

    def _is_taken(self, name: str, own: str | None, given: Given, fact: Field) -> bool:
        """Return whether another organisation has a name. If so, note an error."""
        others = sorted(self._keys.get(same_words(name), set()) - {own})
        if others:
            what = tr("the organisation {key} is already called '{name}'", key=others[0], name=name)
            self._asking.error(given, fact, what, tr("Give another name"))
        return bool(others)

    def _compare(
        self,
        known: StoredOrganisation,
        name: Given,
        short: Given | None,
        language: Given | None,
        newer: "_Newer",
    ) -> None:
        pairs = (
            (Field.NAME, known.names[0], name),
            (Field.SHORT_NAME, known.names[1], short),
            (Field.LANGUAGE, known.language, language),
        )
        changes = tuple(
            FieldChange(fact, old, given.value, given.place, None, given.inferred)
            for fact, old, given in pairs
            if given is not None
            and given.value
            and not is_same(fact, old, given.value)
            and newer.counts(given, fact, old, known.key)
        )
        names = [one for one in changes if one.field is not Field.LANGUAGE]
        if any(self._is_taken(str(one.new), known.key, Given(one.new, one.place), one.field) for one in names):
            return
        if changes and known.ended is not None:
            first = changes[0]
            given = Given(first.new, first.place)
            self._asking.error(given, first.field, known.ended.what(known.names[0]), tr("Leave it as it is"))
        elif changes:
            self.changed.append(ChangedOrganisation(known.key, changes))
            for change in names:
                self._keys[same_words(str(change.new))].add(known.key)


@value_class
class _Newer:
    """What changed of an organisation since a file was exported, and how it is decided what counts then."""

    then: Then
    asking: Asking
    take_file: bool

    def counts(self, given: Given, fact: Field, now: Stored, key: str) -> bool:
        """Return whether the value of a file counts. One that both changed is asked about."""
        if fact not in self.then:
            return True
        if only_repeats(self.then, fact, given.value):
            return False
        name = tr("organisation {key}, {fact}", key=key, fact=fact)
        return file_counts(self.asking, given, name, now, take_file=self.take_file)


class People:
    """The people of the register, found by login or by name."""

    def __init__(self, stored: Iterable[StoredPerson], asking: Asking, *, may_add: bool) -> None:
        self._asking = asking
        self._may_add = may_add
        self._logins: dict[str, set[str]] = defaultdict(set)
        self._taken: set[str] = set()
        self.new: list[NewPerson] = []
        for person in stored:
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
            return ask(tr("several people are called '{name}'", name=name), tr("Say who is meant"), logins)
        if logins:
            return logins[0]
        if not self._may_add:
            what = tr("'{name}' is not a person of this register, so the item gets no accountable person", name=name)
            self._asking.remark(given, fact, what, tr("An administrator can add the person with 'planner people add'"))
            return None
        return self._add(NewPerson("", name, Role.OFFICER, organisation, given.place))

    def take_rows(self, rows: Iterable[ProposedRow], organisations: Organisations) -> None:
        """Take the rows of a sheet that lists people. People who are already known are not changed."""
        for row in rows:
            name, login, role = (row.facts.get(fact) for fact in (Field.NAME, Field.LOGIN, Field.ROLE))
            named = name or login
            if named is None or not named.value:
                continue
            words = [same_words(str(given.value)) for given in (login, name) if given and given.value]
            if any(self._logins.get(word) for word in words):
                continue
            if not self._may_add:
                what = tr("'{name}' is not a person of this register, and is not added", name=named.value)
                self._asking.remark(named, Field.NAME, what, tr("An administrator can import people"))
                continue
            body = row.facts.get(Field.ORGANISATION)
            organisation = (
                organisations.key_of(str(body.value), body, Field.ORGANISATION) if body and body.value else None
            )
            if organisation is not None and body is not None:
                (organisation,) = organisations.as_of_now((organisation,), body, Field.ORGANISATION)
            text = str(login.value) if login and login.value else ""
            given_role = str(role.value) if role and role.value in set(Role) else Role.OFFICER
            self._add(NewPerson(text, str(named.value), given_role, organisation, row.place))

    def _add(self, person: NewPerson) -> str:
        login = free_key(person.login or key_of_title(person.name), self._taken)
        self.new.append(NewPerson(login, person.name, person.role, person.organisation, person.place))
        self._know(login, person.name)
        return login
