"""Reading the targets of a column beside a column of indicators: 12, 85%, ≥ 100 家 and at most 3 days."""

from collections.abc import Mapping, Sequence

from planner.base.language import tr
from planner.base.texts import as_typed_number
from planner.domain.typed_words import says_nothing
from planner.domain.vocabulary import Direction
from planner.intake.layout.cells.bounds import Bounded, bounded_number
from planner.intake.layout.cells.lists import entries_of
from planner.intake.layout.cells.reading import NOTHING, Doubt, Entry, Reading
from planner.intake.layout.cells.texts import text_of
from planner.intake.proposed import FactValue, Field, Severity
from planner.intake.sheets import Value

_LONGEST = 60


def target_in(value: Value) -> Bounded | None:
    """Return the target that a cell gives, or None if it is no single number with or without a unit."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Bounded(float(value), None, False)
    text = text_of(value)
    return bounded_number(as_typed_number(text).strip()) if text is not None and len(text) <= _LONGEST else None


def are_targets(value: Value) -> bool:
    """Return whether a cell is a target, or a list of them."""
    entries = entries_of(value) if isinstance(value, str) else [value]
    return all(target_in(entry) is not None for entry in entries)


def read_target(value: Value, _answered: bool = False) -> Reading:
    """Read a cell of targets as it is. What it means is known with the indicators of its row (`with_targets`)."""
    text = text_of(value)
    if text is None or says_nothing(text):
        return NOTHING
    return Reading(text)


def with_targets(entries: Sequence[Entry], target: FactValue, unit: FactValue) -> tuple[list[Entry], Doubt | None]:
    """Return the indicators of a row with their targets and units, and what a person should know.

    Several indicators in a cell have as many targets. A target in words stays behind the name of its indicator.
    """
    targets = _parts(target, len(entries))
    if targets is None or not entries:
        what = tr("the cell has another number of targets than its row has indicators, so that none has a target")
        return list(entries), Doubt(Severity.REMARK, what, tr("Give one target for each indicator, in the same order"))
    units = _parts(unit, len(entries)) or [str(unit)] * len(entries)
    pairs = zip(entries, targets, units, strict=True)
    return [_with_target(entry, one, of) for entry, one, of in pairs], None


def with_bases(entries: Sequence[Entry], base: FactValue) -> tuple[list[Entry], Doubt | None]:
    """Return the indicators of a row with their base values, and what a person should know."""
    bases = _parts(base, len(entries))
    numbers = [target_in(text) if text else None for text in bases or ()]
    if (
        not entries
        or bases is None
        or any(text and number is None for text, number in zip(bases, numbers, strict=True))
    ):
        what = tr("the cell does not have one base value for each indicator of its row, so that it is not imported")
        return list(entries), Doubt(Severity.REMARK, what, tr("Give one number for each indicator, in the same order"))
    pairs = zip(entries, numbers, strict=True)
    return [entry if number is None else {**entry, Field.BASELINE: number.value} for entry, number in pairs], None


def _parts(value: FactValue, number: int) -> list[str] | None:
    """Return the parts of a cell, one for each of a number of indicators, or None if it has another number."""
    text = "" if value is None else str(value)
    if number == 1 or not text:
        return [text] * number
    parts = entries_of(text)
    return parts if len(parts) == number else None


def _with_target(entry: Entry, text: str, unit: str) -> Mapping[Field, FactValue]:
    found = target_in(text) if text else None
    facts: dict[Field, FactValue] = dict(entry)
    if found is not None:
        facts[Field.TARGET] = found.value
        if found.is_most:
            facts[Field.DIRECTION] = Direction.DECREASE.value
    elif text:
        facts[Field.NAME] = f"{entry[Field.NAME]}: {text}"
    own = unit or (found.unit if found is not None else None)
    if own and Field.TARGET in facts:
        facts[Field.UNIT] = own
    return facts
