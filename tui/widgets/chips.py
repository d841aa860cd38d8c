"""The line above the register: how many items the filters select, the sort order, and a chip for each filter."""

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

# The largest width of a chip's label, in terminal cells.
WIDEST = 24


@dataclass(frozen=True)
class Chip:
    """A filter of the list: a value of a facet, or the search text if `facet` is None."""

    facet: Facet | None
    value: Any
    label: str = ""

    def without(self, filters: Filters) -> Filters:
        """Return the filters without the filter of this chip."""
        if self.facet is None:
            return filters.searching("")
        return filters.choosing(self.facet, filters.chosen(self.facet) - {self.value})


def following(before: Sequence[tuple[Facet, Any]], filters: Filters) -> list[tuple[Facet, Any]]:
    """Return the active filters in the order in which they were set.

    `before` has the earlier filters in that order. New filters come last.
    """
    active = filters.active
    return [one for one in before if one in active] + [one for one in active if one not in before]


def chip_label(label: str) -> str:
    """Return a label, cut to the largest width of a chip."""
    return Content(label).truncate(WIDEST, ellipsis=True).plain


class Chips(Widget):
    """One line with a summary and the chips. A click on a chip removes its filter."""

    summary: reactive[str] = reactive("")
    chips: reactive[tuple[Chip, ...]] = reactive(())

    @dataclass
    class Removed(Message):
        """A person clicked a chip to remove its filter."""

        chip: Chip

    def render(self) -> Content:
        """Draw the summary and the chips."""
        drawn = [
            Content.styled(f" {chip_label(chip.label)} × ", "$text on $primary-muted").stylize(
                Style.from_meta({"chip": place})
            )
            for place, chip in enumerate(self.chips)
        ]
        return Content(" ").join([Content.styled(self.summary, MUTED if self.chips else ""), *drawn])

    def on_click(self, event: events.Click) -> None:
        """Remove the chip under the pointer."""
        place = event.style.meta.get("chip")
        if place is not None:
            self.post_message(self.Removed(self.chips[place]))
