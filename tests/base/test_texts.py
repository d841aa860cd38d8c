import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.errors import BadValueError
from planner.base.texts import LONGEST_TEXT, REDACTED, clean, folded, natural_order, required
from planner.base.visible_text import barred, json_escaped, one_line, quoted_lines, shortened, visible

storable = st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t"), max_size=60)


@pytest.mark.parametrize(
    ("given_text", "stored"),
    [
        (None, None),
        ("", None),
        (" \n\t ", None),
        ("  two words  ", "two words"),
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\tb", "a\tb"),
        ("cafe\u0301", "caf\u00e9"),
        ("\u1112\u1161\u11ab", "한"),
        ("مرفأ", "مرفأ"),
        ("港口 🚢", "港口 🚢"),
        ("می\u200cخواهم ❤\ufe0f", "می\u200cخواهم ❤\ufe0f"),
    ],
)
def test_text_is_stored_composed_and_without_outer_space(given_text: str | None, stored: str | None):
    assert clean(given_text, "--done") == stored


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a\x00b", "character 2 (U+0000)"),
        ("a\x1b[31mred", "character 2 (U+001B)"),
        ("bell\x07s", "character 5 (U+0007)"),
        ("a\x7fb", "character 2 (U+007F)"),
        ("half \ud800 pair", "character 6 (U+D800)"),
        ("\u200b", "only characters that nobody sees"),
        ("\u3164 \ufe0f", "only characters that nobody sees"),
        ("\u2800\u202e\u00ad", "only characters that nobody sees"),
    ],
)
def test_what_no_database_or_file_can_hold_is_refused_and_named(text: str, named: str):
    with pytest.raises(BadValueError) as caught:
        clean(text, "--done")
    assert named in caught.value.what
    assert caught.value.where == "--done"


def test_nobody_types_the_mark_of_a_redaction():
    with pytest.raises(BadValueError, match="an administrator removed"):
        clean(f" {REDACTED}\n", "done")
    assert clean(f"{REDACTED}, I think", "done") == f"{REDACTED}, I think"


def test_text_that_fits_is_taken_whole_and_one_character_more_is_refused():
    assert clean("x" * LONGEST_TEXT, "--done") == "x" * LONGEST_TEXT
    with pytest.raises(BadValueError, match="32,001 characters"):
        clean("x" * (LONGEST_TEXT + 1), "--done")


@given(storable)
def test_cleaning_what_is_clean_changes_nothing(text: str):
    once = clean(text, "--done")
    assert clean(once, "--done") == once
    assert once is None or unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize("text", [None, "", "  "])
def test_required_text_must_say_something(text: str | None):
    with pytest.raises(BadValueError, match="text is required"):
        required(text, "--reason")


def test_required_text_is_cleaned():
    assert required(" wet ground ", "--reason") == "wet ground"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quays", "QUAYS"),
        ("straße", "STRASSE"),
        ("ＡＢＣ １２", "abc 12"),
        ("한", "\u1112\u1161\u11ab"),
        ("ﻣﺮﻓﺄ", "مرفأ"),
        ("ﬁnd", "FIND"),
        ("℡", "tel"),
    ],
)
def test_text_that_reads_the_same_is_found_alike(one: str, other: str):
    assert folded(one) == folded(other)


@given(storable)
def test_how_text_was_composed_does_not_matter_to_a_search(text: str):
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))


@given(st.text())
def test_text_on_one_line_is_one_line_and_nothing_unseen_acts_in_it(text: str):
    line = one_line(text)
    assert line.splitlines() in ([line], [])
    assert one_line(line) == line
    assert not {"\0", "\x1b", "\u202e"} & set(line)


def test_a_long_text_is_cut_to_a_length_and_says_so():
    assert shortened("Two quays\nmended.", 17) == "Two quays mended."
    assert shortened("Two quays mended.", 11) == "Two quays…"
    assert len(shortened("x" * 50, 20)) == 20


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain", "plain"),
        ("two\r\nlines\tand a tab\n", "two\nlines\tand a tab\n"),
        ("NUL \x00, bell \x07, return \r, delete \x7f", "NUL ␀, bell ␇, return ␍, delete ␡"),
        ("C1 \x9b, half \ud800, no character \uffff \ufdd0 \U0001fffe", "C1 [U+009B], half �, no character � � �"),
        ("evil \u202egpj.exe \u202d", "evil [U+202E]gpj.exe [U+202D]"),
        ("isolates \u2067港口\u2069", "isolates [U+2067]港口[U+2069]"),
        ("مرفأ\u200f 1 🚢👩\u200d🚀 می\u200cشود", "مرفأ\u200f 1 🚢👩\u200d🚀 می\u200cشود"),
        ("P-002\u200f a\u200db\u200c", "P-002[U+200F] a[U+200D]b[U+200C]"),
        (
            "soft\xadhyphen, zero\u200b\ufeff\u2060width, \u3164filler",
            "soft[U+00AD]hyphen, zero[U+200B][U+FEFF][U+2060]width, [U+3164]filler",
        ),
        ("next\x85line \u2028 \u2029", "next[U+0085]line [U+2028] [U+2029]"),
        ("tag \U000e0041, note \ufff9, own \ue000 \U0010fffd", "tag [U+E0041], note [U+FFF9], own [U+E000] [U+10FFFD]"),
        ("葛\U000e0100 ❤\ufe0f", "葛\U000e0100 ❤\ufe0f"),
    ],
)
def test_what_would_act_unseen_is_shown(text: str, seen: str):
    assert visible(text) == seen


@given(st.text())
def test_what_is_visible_can_be_written_and_is_visible_as_it_is(text: str):
    seen = visible(text)
    assert seen.encode("utf-8").decode("utf-8") == seen
    assert visible(seen) == seen


@given(st.text())
def test_a_line_with_text_from_outside_is_one_line_of_ours(text: str):
    first, *more = barred(f"  Done: {text}").split("\n")
    assert first.startswith("  Done: ")
    assert all(line.startswith("  │ ") for line in more)


@given(st.text())
def test_each_line_of_a_quoted_passage_has_a_bar(text: str):
    assert all(line.startswith("    │ ") and len(line.splitlines()) == 1 for line in quoted_lines(text, "    "))


@given(st.text())
def test_escaped_json_is_the_same_data_and_nothing_in_it_acts_unseen(text: str):
    document = json_escaped(json.dumps({"text": text}, ensure_ascii=False))
    assert json.loads(document) == {"text": text}
    assert visible(document) == document


def test_numbers_in_texts_are_ordered_as_numbers():
    logins = ["officer-10", "7", "officer-2", "officer", "officer-1", "officer-10b", "b", "12"]
    assert sorted(logins, key=natural_order) == [
        "7", "12", "b", "officer", "officer-1", "officer-2", "officer-10", "officer-10b",
    ]  # fmt: skip
