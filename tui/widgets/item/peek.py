"""The item under the cursor, with its full title. The list rarely has room for the full title."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widgets import Static

from planner.base.language import tr
from planner.base.visible_text import right_to_left
from planner.dates.assumed import with_word
from tui.marks import MUTED, STRONG, one_line

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView


class Peek(Static):
    """The title of an item, with its lead and its next milestone below."""

    item: "reactive[ItemView | None]" = reactive(None)

    def __init__(self) -> None:
        super().__init__(markup=False)

    def watch_item(self, item: "ItemView | None") -> None:
        """Show an item, or nothing if it is None."""
        if item is None:
            self.update("")
            return
        self.set_class(right_to_left(item.title), "-right-to-left")
        self.update(
            Content("\n").join([Content.styled(one_line(item.title), STRONG), Content.styled(_about(item), MUTED)])
        )


def _about(item: "ItemView") -> str:
    coming = item.next_milestone
    parts = [
        tr("Basis: {basis}", basis=item.basis.value),
        one_line(item.lead.name),
        tr("due {day}", day=with_word(item.current_due, assumed=item.due_assumed)),
    ]
    if coming:
        day = with_word(coming.current, assumed=coming.assumed)
        parts.append(tr("next {day}: {title}", day=day, title=one_line(coming.title)))
    return "; ".join(parts)
