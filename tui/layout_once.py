"""Lays out a new screen only once.

Textual lays out a new screen when it comes to the front. When the screen then receives its size, Textual lays out this
screen again, and also the screen behind it. Textual sets the classes for the terminal's size only then, so all styles
change once more.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size
    from textual.screen import Screen

NARROW, WIDE = "-narrow", "-wide"

# The classes of a screen by the smallest width and height of the terminal, in cells.
WIDTHS = [(0, NARROW), (120, WIDE)]
HEIGHTS = [(0, "-low"), (16, "-high")]


def set_size_classes(screen: "Screen[Any]") -> None:
    """Give a new screen the classes of the terminal's size before its widgets get their styles."""
    screen.add_class(*classes_of(screen.app.size), update=False)


def lay_out_once(screen: "Screen[Any]", event: "events.Resize") -> None:
    """Keep Textual from laying out a screen again if its size has not changed."""
    # docs/decisions/0118: this was more than half of the time until a new screen was painted.
    if event.size == screen.outer_size and screen.has_class(*classes_of(event.size)):
        event.prevent_default()


def classes_of(size: "Size") -> tuple[str, str]:
    """Return the classes of a screen of this size: for its width and for its height."""
    return _class_of(size.width, WIDTHS), _class_of(size.height, HEIGHTS)


def _class_of(cells: int, classes: list[tuple[int, str]]) -> str:
    return max((smallest, name) for smallest, name in classes if smallest <= cells)[1]
