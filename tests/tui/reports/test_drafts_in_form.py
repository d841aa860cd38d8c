"""What is typed into a form outlives everything: leaving, another window, the end of the process."""

import asyncio
import os
import signal
from pathlib import Path

import pytest
from sqlalchemy import URL

from planner.base.errors import FileTroubleError
from planner.cli.context import login
from planner.domain.vocabulary import Confidence
from planner.personal import drafts
from planner.store.database import open_database
from tests.factories import COLLEAGUE, report
from tests.tui.desk import NOW, PATIENCE, TODAY, desk, door_to
from tests.tui.forms import fill, open_form, reports_on
from tests.tui.process.terminal import terminal
from tui.data.reports import open_form as form_data
from tui.screens.page import Page
from tui.screens.report import ReportScreen
from tui.widgets.form.fields import TextField
from tui.widgets.form.form import Form


def kept(url: URL, who: str = "ada") -> dict[str, dict[str, str]]:
    """Somebody's drafts: what was typed, by item."""
    return {draft.key.code: dict(draft.fields) for draft in drafts.all_of(str(url.database), who).drafts}


async def test_what_is_typed_is_kept_at_once_and_leaving_asks_nothing(told):
    async with desk(door_to(told.url)) as seat:
        await open_form(seat, "T-002")
        await fill(seat, done="Courses held.")
        await seat.until(lambda: kept(told.url) == {"T-002": {"done": "Courses held."}})
        await seat.press("tab")
        await seat.type("E")
        await seat.press("escape")
        assert "Draft of T-002 saved" in seat.notices
        assert "Overview" in seat.lines[0]
        assert kept(told.url) == {"T-002": {"done": "Courses held.", "next": "E"}}
        assert seat.app.draft_codes == {"T-002"}
        await seat.press("w")
        await seat.dismiss_notices()
        await seat.until(lambda: "▪ draft" in seat.line("T-002"))


@pytest.mark.parametrize("size", [(80, 24), (160, 50)])
async def test_lists_mark_a_draft_that_was_kept_while_its_form_was_open(told, size):
    async with desk(door_to(told.url), size=size) as seat:
        await seat.press("w")
        page = seat.app.screen
        assert isinstance(page, Page)
        await seat.until(lambda: page.pointed_item is not None)
        while page.pointed_item != "T-002":
            await seat.press("down")
        await seat.press("r")
        await seat.until(lambda: "Report as of" in seat.text)
        await fill(seat, done="Courses held.")
        await seat.until(lambda: seat.app.draft_codes == {"T-002"})
        await seat.press("escape")
        await seat.until(lambda: "▪ draft" in seat.text and "▪ Unsaved report of" in seat.text)

        # A list that is opened only then has it too.
        await seat.press("i")
        await seat.until(lambda: any("▪" in line and "T-002" in line for line in seat.lines))


async def test_a_draft_is_restored_started_over_brought_back_and_dropped_when_it_is_saved(told):
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-002")
        form.lead_to("phase")
        await seat.press("right")
        await fill(seat, done="Courses held.", milestone_3_forecast="+2w")
        await seat.press("escape")
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-002")
        assert "Your unsaved report of 15:00 was restored; press ctrl+r to start over." in seat.text
        typed = form.values
        assert (typed["phase"], typed["done"], typed["milestone_3_forecast"]) == (
            "suspended",
            "Courses held.",
            "2020-12-11",
        )
        assert "forecast 2020-12-11" in seat.text
        await seat.press("ctrl+r")
        await seat.until(lambda: "The form shows the last report again." in seat.text)
        assert seat.app.screen.query_one(Form).values["done"] == ""
        await seat.press("ctrl+r")
        await seat.until(lambda: seat.app.screen.query_one(Form).values == typed)
        await seat.press("ctrl+s")
        await seat.until(lambda: "Recorded on T-002" in seat.notices)
        assert kept(told.url) == {}
        assert seat.app.draft_codes == frozenset()
        await open_form(seat, "T-002")
        assert "restored" not in seat.text


async def test_what_is_taken_back_to_how_it_stood_is_no_draft(told):
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-002")
        form.lead_to("phase")
        await seat.press("right")
        await seat.until(lambda: kept(told.url) == {"T-002": {"phase": "suspended"}})
        await seat.press("left", "escape")
        assert kept(told.url) == {}
        assert "Draft of" not in seat.notices


async def test_a_restored_draft_meets_what_was_written_since_it_was_begun(told):
    async with desk(door_to(told.url)) as seat:
        await open_form(seat, "T-002")
        await fill(seat, done="Courses held.")
        await seat.press("escape")
        report(told, "T-002", as_of=TODAY, actor=COLLEAGUE, confidence=Confidence.RED, done="Exams begun.")
        await open_form(seat, "T-002")
        assert "This item has changed since you started your draft" in seat.words
        await seat.press("ctrl+s")
        await seat.until(lambda: "Two versions" in seat.lines[0])
        assert "○ mine Courses held. ○ theirs Exams begun." in seat.words
        assert "Confidence only the other person changed this" in seat.words
    assert len(reports_on(told, "T-002")) == 1


async def test_a_draft_that_cannot_be_kept_is_told_once_and_leaving_takes_a_second_time(told, monkeypatch):
    def full(draft):
        raise FileTroubleError("the disk is full", where="drafts")

    monkeypatch.setattr(drafts, "keep", full)
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-002")
        await fill(seat, done="Courses held.")
        await seat.until(lambda: "! The draft cannot be saved: drafts: the disk is full." in seat.words)
        await seat.press("escape")
        assert "Press the key again to leave and lose your input." in seat.words
        assert form.values["done"] == "Courses held."
        await seat.press("escape")
        assert "Overview" in seat.lines[0]


# Much the same with a save afterwards: test_session.py.
@pytest.mark.soak
def test_killed_while_a_form_is_open_the_draft_is_there_on_the_next_start(told):
    """The process is ended by SIGKILL, so that nothing can be tidied up."""
    file = str(told.url.database)
    with terminal("--db", file) as seat:
        seat.shows("Not set up yet")
        seat.press("w")
        seat.shows("T-001  Mend")
        seat.press("r")
        seat.shows("Report as of")
        seat.press("Wall built 港口 [x]")
        seat.shows("Wall built 港口 [x]")
        seat.until(lambda _: kept(told.url, login()) == {"T-001": {"done": "Wall built 港口 [x]"}})
        os.kill(seat.process, signal.SIGKILL)
    with terminal("--db", file) as seat:
        seat.shows("Not set up yet")
        seat.press("w")
        seat.shows("▪ draft")
        seat.press("r")
        seat.shows("restored")
        seat.shows("Wall built 港口 [x]")


async def test_the_newest_of_several_drafts_is_restored_and_the_others_are_told_and_shown(told):
    key = drafts.draft_key(str(told.url.database), "harbour-2020", "ada", "T-002")
    for number, text in enumerate(("Oldest.", "Older.", "Newest."), 1):
        at = NOW.replace(hour=number)
        drafts.keep(drafts.Draft(key, {"done": text, "milestone_9_met": "2020-05-05"}, {}, at, at, str(number)))
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-002")
        assert "Your unsaved report of 12:00 was restored; press ctrl+r to start over." in seat.words
        assert "You have 2 other unsaved reports (11:00, 10:00); press ctrl+g to load the next one." in seat.words
        shown = [form.values["done"]]
        for _ in range(3):
            await seat.press("ctrl+g")
            shown.append(seat.app.screen.query_one(Form).values["done"])
        assert shown == ["Newest.", "Older.", "Oldest.", "Newest."]
        await seat.press("ctrl+g")
        await fill(seat, next="Exams.")
        await seat.press("escape")
        assert seat.app.draft_codes == {"T-002"}
    # What was only looked at is as it was; what was typed on is kept anew, with what the form has no field for.
    found = [(draft.fields["done"], draft.fields["milestone_9_met"]) for draft in drafts.find(key).drafts]
    assert found == [("Older.", "2020-05-05"), ("Newest.", "2020-05-05"), ("Oldest.", "2020-05-05")]


async def test_saving_leaves_the_other_drafts_and_what_the_form_has_no_field_for(told):
    key = drafts.draft_key(str(told.url.database), "harbour-2020", "ada", "T-002")
    other = drafts.Draft(key, {"done": "Other window."}, {}, NOW, NOW.replace(hour=5), "1")
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-002")
        seen = form.opening.basis
        await seat.press("escape")
        drafts.keep(drafts.Draft(key, {"next": "Exams.", "milestone_9_met": "2020-05-05"}, seen, NOW, NOW, "2"))
        form = await open_form(seat, "T-002")
        assert form.values["next"] == "Exams."
        assert "but the form has no such field" in seat.words
        # Another window keeps its draft while this form is open.
        drafts.keep(other)
        await seat.press("ctrl+s")
        await seat.until(lambda: "Recorded on T-002" in seat.notices)
        assert seat.app.draft_codes == {"T-002"}
        assert [dict(draft.fields) for draft in drafts.find(key).drafts] == [
            {"milestone_9_met": "2020-05-05"},
            {"done": "Other window."},
        ]
        await open_form(seat, "T-002")
        assert "Somebody wrote" not in seat.words


@pytest.mark.parametrize("recorded_before", [False, True])
async def test_a_database_that_went_away_is_told_and_the_draft_stays(told, recorded_before):
    file = Path(str(told.url.database))
    told.close()
    async with desk(door_to(told.url)) as seat:
        if recorded_before:
            await open_form(seat, "T-003")
            await fill(seat, done="Rooms found.")
            await seat.press("ctrl+s")
            await seat.until(lambda: "Recorded on T-003" in seat.notices)
        await open_form(seat, "T-002")
        await fill(seat, done="Courses held.")
        moved = file.rename(file.with_name("moved.sqlite"))
        await seat.press("ctrl+s")
        await seat.until(lambda: "Nothing was saved. What you typed is still here." in seat.words)
        assert "was moved or deleted while it was open" in seat.words
        assert [entry.name for entry in file.parent.glob("register.sqlite")] == []
        await seat.until(lambda: kept(told.url) == {"T-002": {"done": "Courses held."}})
        moved.rename(file)
        await seat.press("ctrl+s")
        await seat.until(lambda: kept(told.url) == {})
    database = open_database(told.url)
    assert reports_on(database, "T-002")[-1]["done"] == "Courses held."
    database.close()


async def test_a_text_whose_field_is_not_filled_yet_is_not_taken_for_deleted(told):
    async with desk(door_to(told.url)) as seat:
        await open_form(seat, "T-002")
        await fill(seat, blocker="Rain")
        await seat.press("escape")
        seat.app.reports.open_form("T-002")
        await seat.until(lambda: seat.app.screen.query_one(Form).is_attached)
        form = seat.app.screen.query_one(Form)
        async with asyncio.timeout(PATIENCE):
            while not any(field.id == "blocker" and field.entered for field in form.query(TextField)):
                assert form.values["blocker"] == "Rain"
                await asyncio.sleep(0)


async def test_what_is_in_the_form_before_is_no_draft_of_the_next_item(told):
    door = door_to(told.url)
    async with desk(door) as seat:
        await open_form(seat, "T-002")
        screen = seat.app.screen
        assert isinstance(screen, ReportScreen)
        await fill(seat, blocker="Rain")
        await seat.until(lambda: drafts.all_of(door.address, door.login).drafts)
        # The moment in which the next form is opened and that before is still there.
        screen._take(form_data(door, "T-001"))
        assert screen.may_leave()
        screen.on_form_changed()
        screen.keep_unsaved()
        assert [draft.key.code for draft in drafts.all_of(door.address, door.login).drafts] == ["T-002"]
