"""Finding the entries of a list by what a person types."""

import pytest

from tui.data.picks import MOST_ORDERED, Pick, having_words, meant

PICKS = [
    Pick("item.add", "Add item", "Add an item to the plan"),
    Pick("theme.add", "Add theme", "Add a theme with the next free number"),
    Pick("port", "Port Office", "항구"),
    Pick("port-2", "Office of the Port", "항구"),
]


@pytest.mark.parametrize(
    ("search", "keys"),
    [
        ("add th", ["theme.add", "item.add"]),
        ("ADD", ["item.add", "theme.add"]),
        ("port office", ["port", "port-2"]),
        ("office port", ["port", "port-2"]),
        ("office of", ["port-2", "port"]),
        ("항구", ["port", "port-2"]),
        ("", ["item.add", "theme.add", "port", "port-2"]),
        ("nothing", []),
    ],
)
def test_entries_have_all_words_and_those_that_begin_with_them_come_first(search, keys):
    assert [pick.key for pick in having_words(PICKS, search)] == keys


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("port", ["port"]),
        ("Port  office", ["port"]),
        ("port Port Office", ["port"]),
        ("of the", ["port-2"]),
        ("office", ["port-2", "port"]),
    ],
)
def test_a_typed_text_means_the_entry_with_this_name_or_all_that_have_its_words(typed, keys):
    assert [pick.key for pick in meant(PICKS, typed)] == keys


def test_a_short_identifier_is_found_among_very_many_entries_that_contain_it():
    many = [Pick(str(number), f"Quay {number}") for number in range(MOST_ORDERED * 3)]
    assert [pick.key for pick in meant(many, "1")] == ["1"]
    assert len(meant(many, "quay")) == len(many)
    assert [pick.key for pick in meant(many, "quay 77")][:2] == ["77"]
