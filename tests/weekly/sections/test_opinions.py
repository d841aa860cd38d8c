"""The section `opinions`."""

from datetime import date
from typing import Any

from planner.domain.vocabulary import Confidence, Phase
from planner.weekly.sections.opinions import OPINIONS
from tests.answers import assess, confirm
from tests.factories import OFFICER, noon, report
from tests.weekly.week import section_rows

GREEN, AMBER, RED = Confidence.GREEN, Confidence.AMBER, Confidence.RED


def listed(register: Any) -> dict[str, tuple[str, ...]]:
    return {row["code"]: row["differ"] for row in section_rows(register, OPINIONS)}


def test_items_on_which_opinions_differ_are_listed_with_all_three(register):
    report(register, as_of=date(2020, 3, 11), actor=OFFICER, confidence=GREEN, percent=5)
    report(register, "T-002", as_of=date(2020, 3, 11), confidence=AMBER)
    assess(register, RED, reason="The [quay] is bare.", evidence="A visit.", on=date(2020, 3, 18))
    assess(register, AMBER, code="T-002", on=date(2020, 3, 18))
    rows = [row for row in section_rows(register, OPINIONS) if "officer_assessment" in row["differ"]]
    [row] = rows
    names = ("code", "confidence", "reported_by", "reported_on", "assessment", "assessed_by", "assessed_on")
    assert tuple(row[name] for name in names) == (
        "T-001",
        "green",
        "dora",
        date(2020, 3, 11),
        "red",
        "egil",
        date(2020, 3, 18),
    )
    assert (row["reason"], row["evidence_seen"]) == ("The [quay] is bare.", "A visit.")
    assert "T-002" not in listed(register)


def test_of_an_ended_item_only_an_assessment_made_since_is_compared(register):
    assess(register, RED, on=date(2020, 3, 4))
    report(register, as_of=date(2020, 3, 11), actor=OFFICER, confidence=GREEN, phase=Phase.COMPLETED)
    assert listed(register)["T-001"] == ("officer_assessment",)
    confirm(register, at=noon(date(2020, 3, 12)))
    assert "T-001" not in listed(register)
    assess(register, RED, on=date(2020, 3, 18))
    assert listed(register)["T-001"] == ("officer_assessment",)
