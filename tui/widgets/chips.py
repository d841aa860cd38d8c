"""What narrows the list, each as a chip that can be taken away, after how many items are left and in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from planner.queries.items.filters import Facet, Filters
from tui.marks import MUTED

# A chip's label takes no more cells than this.
WIDEST = 24


@dataclass(frozen=True)
class Chip:
    """One thing that narrows the list: a value of a facet, or the words searched for (no facet)."""

    facet: Facet | None
    value: Any
    label: str = ""

    def without(self, filters: Filters) -> Filters:
        """The filters without it."""
        if self.facet is None:
            return filters.searching("")
        return filters.choosing(self.facet, filters.chosen(self.facet) - {self.value})


def following(before: Sequence[tuple[Facet, Any]], filters: Filters) -> list[tuple[Facet, Any]]:
    """What is chosen in the order in which it was: what was chosen `before` keeps its place, what is new comes last."""
    active = filters.active
    return [one for one in before if one in active] + [one for one in active if one not in before]


def shortened(label: str) -> str:
    """A label cut to a width that leaves room for other chips."""
    return Content(label).truncate(WIDEST, ellipsis=True).plain


class Chips(Widget):
    """One line. A click on a chip takes it away."""

    summary: reactive[str] = reactive("")
    chips: reactive[tuple[Chip, ...]] = reactive(())

    @dataclass
    class Removed(Message):
        """A chip is to be taken away."""

        chip: Chip

    def render(self) -> Content:
        """How many there are, then the chips."""
        drawn = [
            Content.styled(f" {shortened(chip.label)} × ", "$text on $primary-muted").stylize(
                Style.from_meta({"chip": place})
            )
            for place, chip in enumerate(self.chips)
        ]
        return Content(" ").join([Content.styled(self.summary, MUTED if self.chips else ""), *drawn])

    def on_click(self, event: events.Click) -> None:
        """Take the chip under the pointer away."""
        place = event.style.meta.get("chip")
        if place is not None:
            self.post_message(self.Removed(self.chips[place]))
