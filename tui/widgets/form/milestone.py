"""A milestone in the report form: a line that can be ticked or unfolded, and the milestone's fields below it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from planner.base.language import later, tr, tr_count, tr_later
from planner.domain.symbols import SYMBOLS
from planner.reporting.fields import MILESTONE, milestone_field
from planner.reporting.form import ReportForm
from tui.keys import bindings
from tui.marks import MUTED, one_line
from tui.widgets.form.fields import DateField, Field, FieldRow, LineField, redirect_text, widgets_of

if TYPE_CHECKING:
    from datetime import date

    from planner.queries.items.views import MilestoneView

_HINTS = {
    "met": later("such as 2020-05-04, friday or -2d"),
    "date": later("2020-05-04, end of June, +2w"),
    "reason": later("why the date moves"),
    "forecast": later("2020-05-04, end of June, +2w"),
    "evidence": later("a document, a link or a record"),
}


# The fields that are shown together: the day on which it was met and the evidence; the new date and the reason.
_TOGETHER = {
    "met": ("met", "evidence"),
    "evidence": ("met", "evidence"),
    "date": ("date", "reason"),
    "reason": ("date", "reason"),
}


class MilestoneLine(Widget, can_focus=True):
    """The line of an open milestone: its title, and its recorded state or the input in its fields."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.MILESTONE

    typed: reactive[Mapping[str, str]] = reactive({})

    @dataclass
    class Requested(Message):
        """A person pressed a key of the line. `what` is "tick", "fold" or the name of the field to go to."""

        what: str

    def __init__(self, step: "MilestoneView", today: "date") -> None:
        super().__init__(id=f"milestone_{step.number}")
        self.step = step
        self._today = today

    def render(self) -> Content:
        """Draw the title and the state."""
        title = Content.assemble((f"{self.step.number} ", MUTED), one_line(self.step.title))
        return _line(title, self._state(), self.size.width)

    def _state(self) -> Content:
        """Return what was typed in the fields, or the recorded state if nothing was typed."""
        met, date, forecast = (self.typed.get(name, "").strip() for name in ("met", "date", "forecast"))
        typed = [
            f"✓ {tr('met {day}', day=met)}" if met else "",
            f"→ {date}" if date else "",
            tr("forecast {day}", day=forecast) if forecast else "",
        ]
        shown = ", ".join(part for part in typed if part)
        return Content.styled(shown, "bold $text-accent") if shown else milestone_state(self.step, self._today)

    def on_key(self, event: events.Key) -> None:
        """Send a letter that is not a key of this line to the first text field."""
        if event.character != " " and not self._bindings.key_to_bindings.get(event.key):
            redirect_text(self, event)

    def action_tick(self) -> None:
        """Ask the row to mark the milestone as met today, or to undo that."""
        self.post_message(self.Requested("tick"))

    def action_fold(self) -> None:
        """Ask the row to show or hide its fields."""
        self.post_message(self.Requested("fold"))

    def action_field(self, name: str) -> None:
        """Ask the row to move the focus to a field."""
        self.post_message(self.Requested(name))


class MilestoneFields(Vertical):
    """An open milestone in the form: its line, and below it its fields, which can be hidden.

    The fields are created when the first of them is shown, because most widgets of the form belong to such fields.
    """

    def __init__(self, opening: ReportForm, step: "MilestoneView") -> None:
        super().__init__(classes="milestone")
        self.step = step
        self._opening = opening
        self._line = MilestoneLine(step, opening.today)
        self._fields: dict[str, Field] = {}
        self._rows: dict[str, FieldRow] = {}

    def compose(self) -> ComposeResult:
        """Create the line."""
        yield self._line

    @property
    def fields(self) -> Iterable[Field]:
        """The fields that have been created."""
        return self._fields.values()

    def fill(self, values: Mapping[str, str]) -> None:
        """Set the values of the fields, and show the fields that have a value."""
        entered = {name: values.get(milestone_field(self.step.number, name), "") for name in MILESTONE}
        if any(entered.values()):
            self._create()
            for name, text in entered.items():
                self._fields[name].entered = text
            self.refold()

    def _create(self) -> None:
        """Create the fields, unless they exist."""
        if not self._fields:
            # docs/decisions/0120: opening a form takes a millisecond for each widget.
            self._fields = {name: _field(self._opening, self.step, name) for name in MILESTONE}
            self._rows = {name: FieldRow(MILESTONE[name].label) for name in MILESTONE}
            for name, row in self._rows.items():
                row.display = False
                self.mount(row)
                # The field is mounted now, not composed later, because the focus may move to it at once.
                row.mount_all(widgets_of(self._fields[name]))

    def unfold(self, *names: str) -> None:
        """Show the fields with these names, and the fields that belong to them."""
        self._create()
        for name in names:
            for part in _TOGETHER.get(name, (name,)):
                self._rows[part].display = True

    def refold(self) -> None:
        """Show the fields that have a value and the fields that belong to them, and hide the others."""
        for row in self._rows.values():
            row.display = False
        self.unfold(*(name for name, field in self._fields.items() if field.entered))

    def update_line(self) -> None:
        """Update the line after a field has changed."""
        self._line.typed = {name: field.entered for name, field in self._fields.items()}

    def on_milestone_line_requested(self, event: MilestoneLine.Requested) -> None:
        """Tick the milestone, show or hide its fields, or move the focus to a field."""
        event.stop()
        self._create()
        if event.what == "tick":
            self._tick()
        elif event.what == "fold":
            self._fold()
        else:
            self.unfold(event.what)
            self._fields[event.what].focus()
        self.call_after_refresh(self.scroll_visible, animate=False)

    def _tick(self) -> None:
        met = self._fields["met"]
        if met.entered:
            met.entered = ""
        elif isinstance(met, DateField):
            met.entered = met.today.isoformat()
        self.refold()

    def _fold(self) -> None:
        """Show all fields. If all are shown already, show only those that have a value."""
        if all(row.display for row in self._rows.values()):
            self.refold()
        else:
            self.unfold(*MILESTONE)


def _field(opening: ReportForm, step: "MilestoneView", name: str) -> Field:
    full_name = milestone_field(step.number, name)
    if name in ("met", "date", "forecast"):
        start = None if name == "met" else opening.step_start(step.number)
        hint = tr_later(_HINTS[name])
        return DateField(full_name, opening.today, hint=hint, start=start, span=opening.plan.span)
    return LineField(full_name, hint=tr_later(_HINTS[name]))


def milestone_state(step: "MilestoneView", today: "date") -> Content:
    """Return the recorded state of a milestone: met, overdue or due, with its forecast."""
    if step.met_on is not None:
        return Content.styled(f"✓ {tr('met {day}', day=step.met_on)}", "$text-success")
    forecast = f", {tr('forecast {day}', day=step.forecast)}" if step.forecast else ""
    if step.current < today:
        symbol, _ = SYMBOLS["overdue"]
        late = tr_count(
            "{count} day overdue, was due {day}",
            "{count} days overdue, was due {day}",
            (today - step.current).days,
            day=step.current,
        )
        return Content.styled(f"{symbol} {late}{forecast}", "$text-error")
    return Content.styled(f"○ {tr('due {day}', day=step.current)}{forecast}", MUTED)


class MilestoneMet(Static):
    """A milestone that is met already. The form shows its line and has no fields for it."""

    def __init__(self, step: "MilestoneView", today: "date") -> None:
        super().__init__(markup=False)
        self._step = step
        self._today = today

    def render(self) -> Content:
        """Draw the line."""
        title = Content.styled(f"{self._step.number} {one_line(self._step.title)}", MUTED)
        return _line(title, milestone_state(self._step, self._today), self.size.width)


def _line(title: Content, state: Content, width: int) -> Content:
    """Return a line with a title, and a state at its end. A long title is cut to leave room for the state."""
    room = max(8, width - state.cell_length - 2)
    fitting = title.truncate(room, ellipsis=True)
    return Content.assemble(fitting, " " * (room - fitting.cell_length + 2), state).truncate(max(8, width))
