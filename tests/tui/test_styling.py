"""The style sheet that remembers: what it gives is what Textual's own would give."""

from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from tests.tui.desk import NARROW, WIDE, Desk, desk
from tui.themes import LIGHT


def styled_otherwise(seat: Desk) -> list[DOMNode]:
    """The nodes of the screen to which Textual's own style sheet gives other styles than they have."""
    app = seat.app
    nodes = [app, *app.screen.walk_children(with_self=True)]
    return [node for node in nodes if _styles(node) != _styles_of_textual(app.stylesheet, node)]


def _styles(node: DOMNode) -> list[dict[str, object]]:
    parts = [node._component_styles[name].base for name in sorted(node._component_styles)]
    return [dict(styles._rules) for styles in (node.styles.base, *parts)]


def _styles_of_textual(sheet: Stylesheet, node: DOMNode) -> list[dict[str, object]]:
    parts = []
    for name in sorted(node._component_styles):
        part = DOMNode(classes=name)
        part._attach(node)
        parts.append(part)
    for each in (node, *parts):
        Stylesheet.apply(sheet, each)
    return [dict(each.styles.base._rules) for each in (node, *parts)]


async def test_every_widget_has_the_styles_that_textual_finds_for_it(door):
    async with desk(door, WIDE) as seat:
        for step in ((), ("1",), ("enter",), ("right",), ("r",), ("tab", "tab"), ("escape",), ("ctrl+p",), ("escape",)):
            await seat.press(*step)
            assert (step, styled_otherwise(seat)) == (step, [])
        await seat.pilot.resize_terminal(*NARROW)
        await seat.settle()
        assert styled_otherwise(seat) == []
        seat.app.theme = LIGHT.name
        await seat.settle()
        assert styled_otherwise(seat) == []
