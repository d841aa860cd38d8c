"""The fields of the report form: the report, the milestones, the indicators of one item."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, Static, TextArea

from planner.base.formats import percent
from planner.domain.vocabulary import OPEN_PHASES, TERMINAL_PHASES, Confidence, MeasuredBy, Phase
from tui.data.form import ENDING, TEXTS, Opening, indicator_field, said_before
from tui.marks import HEADING, MUTED, mark, one_line
from tui.widgets.form.fields import DateField, Field, FixedField, LineField, TextField, WordField
from tui.widgets.form.milestone import MilestoneMet, MilestoneRow
from tui.widgets.options import Options

if TYPE_CHECKING:
    from planner.queries.items.views import IndicatorView


class Form(VerticalScroll, can_focus=False):
    """What was opened stands in the fields; `values` is what stands in them now."""

    @dataclass
    class Changed(Message):
        """Something was typed or chosen."""

        form: "Form"

    def __init__(self, opening: Opening) -> None:
        super().__init__(id="fields")
        self.opening = opening
        self._phase_chosen = "phase" in opening.typed

    def compose(self) -> ComposeResult:
        """The report on the left, milestones and indicators on the right, or under it where it is narrow."""
        with Vertical(classes="section"):
            yield from self._report()
        with Vertical(classes="section"):
            yield from self._milestones()
            yield from self._indicators()

    def on_mount(self) -> None:
        """Fill in what stands, and begin with what was done."""
        self.fill(self.opening.values)
        self._show_ending()
        self.query_one("#done").focus(scroll_visible=False)

    def _report(self) -> ComposeResult:
        item = self.opening.item
        before = said_before(item)
        rated = before.confidence if before else None
        # A rating once given stands until another takes its place, so "not rated" is offered only before the first.
        ratings = tuple(Confidence) if rated else (None, *Confidence)
        phase = before.phase if before else item.phase
        yield from field_row(
            "Phase",
            WordField("phase", PHASES, [mark(each) for each in PHASES], last_time=phase, guarded=TERMINAL_PHASES),
        )
        for name, label in ENDING.items():
            said = (getattr(before, name) if before else None) or ""
            with Horizontal(classes="field", id=f"row-{name}"):
                yield Label(label, markup=False)
                yield LineField(name, last_time=said, hint=_HINTS[name])
        yield from field_row(
            "Confidence",
            WordField(
                "confidence",
                [rating.value if rating else "" for rating in ratings],
                [mark(rating) for rating in ratings],
                last_time=rated or "",
            ),
        )
        yield from field_row("Percent", self._percent())
        for name, label in TEXTS.items():
            said = (getattr(before, name) if before else None) or ""
            yield from field_row(label, TextField(name, last_time=said, hint=_HINTS.get(name, "")))

    def _percent(self) -> LineField:
        item, before = self.opening.item, said_before(self.opening.item)
        if item.measured_by is MeasuredBy.MILESTONES:
            told = f"{percent(item.actual)}: follows from the milestones met, so it is not typed"
            return FixedField("percent", note=told)
        last = "" if before is None or before.percent is None else str(before.percent)
        field = LineField("percent", last_time=last, hint="0 to 100")
        field.type = "integer"
        return field

    def _milestones(self) -> ComposeResult:
        steps, today = self.opening.item.milestones, self.opening.today
        met = sum(step.met_on is not None for step in steps)
        if steps:
            yield _heading("Milestones", f"{met} of {len(steps)} met")
        for step in steps:
            typed = any(name.startswith(f"milestone_{step.number}_") for name in self.opening.typed)
            yield MilestoneMet(step, today) if step.met_on and not typed else MilestoneRow(self.opening, step)

    def _indicators(self) -> ComposeResult:
        indicators = self.opening.detail.indicators
        if indicators:
            yield _heading("Indicators", "a value as of today")
        for indicator in indicators:
            last = "" if indicator.observed is None else f"{indicator.observed:g}"
            with Horizontal(classes="indicator"):
                yield Label(Content(f"{indicator.number} {one_line(indicator.name)}"), markup=False)
                yield LineField(indicator_field(indicator.number), last_time=last, hint=last)
                yield Static(Content.styled(_known(indicator), MUTED), markup=False)

    @cached_property
    def fields(self) -> list[Field]:
        """All fields, in the order of the form. They are looked for once, as they are asked for with every key."""
        return [widget for widget in self.query("TextField, LineField, WordField") if isinstance(widget, Field)]

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields, by their names; what the form has no field for stands as it stood."""
        return {**self.opening.values, **{field.id: field.entered for field in self.fields if field.id}}

    def fill(self, values: Mapping[str, str]) -> None:
        """Put texts into the fields."""
        for field in self.fields:
            if field.id is not None and field.id in values:
                field.entered = values[field.id]
        self._show_ending()
        for row in self.query(MilestoneRow):
            row.refold()
            row.update_line()

    def lead_to(self, name: str) -> bool:
        """Put the focus on a field, or on the line of a milestone. Says whether there is such a one."""
        found = self.query(f"#{name}") if name.isidentifier() else None
        if not found or found.first().disabled:
            return False
        for row in self.query(MilestoneRow):
            if name.startswith(f"milestone_{row.step.number}_"):
                row.unfold(name.rpartition("_")[2])
        found.first().focus()
        return True

    def fill_last_time(self) -> bool:
        """Put into the field that has the focus what was said last time. Says whether anything was."""
        field = self.screen.focused
        if not isinstance(field, Field) or not field.last_time:
            return False
        field.entered = field.last_time
        self._changed()
        return True

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """A completed item is at 100 percent; going back on it brings the last percent back."""
        event.stop()
        if event.options.id == "phase":
            self._phase_chosen = True
            self._show_ending()
            self._follow_phase()
        self._changed()

    def _show_ending(self) -> None:
        """Ask why where the phase is an ending that is no completion, and into which item it is merged."""
        phase = Phase(self.query_one("#phase", WordField).entered)
        self.query_one("#row-ending_reason").display = phase.dropped
        self.query_one("#row-merged_into").display = phase is Phase.MERGED

    def end(self) -> None:
        """Lead to the endings: completed first."""
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
        """Work that is done starts an item."""
        event.stop()
        if event.text_area.id == "done" and event.text_area.text.strip():
            self._start()
        self._changed()
        if event.text_area.has_focus:
            self.call_after_refresh(event.text_area.scroll_visible, animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """So does a percent."""
        event.stop()
        if event.input.id == "percent" and event.value.strip("0 "):
            self._start()
        for row in self.query(MilestoneRow):
            row.update_line()
        self._changed()

    def _start(self) -> None:
        """Show as in progress what has not started, where work is reported and no phase was chosen.

        The core takes it so where no phase is given; here the person sees it before saving.
        """
        phase = self.query_one("#phase", WordField)
        if not self._phase_chosen and phase.entered == Phase.NOT_STARTED:
            phase.entered = Phase.IN_PROGRESS

    def _changed(self) -> None:
        self.post_message(self.Changed(self))


_HINTS = {
    "help_needed": "what would help, and from whom",
    "ending_reason": "why; a manager confirms it",
    "merged_into": "the code of the item in which it goes on",
}

# As the form offers them: what leads to an ending stands at the end.
PHASES = (*OPEN_PHASES, Phase.COMPLETED, Phase.CANCELLED, Phase.MERGED)


def field_row(label: str, field: Field) -> ComposeResult:
    """A field under its label."""
    with Horizontal(classes="field"):
        yield Label(label, markup=False)
        yield field
        if isinstance(field, DateField):
            yield field.meaning


def _heading(title: str, told: str) -> Static:
    return Static(Content.assemble((title, HEADING), (f"  {told}", MUTED)), markup=False, classes="section-heading")


def _known(indicator: "IndicatorView") -> str:
    """The unit, the last value, the target."""
    last = "no value yet" if indicator.observed is None else f"last {indicator.observed:g} on {indicator.observed_on}"
    aim = "no target" if indicator.target is None else f"target {indicator.target:g} by {indicator.due}"
    return f"{one_line(indicator.unit)}; {last}; {aim}"
