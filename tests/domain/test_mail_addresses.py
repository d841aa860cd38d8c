"""Mail addresses: what people type and paste is taken, and nothing that could change the header of a mail is."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.base.errors import BadValueError
from planner.base.texts import REDACTED
from planner.domain.mail_addresses import addresses_in, checked_address, checked_addresses

TAKEN = {
    "office@harbour.example": "office@harbour.example",
    " Office@Harbour.example ": "Office@Harbour.example",
    "a@b.example,c@d.example": "a@b.example, c@d.example",
    "a@b.example; c@d.example ;": "a@b.example, c@d.example",
    "a@b.example，c@d.example；e@f.example、g@h.example": "a@b.example, c@d.example, e@f.example, g@h.example",
    "a@b.example\r\nc@d.example": "a@b.example, c@d.example",
    "a@b.example، c@d.example": "a@b.example, c@d.example",
    "a@b.example, A@B.example, c@d.example": "a@b.example, c@d.example",
    "Cleo Marsh <cleo@harbour.example>": "cleo@harbour.example",
    '"Brook Hale" <mailto:b.hale@harbour.example>; c@d.example': "b.hale@harbour.example, c@d.example",
    "mailto:cleo@harbour.example": "cleo@harbour.example",
    "办公室＠例子。公司": "办公室@例子.公司",
    "사무실@항구.한국": "사무실@항구.한국",
    "مكتب@مثال.إختبار": "مكتب@مثال.إختبار",
    "müller@bücher.example": "müller@bücher.example",
    unicodedata.normalize("NFD", "müller@bücher.example"): "müller@bücher.example",
    "office@ｈａｒｂｏｕｒ．example": "office@harbour.example",
    "o'neil+plan=2020/a_b@mail-host": "o'neil+plan=2020/a_b@mail-host",
}

REFUSED = {
    "office": "it has no @",
    "a@b@c.example": "it has more than one @",
    "office @harbour.example": "it has a blank",
    "a@b.example c@d.example": "it has a blank",
    "office\u3000@harbour.example": "it has a blank",
    "office\u2028@harbour.example": "it has a blank",
    "@harbour.example": "something is missing before or after the @",
    "office@": "something is missing before or after the @",
    "a..b@c.example": "a dot is at the beginning, at the end, or beside another dot",
    "a@c.example.": "a dot is at the beginning, at the end, or beside another dot",
    "a@-b.example": "a part after the @ begins or ends with a hyphen",
    "a@b_c.example": "the character '_' cannot be there",
    "a:b@c.example": "the character ':' cannot be there",
    '"a"@c.example': "the character '\"' cannot be there",
    "a(b)@c.example": "the character '(' cannot be there",
    "a@[192.0.2.1]": "the character '[' cannot be there",
    "a\u200b@b.example": "it has a character that nobody sees",
    "\u202eoffice@b.example": "it has a character that nobody sees",
    "a\x00@b.example": "it has a character that nobody sees",
    "a\u3164@b.example": "it has a character that nobody sees",
    "مكتب\u200f@مثال.إختبار": "the character U+200F cannot be there",
    "港" * 22 + "@b.example": "it is too long",
    "a@" + "b" * 64 + ".example": "it is too long",
    "a@" + ".".join(["b" * 60] * 5): "it is too long",
    REDACTED: "it has no @",
}


@pytest.mark.parametrize("typed", TAKEN)
def test_addresses_are_taken_as_people_type_them(typed: str) -> None:
    assert checked_addresses(typed) == TAKEN[typed]
    assert checked_addresses(TAKEN[typed]) == TAKEN[typed]


@pytest.mark.parametrize("typed", REFUSED)
def test_what_is_wrong_with_an_address_is_said(typed: str) -> None:
    for text in (typed, f"a@b.example, {typed}"):
        with pytest.raises(BadValueError) as caught:
            checked_addresses(text, "address")
        assert caught.value.what.endswith(f"is not a mail address: {REFUSED[typed]}"), caught.value.what
        assert caught.value.where == "address"


def test_nothing_typed_is_no_address() -> None:
    assert [checked_addresses(text) for text in (None, "", " ", " , ;\n")] == [None] * 4


def test_a_person_has_one_address() -> None:
    assert checked_address(" Cleo <cleo@b.example>, ") == "cleo@b.example"
    assert checked_address("") is None
    with pytest.raises(BadValueError, match="has more than one mail address"):
        checked_address("a@b.example, c@d.example")


def test_a_stored_text_is_addresses_unless_it_was_redacted() -> None:
    assert addresses_in("a@b.example, c@d.example") == ("a@b.example", "c@d.example")
    assert [addresses_in(text) for text in (None, "", REDACTED)] == [()] * 3


@given(st.text() | st.text(alphabet="a@.,;<>\r\n: 港\u200b\u2028\x0b"))
def test_a_stored_address_never_has_a_line_end_a_blank_or_a_second_sign(typed: str) -> None:
    try:
        stored = checked_addresses(typed)
    except BadValueError:
        return
    for address in addresses_in(stored):
        assert address.isprintable()
        assert not any(character.isspace() or character in ',;<>()[]:"\\' for character in address)
        assert address.count("@") == 1
    assert checked_addresses(stored) == stored
