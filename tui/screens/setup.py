"""What is not set up yet: the first screen of an administrator, until nothing is missing."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content

from planner.base.language import later, tr
from tui.data.missing import read_missing
from tui.keys import bindings
from tui.marks import MUTED, STRONG
from tui.screens.page import Page
from tui.services.copying import Copied
from tui.widgets.blocks import Block, BlockPane

if TYPE_CHECKING:
    from planner.queries.plans.not_set_up_view import NotSetUp
    from planner.queries.weeks.overview import Overview


class SetUpScreen(Page):
    """Lists what is missing in the plan and the register, in the order in which it is set up."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.BACK]
    offers_acts = True
    name_shown = later("Not set up yet")
    help_text = later("What is missing in the plan and the register, each with the command that adds it.")
    # The command that gives the same as text.
    command = "planner doctor"

    def __init__(self, found: "Sequence[NotSetUp] | None" = None) -> None:
        super().__init__()
        # What was read before the screen was opened.
        self._found = found

    def content(self) -> ComposeResult:
        """Yield the list."""
        yield BlockPane(id="missing")

    def on_mount(self) -> None:
        """Show what was read, and read it again after each load."""
        super().on_mount()
        self.query_one(BlockPane).focus()

    def show(self, standing: "Overview") -> None:
        """Show the list. It is read again each time that the plan is loaded."""
        if self._found is None:
            self.planner.tasks.read(self, read_missing, self._fill)
        else:
            self._fill(self._found)

    def _fill(self, found: "Sequence[NotSetUp]") -> None:
        self._found = None
        self.query_one(BlockPane).fill(_blocks(found, self.planner.key_for("app.change")))

    def to_copy(self) -> Copied | None:
        """Return nothing: the list is text."""
        return None


def _blocks(found: "Sequence[NotSetUp]", key: str) -> Iterator[Block]:
    if not found:
        yield Block(Content.styled(tr("Nothing is missing."), STRONG))
        return
    yield Block(Content(tr("The plan can be used, and this is missing. Each line below has the command that adds it.")))
    for one in found:
        yield Block(Content.styled(one.what, STRONG), "-heading")
        yield Block(Content(one.do), "-detail")
    yield Block(Content.styled(tr("{key} lists what you can add and change here.", key=key), MUTED), "-heading")
