"""The dialog that asks for confirmation before it undoes the person's last write.

It shows the write first, so that no other write is undone by mistake.
"""

from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.formats import with_weekday
from planner.base.language import later, tr
from tui.dialogs.dialog import Dialog
from tui.keys import bindings
from tui.marks import MUTED, one_line

if TYPE_CHECKING:
    from planner.writes.undo import OwnWrite

# The largest number of records that are listed.
MOST = 8


class UndoDialog(Dialog[bool]):
    """Asks whether to undo a write. The result is True if the person confirms."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.UNDO
    title_shown = later("Undo my last change?")

    def __init__(self, write: "OwnWrite", time_zone: str) -> None:
        super().__init__()
        self._write = write
        self._time_zone = time_zone

    def content(self) -> ComposeResult:
        """Yield the time of the write, and a description of its records with the titles of their items."""
        records = self._write.lines
        yield Static(Content.styled(tr("Saved on {when}:", when=self._when()), MUTED))
        for record, title in records[:MOST]:
            yield Static(Content.assemble(record, (f"  {one_line(title)}", MUTED)))
        if len(records) > MOST:
            yield Static(Content.styled(tr("and {number} more", number=len(records) - MOST), MUTED))

    def _when(self) -> str:
        when = self._write.recorded_at.astimezone(ZoneInfo(self._time_zone))
        return tr("{day} at {time}", day=with_weekday(when), time=f"{when:%H:%M}")

    def hint(self) -> Content:
        """Return the line that explains the effect and the keys."""
        return Content(
            tr(
                "The change stays in the history but no longer counts. Press {key} to undo it, {leave_key} to close.",
                key=self.planner.key_for("undo.take_back"),
                leave_key=self.leave_key,
            )
        )

    def action_take_back(self) -> None:
        """Close the dialog with the person's confirmation."""
        self.dismiss(True)
