"""Comparing the items of the files with those of the register."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import partial

from planner.base.language import tr
from planner.domain.codes import code_key
from planner.domain.made_codes import MadeCodes, is_made
from planner.domain.vocabulary import ASSUMED, Basis
from planner.intake.cell_facts import gathered
from planner.intake.comparing.assumed import Assumed
from planner.intake.comparing.decided.conflicts import Conflicts
from planner.intake.comparing.decided.older_facts import OlderFacts
from planner.intake.comparing.differences.changes import Conflict, FieldChange, Stored
from planner.intake.comparing.differences.items import ChangedItem, NewItem
from planner.intake.comparing.exported.author import Author
from planner.intake.comparing.exported.copied_rows import CopiedRows
from planner.intake.comparing.exported.later_reports import LaterReports
from planner.intake.comparing.exported.moved_mergers import MovedMergers
from planner.intake.comparing.exported.moved_registers import MovedRegisters, ShownReport
from planner.intake.comparing.exported.since import UNCHANGED, Then
from planner.intake.comparing.exported.torn_rows import TornRows
from planner.intake.comparing.item_checks import BODIES, ItemChecks, Settings, keys_of, nothing_of
from planner.intake.comparing.item_facts import (
    NOTHING_BEFORE,
    Before,
    Fact,
    Known,
    removed_by_dash,
    stored_facts,
    without_lead,
)
from planner.intake.comparing.matching import Match
from planner.intake.comparing.numbering.codes_as_numbers import code_then
from planner.intake.comparing.numbering.running_numbers import running_number
from planner.intake.comparing.parts.indicators import Indicators
from planner.intake.comparing.parts.milestones import Milestones
from planner.intake.comparing.parts.parts import ComparedParts
from planner.intake.comparing.parts.setting import NewerParts, Older, PartSetting, nothing_older
from planner.intake.comparing.reports import CAN_BE_EMPTY, ComparedReport, Reporting, compare_report
from planner.intake.comparing.same_values import is_same
from planner.intake.comparing.stored import (
    BY_FILES,
    StoredItem,
    StoredRegister,
)
from planner.intake.proposed import Field, ProposedItem
from planner.intake.shared_keys import SharedKeys
from planner.intake.spoilt_codes import is_spoilt

_NOTHING_INFERRED: Mapping[Field, str] = {}


class Items:
    """Compares items one by one. The facts of an item refer to what `known` finds or adds.

    `author` says what the authors of the rows knew.
    """

    def __init__(self, stored: StoredRegister, known: Known, settings: Settings) -> None:
        self._stored = stored
        self._known = known
        self._asking = known.asking
        self._settings = settings
        self._checks = ItemChecks(stored, known, settings)
        self.author = Author(stored, settings.since, known.asking, known.told)
        self._made_codes = MadeCodes(stored.made_codes)
        self._assumed = Assumed(stored, known, settings.added_on)
        self._conflicts = Conflicts(known.asking, stored.declined, take_file=settings.take_file)
        self.older = OlderFacts(settings.days, settings.newer, known.asking, self._conflicts)
        self._told = known.told
        self.torn = TornRows(stored)
        self.copied = CopiedRows(stored, settings.since, settings.exported)
        self._moved = MovedRegisters(stored.plan, settings.exported, settings.since, known.asking, known.told)
        self._mergers = MovedMergers()
        self._later = LaterReports(stored.recorded, known.told)
        # Very many items can be new, so what they have in common is kept once.
        self._assumed_before: dict[tuple[Field, ...], tuple[Field, ...]] = {}

    def reserve(self, items: Sequence[ProposedItem], matches: Sequence[Match]) -> None:
        """Note the codes that the files give, so that no item without a code gets one of them."""
        self._mergers.note(items, matches)
        for item, match in zip(items, matches, strict=True):
            if match.stored is not None and match.frees_code:
                self._checks.free_code(match.stored)
            code = item.facts.get(Field.CODE)
            if code is not None and code.value and not self._is_only_number(item, match):
                self._made_codes.reserve(str(code.value))

    def _is_only_number(self, item: ProposedItem, match: Match) -> bool:
        """Return whether the code that the files give is a running number that does not become the item's code."""
        number = running_number(item)
        if number is None or match.takes_number:
            return False
        return match.stored is not None or code_key(str(number.value)) in self._checks.codes

    def _facts(self, item: ProposedItem, match: Match) -> dict[Field, Fact]:
        then = self.author.then(item, match.stored)
        read = stored_facts(item, self._known, _before(match.stored, then))
        facts = self._with_present_bodies(read, match.stored, then)
        for fact in (Field.SOURCE, Field.NOTE):
            if fact in facts and removed_by_dash(facts[fact].value, getattr(match.stored, fact.value, None)):
                facts[fact] = Fact(None, facts[fact].given)
        if self._is_only_number(item, match):
            facts.pop(Field.CODE, None)
        code = facts.get(Field.CODE)
        if match.stored is not None and code is not None and is_made(str(code.value)):
            # docs/decisions/0166: a code that the program made never replaces another one.
            del facts[Field.CODE]
            return facts
        was = code_then(match.stored, self.author.since(item.place)) if match.stored is not None else ""
        if match.stored is not None and code is not None and is_spoilt(str(code.value), was):
            if not self._is_unclear(item):
                self._told.spoilt_code(code.given, was)
            facts.pop(Field.CODE)
        return facts

    @staticmethod
    def _named_before(fact: Field, stored: StoredItem | None, then: Then | None) -> tuple[str, ...]:
        """Return the organisations that a fact of an item names, and those that it named when a file was exported."""
        now = keys_of(getattr(stored, fact.value)) if stored is not None else ()
        return (*now, *keys_of((then or UNCHANGED).get(fact)))

    def _with_present_bodies(
        self, facts: dict[Field, Fact], stored: StoredItem | None, then: Then | None
    ) -> dict[Field, Fact]:
        """Return facts with the organisation that has the work now for each that was merged into another one."""
        for fact in BODIES:
            known = facts.get(fact)
            if known is not None:
                before = self._named_before(fact, stored, then)
                now = self._known.organisations.as_of_now(keys_of(known.value), known.given, fact, before)
                facts[fact] = Fact(now if isinstance(known.value, tuple) else now[0], known.given)
        return facts

    def new(self, item: ProposedItem) -> NewItem | None:
        """Return a new item, or None if it cannot be stored. What the files do not give is assumed."""
        item = gathered(item)
        facts = self._without_gone_theme(self._facts(item, Match(None)))
        lead, supporting = facts.get(Field.LEAD), facts.get(Field.SUPPORTING)
        if lead is not None and supporting is not None:
            facts[Field.SUPPORTING] = without_lead(supporting, lead.value)
        title = facts.get(Field.TITLE)
        if title is None:
            self._checks.refuse_untitled(item)
            return None
        item = self.copied.without_copied(item, facts)
        facts = {fact: known for fact, known in facts.items() if fact in item.facts}
        given = {fact: known.value for fact, known in facts.items()}
        code = str(given.get(Field.CODE) or self._made_code(item))
        values = {**self._assumed.facts(item, given, code), **given}
        self._checks.check_code(facts.get(Field.CODE), code, None)
        self._checks.check_new(item, values, facts)
        inferred = {fact: known.given.inferred for fact, known in facts.items() if known.given.inferred}
        there = self._moved.assumed(item.place)
        assumed = tuple(fact for fact in values if fact not in given or fact in there)
        due: date = values[Field.DUE]  # type: ignore[assignment]
        said = self._moved.added_on(item.place, self._settings.as_of)
        added_on = self._assumed.added_on(values[Field.THEME], said)
        setting = PartSetting(
            due,
            self._asking,
            self._told,
            assumed_there=self._moved.assumed,
            reported_there=partial(self._moved.part_report, until=self._settings.as_of, added_on=added_on),
        )
        shown = self._moved.report(item.place, self._settings.as_of, added_on)
        state = Reporting(
            shown.reported_on or self._settings.as_of,
            str(values[Field.MEASURED_BY]),
            self._asking,
            self._told,
            is_new=self.author.since(item.place) is None,
            shown=shown,
            merged_into=self._mergers.target(shown, code, self._checks.codes),
        )
        report = compare_report(item, None, state)
        if report.report is not None:
            self._checks.require_added(item, code, added_on)
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

    def _made_code(self, item: ProposedItem) -> str:
        code = self._made_codes.next()
        number = running_number(item)
        if number is not None:
            self._told.numbered_again(number, code)
        else:
            self._told.uncoded(nothing_of(item), code)
        return code

    def existing(self, item: ProposedItem, match: Match) -> ChangedItem:
        """Return the differences between an item of the files and the item of the register that it is."""
        stored = match.stored
        assert stored is not None
        item = gathered(item)
        read = self._facts(item, match)
        item = self.copied.without_copied(item, read, stored)
        read = {fact: known for fact, known in read.items() if fact in item.facts}
        self.author.note_emptied(item, stored, {*read, *self._removed(item, stored)})
        facts = self._without_gone_theme(self.author.stated(item, stored, read))
        changes, conflicts, confirmed = self._differences(item, stored, facts)
        kept = {one.change.field for one in conflicts if not one.taken}
        facts = {fact: known for fact, known in facts.items() if fact not in kept}
        taken = [one.change for one in conflicts if one.taken]
        changes += self._checks.measure_lost(item, stored, facts, [*changes, *taken])
        self._checks.check_existing(item, stored, facts, [*changes, *taken])
        report = self._report(item, stored, facts)
        if (changes or conflicts or report.report or report.conflicts) and not match.is_asked:
            self.torn.note(item, stored, read, self.author.since(item.place))
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
        confirms, is_exported = _confirms(item, stored), self.author.since(item.place) is not None
        entered = self.author.entered(item, stored)
        changes, conflicts, confirmed = [], [], []
        lead: Stored = stored.lead
        for fact, known in facts.items():
            old = getattr(stored, fact.value)
            if fact is Field.SUPPORTING:
                known = without_lead(known, lead)
            if is_same(fact, old, known.value, ends_count=is_exported):
                if confirms and stored.basis_of(fact) in ASSUMED and (old or fact is not Field.SUPPORTING):
                    confirmed.append(fact)
                continue
            given = known.given
            moves = fact is Field.DUE and stored.agreed_due
            # A code that the program made stands for none, also if an act added the item.
            is_made_code = fact is Field.CODE and is_made(stored.code)
            change = FieldChange(fact, old, known.value, given.place, stored.basis_of(fact), given.inferred, moves)
            conflict = self._decided(
                item, stored, Conflict(change, False), is_entered=fact in entered and not is_made_code
            )
            if conflict is None:
                changes.append(change)
            else:
                conflicts.append(conflict)
            if fact in BODIES and (conflict is None or conflict.taken):
                self._checks.check_bodies(fact, old, known.value, given)
                lead = known.value if fact is Field.LEAD else lead
        return changes, conflicts, tuple(confirmed)

    def _decided(
        self, item: ProposedItem, stored: StoredItem, conflict: Conflict, *, is_entered: bool
    ) -> Conflict | None:
        """Return a conflict as people decided it, or None if the value of the file is simply a change."""
        if is_entered:
            return self._conflicts.decided(stored, conflict)
        return self._older(item, stored)(conflict)

    def _older(self, item: ProposedItem, stored: StoredItem) -> Older:
        """Return what decides about facts of an item of which the register can have newer ones than its file."""
        return nothing_older if self.author.since(item.place) is not None else partial(self.older.decided, stored)

    def _without_gone_theme(self, facts: dict[Field, Fact]) -> dict[Field, Fact]:
        """Return facts without a theme that was removed after the file was exported, which is an error."""
        theme = facts.get(Field.THEME)
        title = self._known.themes.gone_title(theme.value) if theme is not None else None
        if theme is None or title is None:
            return facts
        what = tr("the plan no longer has the theme '{title}'", title=title)
        self._asking.error(theme.given, Field.THEME, what, tr("Give another theme"))
        return {fact: known for fact, known in facts.items() if fact is not Field.THEME}

    def _removed(self, item: ProposedItem, stored: StoredItem) -> Collection[Field]:
        """Return the facts of a report that empty cells remove: the row of another register shows a later one."""
        return CAN_BE_EMPTY if self._later.is_later(stored.id, self._shown(item, stored)) else ()

    def _shown(self, item: ProposedItem, stored: StoredItem) -> ShownReport:
        return self._moved.report(item.place, self._settings.as_of, stored.added_on)

    def _report(self, item: ProposedItem, stored: StoredItem, facts: Mapping[Field, Fact]) -> ComparedReport:
        measured, lead = facts.get(Field.MEASURED_BY), facts.get(Field.LEAD)
        last = self._stored.statuses.get(stored.id)
        shown = self._shown(item, stored)
        if self._later.is_earlier(stored.id, shown, item.place):
            return ComparedReport()
        is_later = self._later.is_later(stored.id, shown)
        state = Reporting(
            shown.reported_on or self._settings.as_of,
            str(measured.value) if measured else stored.measured_by,
            self._asking,
            self._told,
            BY_FILES if is_later else self.author.reported(item, stored),
            partial(self._conflicts.decided, stored),
            is_exported=self.author.since(item.place) is not None,
            newer=self._stored.other_reports.newest.get(stored.id),
            is_later=is_later,
            shown=shown,
            merged_into=self._mergers.target(shown, stored.code, self._checks.codes),
        )
        compared = compare_report(item, last, state)
        if compared.report is None:
            self._later.note_other_evidence(stored.id, shown, item.place)
        else:
            self._checks.require_added(item, stored.code, stored.added_on)
            self._checks.require_lead_if_reopened(
                item, last, compared.report.phase, str(lead.value) if lead else stored.lead
            )
        return compared

    def _parts(self, item: ProposedItem, stored: StoredItem, facts: Mapping[Field, Fact]) -> list[ComparedParts]:
        if self._is_unclear(item):
            return []
        due: date = facts[Field.DUE].value if Field.DUE in facts else stored.due  # type: ignore[assignment]
        newer = NewerParts(self._settings.since, stored.id, self._stored.entered_parts, item.place)
        decide, older = partial(self._conflicts.decided, stored), self._older(item, stored)
        setting = PartSetting(
            due,
            self._asking,
            self._told,
            newer,
            decide,
            older,
            assumed_there=self._moved.assumed,
            reported_there=partial(self._moved.part_report, until=self._settings.as_of, added_on=stored.added_on),
            news=self._later.of_part,
            confirms=_confirms(item, stored),
        )
        found: list[ComparedParts] = []
        if item.milestones is not None or self._lists(item, Field.MILESTONES):
            milestones = Milestones(self._stored.milestones.get(stored.id, []), setting)
            found.append(milestones.compare(item.milestones or ()))
        if item.indicators is not None or self._lists(item, Field.INDICATORS):
            indicators = Indicators(self._stored.indicators.get(stored.id, []), setting)
            found.append(indicators.compare(item.indicators or ()))
        return found

    def _is_unclear(self, item: ProposedItem) -> bool:
        """Return whether the code of an item is an error, so that nobody knows whose parts have it."""
        code = item.facts.get(Field.CODE) if self._settings.unclear else None
        return code is not None and code_key(str(code.value)) in self._settings.unclear

    def _lists(self, item: ProposedItem, kind: Field) -> bool:
        """Return whether the files list the milestones or indicators of an item, so that none of them is left out."""
        return self.author.since(item.place) is not None and self._settings.exported.lists(kind.value)


def _before(stored: StoredItem | None, then: Then | None) -> Before:
    """Return the kind and the theme of an item, and those that it had when its row was exported."""
    if stored is None:
        return NOTHING_BEFORE
    was = then or UNCHANGED
    return {fact: {getattr(stored, fact.value), was.get(fact)} for fact in (Field.KIND, Field.THEME)}


def _confirms(item: ProposedItem, stored: StoredItem) -> bool:
    """Return whether values that the file repeats become the office's.

    An exported register has a column for the basis. It repeats values that are still working, and says so.
    """
    basis = item.facts.get(Field.BASIS)
    if basis is None or basis.value is None:
        return True
    return basis.value == Basis.REGISTERED and stored.basis_of(Field.TITLE) != Basis.REGISTERED
