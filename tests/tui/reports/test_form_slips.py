"""One slip of the hand in the form ends no item, answers nothing, loses no text, and records nothing."""

from datetime import timedelta

from planner.domain.vocabulary import Phase
from planner.writes.reports.entries import Entry, MilestoneEntry, record_entry
from planner.writes.reports.status import Report
from tests.factories import ACTOR, COLLEAGUE, noon, report, writing_by
from tests.tui.desk import NARROW, TODAY, desk, door_to
from tests.tui.forms import fill, open_form, paste, reports_on


async def test_arrows_lead_to_no_ending_and_not_round_and_letters_go_to_the_text(told):
    async with desk(door_to(told.url), NARROW) as seat:
        form = await open_form(seat, "T-003")
        form.lead_to("phase")
        await seat.press("left")
        assert form.values["phase"] == "not_started"
        await seat.press(*["right"] * 9)
        assert form.values["phase"] == "suspended"
        assert "f2 ends the item: completed, cancelled or merged." in seat.words
        await seat.press(*["left"] * 9)
        await seat.type("hello")
        assert (form.values["done"], seat.focus) == ("hello", "done")
        form.lead_to("milestone_1")
        await seat.type("x")
        assert (form.values["done"], form.values["milestone_1_met"]) == ("hellox", "")


async def test_the_fields_are_the_same_whether_percent_is_typed_or_not(told):
    async with desk(door_to(told.url)) as seat:
        went = []
        for code in ("T-001", "T-002"):
            await open_form(seat, code)
            await seat.press("shift+tab")
            went.append(seat.focus)
            await seat.type("7")
        assert went == ["percent", "percent"]
        assert "25%, computed from the milestones that are met" in seat.text


async def test_merging_asks_why_and_into_which_item(told):
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-001")
        await seat.press("f2", "right", "right")
        assert form.values["phase"] == "merged"
        await seat.press("ctrl+s")
        await seat.until(lambda: "! Ending reason: an item that is merged needs a reason." in seat.words)
        assert seat.focus == "ending_reason"
        await paste(seat, "Same quay")
        await seat.press("ctrl+s")
        await seat.until(
            lambda: "! Merged into: a merged item must name the item that continues its work." in seat.words
        )
        await paste(seat, "t2")
        await seat.press("ctrl+s")
        await seat.until(lambda: "A manager must confirm that the item is merged" in seat.notices)
    assert [said["phase"] for said in reports_on(told, "T-001")] == ["merged"]


async def test_three_quick_saves_and_empty_ones_record_nothing(told):
    report(told, "P-002", as_of=TODAY - timedelta(days=14), done="Room cleared.", phase=Phase.SUSPENDED)
    async with desk(door_to(told.url)) as seat:
        await open_form(seat, "T-002", "T-002", "P-002", "P-001")
        await fill(seat, done="Courses held.")
        await seat.pilot.press("ctrl+s", "ctrl+s", "ctrl+s")
        await seat.until(lambda: "2 of 3. Report as of" in seat.text)
        await seat.settle()
        await seat.press("enter", "ctrl+s")
        await seat.until(lambda: "2 of 3. Report as of" in seat.text)
    assert [len(reports_on(told, code)) for code in ("T-002", "P-002", "P-001")] == [1, 0, 0]


async def test_no_change_is_an_act_of_its_own_and_confirmed(told):
    for code in ("P-001", "P-002"):
        report(told, code, as_of=TODAY - timedelta(days=14), done="Begun.", phase=Phase.IN_PROGRESS)
    async with desk(door_to(told.url)) as seat:
        await open_form(seat, "P-001")
        await seat.press("f4", "escape", "f4")
        assert "Report that nothing changed on P-001?" in seat.text
        await seat.press("enter")
        await seat.until(lambda: "Recorded on P-001 as of 2020-09-18: no change" in seat.notices)
        await seat.press("w")
        await seat.until(lambda: "P-002" in seat.text)
        while "P-002" not in seat.text or seat.app.screen.query_one("#queue").row.code != "P-002":  # type: ignore[attr-defined]
            await seat.press("down")
        await seat.press("n", "enter")
        await seat.until(lambda: "Reported that nothing changed on P-002." in seat.notices)
    assert [said["done"] for code in ("P-001", "P-002") for said in reports_on(told, code)] == [None, None]


async def test_what_does_not_fit_is_shown_at_its_field_and_asked_once(told):
    async with desk(door_to(told.url)) as seat:
        form = await open_form(seat, "T-001")
        await fill(seat, done="Stones laid.", milestone_2_date="2021-02-01", milestone_2_reason="Ice.")
        await seat.press("ctrl+s")
        await seat.until(lambda: "milestone 2 is due on 2021-02-01, after the item's due date" in seat.words)
        assert seat.focus == "milestone_2_date"
        assert reports_on(told, "T-001") == []
        await fill(seat, next="Wall.")
        await seat.press("ctrl+s")
        await seat.settle()
        assert reports_on(told, "T-001") == []
        assert form.values["next"].endswith("Wall.")
        await seat.press("ctrl+s")
        await seat.until(lambda: "Recorded on T-001" in seat.notices)
    assert len(reports_on(told, "T-001")) == 1


async def test_who_returns_a_report_sees_what_falls_back(told):
    entry = Entry(Report(phase=Phase.IN_PROGRESS, done="Half trained."), (MilestoneEntry(2, met_on=TODAY),))
    with told.writing() as session:
        record_entry(writing_by(session, ACTOR, noon(TODAY)), "T-002", entry)
    async with desk(door_to(told.url, login=COLLEAGUE.name)) as seat:
        await seat.press("w", "right")
        while seat.app.screen.query_one("#queue").row.code != "T-002":  # type: ignore[attr-defined]
            await seat.press("down")
        await seat.press("x")
        await seat.until(lambda: "milestone 2 met on 2020-09-18" in seat.text)
        await seat.type("No proof")
        await seat.press("enter")
        await seat.until(lambda: "Also withdrawn: milestone 2 met on 2020-09-18." in seat.notices)
    (reported,) = reports_on(told, "T-002")
    assert reported["done"] == "Half trained."
