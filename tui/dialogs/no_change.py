"""The dialog that confirms a report of no change. It shows the last report first."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.formats import percent
from planner.base.language import tr
from planner.domain.symbols import this_period
from planner.domain.vocabulary import Cadence
from tui.dialogs.dialog import Dialog
from tui.keys import bindings
from tui.marks import MUTED, mark, one_line

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView


class NoChangeDialog(Dialog[bool]):
    """Asks whether to report that nothing changed. The result is True if the person confirms."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.NO_CHANGE

    def __init__(self, item: "ItemView") -> None:
        super().__init__()
        self._item = item
        self.heading = tr("Report that nothing changed on {code}?", code=item.code)

    def content(self) -> ComposeResult:
        """Yield the item's title, its phase, rating and progress, and the date of the last report."""
        item, last = self._item, self._item.last
        yield Static(Content(one_line(item.title)))
        since = (
            tr("The last report is by {actor}, as of {day}.", day=last.as_of, actor=one_line(last.actor))
            if last
            else tr("There is no report yet.")
        )
        yield Static(Content.assemble(mark(item.phase), "  ", mark(item.confidence), f"  {percent(item.actual)}"))
        yield Static(Content.styled(since, MUTED))

    def hint(self) -> Content:
        """Return the line that explains the effect and the keys."""
        standing = self.planner.standing
        return Content(
            tr(
                "This counts as the report {period}. Press {key} to report it, {leave_key} to close.",
                period=this_period(standing.plan.cadence if standing else Cadence.WEEKLY),
                key=self.planner.key_for("no_change.report"),
                leave_key=self.leave_key,
            )
        )

    def action_report(self) -> None:
        """Close the dialog with the person's confirmation."""
        self.dismiss(True)
