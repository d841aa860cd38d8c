"""Items and groups of items as lines of signs on a scale."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.rules.scale import Scale, Zoom
from planner.domain.vocabulary import Grouping, Phase
from planner.queries.items.views import ItemView
from planner.queries.weeks.deadlines import DeadlineState, deadlines_of
from planner.queries.weeks.timeline import DeadlineCounts, Sign, group_legend, group_timelines, item_line, ruled
from planner.store.database import Database
from tests.factories import ended, meet, move
from tests.queries.reads import item_at, items_at

MAY = date(2020, 5, 11)
YEAR = Scale.from_day(Zoom.QUARTER, date(2020, 1, 1), 53)


def signs_at(item: ItemView, scale: Scale = YEAR, as_of: date = MAY) -> dict[Sign, list[date]]:
    """Where each sign stands, by the first day of its cell."""
    line = item_line(item, scale, as_of)
    return {sign: [scale.first_day_of(cell) for cell, one in enumerate(line) if one is sign] for sign in line}


def test_a_line_runs_from_start_to_due_date_with_its_milestones_by_state(sqlite_register: Database):
    meet(sqlite_register, "T-002", 1, date(2020, 4, 30))
    move(sqlite_register, "T-002", 3, date(2020, 11, 27))
    found = signs_at(item_at(sqlite_register, "T-002", MAY))
    assert found[Sign.START] == [date(2020, 3, 2)]
    assert found[Sign.MET] == [date(2020, 4, 27)]
    assert found[Sign.TODAY] == [MAY]
    assert found[Sign.ASSUMED] == [date(2020, 7, 27)]
    assert found[Sign.OPEN] == [date(2020, 11, 23)], "somebody agreed on the date to which it was moved"
    assert found[Sign.BASELINE] == [date(2020, 10, 26)]
    assert found[Sign.DUE_DATE] == [date(2020, 12, 28)]
    assert Sign.BASELINE_DUE not in found
    assert date(2020, 12, 21) in found[Sign.SPAN]
    assert date(2020, 2, 24) in found[Sign.NOTHING]


def test_a_moved_due_date_leaves_a_sign_where_it_was(sqlite_register: Database):
    move(sqlite_register, "T-003", None, date(2020, 12, 11))
    found = signs_at(item_at(sqlite_register, "T-003", MAY))
    assert (found[Sign.DUE_DATE], found[Sign.BASELINE_DUE]) == ([date(2020, 12, 7)], [date(2020, 12, 28)])


def test_of_dates_in_one_cell_the_one_that_needs_a_look_is_seen(sqlite_register: Database):
    item = item_at(sqlite_register, "P-001", date(2020, 4, 1))
    first, second, *_ = item.milestones
    together = replace(item, milestones=(replace(first, met_on=first.current), replace(second, current=first.current)))
    assert signs_at(together, as_of=date(2020, 6, 1))[Sign.OVERDUE] == [date(2020, 3, 30)]
    assert Sign.MET not in signs_at(together, as_of=date(2020, 6, 1))


def test_an_overdue_item_s_own_date_is_told_by_its_sign(sqlite_register: Database):
    item = replace(item_at(sqlite_register, "T-001", date(2020, 3, 4)), milestones=())
    scale = Scale.from_day(Zoom.WEEK, date(2020, 12, 28), 20)
    assert signs_at(item, scale, date(2020, 12, 31))[Sign.DUE_DATE] == [date(2020, 12, 31)]
    assert Sign.DUE_DATE not in signs_at(item, scale, date(2021, 1, 1))
    assert signs_at(item, scale, date(2021, 1, 1))[Sign.OVERDUE] == [date(2020, 12, 31)]


def test_days_out_of_sight_leave_no_sign(sqlite_register: Database):
    later = Scale.from_day(Zoom.WEEK, date(2022, 1, 3), 40)
    assert set(item_line(item_at(sqlite_register, "T-002", MAY), later, MAY)) == {Sign.NOTHING}
    amid = Scale.from_day(Zoom.WEEK, date(2020, 8, 17), 14)
    assert set(item_line(item_at(sqlite_register, "T-002", MAY), amid, MAY)) == {Sign.SPAN}


def test_the_dates_of_a_theme_are_counted_where_they_fall_due(register: Database):
    meet(register, "P-001", 1, date(2020, 4, 2))
    move(register, "T-002", 2, date(2020, 8, 14))
    items = list(items_at(register, MAY).values())
    quays, rooms, whole = group_timelines(items, MAY, Grouping.THEME)
    assert (quays.items, rooms.items, whole.items) == (3, 2, 5)
    assert quays.moved == whole.moved == 1
    assert quays.total.states == Counter({DeadlineState.OPEN: 9, DeadlineState.OVERDUE: 2, DeadlineState.MET: 1})
    assert whole.total.states == quays.total.states + rooms.total.states
    by_quarter = {tick.label: tally.states for tick, tally in quays.tallies(YEAR)}
    assert by_quarter["2020 Q1"] == Counter({DeadlineState.MET: 1, DeadlineState.OVERDUE: 1})
    assert by_quarter["2020 Q3"] == Counter({DeadlineState.OPEN: 2})
    assert whole.coming is not None
    assert (whole.coming.item.code, whole.coming.current) == ("P-002", date(2020, 5, 29))


def test_every_date_is_counted_in_one_stretch(sqlite_register: Database):
    items = list(items_at(sqlite_register, MAY).values())
    wide = Scale.from_day(Zoom.QUARTER, date(2020, 1, 1), 60)
    dates = sum(len(list(deadlines_of(item, MAY))) for item in items)
    assert sum(tally.total for _, tally in group_timelines(items, MAY, Grouping.THEME)[-1].tallies(wide)) == dates


def test_a_theme_all_of_whose_items_have_ended_has_no_date_coming(sqlite_register: Database):
    for code in ("T-003", "P-002"):
        ended(sqlite_register, code, Phase.CANCELLED, as_of=date(2020, 5, 2))
    rooms = group_timelines(list(items_at(sqlite_register, MAY).values()), MAY, Grouping.THEME)[1]
    assert rooms.coming is None
    assert rooms.total.worst is DeadlineState.LAPSED


COUNTED = DeadlineCounts(Counter({DeadlineState.OVERDUE: 2, DeadlineState.MET: 7}))


@pytest.mark.parametrize(
    ("tally", "width", "text"),
    [
        (COUNTED, 7, "‼2 ✓7 "),
        (COUNTED, 6, "‼2 ✓7 "),
        (COUNTED, 5, "‼2/9"),
        (COUNTED, 4, "‼2"),
        (COUNTED, 2, "‼"),
        (DeadlineCounts(Counter({DeadlineState.OPEN: 12_400})), 9, "○12k "),
        (DeadlineCounts(), 9, ""),
    ],
)
def test_counts_are_told_as_far_as_there_is_room(tally: DeadlineCounts, width: int, text: str):
    assert "".join(part for _, part in tally.parts(width)) == text


@given(st.dictionaries(st.sampled_from(list(DeadlineState)), st.integers(0, 99_999)), st.integers(1, 40))
def test_counts_leave_a_gap_to_the_next_and_a_sign_of_the_worst(counts: dict[DeadlineState, int], width: int):
    parts = DeadlineCounts(Counter(counts)).parts(width)
    text = "".join(part for _, part in parts).rstrip()
    assert len(text) <= max(1, width - 1)
    assert bool(text) == any(counts.values())


def test_labels_stand_at_their_cells_and_give_way_where_there_is_no_room():
    scale = Scale.from_day(Zoom.MONTH, date(2020, 1, 27), 30)
    line = ruled(scale.heads(), scale.cells)
    assert line.index("Feb") == scale.place(date(2020, 2, 1))
    assert line.index("Mar 2020") == scale.place(date(2020, 3, 1))
    assert "Jan" not in line
    assert len(line) == 30


def test_the_legend_fits_a_narrow_terminal():
    assert len(group_legend("today")) <= 78


def test_an_open_date_that_nobody_gave_has_a_sign_of_its_own(sqlite_register: Database):
    item = item_at(sqlite_register, "T-001", date(2020, 3, 4))
    given = replace(item, due_assumed=False, milestones=tuple(replace(one, assumed=False) for one in item.milestones))
    assert Sign.ASSUMED not in signs_at(given)
    assert signs_at(replace(given, due_assumed=True, milestones=()))[Sign.ASSUMED] == [date(2020, 12, 28)]
    late = replace(given, milestones=(replace(given.milestones[0], assumed=True),))
    assert Sign.ASSUMED not in signs_at(late, as_of=date(2021, 3, 1)), "that it was missed is more important"
