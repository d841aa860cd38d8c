"""The log: events in full, pages, filters, and the way to the item an event is about."""

import pytest

from planner.queries import log as queries
from tests.factories import COLLEAGUE, plan_of, report
from tests.queries.reads import instant, retitle
from tests.tui.desk import NARROW, WIDE, desk
from tui.data.log import filters_of
from tui.screens import log
from tui.widgets.event import in_line
from tui.widgets.table import Table


@pytest.mark.parametrize(
    ("typed", "code", "who"),
    [
        ("", None, None),
        ("t1", "t1", None),
        ("ada", None, "ada"),
        (" P-002  brook ", "P-002", "brook"),
        ("x1 T-3", "T-3", "x1"),
    ],
)
def test_a_search_is_a_code_a_login_or_both(typed, code, who):
    filters = filters_of(typed)
    assert (filters.code, filters.who) == (code, who)


def events(seat):
    return list(seat.app.screen.query_one("#events", Table).rows)


async def test_an_event_is_told_in_full_beside_the_list(told, door):
    retitle(told, "T-002", "Teach the [keepers] well", instant(9, 17))
    async with desk(door, WIDE) as seat:
        await seat.press("e")
        total = len(events(seat))
        assert f"All events  {total}, newest first" in seat.text
        assert "2020-09-17 21:00:00 Asia/Seoul" in seat.text
        assert "2020-09-17 12:00:00 UTC" in seat.text
        assert "edit  item changed by ada" in seat.text
        # In the list on one line, beside it the field with what it was and what it is, brackets and all.
        assert "edit       T-002                title Train the " in seat.text
        assert seat.words.index("before │") < seat.words.index("Train the lighthouse keepers │")
        assert "Teach the [keepers] well" in seat.text
        await seat.press("enter")
        assert "T-002" in seat.lines[0]
        await seat.press("escape", "G")
        assert "oldest" not in seat.text
        assert "event 1" in seat.text
        await seat.press("enter")
        assert "Log" in seat.lines[0]
        assert "belongs to no item" in seat.text


async def test_on_a_narrow_terminal_the_arrows_turn_to_the_event_and_back(door):
    async with desk(door, NARROW) as seat:
        await seat.press("e")
        assert "because" not in seat.text.lower()
        assert "T-002 milestone 3" in seat.text
        while events(seat)[seat.app.screen.query_one("#events", Table).cursor].action != "move-date":
            await seat.press("j")
        await seat.press("right")
        assert "Because: The ground is too wet." in seat.text
        assert "Date: 2020-10-30 → 2020-11-27" in seat.text
        await seat.press("escape")
        assert seat.focus == "events"
        await seat.press("escape")
        assert "Overview" in seat.lines[0]


async def test_it_is_narrowed_to_an_item_or_a_person_and_an_unknown_code_is_told(told, door):
    report(told, "T-003", actor=COLLEAGUE, at=instant(9, 17), done="Asked.")
    async with desk(door, NARROW) as seat:
        await seat.press("e", "slash")
        await seat.type("t3")
        await seat.press("enter")
        assert {event.item for event in events(seat)} == {"T-003"}
        assert "Events with “t3”" in seat.text
        await seat.press("slash")
        await seat.type(" brook")
        await seat.press("enter")
        assert [event.actor for event in events(seat)] == ["brook"]
        await seat.press("slash", *["backspace"] * 8)
        await seat.type("t999")
        await seat.press("enter")
        assert "! The plan has no item 't999'." in seat.text
        await seat.press("escape")
        assert "All events" in seat.text


async def test_pages_are_loaded_as_one_goes_down_and_the_order_is_turned_round(door, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 20)
    monkeypatch.setattr(log, "AHEAD", 5)
    async with desk(door, NARROW) as seat:
        await seat.press("e")
        first = [event.seq for event in events(seat)]
        total = first[0]
        assert len(first) == 20
        assert f"20 of {total} read" in seat.text
        await seat.press("pagedown")
        assert len(events(seat)) == 40
        while len(events(seat)) < total:
            await seat.press("G")
        assert [event.seq for event in events(seat)] == list(range(total, 0, -1))
        assert f"All events  {total}, newest first" in seat.text
        await seat.press("S")
        assert [event.seq for event in events(seat)] == list(range(1, 21))
        assert "oldest first" in seat.text
        await seat.press("ctrl+r")
        assert [event.seq for event in events(seat)] == list(range(1, 21))


def test_a_line_tells_what_changed_and_leaves_out_what_is_in_every_event(register):
    report(register, "T-001", percent=20, done="Stones\nordered.")
    with register.reading() as session:
        newest = queries.read_log(session, plan_of(session), limit=1).events[0]
    assert in_line(newest) == "◐ in progress · percent 20 · done Stones ordered."
