"""Codes and keys as people type and paste them, and searches for them."""

import pytest

from planner.base.texts import folded
from planner.domain.codes import canonical_code, canonical_key, code_key, has_words, search_words


@pytest.mark.parametrize(
    "typed", ["T-009", "t-9", "t9", "T\u2011009", "Ｔ－００９", "ｔ９", "T–9", "T-9\u200b", " T-009 "]
)
def test_a_code(typed):
    assert canonical_code(typed) == "T-009"
    assert code_key(typed) == "t0000000009"


def test_codes_of_any_form_have_keys_by_which_they_are_compared_and_sorted():
    mixed = ["第101项", "KP-7", "2.1.10", "10", "第39项", "2.1.9"]
    assert sorted(mixed, key=code_key) == ["2.1.9", "2.1.10", "10", "KP-7", "第39项", "第101项"]
    assert len({code_key(code) for code in ("第39项", "第 ３９ 项", "第039项")}) == 1
    arabic, devanagari, thai, wide = "٢.١.٣", "२.१.३", "๒.๑.๓", "２．１．３"
    assert {code_key(code) for code in (arabic, devanagari, thai, wide, "۲.۱.۳")} == {code_key("2.1.3")}
    assert code_key("KP-٧") == code_key("kp07")
    assert len({code_key(code) for code in ("1-2", "12", "1.2", "a-b", "ab")}) == 5


@pytest.mark.parametrize("typed", ["duty-5", "DUTY-5", "duty\u20115", "ｄｕｔｙ－５"])
def test_a_key(typed):
    assert canonical_key(typed) == "duty-5"


@pytest.mark.parametrize(
    ("search", "text", "found"),
    [
        ("T-9", "T-009 quays", True),
        ("t9 quays", "T-009 quays", True),
        ("T\u20119", "T-009", True),
        ("Ｔ－９", "T-009", True),
        ("T-9", "T-090", False),
        ("kp7", "KP-7", True),
        ("kp-07", "KP-7", True),
        ("kp7", "KP-8", False),
        ("t-1", "T-100", True),
        ("co-operation", "Co\u2011operation", True),
        ("co–operation", "co-operation", True),
        ("T-9", "boat-9", True),
    ],
)
def test_a_search(search, text, found):
    assert has_words(search_words(search), folded(text)) is found


@pytest.mark.parametrize("code", ["W-000001", "KP7", "t0", "A-0000", "T12345678901"])
def test_a_usual_code_has_the_form_that_it_has_in_full_width_letters(code):
    assert code_key(code) == code_key(code.translate({ord(one): ord(one) + 0xFEE0 for one in code}))
