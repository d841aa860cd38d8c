"""The same on several items: what will change is seen first, then it is one write."""

from sqlalchemy import func, select

from planner.domain.vocabulary import Phase, Role
from planner.store.models import AuditEvent
from tests.factories import COLLEAGUE, person, report
from tests.tui.desk import TODAY, desk, door_to
from tests.tui.forms import paste, reports_on


async def test_the_change_is_seen_item_by_item_and_then_recorded_on_those_that_are_not_refused(told):
    person(told, "olive", Role.OFFICER, "harbour-office")
    person(told, "ruth", Role.OFFICER, "town-archive")
    async with desk(door_to(told.url, login="ruth")) as seat:
        seat.app.reports.open_bulk(["T-001", "P-002", "T-003"])
        await seat.until(lambda: "Several items" in seat.lines[0])
        await seat.settle()
        await seat.press("ctrl+s")
        assert "the preview of the changes is not ready yet" in seat.words.lower()
        await seat.press("tab", "right", "tab")
        await paste(seat, "Put on hold [for the fair].")
        await seat.press("shift+tab", "shift+tab", "right", "right", "right")
        await seat.until(lambda: "◐ in progress → ‖ suspended" in seat.line(" T-001"))
        assert "Items changed: 2 of 3, refused: 1." in seat.words
        assert "○ not started → ‖ suspended" in seat.line(" T-003")
        assert "→" not in seat.line(" P-002  ○")
        await seat.until(lambda: "which neither leads nor supports this item" in seat.words)
        await seat.press("ctrl+s")
        await seat.until(lambda: "Saved for 2 items." in seat.notices)
        assert "My week" in seat.lines[0]
        await seat.press("u")
        assert "the report on T-003" in seat.text
    for code in ("T-001", "T-003"):
        said = reports_on(told, code)[-1]
        assert (said["phase"], said["confidence"], said["done"]) == (
            "suspended",
            "green",
            "Put on hold [for the fair].",
        )
    assert reports_on(told, "P-002") == []
    with told.reading() as session:
        instants = select(func.count(AuditEvent.recorded_at.distinct())).where(AuditEvent.actor == "ruth")
        assert session.execute(instants).scalar_one() == 1


async def test_who_reports_meanwhile_is_told_and_what_will_change_is_shown_anew(told):
    async with desk(door_to(told.url)) as seat:
        seat.app.reports.open_bulk(["T-001", "T-003"])
        await seat.until(lambda: "Several items" in seat.lines[0])
        await seat.settle()
        await seat.press("right", "right", "right")
        await seat.until(lambda: "Items changed: 2 of 2, refused: 0." in seat.words)
        report(told, "T-003", as_of=TODAY, actor=COLLEAGUE, phase=Phase.CANCELLED, ending_reason="Not needed.")
        await seat.press("ctrl+s")
        await seat.until(lambda: "× cancelled → ‖ suspended" in seat.text)
        assert [said["phase"] for said in reports_on(told, "T-003")] == ["cancelled"]
        assert "has changed this item in the meantime" in seat.notices


async def test_without_items_or_a_right_to_write_nothing_opens(told):
    async with desk(door_to(told.url, login="nobody")) as seat:
        seat.app.reports.open_bulk([])
        await seat.until(lambda: "o items are selected" in seat.refusal)
        seat.app.reports.open_bulk(["T-001"])
        await seat.until(lambda: "is not a person of this register" in seat.refusal and "Overview" in seat.lines[0])
