"""The keys: each has an id and a tooltip, help lists them, and a key can be remapped by its id."""

from textual.binding import Binding

from tests.tui.desk import NARROW, WIDE, desk
from tui.keys import bindings

GROUPS = {
    name: [binding for binding in value if isinstance(binding, Binding)]
    for name, value in vars(bindings).items()
    if name.isupper() and isinstance(value, list)
}


def test_every_binding_has_an_id_of_its_own_and_a_tooltip():
    every = [binding for group in GROUPS.values() for binding in group]
    ids = [binding.id for binding in every]
    assert None not in ids
    assert len(ids) == len(set(ids))
    assert [binding.id for binding in every if not binding.tooltip] == []


# The way to some screens, and the groups of keys that work there. That of all screens the groups are known, and that
# every group is somewhere, is seen in test_keymap.py.
SCREENS = {
    (): ("APP", "COPY", "OVERVIEW", "COUNTS", "TABLE"),
    ("1", "enter"): ("APP", "COPY", "ITEM", "FOLD", "BACK", "PANE"),
}


async def test_help_lists_every_binding_of_the_screen(door):
    async with desk(door, (160, 90)) as seat:
        for way, groups in SCREENS.items():
            await seat.press(*way, "f1")
            assert "Help" in seat.lines[0]
            wanted = [binding for group in groups for binding in GROUPS[group]]
            # The small plan has two themes; digits beyond choose nothing and are not listed. On ctrl+c, Textual's own
            # copying of what the mouse selected comes first.
            unlisted = {"app.interrupt", "as_of.today", *(f"theme.{number}" for number in range(3, 10))}
            listed = [binding for binding in wanted if binding.id not in unlisted]
            missing = [
                b.id for b in listed if not any(line.endswith(f" {b.id}") and b.tooltip in line for line in seat.lines)
            ]
            assert missing == [], way
            assert "theme.3" not in seat.text
            await seat.press("escape")
            while len(seat.app.screen_stack) > 1:
                await seat.press("escape")


async def test_help_leads_back_to_where_one_was(door):
    async with desk(door, WIDE) as seat:
        await seat.press("2", "j", "question_mark", "escape")
        assert "Register" in seat.lines[0]
        assert seat.code == "P-002"


async def test_the_footer_shows_the_main_keys(door):
    async with desk(door) as seat:
        for way, words in (
            ((), ("⏎ Open", "/ Filter", "q Quit", "? Help", "^p Palette")),
            (("1",), ("⏎ Open", "/ Filter", "esc Back", "? Help", "^p Palette")),
            (("enter",), ("r Report", "n Next", "L Links", "C Change", "esc Back", "? Help")),
            (("r",), ("^s Save", "esc Back", "f1 Help")),
        ):
            await seat.press(*way)
            assert [word for word in words if word not in seat.foot] == []


async def test_a_key_can_be_remapped_by_its_id(door):
    async with desk(door) as seat:
        seat.app.set_keymap({"overview.filter": "f"})
        await seat.press("slash")
        assert "Overview" in seat.lines[0]
        await seat.press("f")
        assert "Register" in seat.lines[0]


async def test_q_quits_from_every_screen_that_holds_nothing(door):
    async with desk(door) as seat:
        await seat.press("1", "enter")
        await seat.pilot.press("q")
        await seat.until(lambda: not seat.app.is_running)
        assert seat.app.return_code == 0


async def test_help_at_80_columns_keeps_keys_and_texts_apart_and_names_the_command(door):
    async with desk(door, NARROW) as seat:
        await seat.press("question_mark")
        assert "The same as text, for a screen reader or a file: planner overview" in seat.words
        assert seat.line("Group by theme").endswith("  Group by theme, organisation, measure or lead rule")
        await seat.press("escape", "i", "enter", "question_mark")
        assert "planner show T-001" in seat.text
