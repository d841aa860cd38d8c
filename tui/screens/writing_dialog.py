"""A small window that records something: what hinders is told in it, and what was typed stays."""

from collections.abc import Callable
from typing import ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from planner.errors import PlannerError
from tui import keys
from tui.marks import MUTED, TROUBLE
from tui.screens.dialog import Dialog
from tui.widgets.trouble import sentence

_Recorded = TypeVar("_Recorded")


class WritingDialog(Dialog[_Recorded], Generic[_Recorded]):
    """Subclasses give their fields, and in `writing` the work that records; it ends with what that gives back."""

    BINDINGS: ClassVar[list[BindingType]] = keys.WRITING

    def __init__(self) -> None:
        super().__init__()
        self._saving = False
        # What stood in the fields when an error was shown; None while none is shown.
        self._refused_values: list[str] | None = None

    def content(self) -> ComposeResult:
        """What it is about, a line for messages, the fields."""
        yield Static(self.subject(), markup=False, id="window-subject")
        yield Static(markup=False, id="window-message")
        yield from self.fields()

    def subject(self) -> Content:
        """What it is about."""
        raise NotImplementedError

    def fields(self) -> ComposeResult:
        """What is asked."""
        raise NotImplementedError

    def tell_subject(self) -> None:
        """Say anew what it is about."""
        self.query_one("#window-subject", Static).update(self.subject())

    def writing(self) -> Callable[[], _Recorded]:
        """The work that records what stands in the fields now. Raises PlannerError for what cannot be recorded."""
        raise NotImplementedError

    def hint(self) -> Content:
        """What the keys do."""
        return Content(f"tab leads on, {self.planner.key_for('window.save')} records it, {self.leave_key} leaves.")

    def action_save(self) -> None:
        """Record it, in a thread."""
        if self._saving:
            return
        try:
            work = self.writing()
        except PlannerError as error:
            self.refused(error)
            return
        self._saving = True
        self.say(Content.styled("Saving…", MUTED))
        self.planner.ask(self, work, self._recorded, self.refused, group="save")

    def _recorded(self, recorded: _Recorded) -> None:
        self.dismiss(recorded)

    def refused(self, error: PlannerError) -> None:
        """Say what hinders; what was typed stays."""
        self._saving = False
        self._refused_values = self._values()
        self.say(Content.assemble((f"! {sentence(error.what)} ", TROUBLE), sentence(error.do) if error.do else ""))

    def on_input_changed(self) -> None:
        """Take an error away once something else is typed."""
        self._corrected()

    def on_text_area_changed(self) -> None:
        """Take an error away once something else is typed."""
        self._corrected()

    def _corrected(self) -> None:
        if self._refused_values is not None and not self._saving and self._refused_values != self._values():
            self._refused_values = None
            self.query_one("#window-message").display = False

    def _values(self) -> list[str]:
        """Return what stands in the fields."""
        inputs = [field.value for field in self.query(Input)]
        return [*inputs, *(field.text for field in self.query(TextArea))]

    def say(self, message: Content) -> None:
        """Say something above the fields."""
        line = self.query_one("#window-message", Static)
        line.update(message)
        line.display = True

    def action_leave(self) -> None:
        """Close the window, unless it is just being recorded."""
        if not self._saving:
            super().action_leave()
