"""How plausible it is that bytes were written in an encoding, judged by the characters that they then stand for.

The measure of a text is the mean of its characters outside ASCII: 1 for a character that is frequent in the language of
the encoding, less for rarer ones, and below 0 for those that hardly occur.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from planner.intake.files.texts.common_characters import EASTERN_MARKS, KANA, KANJI, KOREAN, SIMPLIFIED, TRADITIONAL

# Marks that occur in the texts of Western languages.
_WESTERN_MARKS = frozenset("\xa0€‚„…‘’“”•–—™«»°±²³·º¼½¾§©®£×÷‰†¡¿ªµ")
_MARK = 0.6
# A letter of another alphabet, such as Cyrillic or Arabic, of which no frequent ones are listed.
_LETTER = 0.8
_UNUSED = -2.0
_OUT_OF_PLACE = -0.5


def _lead(character: str, encoding: str) -> int:
    """Return the first of the two bytes of a character in an encoding, or 0 if it does not have two there."""
    try:
        encoded = character.encode(encoding)
    except UnicodeEncodeError:
        return 0
    return encoded[0] if len(encoded) == 2 else 0


def _unused(character: str) -> bool:
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000" or "\x80" <= character <= "\x9f"


def _in_simplified(character: str) -> float:
    if character in SIMPLIFIED:
        return 1
    # GB 2312 has the frequent characters first.
    lead = _lead(character, "gb2312")
    if 0xB0 <= lead <= 0xD7:
        return 0.3
    if lead >= 0xD8:
        return 0
    return 0.4 if character in TRADITIONAL else _OUT_OF_PLACE


def _in_traditional(character: str) -> float:
    if character in TRADITIONAL:
        return 1
    # Big5 has the frequent characters first.
    lead = _lead(character, "cp950")
    if 0xA4 <= lead <= 0xC6:
        return 0.3
    return 0 if lead >= 0xC9 else _OUT_OF_PLACE


def _in_korean(character: str) -> float:
    if character in KOREAN:
        return 1
    if "\uac00" <= character <= "\ud7a3":
        # KS X 1001 has the syllables that occur.
        return 0.2 if 0xB0 <= _lead(character, "euc_kr") <= 0xC8 else _OUT_OF_PLACE
    return -0.3


def _in_japanese(character: str) -> float:
    if character in KANA:
        return 1
    if character in KANJI:
        return 0.9
    # JIS X 0208 has the frequent characters first. Katakana of half width are rare.
    return 0.3 if 0x88 <= _lead(character, "shift_jis") <= 0x97 else _OUT_OF_PLACE


_JUDGES: dict[str, Callable[[str], float]] = {
    "gb18030": _in_simplified,
    "cp950": _in_traditional,
    "cp949": _in_korean,
    "cp932": _in_japanese,
}


def plausibility(text: str, encoding: str) -> float:
    """Return how plausible it is that a text, read in the encoding, was written in it: at most 1."""
    if encoding == "cp1252":
        return _western(text)
    judge = _JUDGES[encoding]
    return _mean(
        (_UNUSED if _unused(character) else _MARK if character in EASTERN_MARKS else judge(character), count)
        for character, count in Counter(text).items()
        if not character.isascii()
    )


def naturalness(text: str) -> float:
    """Return how natural a text is in the language in which it is most natural, whatever its encoding: at most 1."""
    foreign = [character for character in text if _in_other_alphabet(character)]
    rest = "".join(" " if _in_other_alphabet(character) else character for character in text)
    outside = sum(not character.isascii() for character in rest)
    best = max(plausibility(rest, encoding) for encoding in (*_JUDGES, "cp1252")) if outside else 0.0
    total = len(foreign) + outside
    return (best * outside + _LETTER * len(foreign)) / total if total else 1.0


def _in_other_alphabet(character: str) -> bool:
    """Return whether a character is a letter of an alphabet between the Latin one and those of East Asia."""
    return "\u0370" <= character <= "\u1fff" and character.isprintable()


def _western(text: str) -> float:
    """Return the measure of a text in a Western language, whose letters outside ASCII stand between others."""
    padded = f" {text} "
    return _mean(
        (_western_character(padded[place - 1], character, padded[place + 1]), 1)
        for place, character in enumerate(padded)
        if not character.isascii()
    )


def _western_character(before: str, character: str, after: str) -> float:
    beside_ascii = before.isascii() + after.isascii()
    if character.isalpha() and character not in "ªºµƒ":
        beside_letter = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
        return 1 if beside_letter else 0.2 if beside_ascii else -1
    if character in _WESTERN_MARKS:
        within_word = before.isalpha() and after.isalpha() and character not in "’·"
        return -1 if within_word or not beside_ascii else _MARK
    return -1


def _mean(measures: Iterable[tuple[float, int]]) -> float:
    total = number = 0.0
    for measure, count in measures:
        total += measure * count
        number += count
    return total / number if number else 1.0
