"""Comparing the indicators of one item, and their targets."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.base.formats import plain_number
from planner.base.language import tr
from planner.domain.indicators import against_direction, direction_to, name_key
from planner.domain.vocabulary import Basis, Direction
from planner.intake.comparing.differences.changes import Conflict, FieldChange, Stored
from planner.intake.comparing.differences.parts import MissingPart, NewPart, NewTarget
from planner.intake.comparing.parts.parts import Parts
from planner.intake.comparing.parts.rows import Group, Read, facts_of, value_of
from planner.intake.comparing.parts.setting import PartSetting
from planner.intake.comparing.same_values import is_same, title_words
from planner.intake.comparing.stored import StoredIndicator, StoredTarget
from planner.intake.proposed import Field, Given, ProposedRow


class Indicators(Parts[StoredIndicator]):
    """Compares the indicators of one item."""

    kind = Field.INDICATORS
    name_fact = Field.NAME
    # Those of the indicator itself, and those of each of its targets.
    own_facts = (Field.NAME, Field.UNIT, Field.DIRECTION, Field.BASELINE)
    target_facts = (Field.TARGET, Field.DUE)
    all_facts = (*own_facts, *target_facts)

    def __init__(self, stored: Sequence[StoredIndicator], setting: PartSetting) -> None:
        super().__init__(stored, setting)
        # The targets that rows name, and one row of each indicator.
        self._targets_found: set[int | None] = set()
        self._rows: dict[int, Read] = {}

    def _usual(self, new: int) -> dict[Field, Stored]:
        return {
            Field.UNIT: "",
            Field.DIRECTION: Direction.INCREASE.value,
            Field.BASELINE: None,
            Field.TARGET: None,
            Field.DUE: self._due,
        }

    def _assumed(self, facts: Mapping[Field, Stored]) -> dict[Field, str]:
        if Field.DUE in facts or facts.get(Field.TARGET) is None:
            return {}
        return {Field.DUE: tr("the files give no day, so the target has the due date of the item")}

    def _note_found(self, read: Read, part: StoredIndicator) -> None:
        self._targets_found.add(part.target_id)
        self._rows[part.id] = read

    def _missing(self, pairs: Sequence[tuple[Group, StoredIndicator | None]]) -> Iterator[MissingPart]:
        """Also yield the targets of an exported register whose rows somebody deleted."""
        yield from super()._missing(pairs)
        for part in self._stored:
            read = self._rows.get(part.id)
            if read is None or not self._newer.is_exported(read.row):
                continue
            for target in part.targets:
                if target.id not in self._targets_found and self._is_known(read, target):
                    yield MissingPart(Field.TARGET, part.number, self._target_name(part, target))

    @staticmethod
    def _target_name(part: StoredIndicator, target: StoredTarget) -> str:
        return tr(
            "the target {value} {unit} of {name} by {due}",
            value=plain_number(target.target),
            unit=part.unit,
            name=part.name,
            due=target.due,
        )

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

    def _grouped(self, rows: Sequence[ProposedRow]) -> list[Group]:
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

    def _new(self, group: Group, number: int, usual: Mapping[Field, Stored]) -> NewPart:
        first = super()._new(group[:1], number, usual)
        targets = []
        for row in group[1:]:
            facts, _ = facts_of(row, self._asking, self.all_facts)
            self._check(row, {**first.facts, **facts}, facts)
            self._check_own_facts(row, facts, first.facts)
            targets.append(self._further_target(row, facts))
        facts = dict(first.facts)
        if facts[Field.TARGET] is None:
            # Only a target has a day.
            facts.pop(Field.DUE)
        return replace(first, facts=facts, further_targets=tuple(filter(None, targets)))

    def _check_own_facts(self, row: ProposedRow, facts: Mapping[Field, Stored], first: Mapping[Field, Stored]) -> None:
        """Note an error for each fact of the indicator itself that a further row gives another value."""
        for fact in self.own_facts[1:]:
            if fact in facts and not is_same(fact, first[fact], facts[fact]):
                what = tr("another row of this indicator gives '{value}'", value=_plain(first[fact]))
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

    def _check_names(self, pairs: Sequence[tuple[Group, StoredIndicator | None]]) -> None:
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

    def _meant(self, rows: Sequence[Read], part: StoredIndicator) -> list[tuple[Read, StoredIndicator]]:
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
            usual = next((one for one in part.targets if one.due == self._due and one not in named.values()), None)
            if place not in named and usual is not None and Field.DUE not in rows[place].facts:
                # An earlier import of the file gave the target this day.
                named[place] = usual
            self._check_day(rows[place], named.get(place), part)
        return [(read, part.with_target(named.get(place))) for place, read in enumerate(rows)]

    def _without_gone(self, read: Read, part: StoredIndicator) -> Read:
        """Return a row without its target if that was removed since its export."""
        if self._by_day(read, part.targets) or not self._newer.is_target_gone(
            read.row, part, read.facts.get(Field.DUE)
        ):
            return read
        own = {fact: value for fact, value in read.facts.items() if fact in self.own_facts}
        return Read(read.row, own, is_gone=True)

    def _by_day(self, read: Read, targets: Iterable[StoredTarget]) -> StoredTarget | None:
        """Return the target by the day of a row: the one that its author knew by it before one that has it now."""
        day = read.facts.get(Field.DUE)
        by_day = {target.due: target for target in targets}
        by_day |= {known: one for one in targets if (known := self._newer.day_known(read.row, one)) is not None}
        return by_day.get(day) if isinstance(day, date) else None

    def _is_known(self, read: Read, target: StoredTarget) -> bool:
        return self._newer.day_known(read.row, target) is not None

    def _check_day(self, read: Read, target: StoredTarget | None, part: StoredIndicator) -> None:
        """Note an error if a row with another day gives one that is taken, or adds a target without a value."""
        due = read.row.facts.get(Field.DUE)
        if due is None or Field.DUE not in read.facts:
            return
        if any(one.due == due.value for one in part.targets if one is not target):
            what = tr("the indicator has another target for {due}", due=due.value)
            self._asking.error(due, Field.DUE, what, tr("Give another day"))
        elif target is not None and due.value in part.undone:
            what = tr("a target for {due} came with an import that was undone, and keeps its day", due=due.value)
            self._asking.error(due, Field.DUE, what, tr("Give another day, or add a row for a new target by this day"))
        elif target is None and part.targets and Field.TARGET not in read.facts:
            self._require_value(read.row)

    def _differences(self, read: Read, part: StoredIndicator, done: dict[Field, Stored]) -> Iterator[FieldChange]:
        """Also yield the day of a new target to which the row gives none: as that of a new indicator."""
        yield from super()._differences(read, part, done)
        given = read.row.facts.get(Field.TARGET)
        if part.target_id is not None or given is None or Field.DUE in read.facts or Field.TARGET not in read.facts:
            return
        if any(one.due == self._due for one in part.targets):
            what = tr("this target has no day, and the indicator has another one for {due}", due=self._due)
            self._asking.error(given, Field.TARGET, what, tr("Give the day of this target"))
            return
        why = tr("the files give no day, so the target has the due date of the item")
        yield FieldChange(Field.DUE, None, self._due, given.place, None, why, False)

    def _target(self, part: StoredIndicator) -> int | None:
        return part.target_id

    def _basis(self, part: StoredIndicator, fact: Field) -> Basis:
        target = next((one for one in part.targets if one.id == part.target_id), None)
        if target is None or fact not in self.target_facts:
            return part.basis
        return target.due_basis if fact is Field.DUE else target.basis

    def _conflict(self, part: StoredIndicator, change: FieldChange) -> Conflict:
        # The day tells the targets of an indicator apart, if it has several.
        is_one_of_several = change.field in self.target_facts and len(part.targets) > 1
        return Conflict(change, False, indicator=part.number, target_due=part.due if is_one_of_several else None)

    def _may_differ(self, fact: Field, changed: FieldChange, earlier: Stored) -> bool:
        if fact in self.target_facts:
            return True
        if not is_same(fact, earlier, changed.new, ends_count=False):
            what = tr("another row of this indicator gives '{value}'", value=_plain(earlier))
            self._asking.error(Given(_plain(changed.new), changed.place), fact, what, tr("Give one value in both"))
        return False

    def _leaves(self, part: StoredIndicator, facts: Mapping[Field, Stored]) -> Field | None:
        """Without a target there is no day by which it is due."""
        return Field.DUE if part.target is None and facts.get(Field.TARGET) is None else None


def _is_further_target(row: ProposedRow, group: Sequence[ProposedRow]) -> bool:
    """Return whether a row is a further target of the indicator of other rows."""
    due = value_of(row, Field.DUE)
    if due is None or due in (value_of(one, Field.DUE) for one in group):
        return False
    keys = value_of(row, Field.KEY), value_of(group[0], Field.KEY)
    if None not in keys:
        return keys[0] == keys[1]
    names = value_of(row, Field.NAME), value_of(group[0], Field.NAME)
    return None not in names and title_words(str(names[0])) == title_words(str(names[1]))


def _without_same_name(row: ProposedRow) -> ProposedRow:
    """Return a further row of an indicator without the name, if that is only what it is found by."""
    if value_of(row, Field.KEY) is not None:
        return row
    return replace(row, facts={fact: given for fact, given in row.facts.items() if fact is not Field.NAME})


def _said(row: ProposedRow) -> dict[Field, object]:
    """Return what a row says, with its name in a comparable form."""
    said: dict[Field, object] = {fact: given.value for fact, given in row.facts.items() if given.value is not None}
    return {**said, Field.NAME: name_key(str(said.get(Field.NAME)))}


def _plain(value: Stored) -> str:
    """Return a value as people write it: 120, not 120.0."""
    return plain_number(value) if isinstance(value, float) else str(value)
