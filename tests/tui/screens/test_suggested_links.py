"""A link that the program suggested, on the screen of links and on the page of its item."""

from planner.domain.vocabulary import Coverage, LinkOrigin, LinkState, LinkType
from planner.queries.links.names import read_link
from planner.writes.new_links import NewLink, add_links
from tests.factories import COLLEAGUE, writing_by
from tests.queries.reads import instant
from tests.tui.desk import desk


async def test_a_suggested_link_is_accepted_without_a_reason(told, door):
    with told.writing() as session:
        new = NewLink("M2.01", "old:duty-3", LinkType.SUPPORTS, Coverage.PARTIAL, "Likeness of the texts 31%.")
        add_links(writing_by(session, COLLEAGUE, instant(9, 16)), [new], origin=LinkOrigin.MACHINE)
    async with desk(door, (80, 44)) as seat:
        await seat.press("m", "L", "slash")
        await seat.type("Likeness")
        await seat.press("enter")
        assert "~ suggested" in seat.text
        await seat.press("v", "l")
        assert "M2.01:old:duty-3  ~ suggested" in seat.text
        await seat.press("L", "slash")
        await seat.type("Likeness")
        await seat.press("enter", "a", "ctrl+s")
        assert "M2.01:old:duty-3: accepted. Links left to review: 0." in seat.notices
    with door.reading() as reading:
        assert read_link(reading, "M2.01:old:duty-3").state is LinkState.ACCEPTED
