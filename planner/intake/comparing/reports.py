"""Comparing the state of an item that files give (phase, percent, words) with the report that counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from planner.base.language import tr
from planner.base.views import value_class, view
from planner.domain.vocabulary import Confidence, MeasuredBy, Phase
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.differences.changes import Conflict, FieldChange, Stored
from planner.intake.comparing.differences.items import NewReport
from planner.intake.comparing.exported.moved_registers import NOTHING_SHOWN, ShownReport
from planner.intake.comparing.item_facts import as_number, removed_by_dash, stored_text
from planner.intake.comparing.same_values import is_same
from planner.intake.comparing.stored import BY_FILES, NO_STATUS, REPORT_FACTS, Reported, StoredStatus
from planner.intake.comparing.telling.told import Told
from planner.intake.layout.cells.told_phases import can_be_completed, tells_of_end
from planner.intake.proposed import Field, Given, ProposedItem, Severity

_PHASES, _RATINGS = frozenset(Phase), frozenset(Confidence)
_NAMES = tuple((fact, fact.value) for fact in REPORT_FACTS)
# What an empty cell says too, in a row of another register with a later report.
CAN_BE_EMPTY = frozenset({Field.CONFIDENCE, Field.NEXT, Field.BLOCKER, Field.HELP_NEEDED, Field.DONE})
_TEXTS = frozenset({Field.DONE, Field.NEXT, Field.BLOCKER, Field.HELP_NEEDED})
# Most reports say what stands in the files, and share this.
_NOTHING_INFERRED: Mapping[Field, str] = {}


@view
class ComparedReport:
    """The report to be added, if any, and the conflicts with what officers reported."""

    report: NewReport | None = None
    conflicts: tuple[Conflict, ...] = ()


@value_class
class Reporting:
    """What comparing the state of one item depends on.

    `as_of` is the day of the report. `told` collects what is told once for all items. `reported` says which fields of
    the report that counts an officer wrote, and `decide` whose value counts of each of them. `is_exported` says that
    the item is a row of an exported register. It needs what a report needs to end an item: evidence or a reason. Of an
    item that `is_new`, "not started" is a report too: its office has reported. `shown` is what a row of another
    register shows of its report. With `is_later`, that is a report of a later day than the last one, which says all.
    `merged_into` is the code of the item that continues a merged one there, if it is here too after the import.
    """

    as_of: date
    measured_by: str
    asking: Asking
    told: Told
    reported: Reported = BY_FILES
    decide: Callable[[Conflict], Conflict] = lambda conflict: conflict
    is_exported: bool = False
    newer: date | None = None
    is_new: bool = False
    is_later: bool = False
    shown: ShownReport = NOTHING_SHOWN
    merged_into: str | None = None

    @property
    def is_computed(self) -> bool:
        """Whether the percent is computed from milestones."""
        return self.measured_by == MeasuredBy.MILESTONES

    def is_said(self, fact: Field, value: Stored) -> bool:
        """Return whether an earlier file already gave this value, and an officer has reported another one since."""
        return fact in self.reported.entered and any(
            is_same(fact, said, value) for said in self.reported.said.get(fact, ())
        )


def compare_report(item: ProposedItem, last: StoredStatus | None, state: Reporting) -> ComparedReport:
    """Return the report that an item needs so that the register agrees with the files.

    A value that the files only repeat from before is neither a conflict nor taken.
    """
    before = last or NO_STATUS
    facts = _facts(item, before, state)
    changed = [
        fact
        for fact, value in facts.items()
        if not is_same(fact, getattr(before, fact.value), value) and not (last is None and value == 0)
    ]
    repeated = {fact for fact in changed if state.is_said(fact, facts[fact])}
    for fact in repeated if state.is_exported else ():
        state.told.outdated(item.facts[fact], fact)
    differing = [
        _change(item, fact, getattr(before, fact.value), facts[fact]) for fact in changed if fact not in repeated
    ]
    conflicts = _conflicts(differing, before, state)
    kept = repeated | {conflict.change.field for conflict in conflicts if not conflict.taken}
    is_news = state.is_later or (state.is_new and _says_not_started(facts))
    if len(kept) == len(changed) and not is_news:
        return ComparedReport(None, conflicts)
    chosen = {fact: value for fact, value in facts.items() if fact not in kept}
    report = _report(item, chosen, before, state)
    if report.phase is not before.phase:
        _check_ending(item, report.phase, state)
    return ComparedReport(report if last is None else replace(report, before=_before(report, last)), conflicts)


def _says_not_started(facts: Mapping[Field, Stored]) -> bool:
    return facts.get(Field.PHASE) is Phase.NOT_STARTED or facts.get(Field.PERCENT) == 0


def _before(report: NewReport, last: StoredStatus) -> dict[Field, Stored]:
    """Return what stands in the last report of the fields that a new one changes. What was done then stays true."""
    pairs = ((fact, getattr(last, fact.value), getattr(report, fact.value)) for fact in REPORT_FACTS)
    return {
        fact: old
        for fact, old, new in pairs
        if not is_same(fact, old, new) and not (fact is Field.DONE and new is None)
    }


def _conflicts(differing: Sequence[FieldChange], before: StoredStatus, state: Reporting) -> tuple[Conflict, ...]:
    """Return the conflicts about the fields that an officer wrote."""
    found = [state.decide(Conflict(change, False)) for change in differing if change.field in state.reported.entered]
    kept = {one.change.field for one in found if not one.taken}
    phase_changes = Field.PHASE in {change.field for change in differing} - kept
    if before.phase is Phase.COMPLETED and not phase_changes:
        # A completed item is at 100%, as long as it is completed.
        found = [replace(one, taken=False) if one.change.field is Field.PERCENT else one for one in found]
    return tuple(found)


def _check_ending(item: ProposedItem, phase: Phase, state: Reporting) -> None:
    """Note an error if an exported register ends an item without what a report on its end needs.

    The first register of an office can say so: then it is told, and the report says that nothing was given.
    """
    given = item.facts.get(Field.PHASE)
    if given is None or phase not in (Phase.COMPLETED, Phase.CANCELLED):
        return
    if state.shown.evidence if phase is Phase.COMPLETED else state.shown.reason:
        return
    if not state.is_exported:
        # Words that say so are the reason.
        if phase is Phase.COMPLETED or not given.inferred:
            state.told.unfounded(given, phase, state.shown.ended_on or state.as_of)
        return
    if phase is Phase.COMPLETED:
        what = tr("a completed item needs evidence")
        do = tr("Report it in the program with its evidence, and write its earlier phase in this cell again")
    else:
        what = tr("a cancelled item needs a reason")
        do = tr("Report it in the program with the reason, and write its earlier phase in this cell again")
    state.asking.error(given, Field.PHASE, what, do)


def _change(item: ProposedItem, fact: Field, old: Stored, new: Stored) -> FieldChange:
    given = item.facts[fact]
    return FieldChange(fact, old, new, given.place, None, given.inferred)


def _facts(item: ProposedItem, before: StoredStatus, state: Reporting) -> dict[Field, Stored]:
    found: dict[Field, Stored] = {}
    if state.is_computed:
        _tell_of_computed(item, before, state)
    for fact in REPORT_FACTS:
        given = item.facts.get(fact)
        if given is None or given.value is None or (fact is Field.PERCENT and state.is_computed):
            if given is not None and fact in CAN_BE_EMPTY and state.is_later:
                found[fact] = None
            continue
        if fact in _TEXTS and removed_by_dash(given.value, getattr(before, fact.value)):
            if fact is not Field.DONE:
                found[fact] = None
            continue
        value = _value(given, fact, before.phase, state)
        if fact is Field.PERCENT and not _percent_counts(value, before, state, found.get(Field.PHASE)):
            _tell_of_percent(given, value, before, state)
            continue
        if value is not None:
            found[fact] = value
    return found


def _tell_of_computed(item: ProposedItem, before: StoredStatus, state: Reporting) -> None:
    """Say of a percent that is computed from milestones that it does not count, whatever its cell says."""
    for problem in state.asking.take_back(item.place, Field.PERCENT):
        if problem.severity is not Severity.REMARK:
            state.told.computed(Given(problem.value, problem.place))
            return
    given = item.facts.get(Field.PERCENT)
    percent = (
        round(given.value) if given is not None and isinstance(given.value, int | float) else given and given.value
    )
    if given is not None and percent and not _is_known(percent, before, state):
        state.told.computed(given)


def _is_known(percent: Stored, before: StoredStatus, state: Reporting) -> bool:
    """Return whether a percent is that of the last report, or one that an earlier file already gave."""
    return is_same(Field.PERCENT, before.percent, percent) or state.is_said(Field.PERCENT, percent)


def _percent_counts(percent: Stored, before: StoredStatus, state: Reporting, phase: Stored) -> bool:
    """Return whether a percent of the files counts. That of a completed item is 100."""
    is_completed = (phase or before.phase) is Phase.COMPLETED
    return _is_known(percent, before, state) or not is_completed or percent in (None, 100)


def _tell_of_percent(given: Given, percent: Stored, before: StoredStatus, state: Reporting) -> None:
    """Say what becomes of a percent that does not count. One that says nothing new is not told."""
    if _is_known(percent, before, state):
        return
    what = tr("the percentage of a completed item is 100, not {percent}", percent=percent)
    if state.is_exported:
        state.asking.error(given, Field.PERCENT, what, tr("Write 100, or another phase"))
    else:
        state.asking.remark(given, Field.PERCENT, what)


def _value(given: Given, fact: Field, before: Phase, state: Reporting) -> Stored:
    asking = state.asking
    if fact is Field.PHASE:
        return _phase(given, before, state)
    if fact is Field.PERCENT:
        return _percent(given, asking)
    if fact is Field.CONFIDENCE:
        if given.value in _RATINGS:
            return Confidence(str(given.value))
        asking.error(given, fact, tr("this is not a rating"), tr("Give one of {words}", words=", ".join(Confidence)))
        return None
    return stored_text(asking, given, fact)


def _phase(given: Given, before: Phase, state: Reporting) -> Phase | None:
    if given.value not in _PHASES:
        state.asking.error(
            given, Field.PHASE, tr("this is not a phase"), tr("Give one of {words}", words=", ".join(Phase))
        )
        return None
    if given.value == Phase.MERGED and before is not Phase.MERGED and state.merged_into is None:
        _tell_of_merger(given, state)
        return None
    return Phase(str(given.value))


def _tell_of_merger(given: Given, state: Reporting) -> None:
    into = state.shown.merged_into
    if into is None:
        what = tr("the files do not say which item continues a merged item, so this phase is not imported")
        do = tr("Report the item as merged in the program")
    else:
        what = tr(
            "this item was merged into {code} in its register. That item is not here, so this one counts", code=into
        )
        do = tr("Import the row of {code} as well, or report what became of this item", code=into)
    state.asking.remark(given, Field.PHASE, what, do)


def _percent(given: Given, asking: Asking) -> int | None:
    number = as_number(asking, given, Field.PERCENT)
    if number is not None and 0 <= number <= 100:
        return round(number)
    if number is not None:
        asking.error(given, Field.PERCENT, tr("this is not a percentage"), tr("Give a number from 0 to 100"))
    return None


def _report(item: ProposedItem, facts: Mapping[Field, Stored], before: StoredStatus, state: Reporting) -> NewReport:
    """Return the report with these facts."""
    values: dict[str, Any] = {name: facts.get(fact, getattr(before, name)) for fact, name in _NAMES}
    # What an officer wrote of what was done stays, and nothing else is carried over from the last report.
    values["done"] = facts.get(Field.DONE, before.done if Field.DONE in state.reported.entered else None)
    phase: Phase = values["phase"] if Field.PHASE in facts else _phase_after(item, before, facts)
    if phase is Phase.COMPLETED and not state.is_computed:
        values["percent"] = 100
    same_ending = phase is before.phase
    shown = state.shown
    ended_on, reason = shown.ended_on or state.as_of, shown.reason or _why_dropped(item)
    completed_on = shown.ended_on or before.completed_on or state.as_of
    if same_ending:
        ended_on, reason = shown.ended_on or before.ended_on or ended_on, shown.reason or before.ending_reason or reason
    return NewReport(
        state.as_of,
        **{**values, "phase": phase},
        evidence=shown.evidence or (_no_evidence(item) if phase is Phase.COMPLETED and not same_ending else None),
        completed_on=completed_on if phase is Phase.COMPLETED else None,
        ended_on=ended_on if phase.dropped else None,
        ending_reason=reason if phase.dropped else None,
        merged_into_id=before.merged_into_id if phase is Phase.MERGED else None,
        merged_into=state.merged_into if phase is Phase.MERGED and not same_ending else None,
        place=item.place,
        newer=state.newer,
        inferred=_inferred(item, facts, phase, before) or _NOTHING_INFERRED,
    )


def _no_evidence(item: ProposedItem) -> str:
    """Return what stands in place of the evidence, which no file can give: that there is none, and what says so."""
    return tr("no evidence given (imported from {place})", place=item.place)


def _why_dropped(item: ProposedItem) -> str:
    """Return why an item is cancelled: the words that say so, or that the file gives no reason."""
    told = item.facts.get(Field.PHASE)
    if told is not None and told.inferred:
        return tr("{words} (imported from {place})", words=told.inferred, place=item.place)
    return tr("no reason given (imported from {place})", place=item.place)


def _inferred(
    item: ProposedItem, facts: Mapping[Field, Stored], report: Phase, before: StoredStatus
) -> dict[Field, str]:
    """Return how the facts of a report follow from the files, where these do not say them directly."""
    notes = ((fact, item.facts[fact].inferred) for fact in facts)
    found = {fact: note for fact, note in notes if note}
    if Field.PHASE in facts:
        return found
    if before is NO_STATUS and report is Phase.NOT_STARTED and Field.PERCENT not in facts:
        found[Field.PHASE] = tr("the files give no phase, so the item counts as not started")
    elif report is before.phase:
        return found
    elif report is Phase.COMPLETED:
        found[Field.PHASE] = tr("the words can say that the item has ended, and its percentage is 100")
    elif _is_open(item) and facts.get(Field.PERCENT):
        found[Field.PHASE] = tr("the percentage is above 0, so work is in progress")
    elif Field.DONE in facts:
        found[Field.PHASE] = tr("the files say what was done, so work is in progress")
    return found


def _phase_after(item: ProposedItem, before: StoredStatus, facts: Mapping[Field, Stored]) -> Phase:
    """Return the phase of an item of which the files do not give one."""
    percent = facts.get(Field.PERCENT)
    if _is_open(item):
        done = item.facts.get(Field.DONE)
        if percent == 100 and not before.phase.dropped and done is not None and can_be_completed(str(done.value)):
            return Phase.COMPLETED
        worked: object = percent or (done is not None and tells_of_end(str(done.value)))
    else:
        worked = percent or facts.get(Field.DONE)
    return Phase.IN_PROGRESS if before.phase is Phase.NOT_STARTED and worked else before.phase


def _is_open(item: ProposedItem) -> bool:
    """Return whether words leave open whether work goes on or the item has ended."""
    told = item.facts.get(Field.PHASE)
    return told is not None and told.value is None and bool(told.inferred)
