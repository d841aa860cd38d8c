"""The report form: what stands in it, what is saved, what is refused, and that nothing typed is lost."""

import pytest
from sqlalchemy import select, text
from textual.widgets import Input, TextArea

from planner.db.database import Database
from planner.models import AuditEvent, StatusUpdate
from tests.tui.desk import NOW, TODAY, desk, door_to
from tui.widgets.options import Choice


def reports_on(database: Database, code: str) -> list[dict[str, object]]:
    """What the database holds of an item's reports of today, oldest first."""
    with database.reading() as session:
        return [
            dict(row)
            for row in session.execute(
                text(
                    "SELECT phase, confidence, percent, done, next, blocker, help_needed, evidence, actor "
                    "FROM status_update JOIN item ON item.id = item_id WHERE code = :code AND as_of = :today "
                    "ORDER BY status_update.id"
                ),
                {"code": code, "today": TODAY.isoformat()},
            ).mappings()
        ]


async def fill(seat, **texts):
    for name, said in texts.items():
        seat.app.screen.query_one(f"#{name}").focus()
        await seat.type(said)


async def test_it_opens_with_what_was_reported_last(door):
    async with desk(door) as seat:
        await seat.press("1", "r")
        screen = seat.app.screen
        assert "T-001 Mend the quays" in seat.text
        assert "Report as of 2020-09-18, 2020-W38. Last reported 2020-09-16 by ada." in seat.text
        assert screen.query_one("#phase", Choice).chosen == 1
        assert (
            screen.query_one("#confidence", Choice).labels[screen.query_one("#confidence", Choice).chosen].plain
            == "▲ green"
        )
        assert screen.query_one("#percent", Input).value == "35"
        assert screen.query_one("#done", TextArea).text == ""
        assert "Last time: Stones laid." in seat.text
        assert seat.focus == "phase"


async def test_a_saved_report_is_in_the_database_and_on_the_item(told):
    async with desk(door_to(told.url)) as seat:
        await seat.press("1", "enter", "r", "right", "tab", "right", "tab")
        await fill(seat, percent="40", done="Wall finished.", next="Rail.", blocker="Rain", help_needed="a tent")
        await fill(seat, evidence="photo [7]")
        await seat.press("ctrl+s")
        await seat.until(lambda: "T-001" in seat.lines[0])
        await seat.settle()
        assert "40 % done as reported" in seat.text
        assert "officer ◆ amber" in seat.text
        assert "‖ suspended" in seat.text
        await seat.press("l", "l", "l")
        assert "evidence: photo [7]" in seat.text
    assert reports_on(told, "T-001") == [
        {
            "phase": "suspended",
            "confidence": "amber",
            "percent": 40,
            "done": "Wall finished.",
            "next": "Rail.",
            "blocker": "Rain",
            "help_needed": "a tent",
            "evidence": "photo [7]",
            "actor": "ada",
        }
    ]
    with told.reading() as session:
        last = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()
        assert (last.action, last.label, last.actor, last.recorded_at) == ("report", "T-001", "ada", NOW)


async def test_a_percent_out_of_range_is_told_in_the_form_and_nothing_is_lost(told):
    async with desk(door_to(told.url)) as seat:
        await seat.press("1", "r")
        await fill(seat, percent="350", done="Wall finished.")
        await seat.press("ctrl+s")
        await seat.until(lambda: "350 is not a percent" in seat.text)
        assert "! Percent: 350 is not a percent. Give a whole number from 0 to 100." in seat.text
        assert "Nothing was saved; what you typed is still here." in seat.words
        assert seat.focus == "percent"
        assert seat.app.screen.query_one("#done", TextArea).text == "Wall finished."
        assert reports_on(told, "T-001") == []
        await seat.press("3", "5", "ctrl+s")
        await seat.until(lambda: "Register" in seat.lines[0])
    assert [(said["percent"], said["done"]) for said in reports_on(told, "T-001")] == [(35, "Wall finished.")]


async def test_half_a_number_is_told_in_the_form(door):
    async with desk(door) as seat:
        await seat.press("1", "r")
        seat.app.screen.query_one("#percent", Input).value = "-"
        await seat.press("ctrl+s")
        assert "'-' is not a whole number" in seat.text


async def test_the_percent_of_an_item_measured_by_milestones_is_not_typed(told):
    async with desk(door_to(told.url)) as seat:
        await seat.press("1", "j", "r")
        assert seat.app.screen.query_one("#percent", Input).disabled
        assert "25 %: follows from the milestones met, so it is not typed" in seat.text
        await fill(seat, done="Second course held.")
        await seat.press("ctrl+s")
        await seat.until(lambda: "Register" in seat.lines[0])
    assert [(said["percent"], said["done"]) for said in reports_on(told, "T-002")] == [(None, "Second course held.")]


async def test_a_completed_item_is_at_a_hundred_and_going_back_restores_the_percent(door):
    async with desk(door) as seat:
        await seat.press("1", "r")
        percent = seat.app.screen.query_one("#percent", Input)
        await seat.press("right", "right")
        assert percent.value == "100"
        await seat.press("left")
        assert percent.value == "35"


async def test_work_on_an_item_not_started_is_saved_as_in_progress_where_the_form_says_so(told):
    async with desk(door_to(told.url)) as seat:
        await seat.press("2", "r")
        assert seat.app.screen.query_one("#phase", Choice).chosen == 0
        await fill(seat, done="Letters sent.")
        assert seat.app.screen.query_one("#phase", Choice).chosen == 1
        await seat.press("ctrl+s")
        await seat.until(lambda: "Register" in seat.lines[0])
    assert [(said["phase"], said["confidence"]) for said in reports_on(told, "T-003")] == [("in_progress", None)]


async def test_a_phase_that_was_chosen_stays_chosen(door):
    async with desk(door) as seat:
        await seat.press("2", "r", "right", "left")
        await fill(seat, done="Letters sent.")
        assert seat.app.screen.query_one("#phase", Choice).chosen == 0


async def test_trouble_of_the_database_is_told_in_the_form_and_saving_again_works(told):
    with told.engine.connect() as connection:
        connection.execute(
            text(
                "CREATE TRIGGER full BEFORE INSERT ON status_update BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
            )
        )
        connection.commit()
    async with desk(door_to(told.url)) as seat:
        await seat.press("1", "r")
        await fill(seat, done="Wall finished.")
        await seat.press("ctrl+s")
        await seat.until(lambda: "disk is full" in seat.text)
        assert "Free some space and try again." in seat.words
        assert seat.app.screen.query_one("#done", TextArea).text == "Wall finished."
        with told.engine.connect() as connection:
            connection.execute(text("DROP TRIGGER full"))
            connection.commit()
        await seat.press("ctrl+s")
        await seat.until(lambda: "Register" in seat.lines[0])
    assert [said["done"] for said in reports_on(told, "T-001")] == ["Wall finished."]


@pytest.mark.parametrize("key", ["escape", "ctrl+q"])
async def test_leaving_with_something_typed_is_asked_about_once(told, key):
    async with desk(door_to(told.url)) as seat:
        await seat.press("1", "r")
        await fill(seat, done="Wall")
        await seat.press(key)
        assert "Not saved yet." in seat.text
        assert seat.app.screen.query_one("#done", TextArea).text == "Wall"
        await seat.press("s", key)
        assert "Not saved yet." in seat.text
        assert seat.app.is_running
        await seat.press("escape")
        assert "Register" in seat.lines[0]
    assert reports_on(told, "T-001") == []


async def test_leaving_with_nothing_typed_is_not_asked_about(door):
    async with desk(door) as seat:
        await seat.press("1", "r", "escape")
        assert "Register" in seat.lines[0]


async def test_keys_of_the_app_do_not_lead_away_from_the_form(door):
    async with desk(door) as seat:
        await seat.press("1", "r", "2", "0")
        assert "Report" in seat.lines[0]
        await fill(seat, done="2?qr/")
        assert seat.app.screen.query_one("#done", TextArea).text == "2?qr/"


async def test_what_was_typed_outlives_a_reload(door):
    async with desk(door) as seat:
        await seat.press("1", "r")
        await fill(seat, done="Wall")
        await seat.press("ctrl+r")
        assert seat.app.screen.query_one("#done", TextArea).text == "Wall"


async def test_two_saves_in_a_row_record_one_report(told):
    async with desk(door_to(told.url)) as seat:
        await seat.press("1", "r")
        await fill(seat, done="Wall finished.")
        await seat.pilot.press("ctrl+s", "ctrl+s")
        await seat.until(lambda: "Register" in seat.lines[0])
    assert len(reports_on(told, "T-001")) == 1


def test_the_fields_are_those_of_the_table():
    from tui.screens.report import TEXTS

    assert set(TEXTS) <= set(StatusUpdate.__table__.columns.keys())
