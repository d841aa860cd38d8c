"""Comparing the milestones and indicators that files give with those of an item."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TypeVar

from planner.base.language import tr
from planner.base.views import view
from planner.domain.title_keys import free_key, key_of_title
from planner.domain.vocabulary import Direction
from planner.intake.comparing.asking import Asking, same_words
from planner.intake.comparing.item_facts import as_day, as_number, as_weight, is_same, stored_text
from planner.intake.comparing.preview import ChangedPart, FieldChange, MissingPart, NewPart, Stored
from planner.intake.comparing.stored import StoredIndicator, StoredMilestone
from planner.intake.proposed import Field, Given, ProposedRow
from planner.intake.shared_keys import SharedKeys

# What the milestones of an item weigh together.
WHOLE = 100.0

_Part = TypeVar("_Part", StoredMilestone, StoredIndicator)


@view
class ComparedParts:
    """The differences between the milestones or indicators of an item and those that the files give."""

    new: tuple[NewPart, ...] = ()
    changed: tuple[ChangedPart, ...] = ()
    missing: tuple[MissingPart, ...] = ()


class Milestones:
    """Compares the milestones of one item."""

    def __init__(self, stored: Sequence[StoredMilestone], due: date, entered: frozenset[int], asking: Asking) -> None:
        self._stored = stored
        self._due = due
        self._entered = entered
        self._asking = asking

    def compare(self, rows: Sequence[ProposedRow]) -> ComparedParts:
        """Return the differences. A milestone is found by its key, its title or its number."""
        pairs = list(_pairs(rows, self._stored, Field.TITLE, [part.title for part in self._stored]))
        weights = self._weights(sum(part is None for _, part in pairs))
        numbers = iter(range(_next_number(self._stored), len(rows) + _next_number(self._stored)))
        new = tuple(self._new(row, next(numbers), weights) for row, part in pairs if part is None)
        changed = tuple(filter(None, (self._changed(row, part) for row, part in pairs if part is not None)))
        return ComparedParts(
            _with_own_keys(new, self._stored), changed, _missing(Field.MILESTONES, pairs, self._stored)
        )

    def _weights(self, new: int) -> float:
        """Return the weight of a new milestone whose weight the files do not give."""
        if self._stored:
            return sum(part.weight for part in self._stored) / len(self._stored)
        return round(WHOLE / new, 2) if new else WHOLE

    def _new(self, row: ProposedRow, number: int, weight: float) -> NewPart:
        facts, inferred = _facts(row, self._asking, _MILESTONE_FACTS)
        values: dict[Field, Stored] = {Field.TEST: "", Field.DATE: self._due, Field.WEIGHT: weight, **facts}
        if Field.DATE not in facts:
            inferred.append(tr("the files give no date, so the milestone has the due date of the item"))
        title = str(values.get(Field.TITLE) or "")
        return NewPart(
            Field.MILESTONES, number, _key_of(row, title), {**values, Field.TITLE: title}, row.place, tuple(inferred)
        )

    def _changed(self, row: ProposedRow, part: StoredMilestone) -> ChangedPart | None:
        facts, _ = _facts(row, self._asking, _MILESTONE_FACTS)
        if part.id in self._entered:
            facts.pop(Field.DATE, None)
        changes = _changes(row, facts, lambda fact: getattr(part, fact.value), moves=part.agreed_date)
        return ChangedPart(Field.MILESTONES, part.id, part.number, part.title, changes) if changes else None


class Indicators:
    """Compares the indicators of one item."""

    def __init__(self, stored: Sequence[StoredIndicator], due: date, asking: Asking) -> None:
        self._stored = stored
        self._due = due
        self._asking = asking

    def compare(self, rows: Sequence[ProposedRow]) -> ComparedParts:
        """Return the differences. An indicator is found by its key, its name or its number."""
        pairs = list(_pairs(rows, self._stored, Field.NAME, [part.name for part in self._stored]))
        numbers = iter(range(_next_number(self._stored), len(rows) + _next_number(self._stored)))
        new = tuple(self._new(row, next(numbers)) for row, part in pairs if part is None)
        changed = tuple(filter(None, (self._changed(row, part) for row, part in pairs if part is not None)))
        return ComparedParts(
            _with_own_keys(new, self._stored), changed, _missing(Field.INDICATORS, pairs, self._stored)
        )

    def _new(self, row: ProposedRow, number: int) -> NewPart:
        facts, inferred = _facts(row, self._asking, _INDICATOR_FACTS)
        usual: dict[Field, Stored] = {Field.UNIT: "", Field.DIRECTION: Direction.INCREASE.value, Field.BASELINE: None}
        values = {**usual, Field.TARGET: None, Field.DUE: self._due, **facts}
        name = str(values.get(Field.NAME) or "")
        return NewPart(
            Field.INDICATORS, number, _key_of(row, name), {**values, Field.NAME: name}, row.place, tuple(inferred)
        )

    def _changed(self, row: ProposedRow, part: StoredIndicator) -> ChangedPart | None:
        facts, _ = _facts(row, self._asking, _INDICATOR_FACTS)
        if part.target is None and facts.get(Field.TARGET) is None:
            facts.pop(Field.DUE, None)
        changes = _changes(row, facts, lambda fact: getattr(part, fact.value))
        return ChangedPart(Field.INDICATORS, part.id, part.number, part.name, changes) if changes else None


_MILESTONE_FACTS = (Field.TITLE, Field.DATE, Field.WEIGHT, Field.TEST)
_INDICATOR_FACTS = (Field.NAME, Field.UNIT, Field.DIRECTION, Field.BASELINE, Field.TARGET, Field.DUE)
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


def _pairs(
    rows: Iterable[ProposedRow], stored: Sequence[_Part], title: Field, titles: Sequence[str]
) -> Iterator[tuple[ProposedRow, _Part | None]]:
    """Yield each row with the part that it is, each part at most once."""
    by_key = {part.key: part for part in stored if part.key}
    by_title = {same_words(text): part for text, part in zip(titles, stored, strict=True)}
    by_number = {str(part.number): part for part in stored}
    free = {part.id for part in stored}
    for row in rows:
        keys = ((Field.KEY, by_key), (title, by_title), (Field.NUMBER, by_number))
        part = next(filter(None, (_found(row, fact, known, free) for fact, known in keys)), None)
        if part is not None:
            free.discard(part.id)
        yield row, part


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


def _with_own_keys(
    new: Sequence[NewPart], stored: Sequence[StoredMilestone] | Sequence[StoredIndicator]
) -> tuple[NewPart, ...]:
    """Return the new parts, each with a key that no other part of the item has."""
    taken = {part.key for part in stored}
    found = []
    for part in new:
        key = free_key(part.key, taken)
        taken.add(key)
        found.append(NewPart(part.field, part.number, key, SharedKeys(part.facts), part.place, part.inferred))
    return tuple(found)


def _next_number(stored: Sequence[StoredMilestone] | Sequence[StoredIndicator]) -> int:
    return max((part.number for part in stored), default=0) + 1


def _changes(
    row: ProposedRow, facts: Mapping[Field, Stored], old: Callable[[Field], Stored], *, moves: bool = False
) -> tuple[FieldChange, ...]:
    """Return the changes of a part. `moves` says that another date is recorded as a move of the date."""
    found = []
    for fact, value in facts.items():
        given = row.facts[fact]
        if not is_same(old(fact), value):
            moved = moves and fact is Field.DATE
            found.append(FieldChange(fact, old(fact), value, given.place, None, given.inferred, moved))
    return tuple(found)


def _missing(
    kind: Field, pairs: Sequence[tuple[ProposedRow, _Part | None]], stored: Sequence[_Part]
) -> tuple[MissingPart, ...]:
    found = {part.id for _, part in pairs if part is not None}
    return tuple(MissingPart(kind, part.number, _title(part)) for part in stored if part.id not in found)


def _title(part: StoredMilestone | StoredIndicator) -> str:
    return part.title if isinstance(part, StoredMilestone) else part.name
