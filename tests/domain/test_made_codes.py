"""Codes that the program makes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.domain.codes import code_key
from planner.domain.made_codes import MadeCodes, code_in_words, is_made
from tests.effort import EFFORT


@pytest.mark.parametrize("code", ["nocode-1", "NoCode-007", "nocode12", "nocode－3"])
def test_a_code_of_the_program_is_recognised_however_it_is_typed(code: str) -> None:
    assert is_made(code)
    assert len(code_in_words(code)) == 1


@pytest.mark.parametrize("code", ["CD-12", "7", "nocode", "nocode-1~7", "nocode-1a", "no-code-1", "T-nocode-1"])
def test_other_codes_are_not_those_of_the_program(code: str) -> None:
    assert not is_made(code)
    assert code_in_words(code) == ()


@settings(max_examples=20 * EFFORT, deadline=None)
@given(
    office=st.lists(st.one_of(st.text(max_size=12), st.from_regex(r"[A-Z]{2}-[0-9]{1,3}|nocode-[0-9]{1,4}"))),
    stored=st.integers(0, 4),
)
def test_no_code_is_given_twice_and_none_is_the_office_s(office: list[str], stored: int) -> None:
    codes = MadeCodes(map(code_key, office[:stored]))
    for code in office[stored:]:
        codes.reserve(code)
    made = [codes.next() for _ in range(3)]
    assert all(map(is_made, made))
    keys = {code_key(code) for code in made}
    assert len(keys) == 3
    assert keys.isdisjoint(map(code_key, office))
