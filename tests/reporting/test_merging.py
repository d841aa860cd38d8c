"""Two versions of one item: what differs, what follows by itself, what must be chosen, and what comes of it."""

from datetime import date

import pytest

from planner.domain.vocabulary import Confidence, Phase
from planner.reporting.form import ReportForm
from planner.reporting.merging import Side, differences, merged
from planner.writes.reports.conflicts import ConflictError
from tests.factories import COLLEAGUE, meet, observed, report
from tests.reporting.factories import TODAY, open_form, save

MINE = {
    "phase": "suspended",
    "confidence": "amber",
    "done": "Wall built.",
    "milestone_1_met": "2020-09-17",
    "indicator_1": "7",
}


@pytest.fixture
def both(reported) -> tuple[ReportForm, dict[str, str], ConflictError]:
    """My form on T-001, what I typed, and what a colleague made of it meanwhile."""
    opening = open_form(reported, "T-001")
    values = {**opening.values, **MINE}
    report(reported, "T-001", as_of=TODAY, actor=COLLEAGUE, confidence=Confidence.RED, percent=50, done="Wall begun.")
    meet(reported, "T-001", 1, date(2020, 9, 16), actor=COLLEAGUE)
    with pytest.raises(ConflictError) as conflict:
        save(reported, opening, values)
    return opening, values, conflict.value


def test_what_both_changed_must_be_chosen_and_the_rest_follows(both):
    opening, values, conflict = both
    found = {each.name: each for each in differences(opening, values, conflict.theirs)}
    assert {name: each.fixed for name, each in found.items()} == {
        "confidence": None,
        "done": None,
        "milestone_1": None,
        "phase": Side.MINE,
        "percent": Side.THEIRS,
        "next": Side.MINE,
        "indicator_1": Side.MINE,
    } | ({"next": Side.THEIRS} if values["next"] == opening.initial["next"] else {})
    assert list(found)[:3] == ["confidence", "done", "milestone_1"]
    done = found["done"]
    assert (done.mine, done.theirs, done.initial) == ("Wall built.", "Wall begun.", "Stones laid.")
    assert found["milestone_1"].mine == "met on: 2020-09-17"
    assert found["milestone_1"].theirs == "met on 2020-09-16"
    assert found["milestone_1"].initial == "due 2020-03-31"
    assert found["phase"].initial == "in progress"


def test_only_texts_can_stand_one_after_the_other(both):
    opening, values, conflict = both
    sides = {each.name: each.sides for each in differences(opening, values, conflict.theirs)}
    assert sides["done"] == (Side.MINE, Side.THEIRS, Side.BOTH)
    assert sides["confidence"] == sides["milestone_1"] == (Side.MINE, Side.THEIRS)


def test_what_was_chosen_is_saved_on_the_item_as_it_is_now(reported, both):
    opening, values, conflict = both
    chosen = {each.name: each.fixed or Side.THEIRS for each in differences(opening, values, conflict.theirs)}
    again = merged(opening, values, conflict.theirs, chosen | {"done": Side.BOTH})
    assert again.values["done"] == "Wall begun.\nWall built."
    assert again.values["milestone_1_met"] == ""
    save(reported, again, again.values)
    after = open_form(reported, "T-001")
    last = after.item.last
    assert last is not None
    assert (last.phase, last.confidence, last.percent) == (Phase.SUSPENDED, Confidence.RED, 50)
    assert last.done == "Wall begun.\nWall built."
    assert after.item.milestones[0].met_on == date(2020, 9, 16)
    assert after.detail.indicators[0].observed == 7


def test_who_writes_again_meanwhile_is_met_again(reported, both):
    opening, values, conflict = both
    chosen = {each.name: Side.MINE for each in differences(opening, values, conflict.theirs)}
    again = merged(opening, values, conflict.theirs, chosen | {"milestone_1": Side.THEIRS})
    observed(reported, "T-001", 1, 9, as_of=TODAY, actor=COLLEAGUE)
    with pytest.raises(ConflictError) as conflict_again:
        save(reported, again, again.values)
    found = {each.name: each for each in differences(again, again.values, conflict_again.value.theirs)}
    assert (found["indicator_1"].theirs, found["indicator_1"].fixed) == ("9 on 2020-09-18", None)
    assert "confidence" in found
