"""The item under the cursor, its title whole: in the list there is rarely room for it."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from tui.marks import MUTED, STRONG, one_line, right_to_left

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView


class Peek(Static):
    """The title, and under it the lead and what comes next."""

    item: "reactive[ItemView | None]" = reactive(None)

    def __init__(self) -> None:
        super().__init__(markup=False)

    def watch_item(self, item: "ItemView | None") -> None:
        """Show another item."""
        if item is None:
            self.update("")
            return
        self.set_class(right_to_left(item.title), "-right-to-left")
        self.update(
            Content("\n").join([Content.styled(one_line(item.title), STRONG), Content.styled(_about(item), MUTED)])
        )


def _about(item: "ItemView") -> str:
    coming = item.next_milestone
    milestone = f"; next {coming.current}: {one_line(coming.title)}" if coming else ""
    return f"Title {item.basis.value}; {one_line(item.lead.name)}; due {item.current_due}{milestone}"
