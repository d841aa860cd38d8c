"""Finding the organisations that files name, and the new ones that have to be added."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence

from planner.base.errors import BadValueError
from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.base.slips import SlipFinder
from planner.base.texts import same_words
from planner.base.views import value_class
from planner.domain.language_codes import checked_language
from planner.domain.lengths import beginning_as_short_name
from planner.domain.mail_addresses import checked_addresses
from planner.domain.title_keys import free_key, key_of_title
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.decided.both_changed import file_counts
from planner.intake.comparing.differences.changes import FieldChange, Stored
from planner.intake.comparing.differences.named import ChangedOrganisation, NewOrganisation
from planner.intake.comparing.exported.since import (
    ADDED_SINCE,
    UNCHANGED,
    SinceExport,
    Then,
    not_exported,
    only_repeats,
)
from planner.intake.comparing.named.addresses import given_addresses
from planner.intake.comparing.named.answered_names import answer_about, answered_names
from planner.intake.comparing.named.like_names import NEW, question_field
from planner.intake.comparing.named.rare_names import ALL_NEW, RareNames
from planner.intake.comparing.same_values import is_same, title_words
from planner.intake.comparing.stored import StoredOrganisation
from planner.intake.comparing.telling.told import Told
from planner.intake.proposed import Field, Given, ProposedItem, ProposedRow
from planner.intake.sheets import Place

_NOTHING_ENTERED: Mapping[str, Collection[Field]] = {}

# The facts of an organisation that its row changes, if the row has the organisation's key.
_CHANGED = (Field.NAME, Field.SHORT_NAME, Field.LANGUAGE, Field.MAIL_ADDRESS)


class Organisations:
    """The organisations of the register, found by their key or by a name in any language."""

    def __init__(
        self,
        stored: Iterable[StoredOrganisation],
        asking: Asking,
        told: Told,
        since: SinceExport = not_exported,
        entered: Mapping[str, Collection[Field]] = _NOTHING_ENTERED,
    ) -> None:
        """Take the organisations of the register. `since` gives what changed since a row was exported.

        Of the organisations of other rows, `entered` has the facts that were changed in the register, by key.
        """
        self._entered = entered
        self._asking = asking
        self._told = told
        self._since = since
        self._stored = {organisation.key: organisation for organisation in stored}
        self._keys: dict[str, set[str]] = defaultdict(set)
        # The same by names without a full stop behind them: lists have it or not.
        self._listed: dict[str, set[str]] = defaultdict(set)
        self._former: dict[str, set[str]] = defaultdict(set)
        self._found: dict[str, str | None] = {}
        self._answered: Mapping[str, str] = {}
        # The first name in each cell about which a question was or would be asked. Further ones name themselves in it.
        self._asked: dict[tuple[Place, Field | None], str] = {}
        # The organisations that others have taken over, with each value that names one of them.
        self._taken_over: dict[str, list[tuple[Given, Field]]] = defaultdict(list)
        self.new: list[NewOrganisation] = []
        self.changed: list[ChangedOrganisation] = []
        self._slips = SlipFinder()
        self._rare = RareNames((), (), {})
        for organisation in self._stored.values():
            for name in organisation.names:
                self._slips.add(name, organisation.key)
            for name in (organisation.key, *organisation.names):
                self._know(name, organisation.key)
            for name in organisation.former:
                self._former[same_words(name)].add(organisation.key)

    def _know(self, name: str, key: str) -> None:
        """Note a name that an organisation has now."""
        self._keys[same_words(name)].add(key)
        self._listed[title_words(name)].add(key)

    def key_of(self, name: str, given: Given, fact: Field) -> str | None:
        """Return the key of an organisation. A name that is not known yet becomes a new organisation.

        Return None if several organisations have the name, or it can be a slip, and nobody has said which one is meant.
        """
        then = self._called_then(name, given.place)
        if then is not None:
            return then
        if name not in self._found:
            self._found[name] = self._find(name, given, fact)
        return self._found[name]

    def _called_then(self, name: str, place: Place) -> str | None:
        """Return the organisation that had a name when the row at a place was exported, but has another one now."""
        since = self._since(place)
        if since is None or not since.organisations:
            return None
        words = same_words(name)
        return next((key for key, then in since.organisations.items() if words in _names_then(then)), None)

    def lead_of(self, item: ProposedItem) -> str | None:
        """Return the key of the organisation that leads an item of the files, or None if the files do not say it.

        One that was merged into another one counts as that one. An organisation that the register does not know has the
        form of its name in which names are compared.
        """
        given = item.facts.get(Field.LEAD)
        if given is None or not given.value:
            return None
        name = str(given.value)
        keys = self.called(name)
        if not keys and name in self._answered:
            return self.at_present(self._answered[name])
        return self.at_present(next(iter(keys))) if len(keys) == 1 else same_words(name)

    def at_present(self, key: str) -> str:
        """Return the key of the organisation that has the work of an organisation now: its own if it still exists."""
        known = self._stored.get(key)
        return (known.ended.successor if known and known.ended else None) or key

    def note_answers(self, items: Sequence[ProposedItem]) -> None:
        """Note which organisations people mean by names of the files that can be slips, before items are matched."""
        self._answered = answered_names(items, self._asking.answers, self._stored)
        known = [name for one in self._stored.values() for name in one.names]
        known += [one.name for one in self.new]
        self._rare = RareNames(items, known, self._asking.answers)

    def _find(self, name: str, given: Given, fact: Field) -> str | None:
        keys = sorted(self.called(name))
        if len(keys) > 1:
            return self._asking.ask(
                given,
                fact,
                tr("several organisations are called '{name}'", name=name),
                tr("Say which one is meant"),
                keys,
                self._further(name, given, fact),
            )
        return keys[0] if keys else self._new(name, given, fact)

    def _new(self, name: str, given: Given, fact: Field) -> str | None:
        """Return the key of a new organisation. If its name can be a slip, a person says which one is meant."""
        like = self._like(name)
        if like and self._rare.are_new(name) and not answer_about(name, given, fact, self._asking.answers):
            like = []
        if like:
            names = listed([f"{self.name_of(key)} ({key})" for key in like])
            what = tr("no organisation is called '{name}', but there is {names}", name=name, names=names)
            do = tr("Answer with the key of the organisation, or '{new}' if it is another one", new=NEW)
            if self._rare.has_others(name):
                do = tr(
                    "Answer with the key of the organisation, '{new}' if it is another one, or '{all_new}' if all such "
                    "names are those of others",
                    new=NEW,
                    all_new=ALL_NEW,
                )
            about = self._further(name, given, question_field(given, fact))
            # Each of several rare names is asked about, and one answer can be about all of them.
            new = (NEW, ALL_NEW) if self._rare.has_others(name) else (NEW,)
            answer = self._asking.ask(given, question_field(given, fact), what, do, (*like, *new), about)
            if answer not in new:
                return answer
        return self._add(name, name, None, given.place)

    def _like(self, name: str) -> list[str]:
        """Return the keys of the organisations of which a new name can be a slip, each once."""
        found = dict.fromkeys(self._slips.find(name))
        for known in self._rare.like(name):
            first = self._rare.first(known)
            keys = self.called(known)
            if not keys and first is not None and (added := self.key_of(known, *first)) is not None:
                keys = {added}
            found |= dict.fromkeys(sorted(keys))
        return list(found)

    def _further(self, name: str, given: Given, fact: Field | None) -> str:
        """Return a name as its question needs it, if another name of the same cell is asked about already."""
        return "" if self._asked.setdefault((given.place, fact), name) == name else name

    def name_of(self, key: str) -> str:
        """Return the name of an organisation of the register or of the files."""
        known = self._stored.get(key)
        return known.name if known is not None else next(one.name for one in self.new if one.key == key)

    def called(self, name: str) -> set[str]:
        """Return the keys of the organisations with this name. A former name counts if no organisation has it now."""
        words = same_words(name)
        return self._keys.get(words) or self._former.get(words) or self._listed.get(title_words(name)) or set()

    def as_of_now(self, keys: Iterable[str], given: Given, fact: Field, before: Container[str] = ()) -> tuple[str, ...]:
        """Return organisations, each once, with the one that has its work now in place of one that was merged into it.

        An organisation that the register names already (`before`) stays. Which others were replaced is told at the end.
        """
        found = []
        for key in keys:
            present = key if key in before else self.at_present(key)
            if present != key:
                self._taken_over[key].append((given, fact))
            found.append(present)
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

    def _add(
        self,
        name: str,
        short_name: str,
        key: str | None,
        place: Place,
        language: str | None = None,
        mail_address: str | None = None,
    ) -> str:
        taken = {*self._stored, *(organisation.key for organisation in self.new)}
        key = free_key(key or key_of_title(name), taken)
        self.new.append(NewOrganisation(key, name, beginning_as_short_name(short_name), place, language, mail_address))
        for word in (name, short_name, key):
            self._know(word, key)
        self._slips.add(name, key)
        return key

    def take_rows(self, rows: Iterable[ProposedRow], *, take_file: bool = False) -> None:
        """Take the rows of a sheet that lists organisations: add new ones, and note changes of names.

        With `take_file`, the values of the file count where both were changed.
        """
        for row in rows:
            name, key = (row.facts.get(fact) for fact in (Field.NAME, Field.KEY))
            if name is None or not name.value:
                continue
            known = self._stored.get(str(key.value)) if key and key.value else None
            if known is not None:
                self._tell_emptied(row, known)
                self._compare(known, row, self._newer(row, known, take_file=take_file))
            elif called := self.called(str(name.value)):
                self._tell_without_key(row, called)
                self._take_address(row, called, take_file=take_file)
            else:
                self._take_new(row, str(name.value))

    def _newer(self, row: ProposedRow, known: StoredOrganisation, *, take_file: bool) -> "_Newer":
        """Return what the author of a row did not know of an organisation."""
        exported = self._since(row.place)
        if exported is None:
            return _Newer(UNCHANGED, self._entered.get(known.key, ()), self._asking, take_file)
        then = exported.organisations.get(known.key, UNCHANGED)
        return _Newer(then, then, self._asking, take_file)

    def _take_new(self, row: ProposedRow, name: str) -> None:
        key, short, language = row.facts.get(Field.KEY), row.facts.get(Field.SHORT_NAME), self._language(row)
        address = given_addresses(row, self._asking, checked_addresses)
        text = str(short.value) if short and short.value else name
        if short and text != name and self._is_taken(text, None, short, Field.SHORT_NAME):
            return
        self._add(
            name,
            text,
            str(key.value) if key and key.value else None,
            row.place,
            str(language.value) if language else None,
            str(address.value) if address else None,
        )

    def _tell_emptied(self, row: ProposedRow, known: StoredOrganisation) -> None:
        """Note the cells of an exported row that somebody emptied."""
        since = self._since(row.place)
        then = since.organisations.get(known.key, UNCHANGED) if since is not None else UNCHANGED
        for fact in (Field.SHORT_NAME, Field.LANGUAGE, Field.MAIL_ADDRESS):
            given = row.facts.get(fact)
            kept = getattr(known, fact.value)
            if since is not None and fact not in then and given is not None and given.value is None and kept:
                self._told.emptied(given, fact)

    def _tell_without_key(self, row: ProposedRow, called: set[str]) -> None:
        """Note what a row without the key of its organisation would change: names change only by the key."""
        key, known = row.facts.get(Field.KEY), [self._stored[one] for one in called if one in self._stored]
        if key is not None and (key.value or self._since(row.place) is not None):
            self._told.not_taken(key, Field.KEY.value)
        for fact in (Field.SHORT_NAME, Field.LANGUAGE):
            given = row.facts.get(fact)
            if given is None or not given.value or any(_has(one, fact, given.value) for one in known):
                continue
            if known:
                self._told.not_taken(given, fact.value)

    def _take_address(self, row: ProposedRow, called: set[str], *, take_file: bool) -> None:
        """Note the addresses that a row gives for an organisation that it names without its key.

        Names need the key, because a name that is found cannot tell another one. Addresses do not.
        """
        known = self._stored.get(next(iter(called))) if len(called) == 1 else None
        if known is not None:
            self._compare(known, row, self._newer(row, known, take_file=take_file), (Field.MAIL_ADDRESS,))

    def _tell_former(self, change: FieldChange, key: str) -> None:
        """Remark a new name that was that of another one than `key` before, because it means this one from now on."""
        others = sorted(self._former.get(same_words(str(change.new)), set()) - {key})
        if others:
            what = tr(
                "{key} was called '{name}' before; from now on, the name means another one",
                key=others[0],
                name=change.new,
            )
            do = tr("Give another name if items of the files that name it mean {key}", key=others[0])
            self._asking.remark(Given(change.new, change.place), change.field, what, do)

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
        then = self._called_then(name, given.place)
        if then not in (None, own) and not others:
            what = tr(
                "the organisation {key} has the name '{name}' in the state that the file shows", key=then, name=name
            )
            self._asking.error(given, fact, what, tr("Give another name"))
            return True
        if others:
            what = tr("the organisation {key} is already called '{name}'", key=others[0], name=name)
            self._asking.error(given, fact, what, tr("Give another name"))
        return bool(others)

    def _compare(
        self, known: StoredOrganisation, row: ProposedRow, newer: "_Newer", facts: Collection[Field] = _CHANGED
    ) -> None:
        """Note the changes of some facts of an organisation."""
        is_exported = self._since(row.place) is not None
        pairs = (
            (Field.NAME, known.name, row.facts[Field.NAME]),
            (Field.SHORT_NAME, known.short_name, row.facts.get(Field.SHORT_NAME)),
            (Field.LANGUAGE, known.language, self._language(row) if Field.LANGUAGE in facts else None),
            (Field.MAIL_ADDRESS, known.mail_address, given_addresses(row, self._asking, checked_addresses)),
        )
        changes = tuple(
            FieldChange(fact, old, given.value, given.place, None, given.inferred)
            for fact, old, given in pairs
            if fact in facts
            and given is not None
            and given.value
            and not is_same(fact, old, given.value, ends_count=is_exported)
            and newer.counts(given, fact, old, known.key)
        )
        names = [one for one in changes if one.field in (Field.NAME, Field.SHORT_NAME)]
        if any(self._is_taken(str(one.new), known.key, Given(one.new, one.place), one.field) for one in names):
            return
        if changes and known.ended is not None:
            first = changes[0]
            given = Given(first.new, first.place)
            self._asking.error(given, first.field, known.ended.what(known.names[0]), tr("Leave it as it is"))
        elif changes:
            self.changed.append(ChangedOrganisation(known.key, changes))
            for change in names:
                self._tell_former(change, known.key)
                self._know(str(change.new), known.key)


def _has(known: StoredOrganisation, fact: Field, value: object) -> bool:
    """Return whether an organisation has a name, short name or language."""
    if fact is Field.LANGUAGE:
        return str(value).casefold() == (known.language or "").casefold()
    return same_words(str(value)) in map(same_words, known.names)


def _names_then(then: Then) -> set[str]:
    """Return the names that an organisation had then and has no more, in the form in which names are compared."""
    return {same_words(str(then[fact])) for fact in (Field.NAME, Field.SHORT_NAME) if then.get(fact)}


@value_class
class _Newer:
    """What changed of an organisation since a file was exported, and how it is decided what counts then.

    `unknown` are the facts whose values the author of the file may not have known.
    """

    then: Then
    unknown: Collection[Field]
    asking: Asking
    take_file: bool

    def counts(self, given: Given, fact: Field, now: Stored, key: str) -> bool:
        """Return whether the value of a file counts. One that both changed is asked about."""
        if fact not in self.unknown:
            return True
        if only_repeats(self.then, fact, given.value):
            return False
        if not now and self.then is ADDED_SINCE:
            # Nobody entered an empty value.
            return True
        name = tr("organisation {key}, {fact}", key=key, fact=fact)
        return file_counts(self.asking, given, name, now, take_file=self.take_file)
