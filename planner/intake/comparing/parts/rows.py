"""Reading the facts that the row of a milestone or an indicator gives."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

from planner.base.language import tr
from planner.domain.vocabulary import Direction
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.changes import Stored
from planner.intake.comparing.item_facts import as_day, as_number, as_weight, stored_text
from planner.intake.proposed import Field, Given, ProposedRow

# The rows of the files about one part. Only an indicator with several targets has more than one.
Group: TypeAlias = tuple[ProposedRow, ...]

_NUMBERS = frozenset({Field.BASELINE, Field.TARGET})
DAYS = frozenset({Field.DATE, Field.DUE})
# An empty cell removes these; an empty cell of any other fact says nothing.
REMOVABLE = frozenset({Field.TEST, Field.UNIT, Field.BASELINE})


class Read(NamedTuple):
    """A row with the facts that it gives, as the register stores them."""

    row: ProposedRow
    facts: Mapping[Field, Stored]
    is_gone: bool = False


def facts_of(row: ProposedRow, asking: Asking, facts: Iterable[Field]) -> tuple[dict[Field, Stored], list[str]]:
    """Return the facts that a row gives, as the register stores them, and how they were inferred."""
    found: dict[Field, Stored] = {}
    inferred: list[str] = []
    for fact in facts:
        given = row.facts.get(fact)
        if given is None or (given.value is None and fact not in REMOVABLE):
            continue
        value = _stored(asking, given, fact)
        if value is None and fact not in REMOVABLE:
            continue
        found[fact] = value
        if given.inferred:
            inferred.append(given.inferred)
    return found, inferred


def _stored(asking: Asking, given: Given, fact: Field) -> Stored:
    if given.value is None:
        return None if fact is Field.BASELINE else ""
    if fact is Field.WEIGHT:
        return as_weight(asking, given, fact)
    if fact in _NUMBERS:
        return as_number(asking, given, fact)
    if fact in DAYS:
        return as_day(asking, given, fact)
    if fact is Field.DIRECTION and given.value not in set(Direction):
        asking.error(given, fact, tr("this is not a direction"), tr("Give one of {words}", words=", ".join(Direction)))
        return None
    return stored_text(asking, given, fact)


def value_of(row: ProposedRow, fact: Field) -> object:
    """Return the value that a row gives for a fact, or None."""
    given = row.facts.get(fact)
    return None if given is None else given.value
