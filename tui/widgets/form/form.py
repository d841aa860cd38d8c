"""The fields of the report form: the report, the milestones and the indicators of one item."""

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static, TextArea

from planner.base.formats import percent, plain_number
from planner.base.language import later, tr, tr_count, tr_later
from planner.domain.vocabulary import OPEN_PHASES, TERMINAL_PHASES, Confidence, MeasuredBy, Phase
from planner.reporting.fields import HELP, REPORT, TEXTS, indicator_field
from planner.reporting.form import ReportForm, asks_for_help, shown_report
from tui.marks import HEADING, MUTED, mark, one_line
from tui.widgets.form.fields import Field, FieldRow, FixedField, LineField, TextField, WordField, widgets_of
from tui.widgets.form.milestone import MilestoneFields, MilestoneMet
from tui.widgets.options import Options

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.widget import Widget

    from planner.queries.items.views import IndicatorView


class Form(VerticalScroll, can_focus=False):
    """The fields of a report. They begin with the values of `opening`; `values` has their current values.

    The later texts, the milestones and the indicators are added when the first fields have been drawn, because a person
    begins with those.
    """

    @dataclass
    class Changed(Message):
        """A person typed or chose something."""

        form: "Form"

    class Completed(Message):
        """All fields are there."""

    def __init__(self, opening: ReportForm) -> None:
        super().__init__(id="fields")
        self.opening = opening
        self._phase_chosen = "phase" in opening.typed
        # The fields that belong to no milestone, and the milestones that have fields. Every key press needs them.
        self._fields: list[Field] = []
        # Fields without their initial values. Their empty texts are nobody's input.
        self._new_fields: list[Field] = []
        self._milestone_rows: list[MilestoneFields] = []
        # The rows that are created when they are shown: those of an ending, and those of a request for help.
        self._ending_rows: dict[str, FieldRow] = {}
        self._help_rows: dict[str, FieldRow] = {}
        # On a wide terminal, the milestones and the indicators are to the right of the report.
        self._first_section, self._second_section = Vertical(classes="section"), Vertical(classes="section")

    def compose(self) -> ComposeResult:
        """Create the report."""
        with self._first_section:
            yield from self._report()
        yield self._second_section

    def on_mount(self) -> None:
        """Fill in the initial values, and move the focus to the field `done`."""
        self._fill_new()
        self._show_ending()
        self.query_one("#done").focus(scroll_visible=False)
        self.call_after_refresh(self._complete)

    async def _complete(self) -> None:
        """Add the later texts, the milestones and the indicators."""
        # docs/decisions/0120: the fields that a person sees first do not wait for these.
        if self.is_attached:
            with self.app.batch_update():
                await self._first_section.mount_all(self._texts(LATER_TEXTS))
                await self._second_section.mount_all([*self._milestones(), *self._indicators()])
            self._fill_new()
            self._show_help()
            for row in self._milestone_rows:
                row.fill(self.opening.values)
                row.update_line()
            self.post_message(self.Completed())

    def _report(self) -> ComposeResult:
        before = shown_report(self.opening.item)
        rated = before.confidence if before else None
        # A rating stays until another replaces it, so "not rated" is offered only before the first rating.
        ratings = tuple(Confidence) if rated else (None, *Confidence)
        phase = before.phase if before else ""
        yield self._row(
            REPORT["phase"].label,
            WordField("phase", PHASES, [mark(each) for each in PHASES], last_time=phase, guarded=TERMINAL_PHASES),
        )
        yield self._row(
            REPORT["confidence"].label,
            WordField(
                "confidence",
                [rating.value if rating else "" for rating in ratings],
                [mark(rating) for rating in ratings],
                last_time=rated or "",
            ),
        )
        yield self._row(REPORT["percent"].label, self._percent())
        yield from self._texts(FIRST_TEXTS)

    def _texts(self, names: "Iterable[str]") -> "Iterator[FieldRow]":
        """Create the rows of texts. Their hints are those of the last report."""
        before = shown_report(self.opening.item)
        for name in names:
            text = (getattr(before, name) if before else None) or ""
            hint = tr_later(_HINTS.get(name, ""))
            yield self._row(TEXTS[name].label, TextField(name, last_time=text, hint=hint))

    def _row(self, label: str, field: Field) -> FieldRow:
        self._new_fields.append(field)
        return field_row(label, field)

    def _percent(self) -> LineField:
        item, before = self.opening.item, shown_report(self.opening.item)
        if item.measured_by is MeasuredBy.MILESTONES:
            note = tr("{percent}, computed from the milestones that are met", percent=percent(item.actual))
            return FixedField("percent", note=note)
        last = "" if before is None or before.percent is None else str(before.percent)
        field = LineField("percent", last_time=last, hint=tr("0 to 100"))
        field.type = "integer"
        return field

    def _milestones(self) -> "Iterator[Widget]":
        steps, today = self.opening.item.milestones, self.opening.today
        met = sum(step.met_on is not None for step in steps)
        if steps:
            total = tr_count("{met} of {count} met", "{met} of {count} met", len(steps), met=met)
            yield _heading(tr("Milestones"), total)
        for step in steps:
            typed = any(name.startswith(f"milestone_{step.number}_") for name in self.opening.typed)
            if step.met_on and not typed:
                yield MilestoneMet(step, today)
            else:
                self._milestone_rows.append(MilestoneFields(self.opening, step))
                yield self._milestone_rows[-1]

    def _indicators(self) -> "Iterator[Widget]":
        indicators = self.opening.detail.indicators
        if indicators:
            yield _heading(tr("Indicators"), tr("enter today's values"))
        for indicator in indicators:
            last = "" if indicator.observed is None else plain_number(indicator.observed)
            hint = tr("last: {value}", value=last) if last else ""
            field = LineField(indicator_field(indicator.number), last_time=last, hint=hint)
            self._new_fields.append(field)
            yield Horizontal(
                Label(Content(f"{indicator.number} {one_line(indicator.name)}"), markup=False),
                field,
                Static(Content.styled(_known(indicator), MUTED), markup=False),
                classes="indicator",
            )

    @property
    def values(self) -> dict[str, str]:
        """Return the current values by field name. A value without a field keeps its initial text."""
        fields = chain(self._fields, *(row.fields for row in self._milestone_rows))
        return {**self.opening.values, **{field.id: field.entered for field in fields if field.id}}

    def _fill_new(self) -> None:
        """Set the initial values of the new fields. From then on, their texts count as input."""
        for field in self._new_fields:
            if field.id is not None and field.id in self.opening.values:
                field.entered = self.opening.values[field.id]
        self._fields += self._new_fields
        self._new_fields = []

    def lead_to(self, name: str) -> bool:
        """Move the focus to the field or the milestone line with this name. Returns False if neither exists."""
        for row in self._milestone_rows:
            if name.startswith(f"milestone_{row.step.number}_"):
                row.unfold(name.rpartition("_")[2])
        found = self.query(f"#{name}") if name.isidentifier() else None
        if not found or found.first().disabled:
            return False
        found.first().focus()
        return True

    def fill_last_time(self) -> bool:
        """Copy the value of the last report into the field that has the focus. Returns whether there was a value."""
        field = self.screen.focused
        if not isinstance(field, Field) or not field.last_time:
            return False
        field.entered = field.last_time
        self._changed()
        return True

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """Set the percent to 100 for a completed item, and back to the last percent if the phase changes again."""
        event.stop()
        if event.options.id == "phase":
            self._phase_chosen = True
            self._show_ending()
            self._follow_phase()
        self._changed()

    def _show_ending(self) -> None:
        """Show the field for the reason if the item is cancelled or merged, and for the other item if it is merged."""
        phase = Phase(self.query_one("#phase", WordField).entered)
        for name, shown in (("ending_reason", phase.dropped), ("merged_into", phase is Phase.MERGED)):
            if shown and name not in self._ending_rows:
                self._add_ending(name)
            if name in self._ending_rows:
                self._ending_rows[name].display = shown

    def _add_ending(self, name: str) -> None:
        """Create a field for an ending, below the phase and the other field for it."""
        self._ending_rows[name] = self._add_row(name, after=len(self._ending_rows))

    def _show_help(self) -> None:
        """Show the fields that say of whom and by when help is asked, if the report asks for help."""
        asked = self.query_one("#help_needed", TextField)
        shown = asks_for_help({"help_needed": asked.entered})
        if shown and not self._help_rows:
            after = next(row for row in asked.ancestors if isinstance(row, FieldRow))
            for name in HELP:
                self._help_rows[name] = after = self._add_row(name, after=after)
        for row in self._help_rows.values():
            row.display = shown

    def _add_row(self, name: str, *, after: "int | Widget") -> FieldRow:
        """Create a field on one line below another row."""
        before = shown_report(self.opening.item)
        text = str((getattr(before, name) if before else None) or "")
        field, row = LineField(name, last_time=text, hint=tr_later(_HINTS[name])), FieldRow(REPORT[name].label)
        self._first_section.mount(row, after=after)
        row.mount(field)
        self._new_fields.append(field)
        self._fill_new()
        return row

    def end(self) -> None:
        """Move the choice of the phase to the closing phases, starting with "completed"."""
        self.query_one("#phase", WordField).enter()

    def _follow_phase(self) -> None:
        field = self.query_one("#percent", LineField)
        if isinstance(field, FixedField):
            return
        if self.query_one("#phase", WordField).entered == Phase.COMPLETED:
            field.entered = "100"
        elif field.entered == "100":
            field.entered = field.last_time

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Mark the item as started when work is described in `done`, and keep the text in view."""
        event.stop()
        if event.text_area.id == "done" and event.text_area.text.strip():
            self._start()
        if event.text_area.id == "help_needed":
            self._show_help()
        self._changed()
        if event.text_area.has_focus:
            self.call_after_refresh(event.text_area.scroll_visible, animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Mark the item as started when a percent above 0 is typed, and update the lines of the milestones."""
        event.stop()
        if event.input.id == "percent" and event.value.strip("0 "):
            self._start()
        for row in self._milestone_rows:
            row.update_line()
        self._changed()

    def _start(self) -> None:
        """Set the phase to "in progress" if the item has not started and the person has chosen no phase.

        A save would record this phase anyway. This way the person sees it before saving.
        """
        phase = self.query_one("#phase", WordField)
        if not self._phase_chosen and phase.entered == Phase.NOT_STARTED:
            phase.entered = Phase.IN_PROGRESS

    def _changed(self) -> None:
        self.post_message(self.Changed(self))


# The texts that are drawn first. The rest follows after the first paint.
FIRST_TEXTS = ("done", "next")
LATER_TEXTS = tuple(name for name in TEXTS if name not in FIRST_TEXTS)

_HINTS = {
    "help_needed": later("what help or decision you need"),
    "help_from": later("of whom you ask it"),
    "help_by": later("when you need an answer, such as friday or +1w"),
    "ending_reason": later("the reason; a manager confirms it"),
    "merged_into": later("the code of the item that continues this work"),
}

# The phases in the order of the form. The closing phases come last.
PHASES = (*OPEN_PHASES, Phase.COMPLETED, Phase.CANCELLED, Phase.MERGED)


def field_row(label: str, field: Field, *, id: str | None = None) -> FieldRow:  # noqa: A002  (Textual's word)
    """Return a row with a label and its field."""
    return FieldRow(label, *widgets_of(field), id=id)


def _heading(title: str, note: str) -> Static:
    return Static(Content.assemble((title, HEADING), (f"  {note}", MUTED)), markup=False, classes="section-heading")


def _known(indicator: "IndicatorView") -> str:
    """Return the unit, the last value and the target of an indicator."""
    last, target = tr("no value yet"), tr("no target")
    if indicator.observed is not None:
        last = tr("last value {value} on {day}", value=plain_number(indicator.observed), day=indicator.observed_on)
    if indicator.target is not None:
        target = tr("target {value} by {day}", value=plain_number(indicator.target), day=indicator.due)
    return "; ".join(filter(None, (one_line(indicator.unit), last, target)))
