"""A dialog that records something. It stays open with its input if an error occurs."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Input, Static, TextArea

from planner.base.errors import PlannerError
from planner.base.language import tr
from tui.dialogs.dialog import Dialog
from tui.keys import bindings
from tui.marks import MUTED, TROUBLE
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.domain.rules.permissions import Permission
    from planner.register.writing import Writing

_Recorded = TypeVar("_Recorded")


class WritingDialog(Dialog[_Recorded], Generic[_Recorded]):
    """The base of dialogs that write to the database. Subclasses define `fields` and `writing`.

    The result of the dialog is the value that the function from `writing` returns.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings.WRITING
    # What the write is for, where auditors may do that too.
    deed: "Permission | None" = None

    def __init__(self) -> None:
        super().__init__()
        self._saving = False
        # The values of the fields when an error was shown, or None if no error is shown.
        self._refused_values: list[str] | None = None
        # The values at first, and those that the person was warned about when closing the dialog.
        self._first_values: list[str] = []
        self._warned_values: list[str] | None = None

    def on_mount(self) -> None:
        """Remember the first values. The handlers of subclasses have filled the fields before."""
        self._first_values = self._values()

    def content(self) -> ComposeResult:
        """Yield the subject, a line for messages, and the fields."""
        yield Static(self.subject(), markup=False, id="window-subject")
        yield Static(markup=False, id="window-message")
        yield from self.fields()

    def subject(self) -> Content:
        """Return a description of the record that the dialog is about."""
        raise NotImplementedError

    def fields(self) -> ComposeResult:
        """Yield the input fields."""
        raise NotImplementedError

    def tell_subject(self) -> None:
        """Update the description of the record."""
        self.query_one("#window-subject", Static).update(self.subject())

    def writing(self) -> "Callable[[Writing], _Recorded]":
        """Return the function that records the present values. Raises PlannerError if a value is invalid."""
        raise NotImplementedError

    def hint(self) -> Content:
        """Return the line that explains the keys."""
        return Content(
            tr(
                "Press tab for the next field, {key} to save, {leave_key} to close.",
                key=self.planner.key_for("window.save"),
                leave_key=self.leave_key,
            )
        )

    def action_save(self) -> None:
        """Record the values in a thread."""
        if self._saving:
            return
        try:
            write = self.writing()
        except PlannerError as error:
            self.refused(error)
            return
        self._saving = True
        self.say(Content.styled(tr("Saving…"), MUTED))
        self.save(write)

    def save(self, write: "Callable[[Writing], _Recorded]") -> None:
        """Run the write in a thread, and close the dialog when the write has ended."""
        self.planner.tasks.write(self, write, self._recorded, self.refused, group="save", deed=self.deed)

    def _recorded(self, recorded: _Recorded) -> None:
        self.dismiss(recorded)

    def refused(self, error: PlannerError) -> None:
        """Show an error. The input stays in the fields."""
        self._saving = False
        # docs/decisions/0034: the person decides again about the new state.
        self._refused_values = self._values()
        self.say(Content.assemble((f"! {sentence(error.what)} ", TROUBLE), sentence(error.do) if error.do else ""))

    def on_input_changed(self) -> None:
        """Remove the error message when the input changes."""
        self._corrected()

    def on_text_area_changed(self) -> None:
        """Remove the error message when the input changes."""
        self._corrected()

    def _corrected(self) -> None:
        if self._refused_values is not None and not self._saving and self._refused_values != self._values():
            self._refused_values = None
            self.query_one("#window-message").display = False

    def _values(self) -> list[str]:
        """Return the present values of the fields."""
        inputs = [field.value for field in self.query(Input)]
        return [*inputs, *(field.text for field in self.query(TextArea))]

    def say(self, message: Content) -> None:
        """Show a message above the fields."""
        line = self.query_one("#window-message", Static)
        line.update(message)
        line.display = True

    def may_leave(self) -> bool:
        """Return whether the dialog can be closed. With unsaved input, the first call shows a warning."""
        values = self._values()
        if self._saving:
            return False
        if values in (self._first_values, self._warned_values):
            return True
        self._warned_values = self._refused_values = values
        warning = tr("! What you entered is not saved. Press the key again to close and lose it.")
        self.say(Content.styled(warning, TROUBLE))
        return False
