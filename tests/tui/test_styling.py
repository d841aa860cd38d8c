"""The style sheet that remembers: what it gives is what Textual's own would give."""

from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.dom import DOMNode

from tests.tui.desk import NARROW, WIDE, Desk, desk
from tests.tui.textual_internals import part_names, part_of, styles_of
from tui.styling import RememberingStylesheet
from tui.themes import DARK, LIGHT


def styled_otherwise(seat: Desk) -> list[DOMNode]:
    """The nodes of the screen to which Textual's own style sheet gives other styles than they have."""
    app = seat.app
    nodes = [app, *app.screen.walk_children(with_self=True)]
    return [node for node in nodes if styles_of(node) != _styles_of_textual(app.stylesheet, node)]


def _styles_of_textual(sheet: Stylesheet, node: DOMNode) -> list[dict[str, object]]:
    parts = [part_of(node, name) for name in part_names(node)]
    for each in (node, *parts):
        Stylesheet.apply(sheet, each)
    return [styles_of(each)[0] for each in (node, *parts)]


async def test_every_widget_has_the_styles_that_textual_finds_for_it(door):
    async with desk(door, WIDE) as seat:
        for step in ((), ("1",), ("enter",), ("right",), ("r",), ("tab", "tab"), ("escape",), ("ctrl+p",), ("escape",)):
            await seat.press(*step)
            assert (step, styled_otherwise(seat)) == (step, [])
        await seat.pilot.resize_terminal(*NARROW)
        await seat.settle()
        assert styled_otherwise(seat) == []
        for theme in (LIGHT, DARK):
            seat.app.theme = theme.name
            await seat.settle()
            assert (theme.name, styled_otherwise(seat)) == (theme.name, [])


def test_rules_are_parsed_once_for_each_set_of_variables():
    sheet = RememberingStylesheet(variables={"ink": "red"})
    sheet.add_source("Static { color: $ink; }")
    (first,) = sheet.rules
    sheet.set_variables({"ink": "red"})
    sheet.reparse()
    assert sheet.rules[0] is first
    sheet.set_variables({"ink": "blue"})
    sheet.reparse()
    assert sheet.rules[0].styles.color == Color.parse("blue")
    sheet.set_variables({"ink": "red"})
    sheet.reparse()
    assert sheet.rules[0] is first
