"""The top lines of every screen: which screen, which day, which database; and the banner of a demonstration."""

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from tui.marks import MUTED, STRONG

if TYPE_CHECKING:
    from planner.queries.overview import Overview

SIMULATED = " SIMULATED  Demonstration data: reports, dates and values are made up."


class Masthead(Widget):
    """One line: the program and the screen on the left, the day and the database on the right."""

    screen_name: reactive[str] = reactive("")
    day: reactive[str] = reactive("")
    address: reactive[str] = reactive("")

    def __init__(self, screen_name: str) -> None:
        super().__init__()
        self.set_reactive(Masthead.screen_name, screen_name)

    def tell(self, address: str, standing: "Overview | None") -> None:
        """Take over what is known of the database and the day."""
        self.address = address
        self.day = f"as of {standing.as_of:%a %Y-%m-%d}, {standing.week}" if standing else "reading…"

    def render(self) -> Content:
        """The line, the address shortened from its left where there is no room."""
        left = Content.assemble((" planner ", "bold $text-primary"), ("│ ", MUTED), (self.screen_name, STRONG))
        room = self.size.width - left.cell_length - cell_len(self.day) - 6
        address = shortened(self.address, room)
        right = Content.assemble((self.day, ""), ("  ", ""), (address, MUTED), " ")
        gap = max(1, self.size.width - left.cell_length - right.cell_length)
        return Content.assemble(left, " " * gap, right)


def shortened(address: str, room: int) -> str:
    """The end of an address, which tells more than its beginning; nothing where there is no room for it."""
    if cell_len(address) <= room:
        return address
    return f"…{address[-(room - 1) :]}" if room > 8 else ""


class SimulatedBanner(Static):
    """Says that what is reported in this database is made up. Shown by the screen when it is."""

    def __init__(self) -> None:
        super().__init__(SIMULATED, markup=False)
        self.display = False
