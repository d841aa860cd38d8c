from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.rules.progress import Step, actual_percent, expected_percent
from planner.domain.vocabulary import MeasuredBy, Phase

START, DUE = date(2020, 1, 1), date(2020, 12, 31)
STEPS = [Step(date(2020, 1, 11), 20), Step(date(2020, 1, 31), 30), Step(date(2020, 2, 10), 50)]

spans = st.tuples(st.dates(date(2019, 1, 1), date(2021, 1, 1)), st.integers(0, 700)).map(
    lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
)
steps = st.lists(
    st.builds(
        Step,
        baseline=st.dates(date(2018, 6, 1), date(2023, 6, 1)),
        weight=st.floats(0.01, 100) | st.integers(1, 100).map(float),
        met_on=st.none() | st.just(date(2020, 1, 1)),
    ),
    max_size=8,
)
far_days = st.dates(date(2018, 1, 1), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("phase", "reported", "percent"),
    [
        (Phase.NOT_STARTED, None, None),
        (Phase.IN_PROGRESS, 0, 0.0),
        (Phase.IN_PROGRESS, 40, 40.0),
        (Phase.SUSPENDED, 40, 40.0),
        (Phase.CANCELLED, 40, 40.0),
        (Phase.COMPLETED, 40, 100.0),
        (Phase.COMPLETED, None, 100.0),
    ],
)
def test_an_item_measured_by_reports_is_where_its_last_report_says(
    phase: Phase, reported: float | None, percent: float | None
):
    assert actual_percent(MeasuredBy.REPORTS, phase, STEPS, reported) == percent


@pytest.mark.parametrize(
    ("met", "percent"), [((), 0.0), ((0,), 20.0), ((2,), 50.0), ((0, 2), 70.0), ((0, 1, 2), 100.0)]
)
def test_an_item_measured_by_milestones_is_the_weight_of_those_met(met: tuple[int, ...], percent: float):
    reached = [
        Step(step.baseline, step.weight, date(2020, 1, 9) if number in met else None)
        for number, step in enumerate(STEPS)
    ]
    assert actual_percent(MeasuredBy.MILESTONES, Phase.IN_PROGRESS, reached, 99) == percent


def test_completed_is_all_of_it_whatever_milestones_are_open():
    assert actual_percent(MeasuredBy.MILESTONES, Phase.COMPLETED, STEPS, None) == 100.0


def test_weights_need_not_come_to_a_hundred():
    thirds = [Step(START, 1, START), Step(START, 1), Step(START, 1)]
    assert actual_percent(MeasuredBy.MILESTONES, Phase.IN_PROGRESS, thirds, None) == pytest.approx(100 / 3)


@given(st.sampled_from(MeasuredBy), st.sampled_from(Phase), steps, st.none() | st.integers(0, 100))
def test_the_actual_percent_is_never_less_than_nothing_nor_more_than_all(
    measured_by: MeasuredBy, phase: Phase, given_steps: list[Step], reported: int | None
):
    percent = actual_percent(measured_by, phase, given_steps, reported)
    assert percent is None or 0 <= percent <= 100


@given(steps.filter(bool))
def test_all_milestones_met_is_a_hundred_exactly(given_steps: list[Step]):
    met = [Step(step.baseline, step.weight, START) for step in given_steps]
    assert actual_percent(MeasuredBy.MILESTONES, Phase.IN_PROGRESS, met, None) == 100


@pytest.mark.parametrize(
    ("as_of", "percent"),
    [
        (date(2019, 12, 31), 0.0),
        (date(2020, 1, 1), 0.0),
        (date(2020, 1, 6), 10.0),
        (date(2020, 1, 11), 20.0),
        (date(2020, 1, 21), 35.0),
        (date(2020, 1, 31), 50.0),
        (date(2020, 2, 5), 75.0),
        (date(2020, 2, 9), 95.0),
        (date(2020, 2, 10), 100.0),
        (date(2020, 12, 31), 100.0),
    ],
)
def test_what_is_expected_climbs_from_milestone_to_milestone(as_of: date, percent: float):
    assert expected_percent(START, DUE, STEPS, as_of) == pytest.approx(percent)


@pytest.mark.parametrize(
    ("as_of", "percent"),
    [
        (date(2020, 1, 1), 0.0),
        (date(2020, 7, 1), 100 * 182 / 365),
        (date(2020, 12, 31), 100.0),
        (date(2021, 1, 1), 100.0),
    ],
)
def test_without_milestones_what_is_expected_climbs_from_start_to_due(as_of: date, percent: float):
    assert expected_percent(START, DUE, [], as_of) == pytest.approx(percent)


def test_the_order_milestones_are_listed_in_does_not_matter():
    day = date(2020, 1, 21)
    assert expected_percent(START, DUE, STEPS[::-1], day) == expected_percent(START, DUE, STEPS, day)


def test_a_milestone_dated_before_the_start_counts_from_the_start_on():
    early = [Step(date(2019, 12, 1), 20), Step(date(2020, 1, 11), 80)]
    percents = [expected_percent(START, DUE, early, date(2020, 1, day)) for day in (1, 6, 11)]
    assert percents == [20, 60, 100]


def test_milestones_of_one_day_count_together():
    same_day = [Step(date(2020, 1, 11), 40), Step(date(2020, 1, 11), 60)]
    assert expected_percent(START, DUE, same_day, date(2020, 1, 6)) == pytest.approx(50)
    assert expected_percent(START, DUE, same_day, date(2020, 1, 11)) == 100


def test_an_item_of_one_day_is_expected_on_that_day():
    assert expected_percent(START, START, [], START - timedelta(days=1)) == 0
    assert expected_percent(START, START, [], START) == 100


@given(spans, steps, far_days, far_days)
def test_what_is_expected_never_falls_as_time_goes_on(
    span: tuple[date, date], given_steps: list[Step], one: date, other: date
):
    earlier, later = sorted((one, other))
    first, second = (expected_percent(*span, given_steps, day) for day in (earlier, later))
    assert 0 <= first <= second + 1e-9
    assert second <= 100


@given(spans, steps, far_days)
def test_nothing_is_expected_before_the_start(span: tuple[date, date], given_steps: list[Step], day: date):
    before = min(day, span[0] - timedelta(days=1))
    assert expected_percent(*span, given_steps, before) == 0


@given(spans, steps)
def test_all_is_expected_at_the_end(span: tuple[date, date], given_steps: list[Step]):
    starts, due = span
    end = max((step.baseline for step in given_steps), default=due)
    assert expected_percent(starts, due, given_steps, max(end, starts)) == 100
