"""Figures as they are drawn."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.formats import percent
from planner.base.visible_text import right_to_left
from planner.domain.symbols import SYMBOLS
from planner.domain.vocabulary import Confidence, Freshness, Phase, Schedule, State
from tui.marks import bar, fitting_name, mark, one_line, points, spark, stacked


def test_a_bar_has_what_is_done_and_a_mark_where_it_should_be():
    assert bar(50, 80, 10).plain == "━━━━━───┃─"


def test_a_bar_of_nothing_done_and_nothing_expected_is_empty():
    assert bar(None, None, 4).plain == "────"


@given(st.none() | st.floats(-50, 500), st.none() | st.floats(0, 100), st.integers(0, 200))
def test_a_bar_is_as_wide_as_it_is_asked_to_be(actual, expected, width):
    assert bar(actual, expected, width).cell_length == width


def test_a_stacked_bar_shares_its_width_and_shows_every_state_that_is_there():
    assert stacked({State.ON_TRACK: 6, State.OVERDUE: 2}, 8).plain == "✓✓✓✓✓✓‼‼"
    assert stacked({State.COMPLETED: 1, State.ON_TRACK: 100, State.SUSPENDED: 1}, 6).plain == "●✓✓✓✓‖"
    assert stacked({}, 8).plain == ""


@given(st.dictionaries(st.sampled_from(State), st.integers(0, 1000)), st.integers(len(State), 60))
def test_a_stacked_bar_is_as_wide_as_it_is_asked_to_be(counts, width):
    there = {SYMBOLS[state.value][0] for state, number in counts.items() if number}
    drawn = stacked(counts, width).plain
    assert (len(drawn), set(drawn)) == (width if there else 0, there)


def test_a_line_of_values_goes_from_lowest_to_highest():
    assert spark([1, 5, 3]) == "▁█▅"
    assert spark([2, 2]) == "▁▁"


@pytest.mark.parametrize("word", [*Phase, *Confidence, *Schedule, *Freshness])
def test_a_state_has_symbol_word_and_colour(word):
    drawn = mark(word)
    assert drawn.plain == f"{SYMBOLS[word.value][0]} {word.value.replace('_', ' ')}"
    assert [span.style for span in drawn.spans if span.style]


def test_no_state_is_told_in_words():
    assert mark(None).plain == "· not rated"


def test_figures():
    assert (percent(None), percent(62.4)) == ("–", "62%")
    assert [points(change).plain for change in (None, 0.0, 2.2, -3)] == ["·", "·", "+2.2", "-3.0"]


@pytest.mark.parametrize(
    ("text", "so"),
    [("مرفأ", True), ("(1) مرفأ", True), ("Harbour مرفأ", False), ("港口", False), ("123", False), ("", False)],
)
def test_the_direction_of_a_text_is_its_first_letters(text, so):
    assert right_to_left(text) is so


def test_data_on_one_line_has_no_line_ends_or_tabs():
    assert one_line("two\nlines\tand a tab") == "two lines and a tab"


def test_a_name_that_would_be_cut_gives_way_to_its_short_form():
    assert fitting_name("Harbour Office", "Harbour", 14) == "Harbour Office"
    assert fitting_name("Harbour Office", "Harbour", 13) == "Harbour"
    assert fitting_name("港口辦公室", "港口", 9) == "港口"
