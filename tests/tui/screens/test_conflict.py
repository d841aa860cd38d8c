"""Two people, one item, at the same time: both versions are shown, and nothing is silently overwritten."""

from datetime import date

from planner.domain.vocabulary import Confidence
from planner.reporting.merging import Side
from tests.factories import COLLEAGUE, meet, move, report
from tests.tui.desk import TODAY, WIDE, desk, door_to
from tests.tui.forms import fill, open_form, reports_on
from tui.widgets.form.difference import DifferenceField
from tui.widgets.form.form import Form


def colleague_reports(database, **more):
    """What a colleague says of T-002 meanwhile."""
    said = {"confidence": Confidence.RED, "done": "Exams begun.", **more}
    report(database, "T-002", as_of=TODAY, actor=COLLEAGUE, **said)


async def type_mine(seat):
    """My version: suspended, red is theirs, mine is green; a text of my own."""
    form = await open_form(seat, "T-002")
    form.lead_to("phase")
    await seat.press("right", "tab", "left")
    await fill(seat, done="Courses held.", blocker="Rain")
    return form


async def test_both_versions_are_shown_and_what_both_changed_has_to_be_chosen(told):
    async with desk(door_to(told.url), WIDE) as seat:
        await type_mine(seat)
        colleague_reports(told)
        meet(told, "T-002", 2, date(2020, 9, 17), actor=COLLEAGUE)
        await seat.press("ctrl+s")
        await seat.until(lambda: "Two versions" in seat.lines[0])
        assert "brook changed this item while you were typing" in seat.text
        assert "Confidence you both changed this" in seat.words
        assert "○ mine green ○ theirs red before amber" in seat.words
        assert "Blocker only you changed this ● mine Rain" in seat.words
        assert "Milestone 2: Half of the keepers trained only the other person changed this" in seat.words
        await seat.press("ctrl+s")
        assert "! Choose a value first (←→): Confidence, Done" in seat.words
        assert len(reports_on(told, "T-002")) == 1
        # Theirs for the one, one after the other for the text.
        await seat.press("left", "down", "left", "ctrl+s")
        await seat.until(lambda: "Recorded on T-002" in seat.notices)
    said = reports_on(told, "T-002")[-1]
    assert (said["phase"], said["confidence"], said["blocker"]) == ("suspended", "red", "Rain")
    assert said["done"] == "Exams begun.\nCourses held."
    assert (said["actor"], len(reports_on(told, "T-002"))) == ("ada", 2)


async def test_what_was_chosen_can_be_edited_in_the_form_and_a_third_write_meets_again(told):
    async with desk(door_to(told.url)) as seat:
        await type_mine(seat)
        colleague_reports(told)
        await seat.press("ctrl+s")
        await seat.until(lambda: "Two versions" in seat.lines[0])
        await seat.press("right", "down", "right", "e")
        await seat.until(lambda: "Report" in seat.lines[0])
        form = seat.app.screen.query_one(Form)
        assert (form.values["confidence"], form.values["done"]) == ("green", "Courses held.")
        await fill(seat, done=" And more.")
        move(told, "T-002", 3, date(2020, 12, 4), as_of=TODAY, actor=COLLEAGUE)
        await seat.press("ctrl+s")
        await seat.until(lambda: "Two versions" in seat.lines[0])
        fixed = {field.difference.name: field.chosen for field in seat.app.screen.query(DifferenceField)}
        assert fixed["milestone_3"] is Side.THEIRS
        assert None not in fixed.values()
        await seat.press("ctrl+s")
        await seat.until(lambda: "Recorded on T-002" in seat.notices)
    assert [said["done"] for said in reports_on(told, "T-002")] == ["Exams begun.", "Courses held. And more."]


async def test_leaving_it_leads_back_to_the_form_with_everything_as_typed(told):
    async with desk(door_to(told.url)) as seat:
        form = await type_mine(seat)
        typed = form.values
        colleague_reports(told)
        await seat.press("ctrl+s")
        await seat.until(lambda: "Two versions" in seat.lines[0])
        await seat.press("left", "escape")
        await seat.until(lambda: "Report" in seat.lines[0])
        assert seat.app.screen.query_one(Form).values == typed
        assert "Nothing was saved" in seat.words
        await seat.press("ctrl+s")
        await seat.until(lambda: "Two versions" in seat.lines[0])
        assert "○ mine green ○ theirs red" in seat.words
    assert len(reports_on(told, "T-002")) == 1
