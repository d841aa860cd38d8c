"""My week: the queue worst first, what was said last beside it, report and next, and a manager's answers."""

from datetime import date, timedelta
from typing import Any

from planner.domain.vocabulary import Phase, Role
from tests.factories import COLLEAGUE, OFFICER, noon, person, report
from tests.tui.desk import NARROW, TODAY, WIDE, desk, door_to
from tests.tui.forms import fill, paste, reports_on
from tests.tui.keys.test_typeahead import send
from tui.screens.page import Page
from tui.screens.report import ReportScreen
from tui.widgets.table import Table, fitted


def queued(seat) -> list[str]:
    """The codes of the list that is shown."""
    return [item.code for item in seat.app.screen.query_one("#queue", Table).rows]


async def enter(seat, **texts: str) -> None:
    """Put texts into fields of the form of an act."""
    for name, said in texts.items():
        seat.app.screen.query_one(f"#{name}").focus()
        await seat.pilot.pause()
        await paste(seat, said)


async def test_the_queue_is_the_organisations_worst_first_with_what_was_said_last(told):
    person(told, "olive", Role.OFFICER, "harbour-office")
    report(told, "P-001", as_of=date(2020, 9, 2), done="Piles driven [1].", blocker="Rain", help_needed="a tent")
    async with desk(door_to(told.url, login="olive"), WIDE) as seat:
        await seat.press("w")
        assert queued(seat) == ["P-002", "T-002", "P-001"]
        assert "1 of 4 reported" in seat.text
        assert "To report 3 Reported 1" in seat.words
        assert "off track; never" in seat.line("P-002  Open")
        await seat.press("end")
        for said in (
            "Done: Piles driven [1].",
            "Blocker: Rain",
            "Help needed: a tent",
            "2020-09-02 (2 weeks ago) by ada",
        ):
            assert said in seat.words
        assert "Tower stands" in seat.words
        assert "2020-12-31 (in 3 months)" in seat.words
        await seat.press("right")
        assert queued(seat) == ["T-001"]
        await seat.press("right", "c", "x")
        assert queued(seat) == ["P-001"]
        assert "Requests 1" in seat.words
        await seat.press("right", "home")
        assert queued(seat) == ["P-002", "T-002", "P-001"]
        await seat.press("v")
        assert "P-002" in seat.lines[0]


async def test_what_needs_a_report_is_offered_only_if_there_is_one_and_a_window_says_why_not(told):
    async with desk(door_to(told.url), WIDE) as seat:
        await seat.press("w")
        table = seat.app.screen.query_one("#queue", Table)
        with_report = [row.last is not None for row in table.rows]
        assert {True, False} <= set(with_report)
        await seat.press(*["down"] * with_report.index(True))
        assert "n No change" in seat.foot
        await seat.press("home", *["down"] * with_report.index(False))
        assert "n No change" not in seat.foot
        await seat.press("n")
        assert "has no report yet" in seat.refusal
        await seat.press("q", "escape")
        assert "My week" in seat.lines[0]


async def test_keys_after_no_change_is_reported_are_about_what_is_owed_then(told):
    person(told, "olive", Role.OFFICER, "harbour-office")
    report(told, "P-001", as_of=date(2020, 9, 2), done="Piles driven.")
    async with desk(door_to(told.url, login="olive"), WIDE) as seat:
        await seat.press("w")
        await seat.press(*["down"] * queued(seat).index("P-001"))
        owed = [code for code in queued(seat) if code != "P-001"]
        send(seat, "n", "enter", "enter")
        await seat.until(lambda: isinstance(seat.app.screen, ReportScreen))
        screen = seat.app.screen
        assert isinstance(screen, ReportScreen)
        assert screen.opening.item.code in owed
        await seat.settle()


async def test_saving_leads_to_the_next_and_the_last_back_to_the_queue_which_says_done(told):
    person(told, "olive", Role.OFFICER, "harbour-office")
    async with desk(door_to(told.url, login="olive"), WIDE) as seat:
        await seat.press("w", "down", "enter")
        assert "2 of 3. Report as of" in seat.text
        await fill(seat, done="Ground surveyed.")
        await seat.press("ctrl+s")
        assert "3 of 3. Report as of" in seat.text
        assert "Recorded on" in seat.text
        # The one that was passed over comes at the end, and can be left for later with a draft.
        await fill(seat, done="Room")
        await seat.press("ctrl+n")
        assert "1 of 3. Report as of" in seat.text
        await seat.press("ctrl+s")
        await seat.until(lambda: "the report is empty" in seat.words)
        await fill(seat, done="Shelves up.")
        await seat.press("ctrl+s")
        assert "3 of 3. Report as of" in seat.text
        assert "restored" in seat.text
        await seat.press("ctrl+s")
        assert "My week" in seat.lines[0]
        assert "Done: every report that is due this week is in." in seat.text
        assert "4 of 4 reported" in seat.text
    assert [len(reports_on(told, code)) for code in ("P-001", "P-002", "T-002")] == [1, 1, 1]
    assert {said["done"] for code in ("P-001", "P-002", "T-002") for said in reports_on(told, code)} == {
        "Shelves up.",
        "Ground surveyed.",
        "Room",
    }


async def test_a_manager_confirms_a_completion_and_returns_a_report_with_the_reason(told):
    yesterday = TODAY - timedelta(days=1)
    report(told, "T-001", as_of=yesterday, at=noon(yesterday), phase=Phase.COMPLETED, percent=100)
    async with desk(door_to(told.url, login=COLLEAGUE.name)) as seat:
        await seat.press("w", "right", "right")
        assert "To confirm 1" in seat.words
        assert queued(seat) == ["T-001"]
        assert "awaiting" in seat.line("T-001  Mend")
        await seat.press("c")
        assert "Confirm that T-001 has ended?" in seat.text
        assert "The last report is by ada, as of 2020-09-17." in seat.words
        await seat.press("escape")
        assert queued(seat) == ["T-001"]
        await seat.press("c", "enter")
        await seat.until(lambda: "T-001: confirmed" in seat.notices)
        await seat.until(lambda: queued(seat) == [])
        await seat.press("left")
        assert queued(seat) == ["T-001"]
        await seat.press("x", "enter")
        assert "Enter a reason." in seat.text
        await seat.type("No proof")
        await seat.press("escape")
        assert "What you entered is not saved." in seat.words
        await seat.press("enter")
        await seat.until(lambda: "T-001: returned" in seat.notices)
        await seat.press("left")
        await seat.until(lambda: queued(seat)[0] == "T-001")
        await seat.press("home")
        assert "returned by brook: No proof" in seat.words
        # What is owed anyway is not returned.
        await seat.press("x")
        assert "Return the report" not in seat.text


async def test_a_request_is_listed_until_it_is_answered_and_its_answer_comes_back_to_the_officer(told):
    person(told, "olive", Role.OFFICER, "harbour-office")
    asked: dict[str, Any] = {"help_needed": "a tent", "help_from": "The council", "help_by": TODAY - timedelta(days=2)}
    report(told, "P-001", as_of=date(2020, 9, 2), actor=OFFICER, **asked)
    async with desk(door_to(told.url, login=COLLEAGUE.name), WIDE) as seat:
        await seat.press("w", "left")
        assert "Requests 1" in seat.words
        assert "asked of The council" in seat.words
        assert "Help from: The council" in seat.words
        assert "a Answer" in seat.foot
        assert "+ Grant" not in seat.foot
        await seat.press("plus")
        assert "nobody asks for a later date of this item" in seat.refusal
        await seat.press("enter", "enter")
        await seat.until(lambda: seat.app.screen.query_one("#act-fields"))
        assert "Answer request P-001" in seat.text
        await seat.settle()
        await paste(seat, "It is [bought].")
        await seat.press("ctrl+s")
        await seat.until(lambda: "Answered: the request for help on P-001 by dora." in seat.notices)
        # The list keeps the answer, but it waits for nobody.
        await seat.until(lambda: "Requests 0" in seat.words)
        assert queued(seat) == ["P-001"]
        assert "a Answer" not in seat.foot
        await seat.press("enter")
        await seat.until(lambda: "P-001  1 of 1" in seat.text)
    async with desk(door_to(told.url, login="olive"), WIDE) as seat:
        await seat.press("w", "left")
        assert "answered by brook: It is [bought]." in seat.words
        # An officer answers nothing, and reports.
        await seat.press("a", "enter")
        assert "Report as of" in seat.text


async def test_a_later_date_is_asked_for_from_the_list_and_the_form_and_granted(told):
    async with desk(door_to(told.url, login=OFFICER.name), WIDE) as seat:
        await seat.press("w", "E")
        await seat.until(lambda: seat.app.screen.query_one("#act-fields"))
        await seat.settle()
        page = seat.app.screen_stack[-2]
        assert isinstance(page, Page)
        code = page.pointed_item
        assert f"Ask for later date {code}" in seat.text
        await enter(seat, to="2021-01-29", reason="The [frost].")
        await seat.press("ctrl+s")
        await seat.until(lambda: "due date 2021-01-29 is outside the plan" in seat.words)
        await seat.press("ctrl+s")
        await seat.until(lambda: f"Recorded: {code}: 2021-01-29 is asked for instead of 2020-" in seat.notices)
        await seat.press("left", "end")
        await seat.settle()
        await seat.until(lambda: "due date: 2021-01-29" in seat.words)
        # The report form keeps what was typed in it.
        await seat.press("r")
        await fill(seat, done="Piles [driven].")
        await seat.press("f3")
        await seat.until(lambda: seat.app.screen.query_one("#act-fields"))
        await seat.press("escape")
        assert "Piles [driven]." in seat.text
    async with desk(door_to(told.url, login=COLLEAGUE.name), WIDE) as seat:
        await seat.press("w", "left", "end")
        assert "due date: 2021-01-29" in seat.words
        assert "The [frost]." in seat.words
        assert "+ Grant  - Refuse" in seat.foot
        await seat.press("enter")
        assert f"Answer the requests on {code}" in seat.text
        assert f"Grant later date {code}…" in seat.text
        await seat.press("escape", "plus")
        await seat.until(lambda: seat.app.screen.query_one("#act-fields"))
        assert f"Grant later date {code}" in seat.text
        await seat.press("escape", "minus")
        await seat.until(lambda: seat.app.screen.query_one("#act-fields"))
        assert f"Refuse later date {code}" in seat.text
        await seat.settle()
        await enter(seat, reason="The fair.")
        await seat.press("ctrl+s")
        await seat.until(lambda: f"Refused: {code}: it stays 2020-" in seat.notices)
        await seat.until(lambda: "brook refused it on" in seat.words)


async def test_who_does_not_lead_an_item_is_told_before_the_form_opens(told):
    async with desk(door_to(told.url, login=OFFICER.name), WIDE) as seat:
        seat.app.acts.ask_extension("T-003")
        await seat.settle()
        assert "T-003: dora is an officer of an organisation that does not lead this item" in seat.refusal


async def test_who_confirms_sees_which_items_go_on_in_one_that_is_cancelled(told):
    day = TODAY - timedelta(days=1)
    ended: dict[str, Any] = {"as_of": day, "at": noon(day), "ending_reason": "No money."}
    report(told, "T-003", phase=Phase.MERGED, merged_into="T-001", **ended)
    report(told, "T-001", phase=Phase.CANCELLED, **ended)
    async with desk(door_to(told.url, login=COLLEAGUE.name), WIDE) as seat:
        await seat.press("w", "right", "right")
        assert "? T-003 was merged into this item" in seat.words
        await seat.press("c")
        window = seat.text.partition("Confirm that T-001 has ended?")[2]
        assert "? T-003 was merged into this item" in window
        assert "No money." in window
        await seat.press("enter")
        await seat.until(lambda: "T-001: confirmed" in seat.notices)
        await seat.until(lambda: queued(seat) == ["T-003"])


async def test_who_stands_in_no_organisation_sees_all_and_an_answer_to_ones_own_report_is_refused(told):
    report(told, "P-002", as_of=TODAY, phase=Phase.COMPLETED, percent=100)
    async with desk(door_to(told.url), NARROW) as seat:
        await seat.press("w")
        assert "all organisations" in seat.text
        assert "T-003" in queued(seat)
        await seat.press("right", "right", "c", "enter")
        await seat.until(lambda: "you wrote this report yourself" in seat.notices)
        assert queued(seat) == ["P-002"]


async def test_titles_have_room_beside_the_last_report(door):
    async with desk(door, WIDE) as seat:
        await seat.press("w")
        table = seat.app.screen.query_one("#queue", Table)
        widths = {column.key: width for column, _, width in fitted(table.columns, table.size.width)}
        assert widths["title"] >= 55
