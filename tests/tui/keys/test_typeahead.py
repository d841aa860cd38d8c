"""Keys that arrive all at once mean what they would have meant one by one."""

from textual import events

from tests.tui.desk import desk
from tui.app import PlannerApp
from tui.widgets.options import Choice


def send(seat, *keys):
    """Give the app keys without waiting for what they do."""
    for key in keys:
        seat.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_letters_after_a_slash_belong_to_the_search(door):
    async with desk(door) as seat:
        send(seat, "slash", *"pier")
        await seat.until(lambda: "“pier”" in seat.line("1 of 5 items"))
        assert seat.app.is_running


async def test_keys_reach_the_screen_that_the_key_before_opened(door):
    async with desk(door) as seat:
        send(seat, "1", "j", "enter", "n", "escape", "j")
        await seat.until(lambda: "│ Register" in seat.text and seat.code == "P-001")
        # The item is closed again: the list lies on the overview.
        assert len(seat.app.screen_stack) == 2


async def test_a_report_typed_ahead_lands_in_its_form(door):
    async with desk(door) as seat:
        send(seat, "1", "r", *["shift+tab"] * 3, "right", *["tab"] * 3, *"quays")
        await seat.until(lambda: "quays" in seat.line("Done "))
        assert seat.app.screen.query_one("#phase", Choice).chosen == 2


async def test_on_a_busy_machine_each_key_still_waits_for_the_one_before(door, monkeypatch):
    # To the app, being slow is the same as having little patience.
    monkeypatch.setattr("tui.typeahead.FIRST_WAIT", 0.001)
    async with desk(door) as seat:
        send(seat, "i", "j", "k", "r", *["shift+tab"] * 3, "right", *["tab"] * 3, *"quays")
        await seat.until(lambda: "quays" in seat.line("Done "))
        assert seat.app.screen.query_one("#phase", Choice).chosen == 2


async def test_keys_go_on_if_the_callback_of_a_key_is_lost(door, monkeypatch):
    handled = PlannerApp._handled
    lost: list[int] = []

    def losing(self, turn):
        if lost:
            handled(self, turn)
        else:
            lost.append(turn)

    monkeypatch.setattr(PlannerApp, "_handled", losing)
    monkeypatch.setattr("tui.typeahead.FIRST_WAIT", 0.01)
    async with desk(door) as seat:
        send(seat, "i", "j")
        await seat.until(lambda: seat.table.cursor == 1)
    assert lost
