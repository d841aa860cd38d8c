"""A milestone in the report form: one line that is ticked or unfolded, and under it all that can be said of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Label, Static

from planner.domain.symbols import SYMBOLS
from tui.data.form import MILESTONE, Opening, date_start, milestone_field
from tui.keys import bindings
from tui.marks import MUTED, one_line
from tui.widgets.form.fields import DateField, Field, LineField, redirect_text

if TYPE_CHECKING:
    from datetime import date

    from planner.queries.items.views import MilestoneView

_HINTS = {
    "met": "the day: 2020-05-04, friday, -2d",
    "date": "2020-05-04, end of June, +2w",
    "reason": "why it moves",
    "forecast": "2020-05-04, end of June, +2w",
    "evidence": "a document, a link, a record",
}


# What is asked together: evidence belongs to the day it was met, a reason to the new date.
_TOGETHER = {
    "met": ("met", "evidence"),
    "evidence": ("met", "evidence"),
    "date": ("date", "reason"),
    "reason": ("date", "reason"),
}


class MilestoneLine(Widget, can_focus=True):
    """The line: its title, its dates, and what is being said of it."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.MILESTONE

    typed: reactive[Mapping[str, str]] = reactive({})

    @dataclass
    class Requested(Message):
        """Something was asked of the line: tick, fold, or the name of a field to go to."""

        what: str

    def __init__(self, step: "MilestoneView", today: "date") -> None:
        super().__init__(id=f"milestone_{step.number}")
        self.step = step
        self._today = today

    def render(self) -> Content:
        """The title and the state."""
        title = Content.assemble((f"{self.step.number} ", MUTED), one_line(self.step.title))
        return _line(title, self._state(), self.size.width)

    def _state(self) -> Content:
        """What was typed, else what stands."""
        typed = [
            self._typed(name, words) for name, words in (("met", "✓ met"), ("date", "→"), ("forecast", "forecast"))
        ]
        told = [part for part in typed if part]
        return Content.styled(", ".join(told), "bold $text-accent") if told else milestone_state(self.step, self._today)

    def _typed(self, name: str, words: str) -> str:
        text = self.typed.get(name, "").strip()
        return f"{words} {text}" if text else ""

    def on_key(self, event: events.Key) -> None:
        """Letters that are no keys of the line are meant for a text."""
        if event.character != " " and not self._bindings.key_to_bindings.get(event.key):
            redirect_text(self, event)

    def action_tick(self) -> None:
        """Met today, or not after all."""
        self.post_message(self.Requested("tick"))

    def action_fold(self) -> None:
        """Show or hide what can be said."""
        self.post_message(self.Requested("fold"))

    def action_field(self, name: str) -> None:
        """Go to a field."""
        self.post_message(self.Requested(name))


class MilestoneRow(Vertical):
    """A milestone that is open: its line, and those of its fields that are needed."""

    def __init__(self, opening: Opening, step: "MilestoneView") -> None:
        super().__init__(classes="milestone")
        self.step = step
        self._line = MilestoneLine(step, opening.today)
        self._fields: dict[str, Field] = {name: _field(opening, step, name) for name in MILESTONE}
        self._rows = {name: Horizontal(classes="field") for name in MILESTONE}

    def compose(self) -> ComposeResult:
        """The line and the fields."""
        yield self._line
        for name, label in MILESTONE.items():
            field = self._fields[name]
            with self._rows[name] as row:
                row.display = False
                yield Label(label, markup=False)
                yield field
                if isinstance(field, DateField):
                    yield field.meaning

    def unfold(self, *names: str) -> None:
        """Show some fields, and with each what belongs to it."""
        for name in names:
            for part in _TOGETHER.get(name, (name,)):
                self._rows[part].display = True

    def refold(self) -> None:
        """Show the fields that say something, and what belongs to them; hide the others."""
        for row in self._rows.values():
            row.display = False
        self.unfold(*(name for name, field in self._fields.items() if field.entered))

    def update_line(self) -> None:
        """Draw the line anew after something was typed."""
        self._line.typed = {name: field.entered for name, field in self._fields.items()}

    def on_milestone_line_requested(self, event: MilestoneLine.Requested) -> None:
        """Tick, fold, or go to a field."""
        event.stop()
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
        """All fields, or where they are shown those that say something."""
        if all(row.display for row in self._rows.values()):
            self.refold()
        else:
            self.unfold(*MILESTONE)


def _field(opening: Opening, step: "MilestoneView", name: str) -> Field:
    full_name = milestone_field(step.number, name)
    if name in ("met", "date", "forecast"):
        start = None if name == "met" else date_start(opening, step)
        return DateField(full_name, opening.today, hint=_HINTS[name], start=start)
    return LineField(full_name, hint=_HINTS[name])


def milestone_state(step: "MilestoneView", today: "date") -> Content:
    """Where a milestone stands by what is recorded."""
    if step.met_on is not None:
        return Content.styled(f"✓ met {step.met_on}", "$text-success")
    forecast = f", forecast {step.forecast}" if step.forecast else ""
    if step.current < today:
        symbol, _ = SYMBOLS["overdue"]
        return Content.styled(
            f"{symbol} {(today - step.current).days} days over {step.current}{forecast}", "$text-error"
        )
    return Content.styled(f"○ due {step.current}{forecast}", MUTED)


class MilestoneMet(Static):
    """A milestone that is met already: told, and nothing more to be said of it here."""

    def __init__(self, step: "MilestoneView", today: "date") -> None:
        super().__init__(markup=False)
        self._step = step
        self._today = today

    def render(self) -> Content:
        """The line."""
        title = Content.styled(f"{self._step.number} {one_line(self._step.title)}", MUTED)
        return _line(title, milestone_state(self._step, self._today), self.size.width)


def _line(title: Content, state: Content, width: int) -> Content:
    """A title that gives way to the state at the line's end."""
    room = max(8, width - state.cell_length - 2)
    fitting = title.truncate(room, ellipsis=True)
    return Content.assemble(fitting, " " * (room - fitting.cell_length + 2), state).truncate(max(8, width))
