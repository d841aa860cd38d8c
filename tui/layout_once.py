"""Lays out a new screen, and what is added to a screen, only once.

Textual lays out a new screen when it comes to the front. When the screen then receives its size, Textual lays out this
screen again, and also the screen behind it. Textual sets the classes for the terminal's size only then, so all styles
change once more.

When widgets are added, Textual lays out their screen each time that somebody has waited for them, and it waits itself
after a moment. It also lays a screen out again if a widget has got a size for its content. So a new screen is laid out
and painted again just after it was painted.
"""

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from textual.widget import AwaitMount, Widget
from textual.widgets._toast import ToastRack

if TYPE_CHECKING:
    from textual import events
    from textual.geometry import Size
    from textual.screen import Screen

NARROW, WIDE = "-narrow", "-wide"

# The classes of a screen by the smallest width and height of the terminal, in cells.
WIDTHS = [(0, NARROW), (120, WIDE)]
HEIGHTS = [(0, "-low"), (16, "-high")]


_wait_for_mount = AwaitMount.__await__
_take_size = Widget._size_updated


def lay_out_new_widgets_once() -> None:
    """Make Textual lay out a screen once for the widgets that are added together, in every app of this process."""
    # docs/decisions/0118: a fifth of the work for a new screen was its second layout.
    AwaitMount.__await__ = _wait_once  # type: ignore[method-assign]
    Widget._size_updated = _take_size_without_layout  # type: ignore[method-assign]


def _take_size_without_layout(
    self: Widget, size: "Size", virtual_size: "Size", container_size: "Size", layout: bool = True
) -> bool:
    """Give a widget the size that it has in the layout just made, which needs no other layout.

    If a scrollbar appears or disappears, Textual lays the screen out again for that reason.
    """
    return _take_size(self, size, virtual_size, container_size, layout=False)


def _wait_once(self: AwaitMount) -> Generator[None, None, None]:
    """Wait until widgets are mounted, and lay out their screen. A later wait for them does nothing.

    A new screen is not laid out here, because it is when it comes to the front.
    """
    if self._parent in self._widgets:
        yield from self._parent._mounted_event.wait().__await__()
    else:
        yield from _wait_for_mount(self)
    self._widgets = ()


def prepare_notifications(screen: "Screen[Any]") -> None:
    """Hide the place for notifications before the first layout, unless there are some. Textual does it after it."""
    for rack in screen.query_children(ToastRack):
        rack.display = bool(screen.app._notifications)


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
