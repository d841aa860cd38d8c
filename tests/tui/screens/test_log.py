"""The log: events in full, pages, filters, and the way to the item an event is about."""

import sqlite3
import threading
from contextlib import closing
from datetime import date

import pytest

from planner.integrity.helpers import helpers
from planner.queries.history import log as queries
from planner.queries.history.log import LogFilters, filters_of
from planner.writes.redactions import redact
from tests.command import run_command
from tests.factories import ACTOR, COLLEAGUE, reading_of, report, writing_by
from tests.queries.reads import instant, retitle
from tests.tui.desk import NARROW, WIDE, desk
from tui.data.verifying import CheckpointFiles, verify_history
from tui.screens import log, verification
from tui.widgets.history.event import event_blocks, in_line
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
def test_a_search_is_a_code_a_login_or_both(sqlite_register, typed, code, who):
    with sqlite_register.reading() as session:
        filters = filters_of(reading_of(session), typed)
    assert (filters.code, filters.who) == (code, who)


def events(seat):
    return list(seat.app.screen.query_one("#events", Table).rows)


async def test_an_event_is_told_in_full_beside_the_list(told, door):
    retitle(told, "T-002", "Teach the [keepers] well", instant(9, 17))
    async with desk(door, WIDE) as seat:
        await seat.press("e")
        total = len(events(seat))
        assert f"All events  {total}, newest first" in seat.text
        assert "2020-09-17 21:00:00 Asia/Seoul, yesterday" in seat.words
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
        assert "is not about an item" in seat.text


async def test_on_a_narrow_terminal_the_arrows_turn_to_the_event_and_back(door):
    async with desk(door, NARROW) as seat:
        await seat.press("e")
        assert "because" not in seat.text.lower()
        assert "T-002 milestone 3" in seat.text
        while events(seat)[seat.app.screen.query_one("#events", Table).cursor].action != "move-date":
            await seat.press("j")
        await seat.press("right")
        assert "Reason: The ground is too wet." in seat.text
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
        assert f"20 of {total} loaded" in seat.text
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
        newest = queries.read_log(reading_of(session), limit=1).events[0]
    assert in_line(newest) == "◐ in progress · percent 20 · done Stones ordered."


def test_an_event_says_who_redacted_it(sqlite_register):
    report(sqlite_register, "T-001", done="Mara Vint is ill.")
    with sqlite_register.writing() as session:
        seq = queries.read_log(reading_of(session), limit=1).events[0].seq
        redact(writing_by(session, ACTOR, instant(9, 17)), seq, ["done"], "It named a private person.")
    with sqlite_register.reading() as session:
        event = queries.read_log(reading_of(session), LogFilters(code="T-001"), limit=1).events[0]
    shown = [block.text.plain for block in event_blocks(event, "Asia/Seoul")]
    assert "Done: [redacted]" in shown
    # Something recorded after the day shown, as in a demonstration of an earlier year, is no event to come.
    assert any("ago" in block.text.plain for block in event_blocks(event, "Asia/Seoul", date(2021, 9, 17)))
    assert not any(", in " in block.text.plain for block in event_blocks(event, "Asia/Seoul", date(2014, 9, 17)))
    assert shown[-1] == "Redacted: done, redaction 1 by ada on 2020-09-17: It named a private person."


async def test_the_history_is_verified_without_and_with_a_checkpoint_and_what_is_wrong_is_named(told, door, tmp_path):
    address = str(told.url.database)
    assert run_command("--db", address, "checkpoint", "--new-key", str(tmp_path / "key")).exit_code == 0
    made = run_command("--db", address, "checkpoint", "--key", str(tmp_path / "key"), "-o", str(tmp_path / "kept"))
    assert made.exit_code == 0, made.err
    async with desk(door, NARROW) as seat:
        await seat.press("e")
        total = len(events(seat))
        await seat.press("v")
        assert seat.focus == "verification"
        assert "◔ Consistent, but not anchored: no checkpoint confirms the log." in seat.words
        assert f"{total} chained only" in seat.words
        assert "0 anchored by a checkpoint" in seat.words
        assert "· Whether events were cut off at the end," in seat.words
        assert "x Stop" not in seat.foot
        # A file that is none is told, and stands in the field when another is named.
        await seat.press("c", "enter")
        assert "! Enter the path of a checkpoint file." in seat.text
        await seat.type(str(tmp_path / "kep"))
        await seat.press("enter")
        assert "! Not verified: There is no such file" in seat.words
        await seat.press("c", "end")
        await seat.type("t")
        await seat.press("tab")
        await seat.type(str(tmp_path / "key.pub"))
        await seat.press("enter")
        assert f"✓ Consistent with the checkpoint, which commits to {total} of {total} events." in seat.words
        assert "valid; signature verified" in seat.words
        with closing(sqlite3.connect(address)) as connection, connection:
            connection.execute("UPDATE item SET title = 'Nothing [/] to see' WHERE code = 'T-001'")
        await seat.press("v")
        assert "‼ Broken: the history differs from what was recorded." in seat.words
        assert "! changed: a row differs from the log" in seat.words
        assert 'title is "Nothing [/] to see"' in seat.words
        await seat.press("escape", "escape")
        assert "Overview" in seat.lines[0]


async def test_while_it_is_verified_one_can_give_it_up_or_look_at_other_screens(door, monkeypatch):
    goes_on = threading.Event()

    def slowly(reading, anchor, tell, wanted, door):
        tell(1, 4)
        while wanted() and not goes_on.wait(0.005):
            pass
        return verify_history(reading, anchor, tell, wanted, door)

    monkeypatch.setattr(verification, "verify_history", slowly)
    async with desk(door, NARROW) as seat:
        await seat.press("e")
        await seat.pilot.press("v")
        await seat.until(lambda: "25%" in seat.text)
        assert "x Stop" in seat.foot
        await seat.pilot.press("x")
        await seat.settle()
        assert "Stopped. The history has not been verified." in seat.text
        assert "x Stop" not in seat.foot
        await seat.pilot.press("v", "o")
        await seat.until(lambda: "Overview" in seat.lines[0])
        goes_on.set()
        await seat.settle()
        assert "Verifying the history: Consistent, but not anchored" in seat.notices


def test_verifying_tells_how_far_it_is_and_is_given_up_when_nobody_waits(told, door):
    seen = []
    with door.reading() as reading:
        found = verify_history(reading, CheckpointFiles(), lambda *so_far: seen.append(so_far), lambda: True, door)
        stopped = verify_history(reading, CheckpointFiles(), lambda *_: None, lambda: False, door)
    assert found is not None
    assert seen[-1] == (2 * found.events, 2 * found.events)
    assert stopped is None
    door.close()


def test_a_long_log_is_verified_by_a_process_for_each_processor(door, monkeypatch):
    asked: list[object] = []
    monkeypatch.setattr(helpers, "LEAST_EVENTS", 1)
    monkeypatch.setattr(helpers, "processors", lambda: 3)
    monkeypatch.setattr(helpers, "_started", asked.append)
    with door.reading() as reading:
        assert verify_history(reading, CheckpointFiles(), lambda *_: None, lambda: True, door) is not None
    assert asked == 2 * [door.open().url]
    door.close()


async def test_an_error_about_the_search_goes_when_the_search_is_corrected(door):
    async with desk(door, WIDE) as seat:
        await seat.press("e", "slash")
        await seat.type("T-999")
        await seat.press("enter")
        assert "! " in seat.lines[2] + seat.lines[3]
        await seat.press("slash")
        await seat.type("T-001")
        assert "! " not in seat.lines[2] + seat.lines[3]
