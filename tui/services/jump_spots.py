"""The places on a screen that a jump letter can lead to."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from textual.geometry import Offset
from textual.screen import Screen

from tui.widgets.fold import Fold

# The letters, in the order in which they are easy to reach.
LETTERS = "asdfghjklqwertyuiopzxcvbnm"

Go = Callable[[], object]


@dataclass(frozen=True)
class Spot:
    """The position of a letter on the screen, and the action that it triggers."""

    at: Offset
    go: Go


def spots_of(screen: Screen[Any]) -> list[Spot]:
    """Return a spot for each visible widget that can have the focus, and for each pane that a narrow terminal hides."""
    folded = [fold for fold in screen.query(Fold) if fold.named_places()]
    spots = [Spot(at, partial(fold.turn_to, place)) for fold in folded for place, at in fold.named_places()]
    panes = {pane for fold in folded for pane in fold.panes}
    for widget in screen.focus_chain:
        region = screen.find_widget(widget).visible_region
        if widget not in panes and region.area:
            spots.append(Spot(region.offset, widget.focus))
    return sorted(spots, key=lambda spot: (spot.at.y, spot.at.x))[: len(LETTERS)]
