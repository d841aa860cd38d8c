"""A small window over a screen that asks one thing. The screen beneath stays in sight."""

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui import keys
from tui.widgets.foot import Foot

if TYPE_CHECKING:
    from tui.app import PlannerApp

_Result = TypeVar("_Result")


class Dialog(ModalScreen[_Result | None], Generic[_Result]):
    """Subclasses give their content in `content`. It ends with `dismiss(result)`, or with None when it is left."""

    BINDINGS: ClassVar[list[BindingType]] = keys.DIALOG

    # What stands on the window's frame.
    title_shown = ""

    def compose(self) -> ComposeResult:
        """The window."""
        with Vertical(classes="dialog") as window:
            window.border_title = Content(self.title_shown)
            yield from self.content()
            yield Static(self.hint(), classes="dialog-hint", markup=False)
        # It covers that of the screen beneath, whose keys do nothing now.
        yield Foot()

    def content(self) -> ComposeResult:
        """What the window asks."""
        raise NotImplementedError

    def hint(self) -> Content:
        """The line under it that says which keys do what."""
        return Content()

    @property
    def planner(self) -> "PlannerApp":
        """The app, as what it is."""
        return cast("PlannerApp", self.app)

    @property
    def leave_key(self) -> str:
        """The key that closes the window, for its hint."""
        return self.planner.key_for("dialog.leave")

    def action_leave(self) -> None:
        """Close the window; nothing is done."""
        self.dismiss(None)
