import hashlib
import unicodedata
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.base.fingerprints import (
    canonical_json,
    clause_fingerprint,
    fingerprint,
    item_fingerprint,
    measure_fingerprint,
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)


def test_the_encoding_is_sorted_compact_utf_8():
    assert canonical_json({"b": [1, None, True], "a": '한 "x"'}) == '{"a":"한 \\"x\\"","b":[1,null,true]}'.encode()


def test_a_number_that_json_does_not_have_is_refused():
    with pytest.raises(ValueError, match="JSON"):
        canonical_json({"a": float("nan")})


def test_a_fingerprint_is_the_digest_of_kind_and_fields():
    encoded = b'{"fields":{"code":"T-001"},"kind":"item"}'
    assert fingerprint("item", {"code": "T-001"}) == hashlib.sha256(encoded).hexdigest()


@given(st.dictionaries(words, values, max_size=5), st.randoms())
def test_the_order_of_the_fields_does_not_matter(fields: dict[str, Any], chance: Any):
    names = list(fields)
    chance.shuffle(names)
    assert fingerprint("x", {name: fields[name] for name in names}) == fingerprint("x", fields)


@given(words)
def test_text_counts_in_its_composed_form(text: str):
    composed, taken_apart = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert fingerprint("x", {"a": [composed]}) == fingerprint("x", {"a": (taken_apart,)})


@given(words, words, words, words)
def test_values_cannot_run_into_one_another(a: str, b: str, c: str, d: str):
    first, second = (tuple(unicodedata.normalize("NFC", text) for text in pair) for pair in ((a, b), (c, d)))
    assume(first != second)
    assert item_fingerprint(a, b) != item_fingerprint(c, d)


def test_text_moved_from_one_field_to_the_next_is_another_fingerprint():
    assert measure_fingerprint("M1.01", "ab", "c", None) != measure_fingerprint("M1.01", "a", "bc", None)
    assert item_fingerprint('a","measure":"b', "c") != item_fingerprint("a", 'b","measure":"c')


def test_a_list_of_two_is_not_one_longer_text():
    assert fingerprint("x", {"a": ["b", "c"]}) != fingerprint("x", {"a": ["bc"]})
    assert fingerprint("x", {"a": None}) != fingerprint("x", {"a": ""})
    assert fingerprint("x", {"a": 1}) != fingerprint("x", {"a": "1"})


def test_things_of_different_kinds_never_share_a_fingerprint():
    assert fingerprint("item", {"code": "1"}) != fingerprint("measure", {"code": "1"})


def test_every_part_of_a_clause_counts():
    whole = clause_fingerprint("new", "duty-1", "Quays are kept.", {"en": "00", "ar": "11"})
    assert whole == clause_fingerprint("new", "duty-1", "Quays are kept.", {"ar": "11", "en": "00"})
    others = {
        clause_fingerprint("old", "duty-1", "Quays are kept.", {"en": "00", "ar": "11"}),
        clause_fingerprint("new", "duty-2", "Quays are kept.", {"en": "00", "ar": "11"}),
        clause_fingerprint("new", "duty-1", "Quays are mended.", {"en": "00", "ar": "11"}),
        clause_fingerprint("new", "duty-1", "Quays are kept.", {"en": "00", "ar": "12"}),
        clause_fingerprint("new", "duty-1", "Quays are kept.", {"en": "00"}),
    }
    assert whole not in others
    assert len(others) == 5
