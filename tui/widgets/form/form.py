"""The fields of the report form: the report, the milestones and the indicators of one item."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
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
from planner.reporting.fields import ENDING, REPORT, TEXTS, indicator_field
from planner.reporting.form import ReportForm, shown_report
from tui.marks import HEADING, MUTED, mark, one_line
from tui.widgets.form.fields import Field, FieldRow, FixedField, LineField, TextField, WordField, widgets_of
from tui.widgets.form.milestone import MilestoneFields, MilestoneMet
from tui.widgets.options import Options

if TYPE_CHECKING:
    from planner.queries.items.views import IndicatorView


class Form(VerticalScroll, can_focus=False):
    """The fields of a report. They begin with the values of `opening`; `values` has their current values."""

    @dataclass
    class Changed(Message):
        """A person typed or chose something."""

        form: "Form"

    def __init__(self, opening: ReportForm) -> None:
        super().__init__(id="fields")
        self.opening = opening
        self._phase_chosen = "phase" in opening.typed

    def compose(self) -> ComposeResult:
        """Create the report, and the milestones and indicators to its right, or below it on a narrow terminal."""
        with Vertical(classes="section"):
            yield from self._report()
        with Vertical(classes="section"):
            yield from self._milestones()
            yield from self._indicators()

    def on_mount(self) -> None:
        """Fill in the initial values, and move the focus to the field `done`."""
        self._fill(self.opening.values)
        self._show_ending()
        self.query_one("#done").focus(scroll_visible=False)

    def _report(self) -> ComposeResult:
        item = self.opening.item
        before = shown_report(item)
        rated = before.confidence if before else None
        # A rating stays until another replaces it, so "not rated" is offered only before the first rating.
        ratings = tuple(Confidence) if rated else (None, *Confidence)
        phase = before.phase if before else item.phase
        yield from field_row(
            REPORT["phase"].label,
            WordField("phase", PHASES, [mark(each) for each in PHASES], last_time=phase, guarded=TERMINAL_PHASES),
        )
        for name, field in ENDING.items():
            text = (getattr(before, name) if before else None) or ""
            entry = LineField(name, last_time=text, hint=tr_later(_HINTS[name]))
            yield from field_row(field.label, entry, id=f"row-{name}")
        yield from field_row(
            REPORT["confidence"].label,
            WordField(
                "confidence",
                [rating.value if rating else "" for rating in ratings],
                [mark(rating) for rating in ratings],
                last_time=rated or "",
            ),
        )
        yield from field_row(REPORT["percent"].label, self._percent())
        for name, field in TEXTS.items():
            text = (getattr(before, name) if before else None) or ""
            hint = tr_later(_HINTS.get(name, ""))
            yield from field_row(field.label, TextField(name, last_time=text, hint=hint))

    def _percent(self) -> LineField:
        item, before = self.opening.item, shown_report(self.opening.item)
        if item.measured_by is MeasuredBy.MILESTONES:
            note = tr("{percent}, computed from the milestones that are met", percent=percent(item.actual))
            return FixedField("percent", note=note)
        last = "" if before is None or before.percent is None else str(before.percent)
        field = LineField("percent", last_time=last, hint=tr("0 to 100"))
        field.type = "integer"
        return field

    def _milestones(self) -> ComposeResult:
        steps, today = self.opening.item.milestones, self.opening.today
        met = sum(step.met_on is not None for step in steps)
        if steps:
            total = tr_count("{met} of {count} met", "{met} of {count} met", len(steps), met=met)
            yield _heading(tr("Milestones"), total)
        for step in steps:
            typed = any(name.startswith(f"milestone_{step.number}_") for name in self.opening.typed)
            yield MilestoneMet(step, today) if step.met_on and not typed else MilestoneFields(self.opening, step)

    def _indicators(self) -> ComposeResult:
        indicators = self.opening.detail.indicators
        if indicators:
            yield _heading(tr("Indicators"), tr("enter today's values"))
        for indicator in indicators:
            last = "" if indicator.observed is None else plain_number(indicator.observed)
            with Horizontal(classes="indicator"):
                yield Label(Content(f"{indicator.number} {one_line(indicator.name)}"), markup=False)
                yield LineField(indicator_field(indicator.number), last_time=last, hint=last)
                yield Static(Content.styled(_known(indicator), MUTED), markup=False)

    # The widgets are searched for only once, because every key press needs them.
    @cached_property
    def _milestone_rows(self) -> list[MilestoneFields]:
        return list(self.query(MilestoneFields))

    @cached_property
    def _fields(self) -> list[Field]:
        """The fields that belong to no milestone. A milestone creates its fields when they are shown."""
        within = {field for row in self._milestone_rows for field in row.fields}
        found = self.query("TextField, LineField, WordField")
        return [field for field in found if isinstance(field, Field) and field not in within]

    @property
    def values(self) -> dict[str, str]:
        """Return the current values by field name. A value without a field keeps its initial text."""
        fields = chain(self._fields, *(row.fields for row in self._milestone_rows))
        return {**self.opening.values, **{field.id: field.entered for field in fields if field.id}}

    def _fill(self, values: Mapping[str, str]) -> None:
        """Set the values of the fields."""
        for field in self._fields:
            if field.id is not None and field.id in values:
                field.entered = values[field.id]
        for row in self._milestone_rows:
            row.fill(values)
            row.update_line()

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
        self.query_one("#row-ending_reason").display = phase.dropped
        self.query_one("#row-merged_into").display = phase is Phase.MERGED

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


_HINTS = {
    "help_needed": later("what help you need, and from whom"),
    "ending_reason": later("the reason; a manager confirms it"),
    "merged_into": later("the code of the item that continues this work"),
}

# The phases in the order of the form. The closing phases come last.
PHASES = (*OPEN_PHASES, Phase.COMPLETED, Phase.CANCELLED, Phase.MERGED)


def field_row(label: str, field: Field, *, id: str | None = None) -> ComposeResult:  # noqa: A002  (Textual's word)
    """Create a row with a label and its field."""
    with FieldRow(label, id=id):
        yield from widgets_of(field)


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
