from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.domain.rules.schedule import contradicts, days_late, schedule
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Completion, Confidence, Phase, Schedule

DUE = date(2020, 6, 30)
EARLIER = date(2020, 5, 1)
DEFAULT = Settings()


def state(expected: float, actual: float | None, *, as_of: date = EARLIER, phase: Phase = Phase.IN_PROGRESS):
    return schedule(phase, DUE, expected, actual, as_of, DEFAULT)


@pytest.mark.parametrize(
    ("expected", "actual", "computed"),
    [
        (50, 50, Schedule.ON_TRACK),
        (50, 90, Schedule.ON_TRACK),
        (50, 40.5, Schedule.ON_TRACK),
        (50, 40, Schedule.BEHIND),
        (50, 20, Schedule.BEHIND),
        (50, 19.5, Schedule.OFF_TRACK),
        (50, None, Schedule.OFF_TRACK),
        (10, None, Schedule.BEHIND),
        (9.9, None, Schedule.ON_TRACK),
    ],
)
def test_the_gap_between_expected_and_actual_decides(expected: float, actual: float | None, computed: Schedule):
    assert state(expected, actual) is computed


@given(st.integers(1, 200), st.integers(0, 200), st.sampled_from([10, 30]))
def test_a_gap_of_just_ten_or_thirty_points_is_behind_in_whatever_parts_it_is_counted(
    tenths: int, done: int, points: int
):
    whole = tenths * 10
    missing = whole * points // 100
    assume(done + missing <= whole)
    assert state(100.0 * (done + missing) / whole, 100.0 * done / whole) is Schedule.BEHIND


@pytest.mark.parametrize(
    ("as_of", "computed"),
    [
        (DUE - timedelta(days=1), Schedule.ON_TRACK),
        (DUE, Schedule.ON_TRACK),
        (DUE + timedelta(days=1), Schedule.OVERDUE),
    ],
)
def test_due_today_is_not_late(as_of: date, computed: Schedule):
    assert state(100, 95, as_of=as_of) is computed


@pytest.mark.parametrize(
    ("phase", "computed"),
    [
        (Phase.NOT_STARTED, Schedule.OVERDUE),
        (Phase.IN_PROGRESS, Schedule.OVERDUE),
        (Phase.SUSPENDED, Schedule.NONE),
        (Phase.COMPLETED, Schedule.ON_TRACK),
        (Phase.CANCELLED, Schedule.NONE),
        (Phase.MERGED, Schedule.NONE),
    ],
)
def test_only_what_has_not_ended_is_overdue(phase: Phase, computed: Schedule):
    completion = Completion.CONFIRMED if phase.terminal else Completion.NONE
    late = DUE + timedelta(days=1)
    assert schedule(phase, DUE, 100, 0, late, DEFAULT, completion=completion) is computed


@pytest.mark.parametrize("phase", [Phase.CANCELLED, Phase.MERGED])
def test_dropping_an_item_takes_it_out_of_the_overdue_ones_once_somebody_else_confirms_it(phase: Phase):
    late = DUE + timedelta(days=1)
    assert schedule(phase, DUE, 100, 0, late, DEFAULT, completion=Completion.AWAITING) is Schedule.OVERDUE
    assert days_late(phase, DUE, late, completion=Completion.AWAITING) == 1


@pytest.mark.parametrize(("days", "computed"), [(0, Schedule.ON_TRACK), (1, Schedule.OVERDUE)])
def test_a_completion_that_nobody_confirmed_is_judged_by_its_own_day(days: int, computed: Schedule):
    done_on, looked_from = DUE + timedelta(days=days), DUE + timedelta(days=60)
    found = schedule(
        Phase.COMPLETED, DUE, 100, 100, looked_from, DEFAULT, completion=Completion.AWAITING, completed_on=done_on
    )
    assert found is computed


def test_the_thresholds_are_the_plans():
    strict = Settings(behind_points=1, off_track_points=2)
    assert schedule(Phase.IN_PROGRESS, DUE, 50, 48.5, EARLIER, strict) is Schedule.BEHIND
    assert schedule(Phase.IN_PROGRESS, DUE, 50, 47, EARLIER, strict) is Schedule.OFF_TRACK


@pytest.mark.parametrize(
    ("phase", "as_of", "completed_on", "days"),
    [
        (Phase.IN_PROGRESS, date(2020, 6, 30), None, 0),
        (Phase.IN_PROGRESS, date(2020, 7, 1), None, 1),
        (Phase.SUSPENDED, date(2020, 7, 10), None, 10),
        (Phase.COMPLETED, date(2020, 12, 31), date(2020, 7, 3), 3),
        (Phase.COMPLETED, date(2020, 12, 31), date(2020, 6, 1), 0),
        (Phase.CANCELLED, date(2020, 12, 31), None, 0),
        (Phase.MERGED, date(2020, 12, 31), None, 0),
    ],
)
def test_lateness_is_counted_in_days_and_stops_at_completion(
    phase: Phase, as_of: date, completed_on: date | None, days: int
):
    assert days_late(phase, DUE, as_of, completed_on, completion=Completion.CONFIRMED) == days


@pytest.mark.parametrize("confidence", [None, *Confidence])
@pytest.mark.parametrize("computed", list(Schedule))
def test_green_against_overdue_or_off_track_is_a_contradiction_and_nothing_else_is(
    confidence: Confidence | None, computed: Schedule
):
    expected = confidence == "green" and computed in ("overdue", "off_track")
    assert contradicts(confidence, computed) is expected
