"""Which organisations a new name may mean: one with a slip, with other small words, or in a short form."""

from collections.abc import Iterable

from planner.base.character_slips import CharacterSlips
from planner.base.slips import SlipFinder, is_spelled
from planner.base.texts import folded, letters_and_digits, same_words
from planner.queries.people.ended import ListedOrganisation

# Shorter words, such as 'of' and 'and', say little of what an office does.
_SHORTEST_WORD = 4
# A shorter name in characters is a part of too many others.
_SHORTEST_FORM = 3


def like_organisations(organisations: Iterable[ListedOrganisation], named: str) -> list[str]:
    """Return the names of the organisations that a new name may mean, without those that have ended.

    Either name has all the telling words of the other, or one is a slip of the other or, in Chinese, Japanese or Korean
    characters, its short form: 市科委 of 市科学技术委员会.
    """
    present = [one for one in organisations if one.ended is None]
    slips, characters = SlipFinder(), CharacterSlips()
    for one in present:
        for name in _names(one):
            slips.add(name, one.key)
            characters.add(name)
    keys, others = set(slips.find(named)), set(characters.find(named))
    return [
        one.name
        for one in present
        if one.key in keys or any(name in others or _is_form(named, name) for name in _names(one))
    ]


def _names(organisation: ListedOrganisation) -> list[str]:
    return [organisation.name, organisation.short_name, *(name.name for name in organisation.names)]


def _is_form(one: str, other: str) -> bool:
    """Return whether one of two names has all telling words of the other, or is a short form of it."""
    words, others = _telling_words(one), _telling_words(other)
    if words and others and (words <= others or others <= words):
        return True
    return _is_short_form(*sorted(map(same_words, (one, other)), key=len))


def _telling_words(name: str) -> set[str]:
    """Return the words of a name without the short ones, if two others are left: IT Office keeps both of its words."""
    words = set(letters_and_digits(folded(name)).split())
    long = {word for word in words if len(word) >= _SHORTEST_WORD or not is_spelled(word)}
    return long if len(long) > 1 else words


def _is_short_form(short: str, full: str) -> bool:
    """Return whether a name in characters has only characters of another one, in the same order."""
    if len(short) < _SHORTEST_FORM or short[0] != full[0] or min(short) < "\u1100":
        return False
    rest = iter(full)
    return all(character in rest for character in short)
