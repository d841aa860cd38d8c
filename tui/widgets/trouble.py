"""The panel that says what hinders the app, and what to do."""

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.widgets import Static

from planner.base.errors import PlannerError
from tui.marks import MUTED, TROUBLE

if TYPE_CHECKING:
    from tui.loaded import LoadedApp


class Trouble(Static):
    """Hidden while all is well."""

    def __init__(self) -> None:
        super().__init__(markup=False)
        self.display = False

    def show_error(self, error: PlannerError | None) -> None:
        """Show an error, or hide."""
        self.display = error is not None
        if error is not None:
            key = cast("LoadedApp", self.app).key_for
            self.update(
                Content.assemble(
                    (f"! {sentence(error.what)}", f"bold {TROUBLE}"),
                    f"\n{error.where}" if error.where else "",
                    f"\n{sentence(error.do)}" if error.do else "",
                    (f"\n{key('app.reload')} tries again, {key('app.quit')} quits.", MUTED),
                )
            )


def sentence(text: str) -> str:
    """A message's part as a sentence of its own."""
    return f"{text[:1].upper()}{text[1:]}."
