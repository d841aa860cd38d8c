"""Why a report is returned to who made it."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tui.marks import MUTED, TROUBLE
from tui.screens.dialog import Dialog


class ReturnDialog(Dialog[str]):
    """Ends with the reason. Without one nothing is returned. `falling` is what falls back with the report, in words."""

    def __init__(self, code: str, reporter: str, falling: Sequence[str] = ()) -> None:
        super().__init__()
        self._falling = tuple(falling)
        self.title_shown = f"Return the report on {code} to {reporter}"

    def content(self) -> ComposeResult:
        """What falls back with the report, the field, and the place for what is wrong with it."""
        if self._falling:
            yield Static(Content.styled("Saved together with it, and falls back too:", MUTED))
        for line in self._falling:
            yield Static(Content(f"  {line}"))
        yield Input(placeholder="what is missing, or wrong", compact=True, id="reason")
        yield Static(markup=False, id="reason-trouble")

    def hint(self) -> Content:
        """What happens then."""
        return Content(
            f"The item owes a report again, and the reason stands with it. enter returns it, {self.leave_key} leaves."
        )

    def on_input_changed(self) -> None:
        """Take an error away once something is typed."""
        self.query_one("#reason-trouble").display = False

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Return it, or ask for a reason."""
        if event.value.strip():
            self.dismiss(event.value)
        else:
            trouble = self.query_one("#reason-trouble", Static)
            trouble.update(Content.styled("! Say why in a few words.", TROUBLE))
            trouble.display = True
