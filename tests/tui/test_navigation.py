"""From screen to screen: each is as it was left, and however one goes, one gets back."""

from tests.tui.desk import NARROW, WIDE, desk


async def test_screens_are_as_they_were_left_and_the_stack_does_not_grow(door):
    async with desk(door, NARROW) as seat:
        await seat.press("i", "s", "G")
        await seat.press("slash")
        await seat.type("the")
        await seat.press("enter", "k")
        left = seat.text
        for _ in range(3):
            await seat.press("e", "o", "i")
        assert seat.text == left
        assert [type(screen).__name__ for screen in seat.app.screen_stack] == ["OverviewScreen", "RegisterScreen"]
        await seat.press("i")
        assert seat.text == left


async def test_a_kept_screen_follows_the_size_the_looks_and_what_is_read_meanwhile(door):
    async with desk(door, NARROW) as seat:
        await seat.press("i")
        assert "in progress" in seat.text
        await seat.press("o")
        await seat.pilot.resize_terminal(*WIDE)
        await seat.press("ctrl+t")
        await seat.press("d")
        await seat.type("2020-08-01")
        await seat.press("enter", "i")
        assert seat.app.screen.size == WIDE
        assert seat.app.screen.has_class("-wide")
        assert "as of Sat 2020-08-01" in seat.lines[0]
        assert "in progress" not in seat.text
        assert seat.app.screen.styles.background == type(seat.app.screen.styles.background).parse(
            seat.app.theme_variables["background"]
        )


async def test_from_item_to_item_the_last_gives_way_to_the_next(door, monkeypatch):
    monkeypatch.setattr("tui.navigation.DEEPEST", 3)
    async with desk(door) as seat:
        for number in range(4):
            seat.app.open_item(("T-001", "T-002")[number % 2])
            await seat.settle()
        assert len(seat.app.screen_stack) == 3
        await seat.press("o")
        assert len(seat.app.screen_stack) == 1
