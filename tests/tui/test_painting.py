"""Only what is seen is drawn, and it is the same as what Textual draws."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tests.effort import only_in_more
from tests.tui.desk import NARROW, WIDE, desk
from tests.tui.textual_internals import pieces_by_textual, pieces_drawn
from tui.data import Door


@contextmanager
def lines_drawn() -> Iterator[dict[str, int]]:
    """Count the lines that each kind of widget draws."""
    drawn: dict[str, int] = {}
    render_lines = Widget.render_lines

    def counted(widget: Widget, crop: Region) -> list[Strip]:
        name = type(widget).__name__
        drawn[name] = drawn.get(name, 0) + crop.height
        return render_lines(widget, crop)

    with patch.object(Widget, "render_lines", counted):
        yield drawn


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("size", [NARROW, only_in_more(WIDE)])
async def test_each_screen_is_drawn_as_textual_draws_it(door: Door, size: tuple[int, int]) -> None:
    async with desk(door, size) as seat:
        for step in (
            (),
            ("i",),
            ("F",),
            ("F", "enter"),
            ("r",),
            ("escape", "ctrl+p"),
            ("escape", "t"),
            ("m", "v"),
            ("f",),
        ):
            await seat.press(*step)
            for lines in (range(seat.app.size.height), range(3, 9)):
                assert pieces_drawn(seat.app.screen, lines) == pieces_by_textual(seat.app.screen, lines), step


async def test_containers_that_are_covered_are_not_drawn(door: Door) -> None:
    async with desk(door, WIDE) as seat:
        await seat.press("i")
        with lines_drawn() as drawn:
            pieces_drawn(seat.app.screen, range(50))
        assert drawn.get("RegisterScreen", 0) < 10 < drawn["Table"]


async def test_of_a_list_only_the_lines_are_drawn_that_change(door: Door) -> None:
    async with desk(door, WIDE) as seat:
        await seat.press("i")
        with lines_drawn() as drawn:
            pieces_drawn(seat.app.screen, range(4, 6))
        assert drawn["Table"] == 2
