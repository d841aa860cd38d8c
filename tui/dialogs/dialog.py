"""A dialog: a small window that asks for one thing. The screen behind it stays visible."""

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from planner.base.language import tr_later
from tui.keys import bindings
from tui.layout_once import lay_out_once, prepare_notifications, set_size_classes
from tui.painting import SeenCompositor
from tui.widgets.foot import Foot

if TYPE_CHECKING:
    from tui.shell import Shell

_Result = TypeVar("_Result")


class Dialog(ModalScreen[_Result | None], Generic[_Result]):
    """The base of all dialogs. Subclasses define `content`.

    A dialog ends with `dismiss(result)`, or with the result None if it is cancelled.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings.DIALOG

    # The title on the window's frame, in English. A subclass marks it with `later`, or gives a heading.
    title_shown = ""

    # Whether the help key works in this window.
    has_help = True

    def __init__(self, heading: str | None = None) -> None:
        super().__init__()
        self._compositor = SeenCompositor()
        self.heading = tr_later(self.title_shown) if heading is None else heading

    def on_mount(self) -> None:
        """Prepare the place for notifications. Textual calls this also if a subclass has a method of the same name."""
        prepare_notifications(self)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out the dialog and the screen behind it again, but only if their size has changed."""
        lay_out_once(self, event)

    def compose(self) -> ComposeResult:
        """Yield the window."""
        set_size_classes(self)
        with Vertical(classes="dialog") as window:
            window.border_title = Content(self.heading)
            window.border_subtitle = Content(self.planner.plan_of_several)
            yield from self.content()
            yield Static(self.hint(), classes="dialog-hint", markup=False)
        # This footer covers the footer of the screen behind, whose keys are inactive now.
        yield Foot()

    def content(self) -> ComposeResult:
        """Yield the widgets of the dialog."""
        raise NotImplementedError

    def hint(self) -> Content:
        """Return the line below the content that explains the keys."""
        return Content()

    @property
    def planner(self) -> "Shell":
        """Return the app with its precise type."""
        return cast("Shell", self.app)

    @property
    def leave_key(self) -> str:
        """Return the key that closes the dialog, for the hint."""
        return self.planner.key_for("dialog.leave")

    def may_leave(self) -> bool:
        """Return True if the dialog can be closed without losing input. Otherwise show a message and return False."""
        return True

    def action_leave(self) -> None:
        """Close the dialog without doing anything."""
        if self.may_leave():
            self.dismiss(None)
