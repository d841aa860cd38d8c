"""The dialog that shows what an act on many items would change, before it is recorded."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.language import tr
from tui.dialogs.dialog import Dialog
from tui.keys import bindings
from tui.marks import MUTED, one_line
from tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from tui.data.acts.act import Affected
    from tui.data.picks import Pick

_COLUMNS: "list[Column[Pick]]" = [
    Column("label", "", lambda pick, _: Content(one_line(pick.label)), 24, comfort=24),
    Column("note", "", lambda pick, _: Content.styled(one_line(pick.note), MUTED), 26),
]


class ConfirmActDialog(Dialog[bool]):
    """Lists the items that an act would change. The result is True if the person confirms."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.CONFIRM_ACT

    def __init__(self, heading: str, affected: "Affected") -> None:
        super().__init__(heading)
        self._affected = affected

    def content(self) -> ComposeResult:
        """Yield the summary and the list."""
        summary = " ".join(one_line(sentence) for sentence in self._affected.summary)
        yield Static(Content(summary), markup=False, id="affected-summary")
        table = Table(_COLUMNS, lambda pick: (pick.key, pick.note), empty=tr("No item changes."), id="affected")
        # The keys of the dialog move its cursor, so that enter confirms.
        table.can_focus = False
        yield table

    def hint(self) -> Content:
        """Return the line that explains the keys."""
        key = self.planner.key_for("confirm_act.save")
        return Content(tr("Press {key} to save this, {leave_key} to go back.", key=key, leave_key=self.leave_key))

    def on_mount(self) -> None:
        """Show the items."""
        table = self.query_one(Table)
        table.styles.height = min(18, len(self._affected.items) + 1) if self._affected.items else 2
        table.show(self._affected.items)

    def action_move(self, by: int) -> None:
        """Move the cursor of the list."""
        self.query_one(Table).cursor += by

    def action_confirm(self) -> None:
        """Close the dialog with the person's confirmation."""
        self.dismiss(True)
