"""The private parts of Textual that the tests need, each in one function.

Textual is pinned to one version. When that changes, tests/tui/test_textual_internals.py names the parts that have gone,
and only this module has to follow.
"""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from textual._compositor import Compositor as Compositor
from textual._context import visible_screen_stack
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode
from textual.geometry import Region
from textual.message_pump import MessagePump
from textual.screen import Screen

# What each private part belongs to. The canary test looks for every one of them.
PARTS: dict[type, tuple[str, ...]] = {
    App: ("_press_keys", "_background_screens", "_display", "_notifications", "_resize_event", "_exception"),
    Screen: ("_on_timer_update", "_callbacks", "_compositor", "_refresh_layout"),
    MessagePump: ("_message_queue", "_next_callbacks"),
    Compositor: ("_dirty_regions", "_render_chops", "reflow", "render_strips", "render_update"),
    Stylesheet: ("_parse_rules", "_variables"),
    DOMNode: ("_component_styles", "_attach"),
}

# These two functions of Textual are replaced while an app is driven by tests.
WAITS_FOR_IDLE = ("textual.app.wait_for_idle", "textual.pilot.wait_for_idle")

parse_rules = Stylesheet._parse_rules
render_update = Compositor.render_update


async def press_keys(app: App[Any], keys: Iterable[str]) -> None:
    """Send keys to an app, as its terminal would."""
    await app._press_keys(keys)


def draw(screen: Screen[Any]) -> None:
    """Lay out and draw what has changed on a screen, as its timer would."""
    screen._on_timer_update()


@contextmanager
def paints() -> Iterator[list[Screen[Any]]]:
    """Yield a list to which each screen is added whenever something is painted for it."""
    painted: list[Screen[Any]] = []
    display = App._display

    def note(self: App[Any], screen: Screen[Any], renderable: Any) -> None:
        painted.append(screen)
        display(self, screen, renderable)

    with patch.object(App, "_display", note):
        yield painted


@contextmanager
def layouts_for_a_size() -> Iterator[list[str]]:
    """Note the classes of the screens that are laid out because they get a size, one by one."""
    laid_out: list[str] = []
    lay_out = Screen._refresh_layout

    def noted(screen: Screen[Any], *size: Any, **more: Any) -> None:
        if size:
            laid_out.append(type(screen).__name__)
        lay_out(screen, *size, **more)

    with patch.object(Screen, "_refresh_layout", noted):
        yield laid_out


@contextmanager
def layouts() -> Iterator[list[str]]:
    """Note the classes of the screens that are laid out, one by one."""
    laid_out: list[str] = []
    reflow = Compositor.reflow

    def noted(compositor: Compositor, screen: Any, size: Any) -> Any:
        laid_out.append(type(screen).__name__)
        return reflow(compositor, screen, size)

    with patch.object(Compositor, "reflow", noted):
        yield laid_out


def drawn_lines(app: App[Any]) -> list[str]:
    """Return the lines of the front screen, with what a dialog shows of the screens behind it."""
    # The renderer takes the screens behind a dialog from this variable, and uses it up.
    visible_screen_stack.set(app._background_screens)
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]


def screenshot(app: App[Any]) -> str:
    """Return the front screen as SVG, although the tests replace the function that draws for the terminal."""
    with patch.object(Compositor, "render_update", render_update):
        return app.export_screenshot(simplify=True)


def skip_drawing(compositor: Compositor) -> None:
    """Count everything as drawn. The tests draw when they look at the screen."""
    compositor._dirty_regions.clear()


def notifications(app: App[Any]) -> list[str]:
    """Return the messages of the notifications that the app shows."""
    return [str(notice.message) for notice in app._notifications]


def has_work(app: App[Any]) -> bool:
    """Return whether the app has callbacks to run, or a new size of the terminal to apply."""
    return bool(app.screen._callbacks) or app._resize_event is not None


def fail_with(app: App[Any], error: Exception) -> None:
    """Have an app end with an error, as one in a message handler would."""
    app._exception = error


def waits(node: MessagePump) -> bool:
    """Return whether a node waits for its next message: it has none, and has finished the one before."""
    arrival: asyncio.Event = node._message_queue.ready_event
    return bool(arrival._waiters) and not (arrival.is_set() or node._next_callbacks)


def variables(sheet: Stylesheet) -> dict[str, str]:
    """Return the variables of a style sheet."""
    return sheet._variables


def parsed_again(sheet: Stylesheet, css: str, *place: Any, **more: Any) -> list[RuleSet]:
    """Parse a style sheet's text, as Textual does."""
    return parse_rules(sheet, css, *place, **more)


def styles_of(node: DOMNode) -> list[dict[str, object]]:
    """Return the rules that apply to a node and to each of its parts."""
    parts = [node._component_styles[name].base for name in sorted(node._component_styles)]
    return [dict(styles._rules) for styles in (node.styles.base, *parts)]


def part_of(node: DOMNode, name: str) -> DOMNode:
    """Return a new node that stands for a named part of a node, to compute the styles of the part."""
    part = DOMNode(classes=name)
    part._attach(node)
    return part


def part_names(node: DOMNode) -> list[str]:
    """Return the names of a node's parts."""
    return sorted(node._component_styles)


def pieces_drawn(screen: Screen[Any], lines: range) -> list[dict[int, Any]]:
    """Return the pieces of some lines of a screen by their first column."""
    return _pieces(screen, type(screen._compositor)._render_chops, lines)


def pieces_by_textual(screen: Screen[Any], lines: range) -> list[dict[int, Any]]:
    """Return the pieces of some lines of a screen as Textual itself would draw them."""
    return _pieces(screen, Compositor._render_chops, lines)


def _pieces(screen: Screen[Any], draw_pieces: Any, lines: range) -> list[dict[int, Any]]:
    compositor = screen._compositor
    visible_screen_stack.set(screen.app._background_screens)
    crop = Region(0, lines.start, compositor.size.width, len(lines))
    drawn = draw_pieces(compositor, crop, lambda y: y in lines)
    return [{column: strip and list(strip) for column, strip in pieces.items()} for pieces in drawn]
