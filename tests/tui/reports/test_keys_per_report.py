"""How many keys a report on the item under the cursor of My week takes, besides its text."""

from tests.factories import OFFICER
from tests.tui.desk import NARROW, desk, door_to
from tests.tui.forms import paste, reports_on
from tui.widgets.table import Table


async def test_an_unchanged_item_takes_one_key_and_its_confirmation(told):
    async with desk(door_to(told.url, login=OFFICER.name), NARROW) as seat:
        table = seat.app.screen.query_one("#queue", Table)
        table.cursor = next(place for place, item in enumerate(table.rows) if item.last is not None)
        await seat.settle()
        code = table.rows[table.cursor].code
        before = len(reports_on(told, code))
        await seat.press("n", "enter")
        assert f"Reported that nothing changed on {code}." in seat.notices
    assert len(reports_on(told, code)) == before + 1


async def test_a_changed_item_takes_five_keys_besides_its_text(told):
    async with desk(door_to(told.url, login=OFFICER.name), NARROW) as seat:
        table = seat.app.screen.query_one("#queue", Table)
        table.cursor = next(place for place, item in enumerate(table.rows) if item.code == "P-002")
        await seat.settle()
        code = table.rows[table.cursor].code
        before = len(reports_on(told, code))
        # Open the form, go back from the text to the percent and the rating, choose a rating, and save.
        await seat.press("enter")
        await paste(seat, "Rooms painted.")
        await seat.press("shift+tab")
        await paste(seat, "40")
        await seat.press("shift+tab", "right", "ctrl+s")
        assert "│ Report" in seat.lines[0]
    *_, last = reports_on(told, code)
    assert len(reports_on(told, code)) == before + 1
    assert (last["done"], last["percent"], last["confidence"]) == ("Rooms painted.", 40, "green")
