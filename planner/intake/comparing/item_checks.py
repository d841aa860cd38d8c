"""What cannot be imported of an item: dates, codes, measures and organisations that contradict the register."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date

from planner.base.language import tr
from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.domain.vocabulary import MeasuredBy, Phase
from planner.intake.comparing.decided.newer_entries import NewerEntries
from planner.intake.comparing.differences.changes import FieldChange, Stored
from planner.intake.comparing.exported.since import SinceExport, not_exported
from planner.intake.comparing.item_facts import Fact, Known
from planner.intake.comparing.stored import REPORT_FACTS, StoredItem, StoredRegister, StoredStatus
from planner.intake.exported_rows import ExportedRows
from planner.intake.file_days import FileDays
from planner.intake.proposed import Field, Given, ProposedItem

# The facts that name organisations.
BODIES = (Field.LEAD, Field.SUPPORTING)


@value_class
class Settings:
    """What the comparison of items is told.

    `as_of` is the day of reports. With `take_file`, the files win in conflicts. `since` gives what changed since a row
    was exported, and `exported` says which rows were. `added_on` is the day from which the plan has new items, or None
    for its beginning. `unclear` are the keys of codes that are errors, so that nobody knows whose parts have them.
    `days` are those of the other facts of each file, and `newer` has what the register learned of items later.
    """

    as_of: date
    take_file: bool = False
    since: SinceExport = not_exported
    added_on: date | None = None
    exported: ExportedRows = field(default_factory=ExportedRows)
    unclear: frozenset[str] = frozenset()
    days: FileDays = field(default_factory=FileDays)
    newer: Mapping[int, NewerEntries] = field(default_factory=dict)


class ItemChecks:
    """Notes the errors of items. `codes` are those that the register and the files have, by their keys."""

    def __init__(self, stored: StoredRegister, known: Known, settings: Settings) -> None:
        self._stored = stored
        self._known = known
        self._settings = settings
        self._asking = known.asking
        self.codes = {item.code_key: item.code for item in stored.items}

    def check_new(self, item: ProposedItem, values: dict[Field, Stored], facts: Mapping[Field, Fact]) -> None:
        """Note the errors of a new item, and take a measure of another theme from it."""
        for fact in BODIES:
            known = facts.get(fact)
            self.check_bodies(fact, None, values.get(fact), known.given if known else nothing_of(item))
        self._check_dates(item, values)
        self._note_gone(values.get(Field.ACCOUNTABLE), facts)
        self._keep_measure_in_theme(item, values, facts)
        self._require_milestones(facts, has_milestones=bool(item.milestones))

    def refuse_untitled(self, item: ProposedItem) -> None:
        """Note an error about an item without a title. Rows of milestones and indicators may name an unknown item."""
        code = item.facts.get(Field.CODE)
        if code is None or (item.milestones is None and item.indicators is None):
            self._asking.error(nothing_of(item), Field.TITLE, tr("the item has no title"), tr("Give the item a title"))
            return
        what = tr("no item of these files or of the register has the code '{code}'", code=code.value)
        do = tr("Correct the code, or add the item to the files")
        self._asking.error(code, Field.CODE, what, do)

    def check_code(self, given: Fact | None, code: str, own: StoredItem | None) -> None:
        """Note an error if another item has the code."""
        key = code_key(code)
        other = self.codes.get(key)
        is_other = other is not None and (own is None or own.code_key != key)
        # Two rows of the files with one code were noted when the files were read.
        if is_other and given is not None and not self._asking.has_error(given.given, Field.CODE):
            what = tr("another item has the code {code}", code=other)
            self._asking.error(given.given, Field.CODE, what, tr("Give the item another code"))
        self.codes[key] = code

    def free_code(self, stored: StoredItem) -> None:
        """Note that the files give an item another code, so that another item can have its own."""
        self.codes.pop(stored.code_key, None)

    def _check_dates(self, item: ProposedItem, values: Mapping[Field, Stored]) -> None:
        start, due = values[Field.START], values[Field.DUE]
        given = item.facts.get(Field.DUE) or item.facts.get(Field.START)
        if given is not None and due < start:  # type: ignore[operator]
            what = tr("the item is due on {due}, before it starts on {start}", due=due, start=start)
            self._asking.error(given, Field.DUE, what, tr("Correct one of the two dates"))

    def _keep_measure_in_theme(
        self, item: ProposedItem, values: dict[Field, Stored], facts: Mapping[Field, Fact]
    ) -> str | None:
        """Take the measure from an item that is in another theme than its measure. Return why, or None."""
        measure = values.get(Field.MEASURE)
        if measure is None or self._known.measures.get(str(measure)) == values[Field.THEME]:
            return None
        why = tr("the measure {measure} belongs to another theme", measure=measure)
        stated = facts.get(Field.MEASURE)
        if stated is not None:
            self._asking.error(stated.given, Field.MEASURE, why, tr("Correct the theme or the measure"))
        values.pop(Field.MEASURE)
        return why

    def check_bodies(self, fact: Field, old: Stored, new: Stored, given: Given) -> None:
        """Note an error if a value names an organisation that has ended and that the old value does not name."""
        before = keys_of(old)
        self._known.organisations.require_existing((key for key in keys_of(new) if key not in before), given, fact)

    def measure_lost(
        self, item: ProposedItem, stored: StoredItem, facts: Mapping[Field, Fact], changes: Sequence[FieldChange]
    ) -> list[FieldChange]:
        """Return the change of the measure that an item loses because it moves to another theme, if any."""
        values: dict[Field, Stored] = {Field.THEME: stored.theme, Field.MEASURE: stored.measure}
        values |= {change.field: change.new for change in changes}
        moved = [change for change in changes if change.field in (Field.THEME, Field.MEASURE)]
        why = self._keep_measure_in_theme(item, values, facts) if moved else None
        if why is None or stored.measure is None:
            return []
        return [FieldChange(Field.MEASURE, stored.measure, None, moved[0].place, None, why)]

    def check_existing(
        self, item: ProposedItem, stored: StoredItem, facts: Mapping[Field, Fact], changes: Sequence[FieldChange]
    ) -> None:
        """Note the errors of an item of the register with the values that the files change."""
        values: dict[Field, Stored] = {Field.START: stored.start, Field.DUE: stored.due}
        values |= {change.field: change.new for change in changes}
        self._check_dates(item, values)
        self._note_gone(values.get(Field.ACCOUNTABLE), facts)
        start = facts.get(Field.START)
        if start is not None and stored.agreed_due and values[Field.START] > stored.baseline_due:  # type: ignore[operator]
            what = tr("the item was first agreed to be due on {due}, before this day", due=stored.baseline_due)
            self._asking.error(start.given, Field.START, what, tr("Give an earlier start"))
        if Field.CODE in values:
            self.check_code(facts.get(Field.CODE), str(values[Field.CODE]), stored)
        if Field.MEASURED_BY in values:
            has = (
                bool(item.milestones)
                or stored.id in self._stored.milestones
                or stored.id in self._stored.with_milestones
            )
            self._require_milestones(facts, has_milestones=has)

    def _note_gone(self, login: Stored, facts: Mapping[Field, Fact]) -> None:
        """Note that an item gets an accountable person who has left."""
        known = facts.get(Field.ACCOUNTABLE)
        if login and known is not None:
            self._known.people.note_gone(str(login), known.given)

    def require_lead_if_reopened(self, item: ProposedItem, last: StoredStatus | None, phase: Phase, lead: str) -> None:
        """Note an error if an item is opened again whose lead has ended."""
        given = item.facts.get(Field.PHASE)
        if last is not None and last.phase.terminal and not phase.terminal and given is not None:
            self._known.organisations.require_existing((lead,), given, Field.PHASE)

    def _require_milestones(self, facts: Mapping[Field, Fact], *, has_milestones: bool) -> None:
        """Note an error if an item would be measured by milestones that it does not have."""
        measured = facts.get(Field.MEASURED_BY)
        if measured is not None and measured.value == MeasuredBy.MILESTONES and not has_milestones:
            do = tr("Add its milestones, or let it be measured by reports")
            self._asking.error(measured.given, Field.MEASURED_BY, tr("the item has no milestones"), do)

    def require_added(self, item: ProposedItem, code: str, added_on: date | None) -> None:
        """Note an error if the day of the reports is before the day from which the plan has an item."""
        day = self._settings.as_of
        if added_on is None or day >= added_on:
            return
        fact = next(fact for fact in REPORT_FACTS if fact in item.facts)
        what = tr(
            "{code} was added to the plan on {added_on}, so there is no report on it as of {day}",
            code=code,
            added_on=added_on,
            day=day,
        )
        do = tr(
            "Give {added_on} or a later day as the day of the reports, or leave out what this row says of the state",
            added_on=added_on,
        )
        self._asking.error(item.facts[fact], fact, what, do)


def keys_of(value: Stored) -> tuple[str, ...]:
    """Return the organisations that a value of a lead or of those who support it names."""
    return value if isinstance(value, tuple) else () if value is None else (str(value),)


def nothing_of(item: ProposedItem) -> Given:
    """Return the value at which what is not in a cell is told: the title of an item, or nothing at its row."""
    return item.facts.get(Field.TITLE) or Given(None, item.place)
