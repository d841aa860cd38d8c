"""The links: a queue of those that want a review, what became of their ends, and deciding about one after the other."""

from planner.domain.vocabulary import LinkState, ReviewDecision
from planner.writes.link_reviews import LinkVerdict, review_links
from tests.factories import AUDITOR, COLLEAGUE, OFFICER, writing_by
from tests.queries.reads import instant
from tests.tui.desk import NARROW, WIDE, desk, door_to
from tests.tui.rewording import reword
from tui.data.links import read_page


def link(door, name):
    with door.reading() as reading:
        return next(link for link in read_page(reading).links if link.name == name)


async def test_suspect_links_come_first_with_before_and_after_and_each_decision_brings_the_next(told, door):
    reword(told, "M2.01", "Rooms for reading [quietly]", instant(9, 16))
    async with desk(door, (80, 44)) as seat:
        await seat.press("m", "L")
        assert "7 links  ≠ suspect 2  ? unreviewed 5" in seat.text
        assert "To review 7   All 7" in seat.text
        # Opened from the first clause of the version in force, its first link is under the cursor.
        assert "M1.01 implements old:duty-1, full coverage  ? unreviewed" in seat.text
        await seat.press("g")
        assert "≠ the measure M2.01 was reworded" in seat.text
        await seat.until(lambda: "by ada on 2020-09-16" in seat.text)
        assert "before: Reading rooms" in seat.text
        assert "now: Rooms for reading [quietly]" in seat.text
        # A suspect link is accepted for a reason only.
        await seat.press("a", "ctrl+s")
        assert "! Accepting a suspect link needs a reason." in seat.words
        await seat.type("The same rooms.")
        await seat.press("ctrl+s")
        assert "M2.01:old:duty-2: accepted. Links left to review: 6." in seat.notices
        assert "M2.01 supports new:duty-2" in seat.text
        await seat.press("c")
        assert seat.focus == "type"
        await seat.press("right", "right", "ctrl+s")
        assert "needs a reason" in seat.words
        assert "derived-from" in seat.text
        await seat.press("tab", "tab", "tab")
        await seat.type("It follows from it.")
        await seat.press("ctrl+s")
        assert "M2.01:new:duty-2: changed. Links left to review: 5." in seat.notices
        await seat.press("l", "slash")
        await seat.type("M2.01")
        await seat.press("enter")
        assert "To review 0   All 2" in seat.text
        await seat.press("j", "tab", "G")
        assert "± changed  by ada on" in seat.text
        assert "reason: It follows from it." in seat.text
        # The item's own links, and on its page that the link was reviewed.
        await seat.press("v")
        assert "P-002" in seat.lines[0]
        await seat.press("l")
        assert "duty-2  ✓ accepted  implements, coverage full" in seat.text
        await seat.press("L")
        assert "2 links  M2.01  P-002" in seat.text
    changed = link(door_to(told.url), "M2.01:new:duty-2")
    assert (changed.state, changed.type.value, changed.review.actor) == (LinkState.CHANGED, "derived-from", "ada")


async def test_what_another_decided_meanwhile_is_told_and_what_was_typed_stays(told, door):
    async with desk(door, WIDE) as seat:
        seat.app.navigator.open_links("M2.02:new:duty-3.1")
        await seat.settle()
        await seat.press("x")
        await seat.type("Charts are [not] lent.")
        with told.writing() as session:
            verdict = LinkVerdict(ReviewDecision.ACCEPTED, reason="It is so.")
            review_links(writing_by(session, COLLEAGUE, instant(9, 17)), ["M2.02:new:duty-3.1"], verdict)
        await seat.press("ctrl+s")
        assert "! brook reviewed this link: accepted. Your decision is not saved." in seat.words
        assert link(door_to(told.url), "M2.02:new:duty-3.1").state is LinkState.ACCEPTED
        assert "Charts are [not] lent." in seat.text
        await seat.press("ctrl+s")
        assert "M2.02:new:duty-3.1: rejected. Links left to review: 6." in seat.notices
        # The matrix knows of it too.
        await seat.press("m", "x")
        assert "gap" in seat.line("! duty-3.1 ")
    rejected = link(door_to(told.url), "M2.02:new:duty-3.1")
    assert (rejected.holds, rejected.review.reason) == (False, "Charts are [not] lent.")


async def test_who_may_not_review_sees_all_and_is_told(told):
    for actor, said in ((AUDITOR, "'egil' has the role auditor and can only read"), (OFFICER, "add or review links")):
        async with desk(door_to(told.url, login=actor.name), NARROW) as seat:
            await seat.press("m", "L", "a")
            assert said in seat.refusal
            assert "Reason" not in seat.text
            await seat.press("escape")
            assert "7 links" in seat.text
            # Of a measure that no clause covers there is nothing to review, and nothing is offered.
            seat.app.navigator.open_links(ends=frozenset({"M0.01"}))
            await seat.settle()
            assert "There are no links to a clause." in seat.text
            assert "a Accept" not in seat.foot


async def test_the_bottom_line_shows_only_keys_that_the_person_may_use(told):
    for login, shown in (("ada", True), (OFFICER.name, False)):
        async with desk(door_to(told.url, login=login), WIDE) as seat:
            await seat.press("m", "L")
            assert ("a Accept" in seat.foot) == shown
            await seat.press("escape", "F", "enter")
            assert ("a Accept" in seat.foot) == shown
            await seat.press("i")
            assert "r Report" in seat.foot
    async with desk(door_to(told.url, login=AUDITOR.name), WIDE) as seat:
        await seat.press("i")
        assert "r Report" not in seat.foot
