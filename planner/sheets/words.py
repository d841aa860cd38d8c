"""The words of a status sheet's drop-down lists, and the other words that people write into these cells.

A sheet offers words in its own language. Cells are also understood in the words that `planner import` knows.
"""

import unicodedata
from collections.abc import Mapping

from planner.base.language import later, tr_later
from planner.domain.vocabulary import Confidence, Phase
from planner.intake.layout.cells.words import words_of
from planner.intake.layout.folding import simplified
from planner.intake.proposed import Field

# An item is cancelled or merged with a reason that a manager confirms, so a sheet does not offer these phases.
_WORDS: Mapping[str, Mapping[str, str]] = {
    "unchanged": {"unchanged": later("no change")},
    "phase": {
        Phase.NOT_STARTED: later("not started"),
        Phase.IN_PROGRESS: later("in progress"),
        Phase.SUSPENDED: later("suspended"),
        Phase.COMPLETED: later("completed"),
    },
    "confidence": {
        Confidence.GREEN: later("green"),
        Confidence.AMBER: later("amber"),
        Confidence.RED: later("red"),
    },
}

# The fields whose words an import reads too.
_IMPORTED = (Field.PHASE, Field.CONFIDENCE)

# Words that a report can show, but no cell offers.
_ONLY_SHOWN: Mapping[str, str] = {Phase.CANCELLED: later("cancelled"), Phase.MERGED: later("merged")}

# Marks in the column "No change" that mean yes and no, besides the word of the list.
_YES = frozenset(("x", "✓", "✔", "√", "v", "o", "○", "y", "yes", "true", "1", "是", "예", "はい", "نعم"))
_NO = frozenset(("n", "no", "false", "0", "否", "아니오", "아니요", "いいえ", "لا"))

# What people write as the state of an item that is late. It is no phase: the register computes it from the dates.
_LATE = frozenset(
    (
        *("late", "delayed", "behind", "behind schedule", "overdue", "delay"),
        *("지연", "지연중", "지체", "지연됨", "遅延", "遅れ", "遅延中", "遅れている"),
        *("滞后", "延期", "延误", "逾期", "超期", "進度滯後", "متأخر", "متأخرة"),
    )
)


def offered_words() -> dict[str, dict[str, str]]:
    """Return the words of each drop-down list in the language in use, by field and by word of the vocabulary."""
    return {
        field: {word: tr_later(message) for word, message in messages.items()} for field, messages in _WORDS.items()
    }


def shown_word(field: str, word: str) -> str:
    """Return a phase or a confidence in the language in use."""
    message = _WORDS[field].get(word) or _ONLY_SHOWN.get(word)
    return tr_later(message) if message else word


def word_of(field: str, text: str, offered: Mapping[str, str]) -> str | None:
    """Return the word of the vocabulary that a cell names, or None.

    It is named as the sheet offers it, in English, or in another word that an import reads so. It can be one that the
    sheet does not offer.
    """
    wanted = _letters(text)
    for word, shown in offered.items():
        if wanted in (_letters(shown), _letters(word)):
            return word
    meant = words_of(Field(field)) if field in _IMPORTED else {}
    return next((word for word, texts in meant.items() if wanted in map(_letters, (word, *texts))), None)


def says_late(text: str) -> bool:
    """Return whether a cell only says that the item is late."""
    return _letters(text) in map(_letters, _LATE)


def _letters(text: str) -> str:
    """Return the letters of a word without blanks and signs: 진행 중 is also written as 진행중."""
    return simplified("".join(character for character in compared(text) if character.isalnum()))


def is_marked(text: str, offered: Mapping[str, str]) -> bool | None:
    """Return whether a cell of the column "No change" is marked, or None if it has other text."""
    if word_of("unchanged", text, offered) or compared(text) in (_YES | {"no change"}):
        return True
    return False if compared(text) in _NO else None


def same_text(one: str, other: str) -> bool:
    """Return whether two headings or words are the same, apart from case, blanks and full-width letters."""
    return compared(one) == compared(other)


def compared(text: str) -> str:
    """Return a text in the form in which headings, words and titles are compared."""
    normal = unicodedata.normalize("NFKC", text).casefold().replace("_", " ")
    return " ".join(normal.split())
