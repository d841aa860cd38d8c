"""The window that says why a form does not open."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.errors import PlannerError
from planner.base.language import later, tr
from tui.dialogs.dialog import Dialog
from tui.keys import bindings
from tui.marks import TROUBLE, one_line
from tui.widgets.trouble import sentence


class RefusedDialog(Dialog[None]):
    """Says why the form that a person asked for does not open.

    It is a window, so that the letters of a text that the person types on, such as a path, are not taken for keys.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings.REFUSED
    title_shown = later("This is not possible now")

    def __init__(self, error: PlannerError) -> None:
        super().__init__()
        self.error = error

    def content(self) -> ComposeResult:
        """Yield what is wrong, and what to do."""
        yield Static(Content.styled(f"! {sentence(one_line(self.error.what))}", TROUBLE))
        if self.error.do:
            yield Static(Content(sentence(one_line(self.error.do))))

    def hint(self) -> Content:
        """Return the line that names the key."""
        return Content(tr("Press {leave_key} to close.", leave_key=self.leave_key))
