from dataclasses import dataclass
from datetime import date

import pytest

from planner.domain.rules.doubts import doubts_of
from planner.domain.vocabulary import MeasuredBy, Phase

FIRST, LAST = date(2020, 1, 1), date(2020, 12, 31)
DUE = date(2020, 9, 30)


@dataclass(frozen=True)
class Step:
    number: int = 1
    current: date = date(2020, 6, 30)
    forecast: date | None = None
    met_on: date | None = None


@dataclass(frozen=True)
class Thing:
    phase: Phase = Phase.IN_PROGRESS
    actual: float | None = 40.0
    measured_by: MeasuredBy = MeasuredBy.REPORTS
    current_due: date = DUE
    milestones: tuple[Step, ...] = (Step(),)


MET = Step(met_on=date(2020, 6, 1))


@pytest.mark.parametrize(
    ("thing", "field", "told"),
    [
        (Thing(milestones=(Step(current=date(2020, 10, 1)),)), "milestone_1_date", "after the item's due date"),
        (Thing(milestones=(Step(forecast=date(2020, 10, 1)),)), "milestone_1_forecast", "forecast for 2020-10-01"),
        (Thing(milestones=(Step(current=date(2019, 12, 31)),)), "milestone_1_date", "outside the plan"),
        (Thing(current_due=date(2021, 1, 1)), "due", "outside the plan"),
        (Thing(Phase.NOT_STARTED, 60.0), "phase", "not started, but 60% of it is done"),
        (Thing(Phase.NOT_STARTED, 0.0, milestones=(MET,)), "phase", "milestone 1 is met"),
        (Thing(actual=100.0), "phase", "the item is 100% done"),
        (Thing(Phase.COMPLETED, 100.0, milestones=(MET, Step(2), Step(3))), "phase", "milestones 2, 3 are not met"),
    ],
)
def test_what_does_not_fit_is_told_at_its_field(thing: Thing, field: str, told: str):
    (doubt,) = doubts_of(thing, FIRST, LAST)
    assert doubt.field == field
    assert told in doubt.what


@pytest.mark.parametrize(
    ("phase", "merged_here", "told"),
    [
        (Phase.CANCELLED, ("T-002",), "T-002 was merged into this item and would also end"),
        (
            Phase.MERGED,
            ("T-002", "P-001"),
            "T-002, P-001 were merged into this item and would also move to the other item",
        ),
    ],
)
def test_dropping_an_item_in_which_others_go_on_is_told(phase: Phase, merged_here: tuple[str, ...], told: str):
    (doubt,) = doubts_of(Thing(phase), FIRST, LAST, merged_here)
    assert (doubt.field, doubt.what) == ("phase", told)
    assert doubts_of(Thing(phase), FIRST, LAST) == ()
    assert doubts_of(Thing(), FIRST, LAST, merged_here) == ()


@pytest.mark.parametrize(
    "thing",
    [
        Thing(),
        Thing(Phase.NOT_STARTED, None),
        Thing(Phase.COMPLETED, 100.0, milestones=(MET,)),
        Thing(Phase.CANCELLED, 60.0),
        Thing(current_due=LAST, milestones=(Step(current=LAST, forecast=LAST),)),
        Thing(milestones=(Step(current=date(2020, 10, 1), met_on=date(2020, 5, 1)),)),
    ],
)
def test_what_fits_is_not_asked_about(thing: Thing):
    assert doubts_of(thing, FIRST, LAST) == ()
