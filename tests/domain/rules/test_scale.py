from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from planner.domain.rules.scale import CELLS_A_WEEK, Scale, Zoom, fitting_zoom, next_month, period
from planner.domain.rules.weeks import EARLIEST, LATEST

DAYS = st.dates(date(1990, 1, 1), date(2150, 1, 1))
ZOOMS = st.sampled_from(list(Zoom))
SCALES = st.builds(Scale.from_day, ZOOMS, DAYS, st.integers(1, 220))


@given(SCALES, st.integers(-400, 3000))
def test_a_day_stands_in_the_cell_whose_days_hold_it(scale: Scale, days: int):
    day = scale.monday + timedelta(days=days)
    cell = scale.place(day)
    assert scale.first_day_of(cell) <= day < scale.first_day_of(cell + 1)


@given(SCALES)
def test_the_first_and_the_last_day_seen_have_the_first_and_the_last_cell(scale: Scale):
    assert scale.monday.isoweekday() == 1
    assert scale.place(scale.monday) == 0
    assert scale.place(scale.last) == scale.cells - 1
    assert not scale.sees(scale.last + timedelta(days=1))
    assert not scale.sees(scale.monday - timedelta(days=1))


@pytest.mark.parametrize("zoom", list(Zoom))
def test_a_week_takes_the_cells_of_its_zoom(zoom: Zoom):
    scale = Scale.from_day(zoom, date(2020, 4, 8), 70)
    assert scale.monday == date(2020, 4, 6)
    assert scale.place(date(2020, 4, 13)) == CELLS_A_WEEK[zoom]


@given(SCALES)
def test_ticks_stand_side_by_side_from_the_first_cell_to_the_last(scale: Scale):
    for ticks in (scale.ticks(), scale.heads(), scale.stretches()):
        assert [tick.cell for tick in ticks] == [0, *(tick.cell + tick.width for tick in ticks[:-1])]
        assert ticks[-1].cell + ticks[-1].width == scale.cells
        assert ticks[0].days[0] == scale.monday
        assert ticks[-1].days[1] == scale.last
        for one, following in pairwise(ticks):
            assert one.days[1] + timedelta(days=1) == following.days[0]


def test_the_ruler_names_what_the_zoom_is_called_after():
    spring = {zoom: Scale.from_day(zoom, date(2020, 3, 30), 60) for zoom in Zoom}
    assert [tick.label for tick in spring[Zoom.WEEK].stretches()][:2] == ["W14", "W15"]
    assert [tick.label for tick in spring[Zoom.MONTH].stretches()][:3] == ["Mar 2020", "Apr 2020", "May 2020"]
    assert [tick.label for tick in spring[Zoom.QUARTER].stretches()][:3] == ["2020 Q1", "2020 Q2", "2020 Q3"]
    assert [tick.label for tick in spring[Zoom.MONTH].ticks()][:2] == ["W14", "W16"]
    assert [tick.label for tick in spring[Zoom.QUARTER].ticks()][:2] == ["Mar", "Apr"]


@given(SCALES, st.integers(1, 20))
def test_moving_there_and_back_leads_to_where_one_was(scale: Scale, ticks: int):
    assert scale.moved(ticks).monday > scale.monday
    assert scale.moved(ticks).moved(-ticks) == scale


@given(SCALES, DAYS)
@example(Scale.from_day(Zoom.MONTH, date(2000, 1, 1), 15), date(2000, 6, 1))
def test_a_day_is_brought_into_sight_at_the_third(scale: Scale, day: date):
    place = scale.around(day).place(day)
    assert 0 <= place - scale.cells // 3 <= CELLS_A_WEEK[scale.zoom]


@given(st.builds(Scale.from_day, ZOOMS, DAYS, st.integers(7, 220)), ZOOMS, st.integers(0, 219))
def test_a_day_that_is_seen_stays_about_where_it_is_when_zooming(scale: Scale, zoom: Zoom, cell: int):
    day = scale.first_day_of(min(cell, scale.cells - 1))
    found = scale.zoomed(zoom, day)
    assert found.sees(day)
    assert abs(found.place(day) - scale.place(day)) <= CELLS_A_WEEK[zoom]


def test_a_day_out_of_sight_comes_to_the_third_when_zooming():
    scale = Scale.from_day(Zoom.WEEK, date(2020, 1, 1), 30)
    assert scale.zoomed(Zoom.MONTH, date(2020, 12, 31)).sees(date(2020, 12, 31))


def test_a_timeline_ends_where_its_calendar_does():
    early = Scale.from_day(Zoom.QUARTER, EARLIEST, 50)
    late = Scale.from_day(Zoom.QUARTER, LATEST, 50)
    assert early.moved(-1_000).monday == early.monday
    assert late.moved(1_000).monday == late.monday
    assert late.ticks()


def test_a_scale_ended_with_a_day_sees_it_and_one_that_ended_before_it_began_has_one_cell():
    scale = Scale.from_day(Zoom.QUARTER, date(2021, 1, 4), 50)
    assert scale.until(date(2021, 3, 1)).last == date(2021, 3, 7)
    assert scale.until(date(2099, 1, 1)) == scale
    past = scale.until(date(2020, 12, 31))
    assert (past.cells, [tick.label for tick in past.heads()]) == (1, ["2021 Q1"])


def test_the_nearest_zoom_at_which_all_is_seen():
    year = (date(2020, 1, 1), date(2020, 12, 31))
    assert fitting_zoom(*year, 371) is Zoom.WEEK
    assert fitting_zoom(*year, 106) is Zoom.MONTH
    assert fitting_zoom(*year, 53) is Zoom.QUARTER
    assert fitting_zoom(*year, 10) is Zoom.QUARTER


@pytest.mark.parametrize(
    ("zoom", "name"), [(Zoom.WEEK, "2020-W53"), (Zoom.MONTH, "2021-01"), (Zoom.QUARTER, "2021-Q1")]
)
def test_a_day_is_in_a_period_of_each_zoom(zoom: Zoom, name: str):
    assert period(zoom, date(2021, 1, 3)) == name


@given(DAYS)
def test_the_month_after_begins_with_its_first_day(day: date):
    following = next_month(day)
    assert following.day == 1
    assert (following.year * 12 + following.month) - (day.year * 12 + day.month) == 1
