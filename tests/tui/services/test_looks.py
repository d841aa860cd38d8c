"""The looks: readable in each, chosen by a key, remembered; and the settings file as the app takes it."""

import pytest
from textual.color import Color

from planner.personal.settings import PersonalSettings
from planner.personal.state import StateFolder
from tests.tui.desk import desk
from tui.app import PlannerApp
from tui.themes import THEMES

TEXTS = ("foreground", "text-success", "text-warning", "text-error", "text-accent", "text-secondary", "text-primary",
         "text-muted", "footer-key-foreground")  # fmt: skip
GROUNDS = ("background", "surface", "panel", "block-cursor-blurred-background")

# Banners, chosen words and the line under the cursor: their text on their own ground.
PAIRS = (
    ("background", "warning"),
    ("background", "secondary"),
    ("block-cursor-foreground", "block-cursor-background"),
)


def luminance(colour: Color) -> float:
    parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, after the Web Content Accessibility Guidelines 2."""
    lighter, darker = sorted((luminance(Color.parse(one)), luminance(Color.parse(other))), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read_on_every_ground(name):
    colours = THEMES[name].to_color_system().generate()
    pairs = [*((text, ground) for text in TEXTS for ground in GROUNDS), *PAIRS]
    # 4.5 to 1 is what the guidelines ask of text.
    faint = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}


async def test_a_key_goes_round_the_looks_and_the_next_start_has_the_last(door, tmp_path):
    state = StateFolder(tmp_path)
    state.keep_welcomed()
    async with desk(door, state=state) as seat:
        seen = [seat.app.theme]
        for _ in range(2):
            await seat.press("ctrl+t")
            seen.append(seat.app.theme)
        assert seen == [theme.name for theme in THEMES.values()]
    assert PlannerApp(door, state=state).theme == THEMES["high-contrast"].name
    assert PlannerApp(door, PersonalSettings(theme="light"), state).theme == THEMES["light"].name


async def test_a_settings_file_that_is_not_in_order_is_told_and_hints_show_remapped_keys(door):
    troubles = ("config.toml, keys.foo: no key has [this] id.",)
    async with desk(door, settings=PersonalSettings(troubles=troubles)) as seat:
        assert "keys.foo: no key has [this] id." in seat.notices
        assert "planner keys --check" in seat.notices
    async with desk(door, settings=PersonalSettings(keys={"as_of.choose": "f8", "as_of.today": "f9"})) as seat:
        await seat.press("f8")
        await seat.type("-1w")
        await seat.press("enter")
        assert "Press f8 for another date, f9 for today." in seat.text
        await seat.press("f9")
        assert "AS OF" not in seat.text
