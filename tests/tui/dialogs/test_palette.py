"""The palette: commands by their verbs, and jumps to items, clauses and organisations."""

import threading

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode

from planner.cli.main import COMMANDS
from tests.factories import ODD_TITLE
from tests.tui.desk import NARROW, PATIENCE, WIDE, desk
from tui.keys.remapping import all_bindings
from tui.services.commands import VERBS, Match, PaletteEntry, commands_of, having, match_of
from tui.widgets.table import Table


def test_each_verb_that_differs_from_its_key_s_id_is_the_command_line_s():
    of_the_app = {"copy", "as-of"}
    assert {verb for verb in VERBS.values() if verb not in COMMANDS} == of_the_app
    assert [name for name in VERBS if not any(f".{one}".endswith(f".{name}") for one in all_bindings())] == []


def test_commands_are_listed_once_without_those_that_only_move_and_found_by_all_words():
    pressed: list[ActiveBinding] = []
    active = [
        ActiveBinding(DOMNode(), Binding(key, "act", word, tooltip=told, id=name), enabled, told)
        for key, word, told, name, enabled in (
            ("r", "Report", "Report on this item", "item.report", True),
            ("r", "Report", "Report on this item", "item.report", True),
            ("j", "Down", "Move one line down", "table.down", True),
            ("n", "Next", "The next item", "item.next", True),
            ("e", "Log", "Every write", "go.log", True),
            ("x", "Export", "Write the weekly file", "weekly.export", False),
        )
    ]
    commands = commands_of(active, pressed.append)
    assert [(command.verb, command.told, command.key) for command in commands] == [
        ("update", "Report on this item", "r"),
        ("go", "Log: Every write", "e"),
    ]
    assert having(commands, "go: LOG") == [commands[1]]
    assert having(commands, "e") == commands
    assert having(commands, "go every") == [commands[1]]
    assert having(commands, "nothing") == []
    commands[0].act()
    assert pressed == [active[0]]


def test_a_match_in_a_name_comes_before_one_in_a_description_and_a_beginning_first():
    rows = (
        ("copy", "Copy the overdue log", "Copy"),
        ("show", "Show one", "Backlog"),
        ("theme", "3 Log houses", "3 Log houses"),
        ("go", "Log: Show who changed what", "Log"),
        ("log", "Sign the log", ""),
    )
    entries = [PaletteEntry(verb, told, "", lambda: None, title) for verb, told, title in rows]
    assert [one.told for one in having(entries, "log")] == [
        *("Sign the log", "Log: Show who changed what", "3 Log houses", "Show one", "Copy the overdue log")
    ]


async def test_places_come_before_commands_that_only_tell_of_the_word(door):
    async with desk(door, WIDE) as seat:
        await seat.press("ctrl+p")
        await seat.type("re")
        rows = seat.app.screen.query_one(Table).rows
        clauses = [number for number, row in enumerate(rows) if row.verb == "clause"]
        told = [number for number, row in enumerate(rows) if row.key and match_of(row, "re") is Match.IN_DESCRIPTION]
        assert max(clauses) < min(told)


async def test_a_verb_does_what_its_key_does_where_one_was(door):
    async with desk(door, NARROW) as seat:
        await seat.press("2", "j", "ctrl+p")
        await seat.type("reverse")
        assert "Reverse the order" in seat.text
        await seat.press("enter")
        assert "by code, reversed" in seat.text
        await seat.press("ctrl+p", "escape")
        assert "Register" in seat.lines[0]
        await seat.press("ctrl+p")
        await seat.type("looks light")
        await seat.press("enter")
        assert seat.app.theme == "planner-light"
        await seat.press("ctrl+p")
        await seat.type("go log")
        await seat.press("enter")
        assert "Log" in seat.lines[0]


async def test_jumps_by_code_by_words_in_any_script_and_to_organisations_and_clauses(door, monkeypatch):
    async with desk(door, WIDE) as seat:
        # Typed faster than anything can be found.
        places, found = seat.app.finder.places, threading.Event()
        assert places is not None
        find = places.find
        monkeypatch.setattr(places, "find", lambda *question: find(*question) if found.wait(PATIENCE) else None)
        await seat.pilot.press("ctrl+p", "t", "minus", "2", "enter")
        assert seat.focus == "sought"
        found.set()
        await seat.until(lambda: seat.lines[0].startswith(" planner │ T-002"))
        await seat.press("ctrl+p")
        await seat.type("港口")
        assert ODD_TITLE in seat.text
        await seat.press("enter")
        assert "P-002" in seat.lines[0]
        await seat.press("ctrl+p")
        await seat.type("archive")
        assert "organisation" in seat.text
        await seat.press("enter")
        assert "Register" in seat.lines[0]
        assert {item.lead.key for item in seat.table.rows} == {"town-archive"}
        await seat.press("ctrl+p")
        await seat.type("new:duty-2")
        await seat.press("enter")
        assert "Mandates" in seat.lines[0]
        assert "new:duty-2" in seat.text or "duty-2" in seat.text
