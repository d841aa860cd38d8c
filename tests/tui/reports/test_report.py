"""The report form: what stands in it, what is saved or refused, and what it says when the database is in trouble."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import select, text

from planner.domain.vocabulary import Role
from planner.reporting.fields import REPORT
from planner.store import dialects
from planner.store.database import Database
from planner.store.models import AuditEvent, StatusUpdate
from planner.writes.reports.confirmations import return_report
from tests.effort import only_in_soak
from tests.factories import COLLEAGUE, noon, person, report, writing_by
from tests.tui.desk import NARROW, NOW, TODAY, WIDE, Desk, desk, door_to
from tests.tui.forms import fill, open_form, paste, reports_on
from tui.data import Door
from tui.data.reports import open_form as read_form
from tui.widgets.form.fields import LineField, TextField


async def test_it_opens_with_what_was_reported_last_and_keys_lead_through_it(door):
    async with desk(door) as seat:
        form = await open_form(seat, "T-002")
        assert "T-002 Train the lighthouse keepers" in seat.text
        assert "Report as of 2020-09-18. Last reported 2020-08-05 by ada." in seat.text
        assert (form.values["phase"], form.values["confidence"]) == ("in_progress", "amber")
        assert "25%, computed from the milestones that are met" in seat.text
        assert "Milestones 1 of 3 met" in seat.words
        assert "last value 6 on" not in seat.text
        assert "hours a month; no value yet; target 4 by 2020-12-31" in seat.words
        assert seat.focus == "done"
        # A milestone that is met has nothing more to be said of it.
        went = []
        for _ in range(10):
            await seat.press("down")
            went.append(seat.focus)
        assert went[:7] == ["next", "blocker", "help_needed", "evidence", "milestone_2", "milestone_3", "indicator_1"]
        await seat.press("shift+tab")
        assert seat.focus == "confidence"


async def test_the_bottom_line_names_the_help_key_that_works_in_a_text_field(door):
    async with desk(door, NARROW) as seat:
        assert "? Help" in seat.foot
        await open_form(seat, "T-002")
        assert "f1 Help" in seat.foot
        await seat.press("f1")
        assert "│ Help" in seat.lines[0]


@pytest.mark.parametrize("size", [NARROW, only_in_soak(WIDE)], ids=["narrow", "wide"])
async def test_the_field_with_the_focus_is_seen_also_while_it_grows(door, size):
    async with desk(door, size) as seat:
        form = await open_form(seat, "P-001")
        await seat.press("ctrl+end")
        for _ in range(12):
            focused = seat.app.focused
            assert focused is not None
            assert form.region.contains_region(focused.region), focused
            await seat.press("tab")
        await fill(seat, evidence="one\ntwo\nthree\nfour")
        focused = seat.app.focused
        assert focused is not None
        assert form.region.contains_region(focused.region)
        assert "four" in seat.text


async def test_one_save_records_the_report_its_milestones_and_a_value_in_one_write(told):
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-002")
        form.lead_to("phase")
        await seat.press("right", "tab", "right")
        await fill(
            seat, done="Courses held.", next="Exams.", blocker="Rain", help_needed="a tent", evidence="photo [7]"
        )
        assert form.lead_to("milestone_2")
        await seat.press("space", "tab", "tab")
        assert seat.focus == "milestone_2_evidence"
        await paste(seat, "Minutes")
        assert form.lead_to("milestone_3")
        await seat.press("n")
        await seat.type("+2w")
        assert "Fri 2020-12-11" in seat.text
        await seat.press("enter")
        await paste(seat, "Examiners are ill.")
        await fill(seat, indicator_1="12.5")
        await seat.press("ctrl+s")
        await seat.until(lambda: "Overview" in seat.lines[0])
        assert "report, 1 milestone, 1 new date, 1 indicator value" in seat.notices
    assert reports_on(told, "T-002") == [
        {
            "phase": "suspended",
            "confidence": "red",
            "percent": None,
            "done": "Courses held.",
            "next": "Exams.",
            "blocker": "Rain",
            "help_needed": "a tent",
            "evidence": "photo [7]",
            "actor": "ada",
        }
    ]
    with told.reading() as session:
        events = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(4)).scalars().all()
        assert {event.action for event in events} == {"report", "milestone", "move-date", "observe"}
        assert {event.recorded_at for event in events} == {NOW}
    after = read_form(door_to(told.url), "T-002")
    steps = {step.number: step for step in after.item.milestones}
    assert (steps[2].met_on, steps[2].evidence) == (TODAY, "Minutes")
    assert (steps[3].current, steps[3].baseline) == (date(2020, 12, 11), date(2020, 10, 30))
    assert after.detail.indicators[0].observed == 12.5


async def test_a_request_for_help_says_of_whom_and_by_when(told):
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-002")
        assert not form.lead_to("help_from")
        await fill(seat, help_needed="a tent")
        await seat.press("tab")
        assert seat.focus == "help_from"
        await paste(seat, "The council")
        await seat.press("tab")
        await seat.type("+1w")
        await seat.press("ctrl+s")
        await seat.until(lambda: "Overview" in seat.lines[0])
    report_made = read_form(door_to(told.url), "T-002").item.last
    assert report_made is not None
    assert (report_made.help_needed, report_made.help_from, report_made.help_by) == (
        "a tent",
        "The council",
        date(2020, 9, 25),
    )
    # Without the text, the two fields are hidden and say nothing.
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-002")
        field = seat.app.screen.query_one("#help_needed", TextField)
        assert form.lead_to("help_from")
        field.entered = ""
        await seat.settle()
        assert not any(row.display for row in form._help_rows.values())
        await fill(seat, done="It came.")
        await seat.press("ctrl+s")
        await seat.until(lambda: "Overview" in seat.lines[0])
    report_made = read_form(door_to(told.url), "T-002").item.last
    assert report_made is not None
    assert (report_made.help_needed, report_made.help_from, report_made.help_by) == (None, None, None)


async def test_what_cannot_be_so_leads_to_its_field_and_nothing_typed_is_lost(told):
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-001")
        form.query_one("#percent", LineField).entered = ""
        await fill(seat, percent="350", next="Wall.")
        form.lead_to("milestone_2")
        await seat.press("n")
        await seat.type("+2w")
        await seat.press("ctrl+s")
        await seat.until(
            lambda: "! Percent: '350' is not a percentage. Give a whole number from 0 to 100." in seat.words
        )
        assert "Nothing was saved. What you typed is still here." in seat.words
        assert seat.focus == "percent"
        assert form.values["next"] == "Mortar.Wall."
        assert len(reports_on(told, "T-001")) == 0
        # Another field leaves the message; the one that it names takes it away.
        await fill(seat, done="Stones.")
        assert "'350' is not a percentage" in seat.words
        form.lead_to("percent")
        await seat.press("backspace")
        assert "'350' is not a percentage" not in seat.words
        await seat.press("ctrl+s")
        await seat.until(lambda: "! Milestone 2, reason: text is required." in seat.words)
        assert seat.focus == "milestone_2_reason"
        await paste(seat, "Rain")
        await seat.press("ctrl+s")
        await seat.until(lambda: "after the item's due date" in seat.words)
        await seat.press("ctrl+s")
        await seat.until(lambda: "Overview" in seat.lines[0])
    assert [(said["percent"], said["next"]) for said in reports_on(told, "T-001")] == [(35, "Mortar.Wall.")]


async def test_completing_asks_for_evidence_and_says_that_a_manager_must_confirm(told):
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-001")
        await seat.press("f2")
        assert (form.values["phase"], form.values["percent"]) == ("completed", "100")
        assert "A manager then confirms it" in seat.words
        await seat.press("left")
        assert form.values["percent"] == "35"
        await seat.press("f2", "ctrl+s")
        await seat.until(lambda: "! Evidence: a completed item needs evidence." in seat.words)
        assert seat.focus == "evidence"
        await paste(seat, "Minutes")
        await seat.press("ctrl+s")
        await seat.until(lambda: "the item is completed, but milestone" in seat.words)
        await seat.press("ctrl+s")
        await seat.until(lambda: "Overview" in seat.lines[0])
        assert "A manager must confirm that the item is" in seat.notices
    assert [said["phase"] for said in reports_on(told, "T-001")] == ["completed"]


async def test_last_times_text_fills_the_field_and_work_that_is_done_starts_an_item(told):
    report(told, "P-001", as_of=date(2020, 9, 2), blocker="Rain", done="Piles driven.")
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "P-001")
        form.lead_to("done")
        await seat.settle()
        assert "Last time: Piles driven." in seat.text
        await seat.press("ctrl+l")
        assert form.values["done"] == "Piles driven."
        form = await open_form(seat, "T-003")
        assert form.values["phase"] == "not_started"
        await fill(seat, done="Letters sent. 2?q")
        assert form.values["phase"] == "in_progress"
        form.lead_to("phase")
        await seat.press("left")
        form.lead_to("next")
        await seat.press("ctrl+l")
        assert "The last report has no text in this field." in seat.notices
        await fill(seat, done=".")
        assert form.values["phase"] == "not_started"


async def test_the_reason_of_a_returned_report_stands_above_the_form(told):
    with told.writing() as session:
        return_report(writing_by(session, COLLEAGUE, noon(TODAY)), "T-001", "No proof [1].")
    async with desk(door_to(told.url)) as seat:
        await open_form(seat, "T-001")
        assert "Returned by brook: No proof [1]." in seat.text


async def test_two_saves_in_a_row_record_one_report_and_keys_typed_ahead_reach_the_form(told):
    async with desk(door_to(told.url)) as seat:
        seat.app.reports.open_form("T-002")
        # All at once, as a slow line brings it, while the form is still being read.
        await seat.pilot.press(*"Wall q2", "ctrl+s", "ctrl+s")
        await seat.until(lambda: "Recorded on T-002" in seat.notices)
        await seat.settle()
    assert [said["done"] for said in reports_on(told, "T-002")] == ["Wall q2"]


@pytest.mark.parametrize(
    ("login", "role", "words"),
    [
        ("olive", Role.OFFICER, "which neither leads nor supports this item"),
        ("audrey", Role.AUDITOR, "can only read"),
        ("nobody", None, "is not a person of this register"),
    ],
)
async def test_who_may_not_report_is_told_before_a_form_opens(told, login, role, words):
    if role is not None:
        person(told, login, role, "town-archive" if role is Role.OFFICER else None)
    async with desk(door_to(told.url, login=login)) as seat:
        seat.app.reports.open_form("P-002")
        await seat.until(lambda: words in seat.refusal and "Report" not in seat.lines[0])


async def test_while_looking_back_no_form_opens(told):
    door = door_to(told.url)
    door.as_of = date(2020, 9, 1)
    async with desk(door) as seat:
        seat.app.reports.open_form("P-002")
        await seat.until(lambda: "you can only write as of today" in seat.refusal and "Overview" in seat.lines[0])


def shown(seat: Desk, words: str) -> bool:
    """Whether the screen has some words."""
    return words in seat.words


class Locked:
    """Another program holds the file for writing."""

    words = "another program is writing to the database"

    def __init__(self, database: Database, _door: Door) -> None:
        self._connection = database.engine.raw_connection()
        self._connection.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        """It is done."""
        self._connection.rollback()
        self._connection.close()


class ReadOnly:
    """The file must not be written. (A test may run as root, whom a file's mode does not keep from writing.)"""

    words = "the database is read-only"

    def __init__(self, database: Database, door: Door) -> None:
        self._engine = door.open().engine
        self._set("ON")

    def _set(self, value: str) -> None:
        with self._engine.connect() as connection:
            dialects.driver_connection(connection).execute(f"PRAGMA query_only = {value}")

    def end(self) -> None:
        """It may be written again."""
        self._set("OFF")


class Full:
    """There is no room for another page."""

    words = "the disk is full"

    def __init__(self, database: Database, door: Door) -> None:
        self._engine = door.open().engine
        with self._engine.connect() as connection:
            driver = dialects.driver_connection(connection)
            driver.execute(f"PRAGMA max_page_count = {driver.execute('PRAGMA page_count').fetchone()[0]}")

    def end(self) -> None:
        """There is room again."""
        with self._engine.connect() as connection:
            dialects.driver_connection(connection).execute("PRAGMA max_page_count = 1000000")


async def test_trouble_of_the_database_is_told_and_saving_again_works(told, monkeypatch):
    monkeypatch.setattr(dialects, "LOCK_MILLISECONDS", 1)
    door = door_to(told.url)
    long = "Wall finished. " * 2000
    async with desk(door) as seat:
        form = await open_form(seat, "T-002")
        await fill(seat, next="Rail.")
        form.query_one("#done", TextField).entered = long
        for trouble in (Locked, ReadOnly, Full):
            hindrance = trouble(told, door)
            await seat.press("ctrl+s")
            await seat.until(partial(shown, seat, trouble.words))
            assert "What you typed is still here" in seat.words
            assert (form.values["done"], form.values["next"]) == (long, "Rail.")
            hindrance.end()
        await seat.press("ctrl+s")
        await seat.until(lambda: "Recorded on T-002" in seat.notices)
    assert [said["done"] for said in reports_on(told, "T-002")] == [long.strip()]


async def test_a_comma_in_a_value_is_refused_and_not_swallowed(told):
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-001")
        form.lead_to("indicator_1")
        await seat.type("1,5")
        assert form.values["indicator_1"] == "1,5"
        await seat.press("ctrl+s")
        await seat.until(lambda: "! Indicator 1: '1,5' has a comma" in seat.words)
        assert len(reports_on(told, "T-001")) == 0


# tests/store/test_database.py ends connections, and tests/tui/reports/test_drafts_in_form.py takes the database away.
@pytest.mark.more
async def test_a_server_that_ends_the_connection_is_told_and_saving_again_works(postgresql_register):
    url = postgresql_register.url
    door = Door(url, "ada", lambda: NOW)
    async with desk(door) as seat:
        form = await open_form(seat, "T-002")
        await fill(seat, done="Wall finished.")
        with postgresql_register.engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
        await seat.press("ctrl+s")
        await seat.until(lambda: "the connection to the server was lost" in seat.words)
        assert form.values["done"] == "Wall finished."
        await seat.press("ctrl+s")
        await seat.until(lambda: "Recorded on T-002" in seat.notices)
    assert [said["done"] for said in reports_on(postgresql_register, "T-002")] == ["Wall finished."]


def test_the_fields_are_those_of_the_table():
    assert set(REPORT) <= set(StatusUpdate.__mapper__.attrs.keys())


async def test_the_chosen_answer_stands_in_brackets_and_a_last_value_is_called_so(door):
    async with desk(door, WIDE) as seat:
        await open_form(seat, "T-001")
        assert "[◐ in progress]" in seat.text
        assert "[▲ green]" in seat.text
        assert "last: 6" in seat.text


async def test_a_value_of_the_last_report_is_marked_until_it_is_changed(door):
    async with desk(door) as seat:
        await open_form(seat, "T-001")
        assert "Next        ↺" in seat.line("Mortar.")
        await fill(seat, next="More ")
        assert "↺" not in seat.line("Mortar.")


async def test_no_value_is_marked_as_that_of_a_last_report_if_there_is_none(told):
    async with desk(door_to(told.url)) as seat:
        await open_form(seat, "T-003")
        assert "There is no report on this item yet." in seat.text
        assert "[○ not started]" in seat.text
        assert "↺" not in seat.text
