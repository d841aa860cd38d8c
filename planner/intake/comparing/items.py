"""Comparing the items of the files with those of the register."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial

from planner.base.language import tr
from planner.base.views import value_class
from planner.domain.codes import code_key
from planner.domain.vocabulary import Basis, MeasuredBy, Phase
from planner.intake.comparing.assumed import Assumed
from planner.intake.comparing.decided.conflicts import Conflicts
from planner.intake.comparing.differences.changes import Conflict, FieldChange, Stored
from planner.intake.comparing.differences.items import ChangedItem, NewItem
from planner.intake.comparing.exported.since import UNCHANGED, SinceExport, Then, not_exported, only_repeats
from planner.intake.comparing.item_facts import Fact, Known, removed_by_dash, stored_facts
from planner.intake.comparing.matching import Match, code_given
from planner.intake.comparing.numbering.next_codes import NextCodes
from planner.intake.comparing.numbering.running_numbers import running_number
from planner.intake.comparing.parts.indicators import Indicators
from planner.intake.comparing.parts.milestones import Milestones
from planner.intake.comparing.parts.parts import ComparedParts
from planner.intake.comparing.parts.setting import NewerParts, PartSetting
from planner.intake.comparing.reports import ComparedReport, Reporting, compare_report
from planner.intake.comparing.same_values import is_same
from planner.intake.comparing.stored import (
    BY_FILES,
    REPORT_FACTS,
    Reported,
    StoredItem,
    StoredRegister,
    StoredStatus,
)
from planner.intake.proposed import Field, Given, ProposedItem
from planner.intake.shared_keys import SharedKeys
from planner.intake.spoilt_codes import is_spoilt

# The basis of values that nobody at the office entered. If the files repeat such a value, it becomes the office's.
_NOT_THE_OFFICES = frozenset({Basis.WORKING, Basis.DERIVED, Basis.SIMULATED})

# The facts that name organisations.
_BODIES = (Field.LEAD, Field.SUPPORTING)

_NOTHING_INFERRED: Mapping[Field, str] = {}


@value_class
class Settings:
    """What the comparison of items is told.

    `as_of` is the day of reports. With `take_file`, the files win in conflicts. `since` gives what changed since a row
    was exported. `added_on` is the day from which the plan has new items, or None for its beginning.
    """

    as_of: date
    take_file: bool = False
    since: SinceExport = not_exported
    added_on: date | None = None


class Items:
    """Compares items one by one. The facts of an item refer to what `known` finds or adds."""

    def __init__(self, stored: StoredRegister, known: Known, settings: Settings) -> None:
        self._stored = stored
        self._known = known
        self._asking = known.asking
        self._settings = settings
        self._codes = {item.code_key: item.code for item in stored.items}
        self._next_codes = NextCodes([item.code for item in stored.items])
        self._assumed = Assumed(stored, known, settings.added_on)
        self._conflicts = Conflicts(known.asking, stored.declined, take_file=settings.take_file)
        self._told = known.told
        # Very many items can be new, so what they have in common is kept once.
        self._assumed_before: dict[tuple[Field, ...], tuple[Field, ...]] = {}

    def reserve(self, items: Sequence[ProposedItem], matches: Sequence[Match]) -> None:
        """Note the codes that the files give, so that no item without a code gets one of them."""
        for item, match in zip(items, matches, strict=True):
            code = item.facts.get(Field.CODE)
            if code is not None and code.value and not self._is_only_number(item, match):
                self._next_codes.reserve(str(code.value))

    def _is_only_number(self, item: ProposedItem, match: Match) -> bool:
        """Return whether the code that the files give is a running number that does not become the item's code."""
        number = running_number(item)
        return number is not None and (match.stored is not None or code_key(str(number.value)) in self._codes)

    def _facts(self, item: ProposedItem, match: Match) -> dict[Field, Fact]:
        facts = self._with_present_bodies(stored_facts(item, self._known), match.stored, self._then(item, match.stored))
        for fact in (Field.SOURCE, Field.NOTE):
            if fact in facts and removed_by_dash(facts[fact].value, getattr(match.stored, fact.value, None)):
                facts[fact] = Fact(None, facts[fact].given)
        if self._is_only_number(item, match):
            facts.pop(Field.CODE, None)
        code = facts.get(Field.CODE)
        if match.stored is not None and code is not None and is_spoilt(str(code.value), match.stored.code):
            self._told.spoilt_code(code.given, match.stored.code)
            facts.pop(Field.CODE)
        return facts

    @staticmethod
    def _named_before(fact: Field, stored: StoredItem | None, then: Then | None) -> tuple[str, ...]:
        """Return the organisations that a fact of an item names, and those that it named when a file was exported."""
        now = _keys(getattr(stored, fact.value)) if stored is not None else ()
        return (*now, *_keys((then or UNCHANGED).get(fact)))

    def _with_present_bodies(
        self, facts: dict[Field, Fact], stored: StoredItem | None, then: Then | None
    ) -> dict[Field, Fact]:
        """Return facts with the organisation that has the work now for each that was merged into another one."""
        for fact in _BODIES:
            known = facts.get(fact)
            if known is not None:
                before = self._named_before(fact, stored, then)
                now = self._known.organisations.as_of_now(_keys(known.value), known.given, fact, before)
                facts[fact] = Fact(now if isinstance(known.value, tuple) else now[0], known.given)
        lead, supporting = facts.get(Field.LEAD), facts.get(Field.SUPPORTING)
        if lead is not None and supporting is not None:
            others = tuple(key for key in _keys(supporting.value) if key != lead.value)
            facts[Field.SUPPORTING] = Fact(others, supporting.given)
        return facts

    def _note_emptied(self, item: ProposedItem, stored: StoredItem, facts: Mapping[Field, Fact]) -> None:
        """Note the cells of an exported register that somebody emptied, but whose values an import does not remove."""
        if Field.BASIS not in item.facts:
            return
        status, since = self._stored.statuses.get(stored.id), self._settings.since(item.place)
        # The cells of values that the register has only since the export were empty in it.
        newer = {*since.items.get(stored.id, ()), *since.reports.get(stored.id, ())} if since is not None else ()
        for fact, given in item.facts.items():
            if given.value in (None, "", ()) and not given.inferred and fact not in facts and fact not in newer:
                kept = getattr(stored, fact.value, None) or getattr(status, fact.value, None)
                if kept not in (None, "", ()):
                    self._told.emptied(given, fact)

    def new(self, item: ProposedItem) -> NewItem | None:
        """Return a new item, or None if it cannot be stored. What the files do not give is assumed."""
        facts = self._without_gone_theme(self._facts(item, Match(None)))
        title = facts.get(Field.TITLE)
        if title is None:
            self._refuse_untitled(item)
            return None
        given = {fact: known.value for fact, known in facts.items()}
        code = str(given.get(Field.CODE) or self._next_code(item))
        values = {**self._assumed.facts(item, given, code), **given}
        self._check_code(facts.get(Field.CODE), code, None)
        self._check_new(item, values, facts)
        inferred = {fact: known.given.inferred for fact, known in facts.items() if known.given.inferred}
        assumed = tuple(fact for fact in values if fact not in given)
        due: date = values[Field.DUE]  # type: ignore[assignment]
        setting = PartSetting(due, self._asking, self._told)
        state = Reporting(self._settings.as_of, str(values[Field.MEASURED_BY]), self._asking, self._told)
        report = compare_report(item, None, state)
        added_on = self._assumed.added_on(values[Field.THEME])
        if report.report is not None:
            self._require_added(item, code, added_on)
        return NewItem(
            code=code,
            title=str(title.value),
            facts=SharedKeys({fact: value for fact, value in values.items() if value not in (None, ())}),
            assumed=self._assumed_before.setdefault(assumed, assumed),
            inferred=inferred or _NOTHING_INFERRED,
            place=item.place,
            milestones=Milestones((), setting).compare(item.milestones).new if item.milestones else (),
            indicators=Indicators((), setting).compare(item.indicators).new if item.indicators else (),
            report=report.report,
            added_on=added_on,
        )

    def _check_new(self, item: ProposedItem, values: dict[Field, Stored], facts: Mapping[Field, Fact]) -> None:
        """Note the errors of a new item, and take a measure of another theme from it."""
        for fact in _BODIES:
            known = facts.get(fact)
            self._check_bodies(fact, None, values.get(fact), known.given if known else _nothing(item))
        self._check_dates(item, values)
        self._keep_measure_in_theme(item, values, facts)
        self._require_milestones(facts, has_milestones=bool(item.milestones))

    def _refuse_untitled(self, item: ProposedItem) -> None:
        """Note an error about an item without a title. Rows of milestones and indicators may name an unknown item."""
        code = item.facts.get(Field.CODE)
        if code is None or (item.milestones is None and item.indicators is None):
            self._asking.error(_nothing(item), Field.TITLE, tr("the item has no title"), tr("Give the item a title"))
            return
        what = tr("no item of these files or of the register has the code '{code}'", code=code.value)
        do = tr("Correct the code, or add the item to the files")
        self._asking.error(code, Field.CODE, what, do)

    def _next_code(self, item: ProposedItem) -> str:
        code = self._next_codes.next()
        if self._next_codes.is_worth_telling and running_number(item) is None:
            self._told.uncoded(_nothing(item), code)
        return code

    def _check_code(self, given: Fact | None, code: str, own: StoredItem | None) -> None:
        """Note an error if another item has the code."""
        key = code_key(code)
        other = self._codes.get(key)
        is_other = other is not None and (own is None or own.code_key != key)
        # Two rows of the files with one code were noted when the files were read.
        if is_other and given is not None and not self._asking.has_error(given.given, Field.CODE):
            what = tr("another item has the code {code}", code=other)
            self._asking.error(given.given, Field.CODE, what, tr("Give the item another code"))
        self._codes[key] = code

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

    def existing(self, item: ProposedItem, match: Match) -> ChangedItem:
        """Return the differences between an item of the files and the item of the register that it is."""
        stored = match.stored
        assert stored is not None
        facts = self._facts(item, match)
        self._note_emptied(item, stored, facts)
        facts = self._without_gone_theme(self._stated(item, stored, facts))
        changes, conflicts, confirmed = self._differences(item, stored, facts)
        changes += self._measure_lost(item, stored, facts, changes)
        self._check_existing(item, stored, facts, changes)
        report = self._report(item, stored, facts)
        parts = self._parts(item, stored, facts)
        return ChangedItem(
            id=stored.id,
            code=stored.code,
            title=stored.title,
            place=item.place,
            matched=match.how,
            changes=tuple(changes),
            confirmed=confirmed,
            conflicts=(*conflicts, *report.conflicts),
            new_parts=tuple(part for compared in parts for part in compared.new),
            changed_parts=tuple(part for compared in parts for part in compared.changed),
            missing_parts=tuple(part for compared in parts for part in compared.missing),
            report=report.report,
        )

    def _differences(
        self, item: ProposedItem, stored: StoredItem, facts: Mapping[Field, Fact]
    ) -> tuple[list[FieldChange], list[Conflict], tuple[Field, ...]]:
        confirms = _confirms(item, stored)
        entered = self._entered(item, stored)
        changes, conflicts, confirmed = [], [], []
        for fact, known in facts.items():
            old = getattr(stored, fact.value)
            if is_same(fact, old, known.value):
                if confirms and stored.basis_of(fact) in _NOT_THE_OFFICES and (old or fact is not Field.SUPPORTING):
                    confirmed.append(fact)
                continue
            given = known.given
            moves = fact is Field.DUE and stored.agreed_due
            change = FieldChange(fact, old, known.value, given.place, stored.basis_of(fact), given.inferred, moves)
            conflict = self._conflicts.decided(stored, Conflict(change, False)) if fact in entered else None
            if conflict is None:
                changes.append(change)
            else:
                conflicts.append(conflict)
            if fact in _BODIES and (conflict is None or conflict.taken):
                self._check_bodies(fact, old, known.value, given)
        return changes, conflicts, tuple(confirmed)

    def _stated(self, item: ProposedItem, stored: StoredItem, facts: dict[Field, Fact]) -> dict[Field, Fact]:
        """Return the facts without those that an exported file only repeats from then, and note these."""
        then = self._then(item, stored) or UNCHANGED
        repeated = {
            fact
            for fact, known in facts.items()
            if only_repeats(then, fact, known.value) and not is_same(fact, getattr(stored, fact.value), known.value)
        }
        for fact in repeated:
            self._told.outdated(facts[fact].given, fact)
        return {fact: known for fact, known in facts.items() if fact not in repeated}

    def _without_gone_theme(self, facts: dict[Field, Fact]) -> dict[Field, Fact]:
        """Return facts without a theme that was removed after the file was exported, which is an error."""
        theme = facts.get(Field.THEME)
        title = self._known.themes.gone_title(theme.value) if theme is not None else None
        if theme is None or title is None:
            return facts
        what = tr("the theme '{title}' was removed from the plan after the file was exported", title=title)
        self._asking.error(theme.given, Field.THEME, what, tr("Give another theme"))
        return {fact: known for fact, known in facts.items() if fact is not Field.THEME}

    def _then(self, item: ProposedItem, stored: StoredItem | None) -> Then | None:
        """Return what changed of an item since its row was exported, or None if the row was not exported."""
        since = self._settings.since(item.place)
        return None if since is None or stored is None else since.items.get(stored.id, UNCHANGED)

    def _entered(self, item: ProposedItem, stored: StoredItem) -> Collection[Field]:
        """Return the facts of an item that got their values without the knowledge of the author of the files."""
        then = self._then(item, stored)
        return self._stored.entered.get(stored.id, ()) if then is None else then.keys()

    def _reported(self, item: ProposedItem, stored: StoredItem) -> Reported:
        """Return which facts of the report that counts the author of the files did not know."""
        since = self._settings.since(item.place)
        if since is None:
            return self._stored.reported.get(stored.id, BY_FILES)
        then = since.reports.get(stored.id, UNCHANGED)
        return Reported(frozenset(then), {fact: (value,) for fact, value in then.items()}) if then else BY_FILES

    def is_gone(self, item: ProposedItem) -> bool:
        """Return whether an item of an exported file was removed since from the register. It is told then."""
        since, code = self._settings.since(item.place), code_given(item)
        title = since.gone.get(code_key(str(code.value))) if since is not None and code is not None else None
        if title is None or code is None:
            return False
        what = tr(
            "'{title}' was removed from the register after the file was exported; it is not imported", title=title
        )
        do = tr("To have it again, give the row a new code and remove its exported_from")
        self._asking.remark(code, Field.CODE, what, do)
        return True

    def _check_bodies(self, fact: Field, old: Stored, new: Stored, given: Given) -> None:
        """Note an error if a value names an organisation that has ended and that the old value does not name."""
        before = _keys(old)
        self._known.organisations.require_existing((key for key in _keys(new) if key not in before), given, fact)

    def _measure_lost(
        self, item: ProposedItem, stored: StoredItem, facts: Mapping[Field, Fact], changes: Sequence[FieldChange]
    ) -> list[FieldChange]:
        values: dict[Field, Stored] = {Field.THEME: stored.theme, Field.MEASURE: stored.measure}
        values |= {change.field: change.new for change in changes}
        moved = [change for change in changes if change.field in (Field.THEME, Field.MEASURE)]
        why = self._keep_measure_in_theme(item, values, facts) if moved else None
        if why is None or stored.measure is None:
            return []
        return [FieldChange(Field.MEASURE, stored.measure, None, moved[0].place, None, why)]

    def _check_existing(
        self, item: ProposedItem, stored: StoredItem, facts: Mapping[Field, Fact], changes: Sequence[FieldChange]
    ) -> None:
        values: dict[Field, Stored] = {Field.START: stored.start, Field.DUE: stored.due}
        values |= {change.field: change.new for change in changes}
        self._check_dates(item, values)
        start = facts.get(Field.START)
        if start is not None and stored.agreed_due and values[Field.START] > stored.baseline_due:  # type: ignore[operator]
            what = tr("the item was first agreed to be due on {due}, before this day", due=stored.baseline_due)
            self._asking.error(start.given, Field.START, what, tr("Give an earlier start"))
        if Field.CODE in values:
            self._check_code(facts.get(Field.CODE), str(values[Field.CODE]), stored)
        if Field.MEASURED_BY in values:
            has = (
                bool(item.milestones)
                or stored.id in self._stored.milestones
                or stored.id in self._stored.with_milestones
            )
            self._require_milestones(facts, has_milestones=has)

    def _report(self, item: ProposedItem, stored: StoredItem, facts: Mapping[Field, Fact]) -> ComparedReport:
        measured, lead = facts.get(Field.MEASURED_BY), facts.get(Field.LEAD)
        last = self._stored.statuses.get(stored.id)
        state = Reporting(
            self._settings.as_of,
            str(measured.value) if measured else stored.measured_by,
            self._asking,
            self._told,
            self._reported(item, stored),
            partial(self._conflicts.decided, stored),
            is_exported=self._settings.since(item.place) is not None,
        )
        compared = compare_report(item, last, state)
        if compared.report is not None:
            self._require_added(item, stored.code, stored.added_on)
            self._require_lead_if_reopened(item, last, compared.report.phase, str(lead.value) if lead else stored.lead)
        return compared

    def _require_lead_if_reopened(self, item: ProposedItem, last: StoredStatus | None, phase: Phase, lead: str) -> None:
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

    def _require_added(self, item: ProposedItem, code: str, added_on: date | None) -> None:
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

    def _parts(self, item: ProposedItem, stored: StoredItem, facts: Mapping[Field, Fact]) -> list[ComparedParts]:
        due: date = facts[Field.DUE].value if Field.DUE in facts else stored.due  # type: ignore[assignment]
        newer = NewerParts(self._settings.since, stored.id, self._stored.entered_parts)
        setting = PartSetting(due, self._asking, self._told, newer, partial(self._conflicts.decided, stored))
        found: list[ComparedParts] = []
        if item.milestones is not None:
            milestones = Milestones(self._stored.milestones.get(stored.id, []), setting)
            found.append(milestones.compare(item.milestones))
        if item.indicators is not None:
            indicators = Indicators(self._stored.indicators.get(stored.id, []), setting)
            found.append(indicators.compare(item.indicators))
        return found


def _keys(value: Stored) -> tuple[str, ...]:
    """Return the organisations that a value of a lead or of those who support it names."""
    return value if isinstance(value, tuple) else () if value is None else (str(value),)


def _confirms(item: ProposedItem, stored: StoredItem) -> bool:
    """Return whether values that the file repeats become the office's.

    An exported register has a column for the basis. It repeats values that are still working, and says so.
    """
    basis = item.facts.get(Field.BASIS)
    if basis is None or basis.value is None:
        return True
    return basis.value == Basis.REGISTERED and stored.basis_of(Field.TITLE) != Basis.REGISTERED


def _nothing(item: ProposedItem) -> Given:
    return item.facts.get(Field.TITLE) or Given(None, item.place)
