"""Bytes of every sort become text or a clear error; the normal form finds its way back."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.errors import SourceError
from planner.base.texts import normal_form
from planner.sources.text import LONGEST_TEXT, NormalText, text_of

WORDS = "Keep the quays. 부두를 돌본다. العناية بالأرصفة"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_utf_8_and_marked_utf_16_are_read(encoding: str):
    assert text_of(WORDS.encode(encoding), "file") == WORDS


def test_big_endian_utf_16_is_read():
    assert text_of(b"\xfe\xff" + WORDS.encode("utf-16-be"), "file") == WORDS


def test_text_is_composed():
    assert text_of("cafe\u0301 \u1112\u1161\u11ab".encode(), "file") == "caf\u00e9 한"


NO_DOCUMENTS = {
    "another encoding": ("부두를 돌본다".encode("euc-kr"), "not text in UTF-8 or UTF-16"),
    "an older encoding of Arabic": ("العناية".encode("windows-1256"), "not text in UTF-8 or UTF-16"),
    "UTF-16 without its mark": ("Keep".encode("utf-16-le"), "binary"),
    "half a character": (b"\xff\xfea", "not text in UTF-8 or UTF-16"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "this is a PDF"),
    "an archive": (b"PK\x03\x04\x00\x00", "this is a Word file, a workbook or another packed file"),
    "nothing": (b"", "contains no text"),
    "only spacing": (" \n\xa0\u200f\ufeff".encode(), "contains no text"),
    "a page without words": (b"<html><script>let x = 1</script></html>", "contains no text"),
    "far too much": (b"a" * (LONGEST_TEXT + 1), "too long"),
}


@pytest.mark.parametrize(("content", "says"), NO_DOCUMENTS.values(), ids=NO_DOCUMENTS)
def test_what_is_no_document_is_refused(content: bytes, says: str):
    with pytest.raises(SourceError, match=says) as caught:
        text_of(content, "the file")
    assert caught.value.where == "the file"
    assert caught.value.exit_code == 10


def test_a_web_page_is_read_as_its_reader_sees_it():
    page = (
        "<!-- saved --><html><head><style>p { x }</style></head><body>Home<script>if (a < b) {}</script>"
        "<p>1. Keep <b>the</b>\n quays &amp; lights.</p><div>2.&nbsp;Run</div><pre>a\n  b</pre></body></html>"
    )
    lines = [line.strip(" ") for line in text_of(page.encode(), "page").splitlines() if line.strip()]
    assert lines == ["Home", "1. Keep the quays & lights.", "2.\xa0Run", "a", "b"]


def test_a_text_with_left_over_tags_is_no_page():
    text = "# News\n<ul> <li>1. a</li> </ul>"
    assert text_of(text.encode(), "file") == text


def test_the_normal_form_leaves_out_spacing_and_what_cannot_be_seen():
    assert normal_form(" a\u00a0b\r\n\u200fc\u3000\ufeffd\u00ade\u2028\x85 ") == "abcde"
    assert normal_form("e\u0301 e") == "\u00e9e"


@given(st.text(max_size=40), st.data())
def test_a_span_of_normal_indexes_is_the_same_words_in_the_text(text: str, data: st.DataObject):
    normal = NormalText(text)
    if len(normal):
        first = data.draw(st.integers(0, len(normal) - 1))
        last = data.draw(st.integers(first + 1, len(normal)))
        start, end = normal.span(first, last)
        assert (normal.index(start), normal.index(end)) == (first, last)
        assert [one for one in text[start:end] if normal_form(one)] == [one for one in text if normal_form(one)][
            first:last
        ]


@given(st.text("abc ", min_size=1, max_size=30), st.integers(1, 4), st.integers(1, 4))
def test_windows_finds_every_stretch_with_a_wanted_digest(text: str, shortest: int, more: int):
    normal, letters = NormalText(text), text.replace(" ", "")
    lengths = range(shortest, shortest + more)
    wanted = {hashlib.sha256(word.encode()).digest(): word for word in ("a", "ab", "bca", "aaaa")}
    found = [
        (wanted[digest], first, last)
        for digest, first, last in normal.windows(range(len(normal)), len(normal), lengths, wanted)
    ]
    expected = [
        (letters[first:last], first, last)
        for first in range(len(letters))
        for last in range(first + lengths.start, min(first + lengths.stop - 1, len(letters)) + 1)
        if letters[first:last] in wanted.values()
    ]
    assert found == expected
