"""How alike two texts are: the same both ways, 1 for the same text, 0 where nothing is shared, in any script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.mandates.crosswalk import LEAST
from planner.mandates.likeness import grams, likenesses

TEXTS = st.text(min_size=0, max_size=80)
MANY = st.lists(TEXTS, min_size=1, max_size=6)


@given(MANY, MANY)
def test_it_is_the_same_both_ways_and_from_0_to_1(earlier: list[str], later: list[str]):
    there, back = likenesses(earlier, later), likenesses(later, earlier)
    assert [[back[column][row] for column in range(len(later))] for row in range(len(earlier))] == there
    assert all(0 <= value <= 1 for row in there for value in row)


@given(MANY, MANY)
def test_the_same_texts_give_the_same_numbers(earlier: list[str], later: list[str]):
    assert likenesses(earlier, later) == likenesses(list(earlier), list(later))


@given(MANY, st.data())
def test_a_text_is_wholly_alike_to_itself_however_it_is_spaced(texts: list[str], data: st.DataObject):
    place = data.draw(st.integers(0, len(texts) - 1))
    spaced = "\u00a0" + "\n ".join(texts[place])
    value = likenesses(texts, [*texts, spaced])[place][len(texts)]
    assert value == (1.0 if grams(texts[place]) else 0.0)


@given(st.lists(st.text("abc", min_size=1), min_size=1), st.lists(st.text("xyz", min_size=1), min_size=1))
def test_texts_without_a_letter_in_common_are_not_alike(earlier: list[str], later: list[str]):
    assert likenesses(earlier, later) == [[0.0] * len(later) for _ in earlier]


def test_the_formula_worked_by_hand():
    # Grams ab bc abc / ab bd abd. With one text on each side all weigh ln 2: one of three in common.
    assert likenesses(["abc"], ["abd"]) == [[0.3333]]
    # With a second later text, ab, its gram is in two of two: it weighs ln(3/2), the others ln 3.
    # The cosines are ln(1.5)² / (ln(1.5)² + 2 ln(3)²) and ln(1.5) / √(ln(1.5)² + 2 ln(3)²).
    assert likenesses(["abc"], ["abd", "ab"]) == [[0.0638, 0.2525]]


@pytest.mark.parametrize(
    ("before", "kept", "other"),
    [
        ("负责港口码头和灯塔的维护工作。", "承担港口码头及灯塔维护。", "管理全市图书馆和阅览室。"),
        ("부두와 등대를 잘 돌본다.", "부두와 등대를 늘 돌보아야 한다.", "열람실을 운영하고 책을 빌려준다."),
        ("العناية بالأرصفة ومنارات المرفأ.", "العناية بالأرصفة والمنارات في المرفأ.", "إدارة قاعات القراءة في البلدة."),
        ("Keeps the quays and lights in order.", "Keep the quays and the lights.", "Runs the reading rooms."),
    ],
    ids=["zh", "ko", "ar", "en"],
)
def test_in_every_script_what_was_reworded_is_a_pair_and_what_is_another_thing_is_none(
    before: str, kept: str, other: str
):
    reworded, another = likenesses([before], [kept, other])[0]
    assert reworded >= LEAST > another
