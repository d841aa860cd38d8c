"""Compare what a status sheet has about one item with the register: new, unchanged, kept, or an error."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.numbers import without_percent_sign
from planner.base.visible_text import one_line
from planner.domain.period_names import period_name
from planner.domain.rules.periods import period_days
from planner.domain.symbols import words
from planner.domain.vocabulary import MeasuredBy, Phase
from planner.queries.history.expected_state import ExpectedState, expected_state_of
from planner.queries.items.item import ItemDetail
from planner.queries.items.register import read_items
from planner.register.reading import Reading
from planner.reporting.entry import entry_of
from planner.reporting.fields import label_of, milestone_field, numbered_parts, part_of
from planner.reporting.form import ReportForm, initial_texts
from planner.sheets.identity import SheetRow
from planner.sheets.item_state import current_texts, repeatable_texts, same_value, without_repeated
from planner.sheets.preview import FieldChange, Outcome, SheetLine
from planner.sheets.reading.cell_values import plain_text, text_of_field
from planner.sheets.reading.filled import FilledCell, FilledRow, FilledSheet
from planner.sheets.words import is_marked
from planner.writes.reports.received import ReceivedEntry

_UNCHANGED = "unchanged"
# What a milestone's row says without its other cells.
_ALONE = ("met", "forecast")


@dataclass
class ItemComparison:
    """The rows of a sheet about an item, and the item as it is now, or None if the plan no longer has it.

    `bodies` are the keys of the organisation of the sheet, and `names` the names of people by login. `taken` is true if
    the entries replace what was reported since the sheet was sent out.
    """

    reading: Reading
    sheet: FilledSheet
    sent: SheetRow
    rows: Sequence[FilledRow]
    detail: ItemDetail | None
    bodies: Collection[str]
    names: Mapping[str, str]
    taken: bool
    _line: SheetLine = field(init=False)
    _faulty: set[str] = field(default_factory=set)
    _faulty_fields: set[str] = field(default_factory=set)

    def line(self) -> SheetLine:
        """Return what happens with the entries. All errors in them are noted, as far as they can be told apart."""
        cells = {name: cell for row in self.rows for name, cell in row.cells.items()}
        title = self.detail.item.title if self.detail else ""
        organisation = self.sheet.identity.organisation
        line = SheetLine(
            self.sent.code,
            title,
            organisation,
            Outcome.ERROR,
            self.rows[0].place,
            cells=cells,
            places={name: place for row in self.rows for name, place in row.places.items()},
            rows={part_of(name): row.place for row in reversed(self.rows) for name in row.cells},
            code_now=self.detail.item.code if self.detail else "",
        )
        self._line = line
        if self.detail is None:
            what = tr("the plan no longer has the item {code}", code=self.sent.code)
            line.note("", what, tr("Remove the entries, or leave the item out"))
            return line
        texts, unchanged = self._texts(cells)
        self._decide(self.detail, texts, unchanged=unchanged)
        return line

    @property
    def as_of(self) -> date:
        """The day for which the entries count: today, or the end of the sheet's period if it is over."""
        return min(self.reading.as_of, self._period[1])

    @cached_property
    def _period(self) -> tuple[date, date]:
        return period_days(self.reading.plan.settings, self.sheet.identity.day)

    @cached_property
    def _expected(self) -> ExpectedState:
        assert self.detail is not None
        return expected_state_of(self.detail.item, self.detail.indicators)

    def _texts(self, cells: Mapping[str, FilledCell]) -> tuple[dict[str, str], bool]:
        """Return the texts of the filled fields, and whether "no change" is marked. Note what cannot be read."""
        texts, unchanged = {}, False
        for name, cell in cells.items():
            try:
                if name == _UNCHANGED:
                    unchanged = self._marked(cell)
                    continue
                text = text_of_field(name, cell.value, self.sheet.identity.words, from_1904=cell.from_1904)
            except BadValueError as error:
                self._problem(name, error)
                continue
            kind, number, _ = numbered_parts(name) or ("", 0, "")
            if kind == "indicator" and self.detail is not None:
                units = (one.unit for one in self.detail.indicators if one.number == number)
                text = without_percent_sign(text, next(units, ""))
            # A hyphen in a text without an earlier text, such as "Done", means nothing.
            if text or name in ("next", "blocker", "help_needed"):
                texts[name] = text
        return texts, unchanged

    def _marked(self, cell: FilledCell) -> bool:
        marked = is_marked(plain_text(cell.value), self.sheet.identity.words.get(_UNCHANGED, {}))
        if marked is None:
            raise BadValueError(
                tr("'{text}' does not say whether anything changed", text=plain_text(cell.value)),
                do=tr("Choose the word of the list, or empty the cell"),
            )
        return marked

    def _problem(self, name: str, error: BadValueError) -> None:
        self._faulty.add(part_of(name))
        self._faulty_fields.add(error.where or name)
        self._line.note(error.where or name, error.what, error.do)

    def _decide(self, detail: ItemDetail, texts: dict[str, str], *, unchanged: bool) -> None:
        line, now, repeatable = self._line, current_texts(detail), repeatable_texts(detail)
        form = self._form(detail)
        changed = without_repeated(form.with_plain_dates(texts), repeatable)
        in_report = any(numbered_parts(name) is None for name in changed)
        if unchanged and in_report:
            word = self.sheet.identity.words[_UNCHANGED][_UNCHANGED]
            what = tr("the row says “{word}”, but other cells of it are filled in", word=word)
            self._problem(_UNCHANGED, BadValueError(what, do=tr("Empty either this cell or the others")))
        if unchanged and detail.item.returned is not None:
            what = tr("the last report on this item was returned, so there is something to change")
            self._problem(_UNCHANGED, BadValueError(what, do=tr("Fill in the row as the next report")))
        unchanged = unchanged and not self._reported_in_period(detail)
        line.changes = tuple(
            FieldChange(name, label_of(name), _shown(name, now.get(name, "")), _shown(name, text))
            for name, text in (changed | _begun(changed, now)).items()
            if not same_value(name, text, repeatable.get(name, ""))
        )
        if not changed and not unchanged and not line.problems:
            line.outcome, line.why = Outcome.UNCHANGED, tr("the register says so already")
            return
        if detail.item.lead.key not in self.bodies:
            what = tr("{code} is now led by {organisation}", code=self.sent.code, organisation=detail.item.lead.name)
            line.note("", what, tr("Remove the entries, or leave the item out"))
            return
        too_late = self._why_too_late(detail)
        line.why = too_late or self._why_kept(detail, changed, in_report=in_report or unchanged)
        if line.why and not line.problems:
            line.outcome = Outcome.TOO_LATE if too_late else Outcome.KEPT
            line.changes = self._side_by_side(changed, now)
        self._propose(form, changed, unchanged=unchanged)

    def _form(self, detail: ItemDetail) -> ReportForm:
        """Return a report form that keeps what counts in the fields that the sheet leaves empty.

        The form of a person begins with the report that was returned, to be corrected. The sheet does not show it.
        """
        plan = self.reading.plan
        counting = replace(detail, item=replace(detail.item, returned=None))
        initial = initial_texts(counting, self.as_of, plan.settings)
        return ReportForm(plan, detail, self.as_of, initial, self._expected)

    def _reported_in_period(self, detail: ItemDetail) -> bool:
        """Return whether the register already has a report of the sheet's period, so that "no change" adds nothing."""
        item = detail.item
        known = item.last is not None and item.last.id == self.sent.state.report
        last = item.last if item.returned is None else None
        first, end = self._period
        return last is not None and first <= last.as_of <= end and (known or last.unchanged)

    def _why_too_late(self, detail: ItemDetail) -> str:
        """Return why nothing of the sheet can count any more, or an empty text."""
        item, last = detail.item, detail.item.last
        if item.has_ended:
            return tr("the item is {phase}, and this was confirmed", phase=words(item.phase))
        if last is not None and last.as_of > self.as_of:
            return tr(
                "there is a report for a later period, as of {day}, by {person}",
                day=last.as_of,
                person=self._person(last.actor),
            )
        return ""

    def _why_kept(self, detail: ItemDetail, changed: Collection[str], *, in_report: bool) -> str:
        """Return why the register keeps what it has, or an empty text if nobody has reported since."""
        last = detail.item.last
        if self.taken or not self._is_behind(in_report, changed):
            return ""
        # After an undo, an earlier report counts again.
        if last is not None and last.id > (self.sent.state.report or 0):
            return tr(
                "{person} has reported since the sheet was sent out, as of {day}",
                person=self._person(last.actor),
                day=last.as_of,
            )
        return tr("the item has changed since the sheet was sent out")

    def _person(self, login: str) -> str:
        return one_line(self.names.get(login, login))

    def _is_behind(self, in_report: bool, changed: Collection[str]) -> bool:
        """Return whether what the entries are about has changed since the sheet was sent out."""
        before, now = self.sent.state, self._expected
        if in_report and before.report != now.report:
            return True
        for kind, old, new in (
            ("milestone", before.milestones, now.milestones),
            ("indicator", before.indicators, now.indicators),
        ):
            differing = {part[0] for part in (*old, *new) if part not in old or part not in new}
            filled = {parts[1] for parts in map(numbered_parts, changed) if parts is not None and parts[0] == kind}
            if differing & filled:
                return True
        return False

    def _side_by_side(self, changed: Mapping[str, str], now: Mapping[str, str]) -> tuple[FieldChange, ...]:
        """Return the fields with what the register has now, what the sheet has, and what it showed when sent out."""
        identity = self.sheet.identity
        then = read_items(self.reading.at(identity.day, identity.known_at), [self.sent.code])
        shown = current_texts(ItemDetail(then[0])) if then else {}
        return tuple(
            FieldChange(
                name,
                label_of(name),
                _shown(name, now.get(name, "")),
                _shown(name, text),
                _shown(name, shown.get(name, "")),
            )
            for name, text in changed.items()
        )

    def _propose(self, form: ReportForm, changed: dict[str, str], *, unchanged: bool) -> None:
        """Set what would be recorded, without the parts that cannot be read, unless the register keeps its own."""
        line = self._line
        try:
            self._require_clear_percent(form)
        except BadValueError as error:
            self._problem("percent", error)
        recorded = form.recordable(changed)
        if unchanged and not any(numbered_parts(name) is None for name in changed):
            # What is new in milestones and indicators goes beside a report of no change, which repeats the last one.
            recorded = {name: text for name, text in recorded.items() if numbered_parts(name) is not None}
        texts = self._readable(form, recorded)
        if line.outcome in (Outcome.KEPT, Outcome.TOO_LATE):
            return
        entry = entry_of(texts, form.reader, unchanged=unchanged and "" not in self._faulty)
        line.outcome = Outcome.ERROR if line.problems else Outcome.NEW
        if line.problems and entry.empty:
            return
        source = tr(
            "from the status sheet {file} for {period} (SHA-256 {digest})",
            file=one_line(self.sheet.file),
            period=period_name(self.reading.plan.settings, self.sheet.identity.day),
            digest=self.sheet.digest,
        )
        organisation = self.sheet.identity.organisation
        line.received = ReceivedEntry(form.item.code, entry, self._expected, self.as_of, organisation, source)

    def _readable(self, form: ReportForm, texts: Mapping[str, str]) -> dict[str, str]:
        """Return the texts of the parts that can be read: the report, and each milestone and indicator."""
        for name, text in texts.items():
            try:
                form.reader.read(name, text)
            except BadValueError as error:
                self._problem(name, error)
        self._require_reasons(texts)
        return {name: text for name, text in texts.items() if self._can_be_tried(name)}

    def _can_be_tried(self, name: str) -> bool:
        """Return whether the register can say what is wrong with a field, although others of its part have errors."""
        kind, _, part = numbered_parts(name) or ("", 0, "")
        alone = kind == "milestone" and part in _ALONE and name not in self._faulty_fields
        return alone or part_of(name) not in self._faulty

    def _require_reasons(self, texts: Mapping[str, str]) -> None:
        """Note the cell for the reason of each new date that has none."""
        for name, text in texts.items():
            kind, number, part = numbered_parts(name) or ("", 0, "")
            reason = milestone_field(number, "reason")
            if kind == "milestone" and part == "date" and text and not texts.get(reason):
                error = BadValueError(tr("a new date needs a reason"), do=tr("Write in this cell why the date moves"))
                self._problem(reason, error)

    def _require_clear_percent(self, form: ReportForm) -> None:
        """Raise BadValueError for a percent that is computed, and for a step back to 1.

        Spreadsheets store 100% as the number 1 too.
        """
        cell, last = self._line.cells.get("percent"), form.item.last
        if cell is None:
            return
        if form.item.measured_by is MeasuredBy.MILESTONES:
            raise BadValueError(
                tr("{code} is measured by its milestones, so its percent is computed from them", code=self.sent.code),
                where="percent",
                do=tr("Report a milestone as met instead"),
            )
        if cell.value == 1 and last is not None and (last.percent or 0) > 1:
            raise BadValueError(
                tr("1 can mean 1% or 100%, and the last report had {percent}%", percent=last.percent),
                where="percent",
                do=tr("Write 100, or '1%' as text"),
            )


def _begun(changed: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Return the phase that the first report of work gives an item if the sheet does not name one."""
    worked = changed.get("done") or changed.get("percent", "0").strip("%0. ")
    begins = worked and "phase" not in changed and now["phase"] == Phase.NOT_STARTED
    return {"phase": Phase.IN_PROGRESS.value} if begins else {}


def _shown(name: str, text: str) -> str:
    """Return the text of a field as people read it."""
    return words(text) if name in ("phase", "confidence") else text
