"""Finding, for each item of the files, the item of the register that it is.

An item is found by its code. An item without a code is found by its title if exactly one item has it. An item whose
code is only a running number is found by its title, and by its number only if the titles are much alike. An item of
the register to which the program gave its code is found by its title, and gets the code of the files. For any other
item, the titles of items that no file mentions are compared, and a person decides whether two items are the same.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from planner.base.language import tr
from planner.base.texts import same_words
from planner.base.views import value_class, view
from planner.domain.codes import code_key
from planner.domain.made_codes import is_made_key
from planner.intake.comparing.asking import Asking, chosen
from planner.intake.comparing.decided.renumbered import Renumbered, Renumbering, hand_on_parts, parts_of_earlier
from planner.intake.comparing.decided.same_items import SameItems
from planner.intake.comparing.decided.two_items import CODES, TwoItems, settled
from planner.intake.comparing.equal_titles import Leads, LeadsNotSaid, pair_by_title
from planner.intake.comparing.exported.former_codes import FormerCodes
from planner.intake.comparing.exported.since import ADDED_SINCE, UNCHANGED, Since, SinceExport, not_exported
from planner.intake.comparing.likeness import (
    LIKELY,
    MOST_CANDIDATES,
    Candidate,
    candidates_for,
    least_with_number,
    likeness_of,
    title_of,
)
from planner.intake.comparing.match_questions import NEW, MatchQuestions, code_given, has_no_own_code, has_other_title
from planner.intake.comparing.numbering.codes_as_numbers import CodesAsNumbers
from planner.intake.comparing.numbering.given_later import numbers_given_later
from planner.intake.comparing.numbering.running_numbers import is_weak_code, running_number
from planner.intake.comparing.same_values import title_words
from planner.intake.comparing.stored import SaidEarlier, StoredItem
from planner.intake.exported_rows import ExportedRows
from planner.intake.proposed import Field, Given, ProposedItem, ProposedRow


@value_class
class Decisions:
    """What a person decided about matches.

    `same` gives the register's code, or "new", for codes of the files. If `likely` is set, likely matches are accepted.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    likely: bool = False


@view
class Match:
    """The item of the register that an item of the files is, or None for a new one. `how` is empty for equal codes.

    `given_away` says that the files have the item under another code too, and that its parts were given to that one.
    `is_asked` says that people are asked which of two items the row is, so that it is not asked in another way.
    `frees_code` says that the files give the item another code, and its own to another item. `is_said` says that a
    person decides it in this import. `takes_number` says that the running number becomes the code of the item.
    """

    stored: StoredItem | None
    how: str = ""
    given_away: bool = False
    is_asked: bool = False
    frees_code: bool = False
    is_said: bool = False
    takes_number: bool = False


# If another item is less than so many percent less alike, a match is not clear.
_NEARLY = 5


def has_only_parts(item: ProposedItem) -> bool:
    """Return whether the files only name an item in rows of its milestones or indicators."""
    return item.facts.keys() == {Field.CODE}


class Matcher:
    """Finds the items of the register, each at most once."""

    def __init__(
        self,
        stored: Sequence[StoredItem],
        decisions: Decisions,
        asking: Asking,
        leads: Leads | None = None,
        same_items: SameItems | None = None,
        since: SinceExport = not_exported,
        former: FormerCodes | None = None,
    ) -> None:
        """Prepare the items of the register.

        Without `leads`, those of the items do not count. `same_items` has what people said in earlier imports, and
        takes what they say in this one. `since` gives what changed since a row was exported, and `former` the codes
        that its item had before in another register.
        """
        self._former = former or FormerCodes(ExportedRows(), since)
        self._asking = asking
        self._leads = leads or LeadsNotSaid()
        self._questions = MatchQuestions(asking, self._leads)
        self._likely = decisions.likely
        self._same = {code_key(code): chosen(answer, (NEW,)) or answer for code, answer in decisions.same.items()}
        self._stored = stored
        self._same_items = same_items or SameItems(SaidEarlier())
        self._since = since
        self._by_code = {item.code_key: item for item in stored}
        self._as_numbers = CodesAsNumbers(stored)
        self._taken: dict[int, ProposedItem] = {}
        self._of_two_items: list[TwoItems] = []
        # The same for rows with codes of the office, which only say it if there are several of them.
        self._exchanged: list[TwoItems] = []
        # The running numbers that are not the codes of their items, by the places of the rows.
        self._moved: dict[int, tuple[Given, StoredItem]] = {}

    @cached_property
    def _by_id(self) -> dict[int, StoredItem]:
        """The items of the register by their ids. Most imports never ask, and many items take memory."""
        return {item.id: item for item in self._stored}

    def match(self, proposed: list[ProposedItem]) -> list[Match]:
        """Return the match of each proposed item, in their order. Items are added that only have parts of others."""
        noted = tuple(self._asking.problems)
        self._as_numbers.note_codes(proposed)
        renumbered = self._renumbered(proposed)
        found = [renumbered.get(place) or self._by_decision_or_code(item, place) for place, item in enumerate(proposed)]
        self._asking.withdraw(self._as_numbers.settled(proposed, noted))
        self._note_exchanged(proposed, found)
        self._settle_two_items(proposed, found)
        for parts, earlier in parts_of_earlier(
            proposed, [match.stored if match else None for match in found], self._since
        ):
            proposed.append(parts)
            found.append(Match(self._by_id[earlier]))
        self._by_former_code(proposed, found)
        self._as_said_earlier(proposed, found)
        self._by_title_and_number(proposed, found)
        self._by_title(proposed, found)
        self._by_title_to_made_code(proposed, found)
        open_places = [place for place, match in enumerate(found) if match is None]
        free = [item for item in self._stored if item.id not in self._taken]
        candidates = candidates_for(free, [proposed[place] for place in open_places], self._leads)
        for place, likely in zip(open_places, candidates, strict=True):
            found[place] = self._by_likeness(proposed[place], self._with_number(proposed[place], likely))
        self._same_items.note_titles(proposed)
        matches = self._with_parts_of(proposed, [match or Match(None) for match in found])
        return self._with_numbers(proposed, matches)

    def _with_numbers(self, proposed: Sequence[ProposedItem], matches: list[Match]) -> list[Match]:
        """Say for which items their running number becomes their code, and tell which of the others have another."""
        given = numbers_given_later(proposed, [match.stored for match in matches], self._by_code)
        for place in given:
            matches[place] = replace(matches[place], takes_number=True)
        self._questions.say_renumbered([moved for place, moved in self._moved.items() if place not in given])
        return matches

    def _renumbered(self, proposed: Sequence[ProposedItem]) -> dict[int, Match]:
        """Return the matches of the rows whose items were numbered anew, by their places."""
        settled = self._same.get
        rows = Renumbering(
            proposed,
            self._by_code,
            self._only_one_titled,
            self._leads,
            self._since,
            lambda code: settled(code_key(code)),
        )
        found: dict[int, Match] = {}
        for chain in rows.chains():
            answer = rows.answer(chain, self._asking, likely=self._likely)
            if answer != CODES:
                hand_on_parts(chain, proposed)
            for row in chain:
                found[row.place] = self._match_of(proposed[row.place], row, answer)
        return found

    def _match_of(self, item: ProposedItem, row: Renumbered, answer: str | None) -> Match:
        """Return the match of a row whose item was numbered anew, if the answer is not that its code counts."""
        stored = self._by_code.get(code_key(str(row.code.value))) if answer == CODES else row.stored
        if stored is None:
            self._same_items.keep_new(item)
            return Match(None)
        match = self._take(item, row.code, stored, tr("as you said") if answer else "", is_said=bool(answer))
        return replace(match, is_asked=True, frees_code=answer != CODES)

    def _only_one_titled(self, title: str) -> StoredItem | None:
        """Return the item of the register with a title, or None if there is none, or more than one."""
        stored = self._titles.get(same_words(title))
        return stored if stored is not None and stored.id not in self._of_same_title else None

    @cached_property
    def _of_same_title(self) -> frozenset[int]:
        """The ids of the items whose titles others have too."""
        numbers = Counter(title_words(item.title) for item in self._stored)
        return frozenset(item.id for item in self._stored if numbers[title_words(item.title)] > 1)

    def _with_parts_of(self, proposed: Sequence[ProposedItem], found: list[Match]) -> list[Match]:
        """Give the parts of items that the files have under another code to those, and return the matches then."""
        for place, match in enumerate(found):
            parts = proposed[place]
            if match.stored is None or not has_only_parts(parts):
                continue
            item = self._taken.get(match.stored.id)
            if item is not None and item is not parts:
                item.milestones = _together(item.milestones, parts.milestones)
                item.indicators = _together(item.indicators, parts.indicators)
                found[place] = Match(match.stored, given_away=True)
        return found

    def _by_decision_or_code(self, item: ProposedItem, place: int) -> Match | None:
        code = code_given(item)
        if code is None:
            return None
        key = code_key(str(code.value))
        answer = self._same.get(key)
        if answer == NEW or (answer is None and self._added(item) is not None):
            return self._said_new(item, code)
        if answer is None and running_number(item) is not None:
            return None
        since = self._since(item.place) if answer is None else None
        if since is not None and key in since.gone:
            return Match(None)
        stored = self._with_code(item, key, since) if answer is None else self._by_code.get(code_key(answer))
        if stored is None:
            if answer is not None:
                what = tr("the register has no item '{code}'", code=answer)
                self._asking.error(code, Field.CODE, what, tr("Give the code of an item, or '{new}'", new=NEW))
            return None
        meant = self._as_numbers.meant(item, code, since, stored) if answer is None else None
        if meant is not None:
            if stored is not meant and (item.milestones or item.indicators):
                self._refuse_parts(code, meant, stored)
            return self._take(item, code, meant, "")
        if answer is None and self._has_title_of_another(item, stored):
            by_title = self._titles[same_words(title_of(item))]
            is_unsure = since is not None or _is_unsure(code, by_title)
            rows = self._of_two_items if is_unsure else self._exchanged
            rows.append(TwoItems(place, code, stored, by_title))
            return Match(stored)
        asked = self._asked(item, code, stored, since) if answer is None else None
        return asked or self._found(item, code, stored, as_said=answer is not None)

    def _by_former_code(self, proposed: Sequence[ProposedItem], found: list[Match | None]) -> None:
        """Find the items of another register whose codes were changed there since they came from it."""
        for place, code, stored in self._former.matches(proposed, found, self._by_code):
            if stored.id not in self._taken and code_key(str(code.value)) not in self._same:
                found[place] = self._take(proposed[place], code, stored, tr("had the code {code}", code=stored.code))

    def _with_code(self, item: ProposedItem, key: str, since: Since | None) -> StoredItem | None:
        """Return the item that had a code when its row was exported, or that has it now."""
        stored = self._by_code.get(key)
        renamed = since.codes.get(key) if since is not None else None
        if not renamed or (stored is not None and same_words(stored.title) == same_words(title_of(item))):
            # A row with the title of the item that has the code now is of that one: items were numbered anew.
            return stored
        return self._by_id[renamed]

    def _refuse_parts(self, code: Given, meant: StoredItem, stored: StoredItem) -> None:
        """Note that milestones or indicators with a code can be of two items, because it may have become a number."""
        if self._asking.has_error(code, Field.CODE):
            return
        what = tr(
            "the title is that of {meant}, whose code a spreadsheet program may have changed to {code}; the "
            "milestones and indicators with the code {code} can be of either",
            meant=meant.code,
            code=stored.code,
        )
        do = tr("Type the code {meant} again in a cell of text, on all sheets", meant=meant.code)
        self._asking.error(code, Field.CODE, what, do)

    def _said_new(self, item: ProposedItem, code: Given, *, gets_other_code: bool = False) -> Match:
        """Return that an item is new, as a person says, unless an earlier import added it because somebody said so.

        An item whose number is taken gets another code, and any other one with `gets_other_code`.
        """
        added = self._added(item)
        if added is None:
            self._same_items.keep_new(item)
            is_taken = code_key(str(code.value)) in self._by_code
            if is_taken and (gets_other_code or is_weak_code(code)):
                item.facts.setdefault(Field.NUMBER, code)
            return Match(None)
        if added.code_key != code_key(str(code.value)):
            item.facts.setdefault(Field.NUMBER, code)
        return self._take(item, code, added, tr("as you said earlier"))

    def _added(self, item: ProposedItem) -> StoredItem | None:
        """Return the item that an earlier import added because a person said that this one is new."""
        added = self._same_items.added(item)
        return None if added is None or added in self._taken else self._by_id.get(added)

    def _note_exchanged(self, proposed: Sequence[ProposedItem], found: list[Match | None]) -> None:
        """Ask also about rows with codes of the office and the titles of other items, if several codes were exchanged.

        The code of a single one says more than its title.
        """
        if len(self._exchanged) > 1:
            self._of_two_items = sorted([*self._of_two_items, *self._exchanged], key=lambda row: row.number)
            return
        for row in self._exchanged:
            found[row.number] = self._found(proposed[row.number], row.code, row.by_code, as_said=False)

    def _settle_two_items(self, proposed: list[ProposedItem], found: list[Match | None]) -> None:
        """Ask which items the rows are that have the code of one item and the title of another."""
        rows = list(settled(self._of_two_items, self._asking))
        parts = [_parts_of_code(proposed[row.number]) for row, said in rows if said is row.by_title]
        for row, said in rows:
            item = proposed[row.number]
            if said is row.by_title:
                # The item of the code has it.
                item.facts.setdefault(Field.NUMBER, row.code)
            how = tr("as you said") if said is not None else ""
            match = self._take(item, row.code, said or row.by_code, how, is_said=said is not None)
            found[row.number] = replace(match, is_asked=True)
        proposed += parts
        found += [Match(row.by_code) for row, said in rows if said is row.by_title]

    def _asked(self, item: ProposedItem, code: Given, stored: StoredItem, since: Since | None) -> Match | None:
        """Return the match that a person gives where a title speaks against the code, or None where none does."""
        if since is not None:
            is_newer = since.items.get(stored.id) is ADDED_SINCE
            answer = self._questions.ask_if_added(item, code, stored) if is_newer else None
            if answer == NEW:
                return self._said_new(item, code, gets_other_code=True)
            return self._found(item, code, stored, as_said=True) if answer else None
        # docs/decisions/0161: the number of a list says less than a code that an office gives an item.
        if is_weak_code(code) and has_other_title(item, stored, least_with_number(stored)):
            return self._asked_if_new(item, code, stored)
        return None

    def _found(self, item: ProposedItem, code: Given, stored: StoredItem, *, as_said: bool) -> Match:
        """Return the match of an item that was found by its code, or `as_said` by a person."""
        if has_only_parts(item):
            # The item itself can be in the files under another code.
            return Match(stored)
        if not as_said:
            self._questions.tell_other_task(item, code, stored)
        elif running_number(item) is not None:
            self._same_items.keep(item, stored)
        return self._take(item, code, stored, tr("as you said") if as_said else "", is_said=as_said)

    def _has_title_of_another(self, item: ProposedItem, stored: StoredItem) -> bool:
        """Return whether a row has the title of another item of the register, and never had that of this one."""
        since, words = self._since(item.place), same_words(title_of(item))
        then = since.items.get(stored.id, UNCHANGED) if since is not None else UNCHANGED
        known = {same_words(stored.title), same_words(str(then.get(Field.TITLE) or stored.title))}
        return bool(words) and words not in known and words in self._titles

    @cached_property
    def _titles(self) -> Mapping[str, StoredItem]:
        """The items of the register by their titles, in the form in which these are compared."""
        return {same_words(item.title): item for item in self._stored}

    def _asked_if_new(self, item: ProposedItem, code: Given, stored: StoredItem) -> Match:
        """Return whether a person means the item of the register whose number a row has, with another title."""
        answer = self._questions.ask(item, code, [Candidate(stored, round(likeness_of(item, stored)), by_number=True)])
        if answer == NEW:
            return self._said_new(item, code)
        return self._take(item, code, stored, tr("as you said") if answer else "", is_said=bool(answer))

    def _take(self, item: ProposedItem, given: Given, stored: StoredItem, how: str, *, is_said: bool = False) -> Match:
        first = self._taken.setdefault(stored.id, item)
        # Two rows with one code are an error already.
        if first is not item and not self._asking.has_error(given, Field.CODE):
            what = tr("this is {code} of the register, and so is {place}", code=stored.code, place=first.place)
            self._asking.error(given, Field.CODE, what, tr("Remove one of the two rows, or give it another code"))
        return Match(stored, how, is_said=is_said)

    def _as_said_earlier(self, proposed: Sequence[ProposedItem], found: list[Match | None]) -> None:
        """Find the items without a code of their own about which people said in earlier imports which they are."""
        for place, stored in self._same_items.earlier(proposed, self._stored).items():
            item = proposed[place]
            if found[place] is None and has_no_own_code(item) and stored.id not in self._taken:
                found[place] = self._take(item, item.facts[Field.TITLE], stored, tr("as you said earlier"))

    def _by_title_and_number(self, proposed: Sequence[ProposedItem], found: list[Match | None]) -> None:
        """Find the items whose code is a running number, by equal titles, and then by numbers if titles are alike."""
        places = [place for place, item in enumerate(proposed) if found[place] is None and running_number(item)]
        if not places:
            return
        items = [proposed[place] for place in places]
        free = [one for one in self._stored if one.id not in self._taken]
        for place, stored in pair_by_title(items, [title_of(item) for item in items], free, self._leads).items():
            item = items[place]
            number = item.facts[Field.CODE]
            moved = code_key(str(number.value)) != stored.code_key
            found[places[place]] = self._take(item, number, stored, tr("the titles are equal") if moved else "")
            if moved:
                self._moved[places[place]] = (number, stored)
        for place in places:
            if found[place] is None:
                found[place] = self._by_number(proposed[place])

    def _by_number(self, item: ProposedItem) -> Match | None:
        stored = self._free_with_number_of(item)
        if stored is None or (title_of(item) and likeness_of(item, stored) < least_with_number(stored)):
            return None
        return self._take(item, item.facts[Field.CODE], stored, "")

    def _free_with_number_of(self, item: ProposedItem) -> StoredItem | None:
        number = running_number(item)
        stored = self._by_code.get(code_key(str(number.value))) if number is not None else None
        return None if stored is None or stored.id in self._taken else stored

    def _with_number(self, item: ProposedItem, candidates: list[Candidate]) -> list[Candidate]:
        """Return the candidates for an item, with the item of the register whose code is its running number."""
        stored = self._free_with_number_of(item)
        if stored is None or any(candidate.item is stored for candidate in candidates):
            return candidates
        return [*candidates[: MOST_CANDIDATES - 1], Candidate(stored, round(likeness_of(item, stored)), by_number=True)]

    def _by_title(self, proposed: Sequence[ProposedItem], found: list[Match | None]) -> None:
        """Find the items without a code by equal titles."""
        places = [place for place, item in enumerate(proposed) if found[place] is None and code_given(item) is None]
        items = [proposed[place] for place in places]
        free = [one for one in self._stored if one.id not in self._taken] if items else []
        pairs = pair_by_title(items, [title_of(item) for item in items], free, self._leads)
        for place, stored in pairs.items():
            title = items[place].facts[Field.TITLE]
            found[places[place]] = self._take(items[place], title, stored, tr("the titles are equal"))

    def _by_title_to_made_code(self, proposed: Sequence[ProposedItem], found: list[Match | None]) -> None:
        """Find the items of the register to which no office gave a code yet: rows with a code have their titles."""
        # docs/decisions/0166: nobody uses the code of the program, so a title that only one item has is enough.
        free = [
            one
            for one in self._stored
            if is_made_key(one.code_key) and one.id not in self._taken and one.id not in self._of_same_title
        ]
        places = [place for place, item in enumerate(proposed) if found[place] is None and not has_no_own_code(item)]
        items = [proposed[place] for place in places] if free else []
        for place, stored in pair_by_title(items, [title_of(item) for item in items], free, self._leads).items():
            code = items[place].facts[Field.CODE]
            found[places[place]] = self._take(items[place], code, stored, tr("the titles are equal"))

    def _by_likeness(self, item: ProposedItem, candidates: Sequence[Candidate]) -> Match | None:
        title = item.facts.get(Field.TITLE)
        free = [candidate for candidate in candidates if candidate.item.id not in self._taken]
        if title is None or not free:
            return None
        if (added := self._added(item)) is not None:
            return self._take(item, title, added, tr("as you said earlier"))
        best = free[0]
        if self._likely and _is_clear(free):
            return self._take(item, title, best.item, _how(best))
        answer = self._questions.ask(item, title, free)
        chosen = next((candidate for candidate in free if candidate.item.code == answer), None)
        if chosen is None:
            if answer == NEW:
                self._same_items.keep_new(item)
            return None
        if has_no_own_code(item):
            self._same_items.keep(item, chosen.item)
        return self._take(item, title, chosen.item, _how(chosen), is_said=True)


def _is_unsure(code: Given, by_title: StoredItem) -> bool:
    """Return whether a code does not say for sure that a row is not the item of its title."""
    # docs/decisions/0166: an item with a code of the program still waits for the one of the office.
    return is_weak_code(code) or is_made_key(by_title.code_key)


def _parts_of_code(item: ProposedItem) -> ProposedItem:
    """Take the milestones and indicators from an item that the files give its code on other sheets, and return them."""
    own = ProposedItem(item.place, {Field.CODE: item.facts[Field.CODE]})
    for kind in (Field.MILESTONES.value, Field.INDICATORS.value):
        rows: list[ProposedRow] | None = getattr(item, kind)
        if rows is not None:
            setattr(own, kind, [one for one in rows if one.place.sheet != item.place.sheet])
            setattr(item, kind, [one for one in rows if one.place.sheet == item.place.sheet])
    return own


def _together(one: list[ProposedRow] | None, other: list[ProposedRow] | None) -> list[ProposedRow] | None:
    return [*(one or ()), *(other or ())] if one or other else one


def _is_clear(candidates: Sequence[Candidate]) -> bool:
    """Return whether the first of some candidates is likely, and no other one is nearly as alike."""
    best, others = candidates[0], candidates[1:]
    if best.by_number or best.likeness < LIKELY:
        return False
    return all(best.likeness - other.likeness >= _NEARLY for other in others)


def _how(candidate: Candidate) -> str:
    return tr("{likeness}% alike", likeness=candidate.likeness)
