"""The line of the tour about the screen behind it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.language import tr
from tui.dialogs.dialog import Dialog
from tui.keys import bindings


class TourDialog(Dialog[int]):
    """Shows one sentence at the bottom. The result is 1 to go on, -1 to go back, or None to end the tour."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.TOUR

    def __init__(self, sentence: str, number: int, total: int) -> None:
        super().__init__(tr("Tour, {number} of {total}", number=number, total=total))
        self._sentence = sentence

    def content(self) -> ComposeResult:
        """Yield the sentence."""
        yield Static(Content(self._sentence))

    def hint(self) -> Content:
        """Return the line that explains the keys."""
        key_for = self.planner.key_for
        return Content(
            tr(
                "{next_key} goes on, {back_key} goes back, {leave_key} ends the tour.",
                next_key=key_for("tour.next"),
                back_key=key_for("tour.back"),
                leave_key=self.leave_key,
            )
        )

    def action_step(self, by: int) -> None:
        """Close this line, to go on or back."""
        self.dismiss(by)
