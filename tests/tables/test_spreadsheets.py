"""Text in spreadsheet files: none of it runs as a formula, and none of it is lost."""

from hypothesis import given
from hypothesis import strategies as st

from planner.tables.spreadsheets import FORMULA_SIGNS, neutralised, original

TEXTS = st.text(st.sampled_from([*FORMULA_SIGNS, "'", "a", " ", "\t", "长"]), max_size=6)


@given(TEXTS)
def test_the_original_text_comes_back_and_no_formula_remains(text):
    written = neutralised(text)
    assert original(written) == text
    assert not written.lstrip().startswith(FORMULA_SIGNS)
