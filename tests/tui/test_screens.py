"""What holds on every screen: the banner of a demonstration, the masthead, the sizes, the themes."""

import pytest
from rich.cells import cell_len

from tests.tui.desk import NARROW, WIDE, desk
from tui.themes import THEMES

WAYS = {
    "overview": (),
    "register": ("1",),
    "item": ("1", "enter"),
    "report": ("1", "r"),
    "help": ("question_mark",),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_a_demonstration_says_so_on_every_screen(simulated_door, way, size):
    async with desk(simulated_door, size) as seat:
        await seat.press(*way)
        assert seat.lines[1] == " SIMULATED  Demonstration data: reports, dates and values are made up."


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_a_register_has_no_banner_and_says_its_day_and_address(door, way):
    async with desk(door, WIDE) as seat:
        await seat.press(*way)
        assert "SIMULATED" not in seat.text
        assert "as of Fri 2020-09-18, 2020-W38" in seat.lines[0]
        assert seat.lines[0].endswith("register.sqlite")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_nothing_stands_beyond_the_edges_of_a_narrow_terminal(door, way):
    async with desk(door, NARROW) as seat:
        await seat.press(*way)
        screen = seat.app.screen
        beyond = [child for child in screen.children if child.region.right > 80 or child.region.bottom > 24]
        assert beyond == []
        assert [line for line in seat.lines if cell_len(line) > 80] == []


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_every_state_can_be_told_from_the_ground_in_every_theme(door, theme):
    async with desk(door) as seat:
        seat.app.theme = theme
        await seat.press("0")
        ground = seat.app.screen.styles.background
        for name in ("text-success", "text-warning", "text-error", "text-accent", "text-secondary", "text-muted"):
            colour = type(ground).parse(seat.app.theme_variables[name])
            # 4.5 to 1 is what the Web Content Accessibility Guidelines ask of text.
            assert contrast(colour, ground) >= 4.5, name


def contrast(one, other):
    """The contrast ratio of two colours, after the Web Content Accessibility Guidelines 2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour):
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
