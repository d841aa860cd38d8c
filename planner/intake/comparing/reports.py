"""Comparing the state of an item that files give (phase, percent, words) with the report that counts."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from planner.base.language import tr
from planner.base.views import view
from planner.domain.vocabulary import Confidence, MeasuredBy, Phase
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.item_facts import as_number, stored_text
from planner.intake.comparing.preview import Conflict, FieldChange, NewReport, Stored
from planner.intake.comparing.same_values import is_same
from planner.intake.comparing.stored import BY_FILES, NO_STATUS, REPORT_FACTS, Reported, StoredStatus
from planner.intake.proposed import Field, Given, ProposedItem

_PHASES, _RATINGS = frozenset(Phase), frozenset(Confidence)
# Most reports say what stands in the files, and share this.
_NOTHING_INFERRED: Mapping[Field, str] = {}


@view
class ComparedReport:
    """The report to be added, if any, and the conflicts with what officers reported."""

    report: NewReport | None = None
    conflicts: tuple[Conflict, ...] = ()


def compare_report(
    item: ProposedItem,
    last: StoredStatus | None,
    measured_by: str,
    as_of: date,
    asking: Asking,
    *,
    reported: Reported = BY_FILES,
    decide: Callable[[FieldChange], Conflict] = lambda change: Conflict(change, False),
) -> ComparedReport:
    """Return the report that an item needs so that the register agrees with the files.

    `reported` says which fields of the report that counts an officer wrote, and `decide` whose value counts of each of
    them. A value that the files only repeat from before is neither a conflict nor taken.
    """
    before = last or NO_STATUS
    facts = _facts(item, measured_by, before.phase, asking)
    changed = [
        fact
        for fact, value in facts.items()
        if not is_same(fact, getattr(before, fact.value), value) and not (last is None and value == 0)
    ]
    repeated = {fact for fact in changed if fact in reported.entered and _is_said(reported, fact, facts[fact])}
    differing = [
        _change(item, fact, getattr(before, fact.value), facts[fact]) for fact in changed if fact not in repeated
    ]
    conflicts = _conflicts(differing, before, reported, decide)
    kept = repeated | {conflict.change.field for conflict in conflicts if not conflict.taken}
    if len(kept) == len(changed):
        return ComparedReport(None, conflicts)
    chosen = {fact: value for fact, value in facts.items() if fact not in kept}
    words = before.done if Field.DONE in reported.entered else None
    return ComparedReport(_report(item, chosen, before, measured_by, as_of, words), conflicts)


def _is_said(reported: Reported, fact: Field, value: Stored) -> bool:
    """Return whether the files said this value before."""
    return any(is_same(fact, said, value) for said in reported.said.get(fact, ()))


def _conflicts(
    differing: Sequence[FieldChange],
    before: StoredStatus,
    reported: Reported,
    decide: Callable[[FieldChange], Conflict],
) -> tuple[Conflict, ...]:
    """Return the conflicts about the fields that an officer wrote."""
    found = [decide(change) for change in differing if change.field in reported.entered]
    kept = {one.change.field for one in found if not one.taken}
    phase_changes = Field.PHASE in {change.field for change in differing} - kept
    if before.phase is Phase.COMPLETED and not phase_changes:
        # A completed item is at 100%, as long as it is completed.
        found = [replace(one, taken=False) if one.change.field is Field.PERCENT else one for one in found]
    return tuple(found)


def _change(item: ProposedItem, fact: Field, old: Stored, new: Stored) -> FieldChange:
    given = item.facts[fact]
    return FieldChange(fact, old, new, given.place, None, given.inferred)


def _facts(item: ProposedItem, measured_by: str, before: Phase, asking: Asking) -> dict[Field, Stored]:
    found: dict[Field, Stored] = {}
    for fact in REPORT_FACTS:
        given = item.facts.get(fact)
        # The percent of an item that is measured by its milestones is computed from them.
        if given is None or given.value is None or (fact is Field.PERCENT and measured_by == MeasuredBy.MILESTONES):
            continue
        value = _value(given, fact, before, asking)
        if value is not None:
            found[fact] = value
    return found


def _value(given: Given, fact: Field, before: Phase, asking: Asking) -> Stored:
    if fact is Field.PHASE:
        return _phase(given, before, asking)
    if fact is Field.PERCENT:
        return _percent(given, asking)
    if fact is Field.CONFIDENCE:
        if given.value in _RATINGS:
            return Confidence(str(given.value))
        asking.error(given, fact, tr("this is not a rating"), tr("Give one of {words}", words=", ".join(Confidence)))
        return None
    return stored_text(asking, given, fact)


def _phase(given: Given, before: Phase, asking: Asking) -> Phase | None:
    if given.value not in _PHASES:
        asking.error(given, Field.PHASE, tr("this is not a phase"), tr("Give one of {words}", words=", ".join(Phase)))
        return None
    if given.value == Phase.MERGED and before is not Phase.MERGED:
        what = tr("the files do not say which item continues a merged item, so this phase is not imported")
        asking.remark(given, Field.PHASE, what, tr("Report the item as merged in the program"))
        return None
    return Phase(str(given.value))


def _percent(given: Given, asking: Asking) -> int | None:
    number = as_number(asking, given, Field.PERCENT)
    if number is not None and 0 <= number <= 100:
        return round(number)
    if number is not None:
        asking.error(given, Field.PERCENT, tr("this is not a percentage"), tr("Give a number from 0 to 100"))
    return None


def _report(
    item: ProposedItem,
    facts: Mapping[Field, Stored],
    before: StoredStatus,
    measured_by: str,
    as_of: date,
    words: Stored = None,
) -> NewReport:
    """Return the report with these facts. `words` says what was done if the facts do not."""
    values: dict[str, Any] = {fact.value: facts.get(fact, getattr(before, fact.value)) for fact in REPORT_FACTS}
    values["done"] = facts.get(Field.DONE, words)
    phase: Phase = values["phase"] if Field.PHASE in facts else _phase_after(item, before, facts)
    if phase is Phase.COMPLETED and measured_by != MeasuredBy.MILESTONES:
        values["percent"] = 100
    same_ending = phase is before.phase
    where = tr("imported from {place}", place=item.place)
    return NewReport(
        as_of,
        **{**values, "phase": phase},
        evidence=where if phase is Phase.COMPLETED and not same_ending else None,
        completed_on=(before.completed_on or as_of) if phase is Phase.COMPLETED else None,
        ended_on=(before.ended_on if same_ending else as_of) if phase.dropped else None,
        ending_reason=(before.ending_reason if same_ending else where) if phase.dropped else None,
        merged_into_id=before.merged_into_id if phase is Phase.MERGED else None,
        place=item.place,
        inferred=_inferred(item, facts, begins=phase is not before.phase) or _NOTHING_INFERRED,
    )


def _inferred(item: ProposedItem, facts: Iterable[Field], *, begins: bool) -> dict[Field, str]:
    """Return how the facts of a report follow from the files, where these do not say them directly."""
    notes = ((fact, item.facts[fact].inferred) for fact in facts)
    found = {fact: note for fact, note in notes if note}
    if begins and Field.PHASE not in facts and Field.DONE in facts:
        found[Field.PHASE] = tr("the files say what was done, so work is in progress")
    return found


def _phase_after(item: ProposedItem, before: StoredStatus, facts: Mapping[Field, Stored]) -> Phase:
    worked = facts.get(Field.PERCENT) or facts.get(Field.DONE)
    told = item.facts.get(Field.PHASE)
    if told is not None and told.inferred:
        # The words leave open whether the item has ended.
        return before.phase
    return Phase.IN_PROGRESS if before.phase is Phase.NOT_STARTED and worked else before.phase
