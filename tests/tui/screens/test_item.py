"""The item screen: heading, progress, mandate, milestones, reports, indicators, history, about."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.cells import cell_len

from planner.domain.vocabulary import Confidence, Phase
from planner.store.database import Database
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.reports.confirmations import return_report
from tests.answers import assess
from tests.command import run_command
from tests.factories import (
    COLLEAGUE,
    NEW_DUTIES_ARABIC,
    ODD_TITLE,
    move,
    report,
    write_documents,
    writing_by,
)
from tests.queries.reads import retitle
from tests.tui.desk import NARROW, NOW, TODAY, WIDE, Desk, desk, door_to
from tests.tui.textual_internals import press_keys
from tui.widgets.table import Table

THEMES = (("T-001", "T-002", "P-001"), ("T-003", "P-002"))
TABS = ("course", "mandate", "milestones", "reports", "indicators", "history", "about")


async def show(seat: Desk, code: str, *pressed: str) -> None:
    """Open an item, over no other one, out of its theme's list; then press keys."""
    seat.app.action_go("overview")
    seat.app.navigator.open_item(code, next(codes for codes in THEMES if code in codes))
    await seat.settle()
    await seat.press(*pressed)


def give_back(database: Database, code: str, reason: str) -> None:
    """Return the last report on an item, as a manager, an hour before now."""
    with database.writing() as session:
        at = NOW - timedelta(hours=1)
        return_report(writing_by(session, COLLEAGUE, at, TODAY), code, reason)


@pytest.fixture
def attached(told: Database, tmp_path: Path) -> Database:
    """The small plan with copies of its documents."""
    assert told.url.database
    done = run_command("--db", told.url.database, "sources", "attach", str(write_documents(tmp_path / "papers")))
    assert done.exit_code == 0, done.err
    return told


async def test_heading_and_panes_tell_all_about_an_item(door):
    async with desk(door) as seat:
        for look in (heading, course, milestones, indicators, reports, history, about, odd_title, copied):
            await look(seat)


async def heading(seat: Desk) -> None:
    """Both dates, both judgements and every basis."""
    await show(seat, "T-001")
    assert "T-001  task, basis: stated  theme 1 Quays and lights" in seat.text
    assert "Lead      Harbour Office  derived: The office keeps quays" in seat.text
    assert "Dates     2020-01-01 to 2020-12-31, as in the baseline  derived" in seat.text
    assert "officer ▲ green  ≠ computed ! off track  ◐ in progress  ✓ reported" in seat.text
    progress = seat.line("35% done as reported")
    assert "━" in progress
    assert "┃" in progress
    assert "expected" in progress


async def test_the_heading_tells_a_moved_date_lateness_an_unconfirmed_completion_and_a_return(told):
    move(told, "T-001", None, date(2020, 9, 10), as_of=date(2020, 9, 2))
    report(told, "T-001", as_of=date(2020, 9, 17), phase=Phase.COMPLETED, evidence="Minutes.")
    give_back(told, "T-002", "Which keepers?")
    async with desk(door_to(told.url)) as seat:
        await show(seat, "T-001")
        assert "Dates     2020-01-01 to 2020-09-10, baseline 2020-12-31 (-112 days)" in seat.text
        assert "Late      7 days after the current due date, 0 after the baseline" in seat.text
        assert "Completed ◎ awaiting  reported by ada as of 2020-09-17" in seat.text
        await seat.press("n")
        assert "Returned  ↩ report as of 2020-08-05, returned by brook on 2020-09-18: Which" in seat.text


async def course(seat: Desk) -> None:
    """Drawn week by week, and told under the chart."""
    await show(seat, "T-001")
    assert "█ done  ━ expected  each column is 1 week" in seat.text
    assert "100% ┤" in seat.text
    assert seat.line("Schedule  ").split()[1].startswith("✓✓✓")
    assert seat.line("Rating  ").split()[1] == "·" * 36 + "▲▲"
    assert "! off track" in seat.text
    await seat.press("G")
    assert "2020-W01     – done    2% expected  ✓ on track   · not rated" in seat.text
    await show(seat, "T-003")
    assert "Ask the schools for old charts" in seat.text
    assert "2020-W23" in seat.text


async def test_an_item_that_has_not_started_has_no_course(told):
    async with desk(door_to(told.url, date(2020, 5, 1))) as seat:
        await show(seat, "T-003")
        assert "This item has not started yet." in seat.text
        assert "┤" not in seat.text


async def milestones(seat: Desk) -> None:
    """State and slip."""
    await show(seat, "T-002", "l", "l")
    assert "✓ met 2020-05-10, baseline 2020-04-30, met 10 days after the baseline" in seat.text
    assert "‼ 49 days overdue, baseline 2020-07-31 (assumed)" in seat.text
    assert "○ due 2020-11-27 (in 2 months), baseline 2020-10-30" in seat.text
    assert "(+28 days)" in seat.words
    assert "25% done by milestones" in seat.text


async def indicators(seat: Desk) -> None:
    """A bar to the target; without a target the values."""
    await show(seat, "T-001", "h", "h", "h")
    assert "Quays mended  quays" in seat.text
    line = seat.line("50%  6 on 2020-09-01  ▁█")
    assert line.count("━") == line.count("─") == 12
    await show(seat, "T-003")
    await seat.press("h", "h", "h")
    line = seat.line("11 on 2020-09-01")
    assert "▁█" in line
    assert "━" not in line
    assert "increase, from 0, no target; working" in seat.text


async def test_the_mandate_is_restated_with_citation_links_and_crosswalk_and_a_gap_is_told(told):
    async with desk(door_to(told.url), (80, 60)) as seat:
        await show(seat, "P-002", "l")
        for words in (
            "Measure M2.01 Reading rooms open again  stated",
            "Open the reading rooms again.",
            "not attached. Get a copy, then run: planner sources attach FILE",
            "Mandate old  Duties of the Harbour Office; in force for the plan",
            "duty-2  ? unreviewed  implements, coverage full: M2.01 is what duty-2 asks for.",
            "Reading rooms are run jointly.",
            "old:duty-2 → new:duty-2  moved-to, superset-of: The archive's part was",
            "! phrase in one language: The Arabic names libraries",
        ):
            assert " ".join(words.split()) in seat.words, words
        await show(seat, "T-003", "l")
        assert "! No clause of this version is linked: No duty speaks of it." in seat.text


async def test_attached_texts_are_verbatim_and_arabic_stands_on_the_right(attached):
    async with desk(door_to(attached.url), (80, 80)) as seat:
        await show(seat, "P-002", "l")
        assert "    열람실을 다시 열고" in seat.text
        assert "    Run the reading rooms of the town." in seat.text
        arabic = NEW_DUTIES_ARABIC.splitlines()[3].removeprefix("(2) ")
        line = seat.line(arabic)
        assert line.strip() == arabic
        assert cell_len(line) >= 77
        assert "Arabic (2)" in seat.text


async def test_a_narrow_terminal_shows_one_pane_at_a_time(door):
    async with desk(door, NARROW) as seat:
        await show(seat, "T-001")
        assert "Progress  Mandate  Milestones 2  Reports 2  Indicators 1  History 4  About" in seat.text
        seen = []
        for _ in TABS:
            seen.append([pane.id for pane in seat.app.screen.query(".pane") if pane.region.area])
            await seat.press("right")
        assert seen == [[name] for name in TABS]
        await seat.press("left")
        assert seat.focus == "about"


async def test_a_wide_terminal_shows_all_panes_and_a_narrower_one_keeps_that_with_the_focus(door):
    async with desk(door, WIDE) as seat:
        await show(seat, "T-001")
        assert all(pane.region.area for pane in seat.app.screen.query(".pane"))
        for title in ("Progress", "Mandate", "Milestones 2", "Reports 2", "Indicators 1", "History 4", "About"):
            assert f"─ {title} ─" in seat.text
        await seat.press("h", "h", "h")
        await seat.pilot.resize_terminal(*NARROW)
        await seat.settle()
        assert seat.focus == "indicators"
        assert seat.app.screen.query_one("#indicators").region.area
        assert "from 2, to 10 by 2020-12-31" in seat.text


async def reports(seat: Desk) -> None:
    """Told in full, newest first; where there are none it says so."""
    await show(seat, "T-001", "l", "l", "l")
    newest, earlier = seat.text.index("2020-09-16"), seat.text.index("2020-09-09")
    assert newest < seat.text.index("Next: Mortar.") < earlier < seat.text.index("Done: Stones ordered.")
    await show(seat, "T-003", "l", "l", "l")
    assert "There is no report on this item yet." in seat.text


async def history(seat: Desk) -> None:
    """Every write, and when it was recorded."""
    await show(seat, "T-002", "h", "h")
    assert "date milestone 3 moved from 2020-10-30 to 2020-11-27" in seat.words
    assert "(The ground is too wet.)" in seat.words
    assert "milestone milestone 1 met on 2020-05-10" in seat.words
    # It was recorded at noon in UTC, which is nine in the evening in the plan's time zone.
    assert "recorded 2020-09-16 21:00" in seat.words


async def test_the_history_keeps_what_counts_no_longer_and_says_why(told):
    give_back(told, "T-001", "Which stones?")
    retitle(told, "T-001", "Mend all [/] quays", NOW)
    async with desk(door_to(told.url), (80, 60)) as seat:
        await show(seat, "T-001", "h", "h")
        assert "edit the item edited ada, recorded 2020-09-18 15:00" in seat.words
        assert "title: “Mend the quays” → “Mend all [/] quays”" in seat.words
        assert "confirmation returned the report by ada as of 2020-09-16 (Which stones?) brook" in seat.words
        assert "report in progress, green, 35%, Stones laid." in seat.words
        assert "↩ returned by brook on 2020-09-18 14:00 (Which stones?)" in seat.words
        assert seat.words.count("↩") == 2  # The heading tells it too.


async def about(seat: Desk) -> None:
    """The reason of the lead."""
    await show(seat, "T-003", "h")
    assert "No duty speaks of charts." in seat.text
    assert "Supporting: Harbour Office" in seat.text


async def test_v_leads_to_the_clause_and_back_and_n_and_p_go_through_the_list(door):
    async with desk(door) as seat:
        await show(seat, "T-001", "v", "enter")
        assert "Mandates" in seat.lines[0]
        assert "old:duty-1" in seat.text
        await seat.press("escape")
        assert "T-001" in seat.lines[0]
        await show(seat, "T-003", "v")
        assert "new:duty-3.1" in seat.text
        await seat.press("o", "1", "enter", "n")
        assert "T-002  2 of 3" in seat.lines[0]
        assert "Train the lighthouse keepers" in seat.text
        await seat.press("n", "n")
        assert "P-001  3 of 3" in seat.lines[0]
        assert "There is no further item." in seat.text
        await seat.press("p")
        assert "T-002  2 of 3" in seat.lines[0]
        await seat.press("l", "l")
        assert "Courses agreed" in seat.text


async def odd_title(seat: Desk) -> None:
    """A title like markup is shown as it is."""
    await show(seat, "P-002")
    assert ODD_TITLE in seat.text


async def test_texts_like_markup_are_shown_as_they_are(told):
    report(
        told, "T-003", as_of=TODAY, phase=Phase.IN_PROGRESS, done="odd [/] [bold]x[/nothing] $primary", next="[draft]"
    )
    async with desk(door_to(told.url)) as seat:
        await show(seat, "T-003", "l", "l", "l")
        assert "Done: odd [/] [bold]x[/nothing] $primary" in seat.text
        assert "Next: [draft]" in seat.text


async def copied(seat: Desk) -> None:
    """The y key copies the item."""
    await show(seat, "T-001", "y")
    assert seat.app.clipboard.startswith("T-001\n\nField\tValue\nTitle\tMend the quays\n")
    assert "Confidence\tgreen\nSchedule\toff track\n" in seat.app.clipboard


async def test_v_pressed_while_the_item_is_read_opens_its_clause_then(door):
    async with desk(door) as seat:
        await seat.press("0")
        await press_keys(seat.app, ["enter", "v"])
        await seat.settle()
        await seat.press("enter")
        assert "Mandates" in seat.lines[0]


async def test_v_asks_which_of_several_clauses_and_escape_leads_back_to_the_item(door):
    async with desk(door, WIDE) as seat:
        await show(seat, "T-001")
        assert "L Links" in seat.foot
        await seat.press("v")
        assert "Which clause?" in seat.text
        assert "old:duty-1" in seat.text
        await seat.press("j", "enter")
        assert "version 2 of 2" in seat.lines[0]
        await seat.press("enter", "escape")
        assert seat.focus == "clauses"
        await seat.press("escape")
        assert "T-001" in seat.lines[0]


async def test_an_assessment_is_told_beside_the_rating_on_the_item_and_on_my_week(told):
    report(told, "P-001", as_of=date(2020, 9, 2), confidence=Confidence.GREEN)
    assess(told, code="P-001", on=date(2020, 9, 10), reason="The [quay]\nis bare.", evidence="A visit.")
    said = "Assessed as red by egil as of 2020-09-10: The [quay] is bare."
    async with desk(door_to(told.url), WIDE) as seat:
        await show(seat, "P-001")
        assert said.replace("Assessed as", "Assessed Assessed as") in seat.words
        assert "Evidence seen: A visit." in seat.words
        assert "Opinions differ: officer and assessment" in seat.words
        await seat.press("p")
        assert "T-002" in seat.lines[0]
        assert said not in seat.words
        await seat.press("w")
        table = seat.app.screen.query_one("#queue", Table)
        table.cursor = [item.code for item in table.rows].index("P-001")
        await seat.settle()
        assert "Assessed as red by egil as of 2020-09-10:" in seat.words


async def test_an_item_that_gets_another_code_meanwhile_stays_on_the_screen(told):
    async with desk(door_to(told.url), (80, 60)) as seat:
        await show(seat, "T-002")
        with told.writing() as session:
            edit_item(writing_by(session, COLLEAGUE, NOW, TODAY), "T-002", ItemEdit(code="K-2"), "Renumbered.")

        await seat.press("ctrl+r")

        assert "K-2  2 of 3" in seat.lines[0]
        await seat.press("p")
        assert "T-001  1 of 3" in seat.lines[0]
