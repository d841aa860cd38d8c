"""The bottom line."""

from planner.personal.settings import PersonalSettings
from tests.tui.desk import NARROW, desk
from tui.widgets.foot import Foot, ShownKey, fitting, lasting_of

KEYS = [
    ShownKey("item.report", "r", "r", "Report"),
    ShownKey("item.next", "n", "n", "Next"),
    ShownKey("app.quit", "q", "q", "Quit"),
    ShownKey("app.help", "question_mark", "?", "Help"),
]


def test_what_matters_everywhere_stays_and_of_the_rest_what_has_room_in_its_order():
    assert fitting(KEYS, 80) == KEYS
    assert [shown.id for shown in fitting(KEYS, 24)] == ["item.report", "app.quit", "app.help"]
    assert [shown.id for shown in fitting(KEYS, 14)] == ["app.quit", "app.help"]
    assert [shown.id for shown in fitting(KEYS, 6)] == ["app.help"]


async def test_a_click_on_a_key_presses_it_and_remapped_keys_are_shown(door):
    async with desk(door, NARROW, settings=PersonalSettings(keys={"app.help": "f2"})) as seat:
        place = seat.foot.index("f2 Help")
        await seat.pilot.click(offset=(place, seat.app.screen.query_one(Foot).region.y))
        await seat.settle()
        assert "Help" in seat.lines[0]
        await seat.press("end")
        assert "f2 " in seat.line("Show the keys of this screen")


async def test_the_line_follows_the_screen_and_beneath_a_window_offers_only_what_works_in_it(door):
    async with desk(door, NARROW) as seat:
        await seat.press("d")
        assert seat.foot.split() == ["esc", "Close", "f1", "Help"]
        await seat.press("escape")
        assert "q Quit" in seat.foot
        assert "esc Back" not in seat.foot
        await seat.press("i")
        assert "esc Back" in seat.foot
        assert "D Today" not in seat.foot
        await seat.press("c")
        assert seat.foot.split() == ["⏎", "Open", "esc", "Close", "f1", "Help", "space", "Tick"]


def test_help_and_palette_stay_in_sight_the_longest():
    keys = [
        ShownKey("screen.back", "escape", "esc", "Back"),
        ShownKey("app.quit", "q", "q", "Quit"),
        ShownKey("app.help", "question_mark", "?", "Help"),
        ShownKey("app.palette", "ctrl+p", "^p", "Palette"),
    ]
    assert [shown.id for shown in fitting(keys, 28)] == ["screen.back", "app.help", "app.palette"]
    assert [shown.id for shown in fitting(keys, 18)] == ["app.help", "app.palette"]


async def test_the_letters_of_the_main_screens_stand_on_each_screen_and_can_be_clicked(door):
    letters = "o Overview  w My week  i Register  t Timeline  m Mandates  f Weekly  e Log"
    async with desk(door, NARROW) as seat:
        for way in ((), ("i",), ("enter",), ("w",), ("t",), ("m",), ("f",), ("e",)):
            await seat.press(*way)
            assert seat.lines[-1].strip() == letters, seat.text
        await seat.pilot.click(offset=(seat.lines[-1].index("Timeline"), NARROW[1] - 1))
        await seat.settle()
        assert "Timeline" in seat.lines[0]
        await seat.press("d")
        assert seat.lines[-1].strip() == ""


async def test_a_form_has_the_line_of_keys_alone_and_a_low_or_narrow_terminal_the_letters_without_words(door):
    async with desk(door, NARROW) as seat:
        await seat.press("i", "r")
        assert "^s Save" in seat.lines[-1]
        await seat.press("escape")
        for size in ((60, 24), (60, 15), (40, 8)):
            await seat.pilot.resize_terminal(*size)
            await seat.settle()
            assert seat.lines[-1].split()[-7:] == [*"owitmfe"], seat.text
            assert "? Help  ^p Palette" in seat.foot
        await seat.pilot.click(offset=(seat.lines[-1].index("f e"), 7))
        await seat.settle()
        assert "Weekly" in seat.lines[0]


async def test_help_keeps_the_letters_unless_it_stands_over_a_form_or_a_window(door):
    async with desk(door, NARROW) as seat:
        await seat.press("i", "question_mark")
        assert "w My week" in seat.lines[-1]
        await seat.press("t")
        assert "│ Timeline" in seat.lines[0]
        await seat.press("d", "f1")
        assert "Show the keys of this window" in seat.text
        assert "w My week" not in seat.lines[-1]
        await seat.press("w", "escape")
        assert "f1 Help" in seat.foot
        await seat.press("escape")
        assert "│ Timeline" in seat.lines[0]


def test_the_key_that_quits_gives_way_where_one_can_go_back():
    quits, back = KEYS[2], ShownKey("screen.back", "escape", "esc", "Back")
    assert "app.quit" in lasting_of([quits])
    assert "app.quit" not in lasting_of([quits, back])
