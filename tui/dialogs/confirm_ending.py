"""The dialog that asks before an ending is confirmed. It shows the report and what speaks against confirming it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.language import tr
from tui.dialogs.dialog import Dialog
from tui.keys import bindings
from tui.marks import MUTED, mark, one_line

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView, StatusView


class ConfirmEndingDialog(Dialog[bool]):
    """Asks whether to confirm that an item has ended as `report` says. The result is True if the person confirms.

    `doubts` are the inconsistencies that the person should know.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings.CONFIRM_ENDING

    def __init__(self, item: "ItemView", report: "StatusView", doubts: Sequence[str]) -> None:
        super().__init__()
        self._item, self._report, self._doubts = item, report, tuple(doubts)
        self.heading = tr("Confirm that {code} has ended?", code=item.code)

    def content(self) -> ComposeResult:
        """Yield the item's title, how it has ended and who says so, and the doubts."""
        report = self._report
        since = tr("The last report is by {actor}, as of {day}.", day=report.as_of, actor=one_line(report.actor))
        yield Static(Content(one_line(self._item.title)))
        yield Static(mark(report.phase))
        if words := report.why_ended or report.evidence:
            yield Static(Content(one_line(words)))
        yield Static(Content.styled(since, MUTED))
        for doubt in self._doubts:
            yield Static(Content.styled(f"? {one_line(doubt)}", "$text-warning"))

    def hint(self) -> Content:
        """Return the line that explains the effect and the keys."""
        return Content(
            tr(
                "The item then counts as ended. Press {key} to confirm it, {leave_key} to close.",
                key=self.planner.key_for("confirm_ending.confirm"),
                leave_key=self.leave_key,
            )
        )

    def action_confirm(self) -> None:
        """Close the dialog with the person's confirmation."""
        self.dismiss(True)
