"""What comparing milestones and comparing indicators have in common."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from planner.base.texts import same_words
from planner.base.views import view
from planner.domain.title_keys import free_key, key_of_title
from planner.domain.vocabulary import AGREED, ASSUMED, Basis
from planner.intake.comparing.differences.changes import Conflict, FieldChange, Stored
from planner.intake.comparing.differences.parts import ChangedPart, MissingPart, NewPart, PartReport
from planner.intake.comparing.exported.since import ADDED_SINCE, only_repeats
from planner.intake.comparing.parts.rows import DAYS, REMOVABLE, Group, Read, facts_of, value_of
from planner.intake.comparing.parts.setting import PartSetting
from planner.intake.comparing.same_values import is_same, title_words
from planner.intake.comparing.stored import StoredIndicator, StoredMilestone
from planner.intake.proposed import Field, ProposedRow
from planner.intake.shared_keys import SharedKeys

_Part = TypeVar("_Part", bound=StoredMilestone | StoredIndicator)


@view
class ComparedParts:
    """The differences between the milestones or indicators of an item and those that the files give."""

    new: tuple[NewPart, ...] = ()
    changed: tuple[ChangedPart, ...] = ()
    missing: tuple[MissingPart, ...] = ()


class Parts(ABC, Generic[_Part]):
    """Compares the milestones of one item, or its indicators. Each kind of parts has a class of its own."""

    kind: Field
    # The fact that is the name of a part, and all facts of a part that files can give.
    name_fact: Field
    all_facts: tuple[Field, ...]

    def __init__(self, stored: Sequence[_Part], setting: PartSetting) -> None:
        self._stored = stored
        self._setting = setting
        self._due, self._asking, self._newer = setting.due, setting.asking, setting.newer

    def compare(self, rows: Sequence[ProposedRow]) -> ComparedParts:
        """Return the differences. A part is found by its key, its name or its number."""
        kept = [row for row in self._without_repeated(rows) if not self._newer.is_gone(row, self.kind)]
        pairs = self._pairs(self._grouped(kept))
        unknown = [group for group, part in pairs if part is None]
        usual = self._usual(len(unknown))
        first = max((part.number for part in self._stored), default=0) + 1
        new = [self._new(group, number, usual) for number, group in enumerate(unknown, first)]
        changed = [one for group, part in pairs if part is not None for one in self._changed(group, part)]
        self._check_names(pairs)
        return ComparedParts(_with_own_keys(new, self._stored), tuple(changed), tuple(self._missing(pairs)))

    def _missing(self, pairs: Sequence[tuple[Group, _Part | None]]) -> Iterator[MissingPart]:
        """Yield what the register has of the parts and the files do not, although their author knew it."""
        found = {part.id for _, part in pairs if part is not None}
        for part in self._stored:
            if part.id not in found and not self._newer.is_added_since(part):
                yield MissingPart(self.kind, part.number, self._name(part))

    @abstractmethod
    def _usual(self, new: int) -> dict[Field, Stored]:
        """Return the facts of a new part, one of `new`, of which the files say nothing."""

    def _assumed(self, facts: Mapping[Field, Stored]) -> dict[Field, str]:
        """Return what a person should know about facts that the files do not give for a new part, by their fields."""
        return {}

    def _leaves(self, part: _Part, facts: Mapping[Field, Stored]) -> Field | None:
        """Return the fact that a part keeps whatever the files say, if there is one."""
        return None

    def _without_repeated(self, rows: Sequence[ProposedRow]) -> Sequence[ProposedRow]:
        """Return the rows without those that say the same as an earlier one, if that means the same part."""
        return rows

    def _grouped(self, rows: Sequence[ProposedRow]) -> list[Group]:
        """Return the rows, those of one part together."""
        return [(row,) for row in rows]

    def _check_names(self, pairs: Sequence[tuple[Group, _Part | None]]) -> None:
        """Note an error if a part gets a name that another part of the item has, where that may not be."""

    def _follows(self, facts: Mapping[Field, Stored]) -> dict[Field, Stored]:
        """Return the facts of a new part that follow from what the files say of it."""
        return {}

    def _check(self, row: ProposedRow, after: Mapping[Field, Stored], given: Iterable[Field]) -> None:
        """Note an error if a part would contradict itself `after` the import. `given` are the facts that the files set.

        What the register has already is no error of the files.
        """

    def _meant(self, rows: Sequence[Read], part: _Part) -> list[tuple[Read, _Part]]:
        """Return each row of a part with the part in the form in which the row is about it."""
        return [(row, part) for row in rows]

    def _note_found(self, read: Read, part: _Part) -> None:
        """Note what a row is about, before its differences are looked for."""

    def _target(self, part: _Part) -> int | None:
        """Return the id of the target that the facts of the files are about."""
        return None

    def _moves(self, part: _Part) -> bool:
        """Return whether another date of a part is recorded as a move of the date."""
        return False

    @abstractmethod
    def _basis(self, part: _Part, fact: Field) -> Basis:
        """Return the basis of a fact that the register has of a part."""

    @abstractmethod
    def _conflict(self, part: _Part, change: FieldChange) -> Conflict:
        """Return the conflict about a fact of a part, in which nobody has decided yet."""

    def _may_differ(self, fact: Field, changed: FieldChange, earlier: Stored) -> bool:
        """Return whether two rows of one part may give a fact two values. If not, an error is noted."""
        return True

    def _pairs(self, groups: Sequence[Group]) -> list[tuple[Group, _Part | None]]:
        """Return the rows of each part with the part that they are, each part at most once.

        A number says less than a name, and a name less than a key, so all keys of the rows count first.
        """
        free = {part.id for part in self._stored}
        found: dict[int, _Part] = {}
        for fact, form, known in self._ways():
            for place, (row, *_) in enumerate(groups):
                given = value_of(row, fact) if place not in found else None
                part = known.get(form(str(given))) if given is not None else None
                part = part if part is not None and part.id in free else None
                # The author of an exported row did not know a part that was added since: its number means another.
                if part is not None and not (fact is Field.NUMBER and self._newer.of(row, part) is ADDED_SINCE):
                    found[place] = part
                    free.discard(part.id)
        return [(group, found.get(place)) for place, group in enumerate(groups)]

    def _ways(self) -> Iterator[tuple[Field, Callable[[str], str], Mapping[str, _Part]]]:
        """Yield the facts by which parts are found, the surest first, with the form in which a fact is compared."""
        yield Field.KEY, str, {part.key: part for part in self._stored if part.key}
        for form in (same_words, title_words):
            yield self.name_fact, form, {form(self._name(part)): part for part in self._stored}
        yield Field.NUMBER, _as_number, {str(part.number): part for part in self._stored}

    def _name(self, part: _Part) -> str:
        return str(getattr(part, self.name_fact.value))

    def _new(self, group: Group, number: int, usual: Mapping[Field, Stored]) -> NewPart:
        row = group[0]
        facts, inferred = facts_of(row, self._asking, self.all_facts)
        name = str(facts.get(self.name_fact) or "")
        values = {**usual, **self._follows(facts), **facts, self.name_fact: name}
        self._check(row, values, facts)
        assumed = self._assumed(facts)
        notes = (*inferred, *assumed.values())
        there = [fact for fact in self._setting.assumed_there(row.place) if fact in values]
        every = tuple(dict.fromkeys((*assumed, *there)))
        report = self._setting.reported_there(row.place)
        return NewPart(self.kind, number, _key_of(row, name), values, row.place, notes, report=report, assumed=every)

    def _changed(self, group: Group, part: _Part) -> Iterator[ChangedPart]:
        rows = [Read(row, facts_of(row, self._asking, self.all_facts)[0]) for row in group]
        done: dict[Field, Stored] = {}
        # All rows of an indicator show its value.
        report = self._news(group[0], part)
        for read, meant in self._meant(rows, part):
            self._note_found(read, meant)
            self._tell_untaken(read.row, meant)
            changed = self._changed_by(read, meant, done, report)
            if changed is not None:
                report = None
                yield changed

    def _news(self, row: ProposedRow, part: _Part) -> PartReport | None:
        """Return what a row of another register shows of a part and nobody reported here, or None."""
        report = self._setting.reported_there(row.place)
        return None if report is None else self._setting.news(part, report, row.place)

    def _tell_untaken(self, row: ProposedRow, part: _Part) -> None:
        """Note what a person edited in an exported row although an import takes it from no file."""
        if not self._newer.is_exported(row):
            return
        for fact in (Field.KEY, Field.NUMBER):
            given = row.facts.get(fact)
            if given is not None and not is_same(fact, _as_text(getattr(part, fact.value)), _as_text(given.value)):
                self._setting.told.not_taken(given, fact.value)
        then = self._newer.of(row, part) or {}
        for fact in self.all_facts:
            given = row.facts.get(fact)
            emptied = given is not None and given.value is None and not given.inferred and fact not in REMOVABLE
            if given is not None and emptied and fact not in then and getattr(part, fact.value) not in (None, ""):
                self._setting.told.emptied(given, fact)

    def _changed_by(
        self, read: Read, part: _Part, done: dict[Field, Stored], report: PartReport | None
    ) -> ChangedPart | None:
        """Return what a row changes, with a `report`. `done` are the facts that earlier rows change already."""
        changes, conflicts = [], []
        for change in self._differences(read, part, done):
            if change.field in self._newer.unknown(read.row, part):
                conflicts.append(self._setting.decide(self._conflict(part, change)))
            elif self._is_agreed(part, change) and (older := self._setting.older(self._conflict(part, change))):
                conflicts.append(older)
            else:
                changes.append(change)
        confirmed = self._confirmed(read, part)
        if not changes and not conflicts and not confirmed and report is None:
            return None
        found = ChangedPart(
            self.kind,
            part.id,
            part.number,
            self._name(part),
            tuple(changes),
            self._target(part),
            tuple(conflicts),
            confirmed,
            tuple(change.field for change in changes if change.field not in read.facts),
            report,
        )
        new = {change.field: change.new for change in found.written}
        after = {fact: getattr(part, fact.value) for fact in self.all_facts}
        self._check(read.row, {**after, **done, **new}, new)
        return found

    def _is_agreed(self, part: _Part, change: FieldChange) -> bool:
        """Return whether the office gave or agreed on the old value of a change."""
        # docs/decisions/0167: what is empty or assumed in the register is not asked about.
        return change.old not in (None, "") and self._basis(part, change.field) in AGREED

    def _confirmed(self, read: Read, part: _Part) -> tuple[Field, ...]:
        """Return the day of a part of the office that the register only assumed, and that a row gives too."""
        if (
            not self._setting.confirms
            or self._newer.is_exported(read.row)
            or self._basis(part, self.name_fact) in ASSUMED
        ):
            return ()
        return tuple(
            fact
            for fact in read.facts.keys() & DAYS
            if self._basis(part, fact) in ASSUMED and is_same(fact, getattr(part, fact.value), read.facts[fact])
        )

    def _differences(self, read: Read, part: _Part, done: dict[Field, Stored]) -> Iterator[FieldChange]:
        """Yield the facts of a row that differ from those of its part, each of them once for all rows of the part."""
        row, facts = read.row, read.facts
        then, left = self._newer.of(row, part), self._leaves(part, facts)
        is_exported = self._newer.is_exported(row)
        for fact, value in facts.items():
            old: Stored = getattr(part, fact.value)
            if is_same(fact, old, value, ends_count=is_exported) or fact is left:
                continue
            if then is not None and only_repeats(then, fact, value):
                self._setting.told.outdated(row.facts[fact], fact)
                continue
            given, moved = row.facts[fact], fact is Field.DATE and self._moves(part)
            change = FieldChange(fact, old, value, given.place, None, given.inferred, moved)
            if fact in done and not self._may_differ(fact, change, done[fact]):
                continue
            done.setdefault(fact, value)
            yield change


def _as_text(value: object) -> str | None:
    """Return a key or a number as a text."""
    return None if value is None else _as_number(str(value))


def _as_number(text: str) -> str:
    """Return the number of a part as people write it. A workbook has it as 1.0."""
    return same_words(text).removesuffix(".0")


def _key_of(row: ProposedRow, title: str) -> str:
    key = row.facts.get(Field.KEY)
    return str(key.value) if key is not None and key.value else key_of_title(title)


def _with_own_keys(new: Iterable[NewPart], stored: Sequence[_Part]) -> tuple[NewPart, ...]:
    """Return the new parts, each with a key that no other part of the item has."""
    taken = {part.key for part in stored}
    found = []
    for part in new:
        key = free_key(part.key, taken)
        taken.add(key)
        found.append(replace(part, key=key, facts=SharedKeys(part.facts)))
    return tuple(found)
