"""How a bar is shared out among what it is made of."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.symbols import SYMBOLS, shares, words
from planner.domain.vocabulary import Completion, Concern, Confidence, Freshness, Phase, Prospect, Schedule, State

COUNTS = st.dictionaries(st.sampled_from(list(State)), st.integers(0, 100_000))


@given(COUNTS, st.integers(1, 200))
def test_a_bar_is_filled_and_nobody_who_has_room_is_left_out(counts: dict[State, int], width: int):
    cells = shares(counts, width)
    there = [word for word in counts if counts[word]]
    assert sum(cells.values()) == (width if there else 0)
    assert len(cells) == min(width, len(there))
    assert all(number >= 1 for number in cells.values())
    assert list(cells) == [word for word in counts if word in cells]


@given(COUNTS, st.integers(1, 200))
def test_who_has_more_never_gets_fewer_cells(counts: dict[State, int], width: int):
    cells = shares(counts, width)
    ordered = sorted(counts, key=lambda word: counts[word])
    shared = [cells.get(word, 0) for word in ordered if counts[word]]
    assert all(one <= following or one - following <= 1 for one, following in pairwise(shared))


def test_cells_are_in_proportion():
    assert shares({State.COMPLETED: 50, State.ON_TRACK: 25, State.OVERDUE: 25}, 40) == {
        State.COMPLETED: 20,
        State.ON_TRACK: 10,
        State.OVERDUE: 10,
    }


def test_words_are_shown_with_spaces_and_hyphens():
    assert [words(word) for word in ("off_track", "re_dated")] == ["off track", "re-dated"]


def test_every_state_has_a_symbol():
    for vocabulary in (Phase, Confidence, Schedule, Freshness, State, Concern, Prospect):
        assert [word for word in vocabulary if word.value not in SYMBOLS] == []
    assert Completion.AWAITING.value in SYMBOLS
