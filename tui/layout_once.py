"""Laying out a new screen once.

Textual lays a new screen out when it comes to the front, and again when it hears its size, together with the screen
behind it. Only then does it set the classes of the terminal's width, so that all styles change once more.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual import events
    from textual.screen import Screen

NARROW, WIDE = "-narrow", "-wide"

# The classes of a screen by the smallest width of the terminal, in cells.
WIDTHS = [(0, NARROW), (120, WIDE)]


def set_width_class(screen: "Screen[Any]") -> None:
    """Give a new screen the class of the terminal's width before its widgets get their styles."""
    screen.add_class(_class_of(screen.app.size.width), update=False)


def lay_out_once(screen: "Screen[Any]", event: "events.Resize") -> None:
    """Keep Textual from laying a screen out again in the size that it has."""
    # docs/decisions/0118: this was more than half of the time until a new screen was painted.
    if event.size == screen.outer_size and screen.has_class(_class_of(event.size.width)):
        event.prevent_default()


def _class_of(width: int) -> str:
    return max((smallest, name) for smallest, name in WIDTHS if smallest <= width)[1]
