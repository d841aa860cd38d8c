"""The panel that shows an error of the app and what to do about it."""

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widgets import Static

from planner.base.errors import PlannerError
from planner.base.language import tr
from tui.marks import MUTED, TROUBLE

if TYPE_CHECKING:
    from tui.loaded import LoadedApp


class ErrorPanel(Static):
    """The error panel. It is hidden while there is no error."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def show_error(self, error: PlannerError | None) -> None:
        """Show an error, or hide the panel if it is None."""
        self.display = error is not None
        if error is not None:
            key = cast("LoadedApp", self.app).key_for
            keys = tr("Press {reload} to try again or {quit} to quit.", reload=key("app.reload"), quit=key("app.quit"))
            self.update(
                Content.assemble(
                    (f"! {sentence(error.what)}", f"bold {TROUBLE}"),
                    f"\n{error.where}" if error.where else "",
                    f"\n{sentence(error.do)}" if error.do else "",
                    (f"\n{keys}", MUTED),
                )
            )


def sentence(text: str) -> str:
    """Return a part of an error message as a sentence, with a capital letter and a full stop."""
    return f"{text[:1].upper()}{text[1:]}."
