"""Comparing the milestones and indicators that files give with those of an item."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Generic, NamedTuple, TypeAlias, TypeVar

from planner.base.language import tr
from planner.base.views import value_class, view
from planner.domain.indicators import against_direction, direction_to, name_key
from planner.domain.title_keys import free_key, key_of_title
from planner.domain.vocabulary import Direction
from planner.intake.comparing.asking import Asking, same_words
from planner.intake.comparing.decided.both_changed import file_counts
from planner.intake.comparing.item_facts import as_day, as_number, as_weight, stored_text
from planner.intake.comparing.preview import (
    ChangedPart,
    Conflict,
    FieldChange,
    MissingPart,
    NewPart,
    NewTarget,
    Stored,
)
from planner.intake.comparing.same_values import is_same
from planner.intake.comparing.since import ADDED_SINCE, UNCHANGED, SinceExport, Then, not_exported, only_repeats
from planner.intake.comparing.stored import StoredIndicator, StoredMilestone, StoredTarget
from planner.intake.proposed import Field, Given, ProposedRow
from planner.intake.shared_keys import SharedKeys

# What the milestones of an item weigh together.
WHOLE = 100.0

_Part = TypeVar("_Part", bound=StoredMilestone | StoredIndicator)


# The rows of the files about one part. Only an indicator with several targets has more than one.
_Group: TypeAlias = tuple[ProposedRow, ...]


class _Read(NamedTuple):
    """A row with the facts that it gives, as the register stores them."""

    row: ProposedRow
    facts: Mapping[Field, Stored]
    is_gone: bool = False


@view
class ComparedParts:
    """The differences between the milestones or indicators of an item and those that the files give."""

    new: tuple[NewPart, ...] = ()
    changed: tuple[ChangedPart, ...] = ()
    missing: tuple[MissingPart, ...] = ()


@value_class
class NewerParts:
    """What changed since the export of a file in the milestones or indicators of an item.

    With `take_file`, the values of the file count where both differ from those of then.
    """

    since: SinceExport = not_exported
    kind: Field = Field.MILESTONES
    item_id: int = 0
    take_file: bool = False

    def of(self, row: ProposedRow, part: StoredMilestone | StoredIndicator) -> Then | None:
        """Return what changed in a part since a row was exported, or None if the row was not exported."""
        since = self.since(row.place)
        if since is None:
            return None
        if isinstance(part, StoredMilestone):
            return since.milestones.get(part.id, UNCHANGED)
        changed = since.indicators.get(part.id, UNCHANGED)
        return changed if changed is ADDED_SINCE else {**changed, **since.targets.get(part.target_id or 0, UNCHANGED)}

    def day_known(self, row: ProposedRow, target: StoredTarget) -> date | None:
        """Return the day of a target that the author of a row knew, or None if the target was added since."""
        since = self.since(row.place)
        then = since.targets.get(target.id, UNCHANGED) if since is not None else UNCHANGED
        day = then.get(Field.DUE, target.due)
        return day if isinstance(day, date) else None

    def is_target_gone(self, row: ProposedRow, part: StoredIndicator, day: Stored) -> bool:
        """Return whether the target by a day was removed since a row was exported."""
        since = self.since(row.place)
        return since is not None and (part.id, day) in since.gone_targets

    def is_gone(self, row: ProposedRow) -> bool:
        """Return whether the part of an exported row was removed since."""
        since, key = self.since(row.place), row.facts.get(Field.KEY)
        return since is not None and key is not None and (self.kind, self.item_id, str(key.value)) in since.gone_parts


# No part of a new item can have changed.
_NOTHING_NEWER = NewerParts()


class _Parts(ABC, Generic[_Part]):
    """Compares the milestones of one item, or its indicators. Each kind of parts has a class of its own below."""

    kind: Field
    # The fact that is the name of a part, and all facts of a part that files can give.
    name_fact: Field
    all_facts: tuple[Field, ...]

    def __init__(self, stored: Sequence[_Part], due: date, asking: Asking, newer: NewerParts = _NOTHING_NEWER) -> None:
        self._stored = stored
        self._due = due
        self._asking = asking
        self._newer = newer

    def compare(self, rows: Sequence[ProposedRow]) -> ComparedParts:
        """Return the differences. A part is found by its key, its name or its number."""
        kept = [row for row in self._without_repeated(rows) if not self._newer.is_gone(row)]
        pairs = list(self._pairs(self._grouped(kept)))
        unknown = [group for group, part in pairs if part is None]
        usual = self._usual(len(unknown))
        first = max((part.number for part in self._stored), default=0) + 1
        new = [self._new(group, number, usual) for number, group in enumerate(unknown, first)]
        changed = [one for group, part in pairs if part is not None for one in self._changed(group, part)]
        self._check_names(pairs)
        found = {part.id for _, part in pairs if part is not None}
        missing = (
            MissingPart(self.kind, part.number, self._name(part)) for part in self._stored if part.id not in found
        )
        return ComparedParts(_with_own_keys(new, self._stored), tuple(changed), tuple(missing))

    @abstractmethod
    def _usual(self, new: int) -> dict[Field, Stored]:
        """Return the facts of a new part, one of `new`, of which the files say nothing."""

    def _assumed(self, facts: Mapping[Field, Stored]) -> Iterator[str]:
        """Yield what a person should know about the facts that the files do not give for a new part."""
        yield from ()

    def _leaves(self, part: _Part, facts: Mapping[Field, Stored]) -> Field | None:
        """Return the fact that a part keeps whatever the files say, if there is one."""
        return None

    def _without_repeated(self, rows: Sequence[ProposedRow]) -> Sequence[ProposedRow]:
        """Return the rows without those that say the same as an earlier one, if that means the same part."""
        return rows

    def _grouped(self, rows: Sequence[ProposedRow]) -> list[_Group]:
        """Return the rows, those of one part together."""
        return [(row,) for row in rows]

    def _check_names(self, pairs: Sequence[tuple[_Group, _Part | None]]) -> None:
        """Note an error if a part gets a name that another part of the item has, where that may not be."""

    def _follows(self, facts: Mapping[Field, Stored]) -> dict[Field, Stored]:
        """Return the facts of a new part that follow from what the files say of it."""
        return {}

    def _check(self, row: ProposedRow, after: Mapping[Field, Stored], given: Iterable[Field]) -> None:
        """Note an error if a part would contradict itself `after` the import. `given` are the facts that the files set.

        What the register has already is no error of the files.
        """

    def _meant(self, rows: Sequence[_Read], part: _Part) -> list[tuple[_Read, _Part]]:
        """Return each row of a part with the part in the form in which the row is about it."""
        return [(row, part) for row in rows]

    def _target(self, part: _Part) -> int | None:
        """Return the id of the target that the facts of the files are about."""
        return None

    def _moves(self, part: _Part) -> bool:
        """Return whether another date of a part is recorded as a move of the date."""
        return False

    def _is_entered(self, part: _Part, fact: Field) -> bool:
        """Return whether a person entered a fact of a part, so that another value of the files is a conflict."""
        return False

    @abstractmethod
    def _decided(self, part: _Part, change: FieldChange) -> FieldChange | Conflict | None:
        """Return what becomes of a change of a fact that has a newer value: a conflict, or the change if it is taken.

        Return None if the value of the register stays.
        """

    def _pairs(self, groups: Iterable[_Group]) -> Iterator[tuple[_Group, _Part | None]]:
        """Yield the rows of each part with the part that they are, each part at most once."""
        by_key = {part.key: part for part in self._stored if part.key}
        by_name = {same_words(self._name(part)): part for part in self._stored}
        by_number = {str(part.number): part for part in self._stored}
        free = {part.id for part in self._stored}
        for group in groups:
            row = group[0]
            keys = ((Field.KEY, by_key), (self.name_fact, by_name))
            part = next(filter(None, (_found(row, fact, known, free) for fact, known in keys)), None)
            numbered = _found(row, Field.NUMBER, by_number, free)
            # The author of an exported row did not know a part that was added since, so its number means another one.
            if part is None and numbered is not None and self._newer.of(row, numbered) is not ADDED_SINCE:
                part = numbered
            if part is not None:
                free.discard(part.id)
            yield group, part

    def _name(self, part: _Part) -> str:
        return str(getattr(part, self.name_fact.value))

    def _new(self, group: _Group, number: int, usual: Mapping[Field, Stored]) -> NewPart:
        row = group[0]
        facts, inferred = _facts(row, self._asking, self.all_facts)
        name = str(facts.get(self.name_fact) or "")
        values = {**usual, **self._follows(facts), **facts, self.name_fact: name}
        self._check(row, values, facts)
        return NewPart(self.kind, number, _key_of(row, name), values, row.place, (*inferred, *self._assumed(facts)))

    def _changed(self, group: _Group, part: _Part) -> Iterator[ChangedPart]:
        rows = [_Read(row, _facts(row, self._asking, self.all_facts)[0]) for row in group]
        done: dict[Field, Stored] = {}
        for read, meant in self._meant(rows, part):
            changed = self._changed_by(read, meant, done)
            if changed is not None:
                yield changed

    def _changed_by(self, read: _Read, part: _Part, done: dict[Field, Stored]) -> ChangedPart | None:
        """Return what a row changes. `done` are the facts of the part that earlier rows change already."""
        row, facts = read.row, read.facts
        then = self._newer.of(row, part)
        left = self._leaves(part, facts)
        changes, conflicts = [], []
        for fact, value in facts.items():
            old: Stored = getattr(part, fact.value)
            if is_same(fact, old, value) or fact is left:
                continue
            given, moved = row.facts[fact], fact is Field.DATE and self._moves(part)
            change = FieldChange(fact, old, value, given.place, None, given.inferred, moved)
            if then is not None and only_repeats(then, fact, value):
                continue
            if self._is_done(done, change):
                continue
            newer = self._is_entered(part, fact) if then is None else fact in then
            decided = self._decided(part, change) if newer else change
            if isinstance(decided, Conflict):
                conflicts.append(decided)
            elif decided is not None:
                changes.append(decided)
        if not changes and not conflicts:
            return None
        after = {fact: getattr(part, fact.value) for fact in self.all_facts}
        new = {change.field: change.new for change in changes}
        self._check(row, {**after, **done, **new}, new)
        return ChangedPart(
            self.kind,
            part.id,
            part.number,
            self._name(part),
            tuple(changes),
            self._target(part),
            tuple(conflicts),
        )

    def _is_done(self, done: dict[Field, Stored], change: FieldChange) -> bool:
        """Return whether an earlier row of the same part gives a fact another value already, and note it if not.

        It is an error if the two rows give different values.
        """
        if change.field in (Field.TARGET, Field.DUE):
            return False
        if change.field not in done:
            done[change.field] = change.new
            return False
        if not is_same(change.field, done[change.field], change.new):
            what = tr("another row of this indicator gives '{value}'", value=done[change.field])
            self._asking.error(Given(str(change.new), change.place), change.field, what, tr("Give one value in both"))
        return True


class Milestones(_Parts[StoredMilestone]):
    """Compares the milestones of one item.

    `entered` has the ids of those whose date a person moved. `conflict` decides which date counts of such a milestone,
    from the change and its number.
    """

    kind = Field.MILESTONES
    name_fact = Field.TITLE
    all_facts = (Field.TITLE, Field.DATE, Field.WEIGHT, Field.TEST)

    def __init__(
        self,
        stored: Sequence[StoredMilestone],
        due: date,
        asking: Asking,
        entered: frozenset[int] = frozenset(),
        conflict: Callable[[FieldChange, int], Conflict] = lambda change, number: Conflict(change, False, number),
        newer: NewerParts = _NOTHING_NEWER,
    ) -> None:
        super().__init__(stored, due, asking, newer)
        self._entered = entered
        self._decide = conflict

    def _usual(self, new: int) -> dict[Field, Stored]:
        return {Field.TEST: "", Field.DATE: self._due, Field.WEIGHT: self._weight(new)}

    def _weight(self, new: int) -> float:
        if self._stored:
            return sum(part.weight for part in self._stored) / len(self._stored)
        return round(WHOLE / new, 2) if new else WHOLE

    def _assumed(self, facts: Mapping[Field, Stored]) -> Iterator[str]:
        if Field.DATE not in facts:
            yield tr("the files give no date, so the milestone has the due date of the item")

    def _is_entered(self, part: StoredMilestone, fact: Field) -> bool:
        return fact is Field.DATE and part.id in self._entered

    def _decided(self, part: StoredMilestone, change: FieldChange) -> Conflict:
        return self._decide(change, part.number)

    def _moves(self, part: StoredMilestone) -> bool:
        return part.agreed_date


class Indicators(_Parts[StoredIndicator]):
    """Compares the indicators of one item."""

    kind = Field.INDICATORS
    name_fact = Field.NAME
    # Those of the indicator itself, and those of each of its targets.
    own_facts = (Field.NAME, Field.UNIT, Field.DIRECTION, Field.BASELINE)
    target_facts = (Field.TARGET, Field.DUE)
    all_facts = (*own_facts, *target_facts)

    def _usual(self, new: int) -> dict[Field, Stored]:
        return {
            Field.UNIT: "",
            Field.DIRECTION: Direction.INCREASE.value,
            Field.BASELINE: None,
            Field.TARGET: None,
            Field.DUE: self._due,
        }

    def _without_repeated(self, rows: Sequence[ProposedRow]) -> Sequence[ProposedRow]:
        kept: list[ProposedRow] = []
        for row in rows:
            name = row.facts.get(Field.NAME)
            if name is not None and _said(row) in map(_said, kept):
                what = tr("this indicator of the item is listed twice with the same values, so it is imported once")
                self._asking.remark(name, Field.NAME, what)
            else:
                kept.append(row)
        return kept

    def _grouped(self, rows: Sequence[ProposedRow]) -> list[_Group]:
        """A row with the key or the name of an earlier one, and with another day, is a further target of it."""
        # docs/decisions/0140: a target has no key of its own.
        groups: list[list[ProposedRow]] = []
        for row in rows:
            same = next((group for group in groups if _is_further_target(row, group)), None)
            if same is None:
                groups.append([row])
            else:
                same.append(_without_same_name(row))
        return [tuple(group) for group in groups]

    def _new(self, group: _Group, number: int, usual: Mapping[Field, Stored]) -> NewPart:
        first = super()._new(group[:1], number, usual)
        targets = []
        for row in group[1:]:
            facts, _ = _facts(row, self._asking, self.all_facts)
            self._check(row, {**first.facts, **facts}, facts)
            self._check_own_facts(row, facts, first.facts)
            targets.append(self._further_target(row, facts))
        return replace(first, further_targets=tuple(filter(None, targets)))

    def _check_own_facts(self, row: ProposedRow, facts: Mapping[Field, Stored], first: Mapping[Field, Stored]) -> None:
        """Note an error for each fact of the indicator itself that a further row gives another value."""
        for fact in self.own_facts[1:]:
            if fact in facts and not is_same(fact, first[fact], facts[fact]):
                what = tr("another row of this indicator gives '{value}'", value=first[fact])
                self._asking.error(row.facts[fact], fact, what, tr("Give one value in both"))

    def _further_target(self, row: ProposedRow, facts: Mapping[Field, Stored]) -> NewTarget | None:
        due, target = facts.get(Field.DUE), facts.get(Field.TARGET)
        if isinstance(target, float) and isinstance(due, date):
            return NewTarget(due, target, row.place)
        if target is None and Field.DUE in row.facts:
            self._require_value(row)
        return None

    def _require_value(self, row: ProposedRow) -> None:
        what = tr("this further row of the indicator has a day, but no target")
        self._asking.error(row.facts[Field.DUE], Field.DUE, what, tr("Give the target, or delete the row"))

    def _check_names(self, pairs: Sequence[tuple[_Group, StoredIndicator | None]]) -> None:
        taken = {name_key(part.name) for part in self._stored}
        for (row, *_), part in pairs:
            name = row.facts.get(Field.NAME)
            if name is None or (part is not None and name_key(part.name) == name_key(str(name.value))):
                continue
            if name_key(str(name.value)) in taken:
                what = tr("another indicator of the item has this name")
                do = tr("Give each indicator its own name, and each target of one indicator its own due date")
                self._asking.error(name, Field.NAME, what, do)
            taken.add(name_key(str(name.value)))

    def _follows(self, facts: Mapping[Field, Stored]) -> dict[Field, Stored]:
        baseline, target = (facts.get(fact) for fact in (Field.BASELINE, Field.TARGET))
        return {Field.DIRECTION: direction_to(baseline, target).value}  # type: ignore[arg-type]

    def _check(self, row: ProposedRow, after: Mapping[Field, Stored], given: Iterable[Field]) -> None:
        named = [fact for fact in (Field.TARGET, Field.DIRECTION, Field.BASELINE) if fact in given]
        if named:
            direction = Direction(str(after[Field.DIRECTION]))
            why = against_direction(direction, after[Field.BASELINE], after[Field.TARGET])  # type: ignore[arg-type]
            if why is not None:
                do = tr("Correct the target, the direction or the value at the beginning")
                self._asking.error(row.facts[named[0]], named[0], why, do)

    def _meant(self, rows: Sequence[_Read], part: StoredIndicator) -> list[tuple[_Read, StoredIndicator]]:
        """A row means the target by the day that its author knew.

        The other rows mean the last of those targets that no row names, in their order. What is left is new.
        """
        rows = [self._without_gone(read, part) for read in rows]
        named: dict[int, StoredTarget] = {}
        for place, read in enumerate(rows):
            target = self._by_day(read, part.targets)
            if target is not None and target not in named.values():
                named[place] = target
        others = [place for place in range(len(rows)) if place not in named and not rows[place].is_gone]
        free = [one for one in part.targets if one not in named.values() and self._is_known(rows[0], one)]
        named |= dict(zip(reversed(others), reversed(free), strict=False))
        for place in others:
            self._check_day(rows[place], named.get(place), part)
        return [(read, part.with_target(named.get(place))) for place, read in enumerate(rows)]

    def _without_gone(self, read: _Read, part: StoredIndicator) -> _Read:
        """Return a row without its target if that was removed since its export."""
        if self._by_day(read, part.targets) or not self._newer.is_target_gone(
            read.row, part, read.facts.get(Field.DUE)
        ):
            return read
        own = {fact: value for fact, value in read.facts.items() if fact in self.own_facts}
        return _Read(read.row, own, is_gone=True)

    def _by_day(self, read: _Read, targets: Iterable[StoredTarget]) -> StoredTarget | None:
        """Return the target by the day of a row: the one that its author knew by it before one that has it now."""
        day = read.facts.get(Field.DUE)
        by_day = {target.due: target for target in targets}
        by_day |= {known: one for one in targets if (known := self._newer.day_known(read.row, one)) is not None}
        return by_day.get(day) if isinstance(day, date) else None

    def _is_known(self, read: _Read, target: StoredTarget) -> bool:
        return self._newer.day_known(read.row, target) is not None

    def _check_day(self, read: _Read, target: StoredTarget | None, part: StoredIndicator) -> None:
        """Note an error if a row with another day gives one that is taken, or adds a target without a value."""
        due = read.row.facts.get(Field.DUE)
        if due is None or Field.DUE not in read.facts:
            return
        if any(one.due == due.value for one in part.targets if one is not target):
            what = tr("the indicator has another target for {due}", due=due.value)
            self._asking.error(due, Field.DUE, what, tr("Give another day"))
        elif target is None and part.targets and Field.TARGET not in read.facts:
            self._require_value(read.row)

    def _target(self, part: StoredIndicator) -> int | None:
        return part.target_id

    def _decided(self, part: StoredIndicator, change: FieldChange) -> FieldChange | None:
        name = tr("indicator {number}, {fact}", number=part.number, fact=change.field)
        given = Given(str(change.new), change.place)
        taken = file_counts(self._asking, given, name, change.old, take_file=self._newer.take_file)
        return change if taken else None

    def _leaves(self, part: StoredIndicator, facts: Mapping[Field, Stored]) -> Field | None:
        """Without a target there is no day by which it is due."""
        return Field.DUE if part.target is None and facts.get(Field.TARGET) is None else None


def _is_further_target(row: ProposedRow, group: Sequence[ProposedRow]) -> bool:
    """Return whether a row is a further target of the indicator of other rows."""
    due = _value_of(row, Field.DUE)
    if due is None or due in (_value_of(one, Field.DUE) for one in group):
        return False
    keys = _value_of(row, Field.KEY), _value_of(group[0], Field.KEY)
    if None not in keys:
        return keys[0] == keys[1]
    names = _value_of(row, Field.NAME), _value_of(group[0], Field.NAME)
    return None not in names and name_key(str(names[0])) == name_key(str(names[1]))


def _without_same_name(row: ProposedRow) -> ProposedRow:
    """Return a further row of an indicator without the name, if that is only what it is found by."""
    if _value_of(row, Field.KEY) is not None:
        return row
    return replace(row, facts={fact: given for fact, given in row.facts.items() if fact is not Field.NAME})


def _value_of(row: ProposedRow, fact: Field) -> object:
    given = row.facts.get(fact)
    return None if given is None else given.value


def _said(row: ProposedRow) -> dict[Field, object]:
    """Return what a row says, with its name in a comparable form."""
    said: dict[Field, object] = {fact: given.value for fact, given in row.facts.items() if given.value is not None}
    return {**said, Field.NAME: name_key(str(said.get(Field.NAME)))}


_NUMBERS = frozenset({Field.BASELINE, Field.TARGET})
_DAYS = frozenset({Field.DATE, Field.DUE})
# An empty cell removes these; an empty cell of any other fact says nothing.
_REMOVABLE = frozenset({Field.TEST, Field.UNIT, Field.BASELINE})


def _facts(row: ProposedRow, asking: Asking, facts: Iterable[Field]) -> tuple[dict[Field, Stored], list[str]]:
    """Return the facts that the files give, as the register stores them, and how they were inferred."""
    found: dict[Field, Stored] = {}
    inferred: list[str] = []
    for fact in facts:
        given = row.facts.get(fact)
        if given is None or (given.value is None and fact not in _REMOVABLE):
            continue
        value = _value(asking, given, fact)
        if value is None and fact not in _REMOVABLE:
            continue
        found[fact] = value
        if given.inferred:
            inferred.append(given.inferred)
    return found, inferred


def _value(asking: Asking, given: Given, fact: Field) -> Stored:
    if given.value is None:
        return None if fact is Field.BASELINE else ""
    if fact is Field.WEIGHT:
        return as_weight(asking, given, fact)
    if fact in _NUMBERS:
        return as_number(asking, given, fact)
    if fact in _DAYS:
        return as_day(asking, given, fact)
    if fact is Field.DIRECTION and given.value not in set(Direction):
        asking.error(given, fact, tr("this is not a direction"), tr("Give one of {words}", words=", ".join(Direction)))
        return None
    return stored_text(asking, given, fact)


def _found(row: ProposedRow, fact: Field, known: Mapping[str, _Part], free: set[int]) -> _Part | None:
    given = row.facts.get(fact)
    if given is None or given.value is None:
        return None
    text = str(given.value)
    part = known.get(text if fact is Field.KEY else same_words(text).removesuffix(".0"))
    return part if part is not None and part.id in free else None


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
