"""The words that a status sheet offers in its drop-down lists, in the language of the sheet."""

import unicodedata
from collections.abc import Mapping

from planner.base.language import later, tr_later
from planner.domain.vocabulary import Confidence, Phase

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

# Words that a report can show, but no cell offers.
_ONLY_SHOWN: Mapping[str, str] = {Phase.CANCELLED: later("cancelled"), Phase.MERGED: later("merged")}

# Marks in the column "No change" that mean yes and no, besides the word of the list.
_YES = frozenset(("x", "✓", "✔", "√", "v", "y", "yes", "true", "1", "是"))
_NO = frozenset(("n", "no", "false", "0", "否"))


def offered_words() -> dict[str, dict[str, str]]:
    """Return the words of each drop-down list in the language in use, by field and by word of the vocabulary."""
    return {
        field: {word: tr_later(message) for word, message in messages.items()} for field, messages in _WORDS.items()
    }


def shown_word(field: str, word: str) -> str:
    """Return a phase or a confidence in the language in use."""
    message = _WORDS[field].get(word) or _ONLY_SHOWN.get(word)
    return tr_later(message) if message else word


def word_of(text: str, offered: Mapping[str, str]) -> str | None:
    """Return the word of the vocabulary that a cell names: as the sheet offers it, or in English."""
    wanted = compared(text)
    for word, shown in offered.items():
        if wanted in (compared(shown), compared(word)):
            return word
    return None


def is_marked(text: str, offered: Mapping[str, str]) -> bool | None:
    """Return whether a cell of the column "No change" is marked, or None if it has other text."""
    if word_of(text, offered) or compared(text) in (_YES | {"no change"}):
        return True
    return False if compared(text) in _NO else None


def same_text(one: str, other: str) -> bool:
    """Return whether two headings or words are the same, apart from case, blanks and full-width letters."""
    return compared(one) == compared(other)


def compared(text: str) -> str:
    """Return a text in the form in which headings, words and titles are compared."""
    normal = unicodedata.normalize("NFKC", text).casefold().replace("_", " ")
    return " ".join(normal.split())
