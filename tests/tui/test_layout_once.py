"""How often a screen is laid out when it is opened and when the terminal is resized."""

import pytest
from textual.geometry import Size
from textual.widgets import Static

from tests.tui.desk import NARROW, WIDE, desk
from tests.tui.textual_internals import layouts, layouts_for_a_size, paints
from tui.data.reports import open_form as read_form
from tui.layout_once import classes_of
from tui.screens.report import ReportScreen
from tui.widgets.form.fields import TextField


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(
    ("keys", "screens"),
    [(("enter",), ["ItemScreen"]), (("r",), ["ReportScreen"]), (("ctrl+p",), ["Palette"])],
)
async def test_a_new_screen_is_laid_out_once_and_the_screen_behind_it_not_at_all(door, keys, screens):
    async with desk(door, WIDE) as seat:
        await seat.press("i")
        with layouts_for_a_size() as laid_out:
            await seat.press(*keys)
        assert laid_out == screens


@pytest.mark.first_cases(2)
@pytest.mark.parametrize(
    ("keys", "screen", "most"),
    [("enter", "ItemScreen", 4), ("r", "ReportScreen", 4), ("ctrl+p", "Palette", 2), ("ctrl+o", "JumpScreen", 2)],
)
async def test_until_a_new_screen_is_complete_it_is_laid_out_a_few_times_and_no_other_screen(door, keys, screen, most):
    async with desk(door, WIDE) as seat:
        await seat.press("i")
        with layouts() as laid_out:
            await seat.press(keys)
        assert set(laid_out) == {screen}
        assert len(laid_out) <= most, laid_out


async def test_a_form_has_no_fields_for_an_ending_until_one_is_chosen(door):
    async with desk(door, WIDE) as seat:
        await seat.press("i", "r")
        assert not seat.app.screen.query("#ending_reason, #merged_into")


async def test_a_form_is_opened_with_the_fields_that_a_person_begins_with_and_completed_afterwards(door):
    def texts() -> list[str | None]:
        return [field.id for field in report.query(TextField)]

    async with desk(door, WIDE) as seat:
        report = ReportScreen(seat.app.door, read_form(seat.app.door, "T-002"))
        await seat.app.push_screen(report)
        assert texts() == ["done", "next"]
        await seat.settle()
        assert texts() == ["done", "next", "blocker", "help_needed", "evidence"]


async def test_a_change_behind_a_page_draws_nothing_and_is_drawn_when_the_screen_comes_to_the_front(door):
    async with desk(door) as seat:
        overview = seat.app.screen
        await seat.press("i")
        register = seat.app.screen
        with paints() as painted:
            overview.query_one("#counted", Static).update("Changed behind")
            await seat.settle()
        assert painted == []
        with paints() as painted:
            await seat.press("escape")
        assert (set(painted), "Changed behind" in seat.text) == ({overview}, True)
        assert register is not overview


@pytest.mark.parametrize(("before", "after"), [(NARROW, WIDE), (WIDE, NARROW)])
async def test_a_terminal_that_is_resized_resizes_a_dialog_and_the_screen_behind_it(door, before, after):
    async with desk(door, before) as seat:
        await seat.press("i", "ctrl+p")
        await seat.pilot.resize_terminal(*after)
        await seat.settle()
        shown = [(screen.outer_size, sorted(screen.classes)) for screen in seat.app.screen_stack[-2:]]
        assert shown == [(after, sorted(classes_of(Size(*after))))] * 2
