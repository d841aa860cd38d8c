"""Findings by kind, the way from each to what it is about, and accepting one until a day."""

import pytest

from planner.domain.vocabulary import ComputedFinding
from planner.queries.findings import read_finding
from planner.store import dialects
from tests.effort import only_in_more
from tests.factories import AUDITOR, OFFICER
from tests.queries.reads import instant
from tests.tui.desk import NARROW, WIDE, desk, door_to
from tests.tui.rewording import reword
from tui.data.findings import FindingsPage, read_page


def kinds(seat):
    return [row.kind for row in seat.app.screen.query_one("#kinds").rows]


def listed(seat):
    return seat.app.screen.query_one("#found").rows


async def to_kind(seat, kind):
    """Open the findings of a kind."""
    await seat.press("g", *["j"] * kinds(seat).index(kind), "enter")


def page_of(told) -> FindingsPage:
    with door_to(told.url).reading() as reading:
        return read_page(reading)


def found(told, kind):
    return [finding for finding in page_of(told).findings if finding.kind is kind]


# How to find a finding, and what the screen that it leads to says in its first line or its fourth.
LEADS_TO = {
    ComputedFinding.MEASURE_WITHOUT_CLAUSE: "M2.02  ! No clause of this version covers this measure.",
    ComputedFinding.CLAUSE_WITHOUT_MEASURE: "old:duty-3  ! No measure is linked to this clause.",
    ComputedFinding.MEASURE_WITHOUT_ITEMS: "0 links  M0.01",
    ComputedFinding.LINK_UNREVIEWED: "M1.01 implements old:duty-1, full coverage",
    ComputedFinding.FACTS_WORKING: "T-001",
}


@pytest.mark.more
async def test_every_kind_with_its_counts_leads_to_its_findings_and_each_to_what_it_is_about(told, door):
    async with desk(door, WIDE) as seat:
        await seat.press("m", "F")
        page = page_of(told)
        assert page.counted in seat.text
        assert f"{len(page.findings)} open (" in page.counted
        assert kinds(seat) == [None, *(tally.kind for tally in page.tallies)]
        for kind, words in LEADS_TO.items():
            await to_kind(seat, kind)
            assert seat.focus == "found"
            await seat.press("enter")
            assert words in seat.text, kind
            await seat.press("escape", "escape")
            assert seat.focus == "kinds"
        # A word narrows them; the text's own finding names its sides.
        await seat.press("g", "slash")
        await seat.type("libraries")
        await seat.press("enter")
        assert "All kinds 1" in seat.text
        assert "English does not contain this passage" in seat.text
        await seat.press("y")
        assert "phrase-in-one-language\topen\tmiddle\tlibraries-only-in-arabic" in seat.app.clipboard


async def test_findings_that_are_all_alike_are_one_row_that_opens(told, door):
    kind = ComputedFinding.FACTS_WORKING
    async with desk(door, WIDE) as seat:
        await seat.press("m", "F", "enter")
        rows = listed(seat)
        assert len(rows) < len(page_of(told).findings)
        assert rows[-1].subject == f"{len(found(told, kind))} findings"
        # It stands for several: there is none to accept.
        await seat.press("G", "a")
        assert "Until" not in seat.text
        await seat.press("enter")
        assert seat.focus == "found"
        assert [row.subject for row in listed(seat)] == [finding.subject for finding in found(told, kind)]


async def test_one_is_accepted_until_a_day_with_a_reason_and_opened_again(told, door):
    kind = ComputedFinding.CONFIDENCE_CONTRADICTED
    async with desk(door, NARROW) as seat:
        await seat.press("m", "F")
        # Among the kinds there is nothing to accept.
        await seat.press("a")
        assert "Until" not in seat.text
        await to_kind(seat, kind)
        subject = found(told, kind)[0].subject
        await seat.press("a", "ctrl+s")
        assert "! A finding can only be accepted until a date." in seat.words
        await seat.type("soon")
        assert "! A day is needed" not in seat.words
        assert "not a date yet" in seat.text
        await seat.press("ctrl+s")
        assert "'soon' is not a date" in seat.words
        await seat.press("ctrl+u")
        await seat.type("6/7")
        assert "ambiguous date" in seat.text
        await seat.press("ctrl+u")
        await seat.type("end of June")
        assert "Wed 2021-06-30" in seat.text
        await seat.press("ctrl+u")
        await seat.type("+2w")
        assert "Fri 2020-10-02" in seat.text
        await seat.press("ctrl+s")
        assert "! Text is required." in seat.words
        await seat.press("tab")
        await seat.type("Told to the [mayor].")
        await seat.press("ctrl+s")
        assert f"{subject}: accepted." in seat.notices
        accepted = next(finding for finding in found(told, kind) if finding.subject == subject).acceptance
        assert accepted is not None
        assert (str(accepted.until), accepted.reason, accepted.actor) == ("2020-10-02", "Told to the [mayor].", "ada")
        await seat.press("G")
        assert "✓ accepted" in seat.text
        await seat.press("x")
        await seat.type("Not any more.")
        await seat.press("ctrl+s")
        assert f"{subject}: open." in seat.notices
    assert all(finding.acceptance is None for finding in found(told, kind))


async def test_a_finding_is_read_before_its_decision_takes_the_lock(told, door, monkeypatch):
    under_lock = []

    def noted(reading, kind, subject):
        under_lock.append(dialects.WRITES in reading.session.get_bind().get_execution_options())
        return read_finding(reading, kind, subject)

    monkeypatch.setattr("planner.writes.finding_reviews.read_finding", noted)
    async with desk(door, NARROW) as seat:
        await seat.press("m", "F")
        await to_kind(seat, ComputedFinding.CONFIDENCE_CONTRADICTED)
        await seat.press("a")
        await seat.type("+2w")
        await seat.press("tab")
        await seat.type("Known.")
        await seat.press("ctrl+s", "G", "x")
        await seat.type("Not any more.")
        await seat.press("ctrl+s")
    assert under_lock == [False, False]


async def test_what_says_something_else_by_now_is_shown_before_it_is_accepted(told, door):
    kind = ComputedFinding.LINK_SUSPECT
    reword(told, "M1.01", "Quays are mended", instant(9, 15))
    reword(told, "M2.01", "Rooms are open", instant(9, 16))
    async with desk(door, WIDE) as seat:
        await seat.press("m", "F")
        await to_kind(seat, kind)
        await seat.press("j", "j", "a")
        await seat.type("+2w")
        await seat.press("tab")
        await seat.type("So be it.")
        reword(told, "M2.01", "Rooms are shut", instant(9, 17))
        await seat.press("ctrl+s")
        assert "has changed; its statement is now" in seat.words
        assert not any(finding.acceptance for finding in found(told, kind))
        await seat.press("ctrl+s")
        assert "M2.01:old:duty-2: accepted." in seat.notices
    (accepted,) = (finding for finding in found(told, kind) if finding.acceptance)
    assert accepted.acceptance.reason == "So be it."


@pytest.mark.parametrize("actor", [AUDITOR, only_in_more(OFFICER)])
async def test_who_may_not_accept_sees_all_and_is_told(told, actor):
    async with desk(door_to(told.url, login=actor.name), NARROW) as seat:
        await seat.press("m", "F", "enter", "a")
        assert f"'{actor.name}' has the role" in seat.refusal
        assert "Until" not in seat.text
