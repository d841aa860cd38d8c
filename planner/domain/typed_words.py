"""Reading a word of a vocabulary that a person typed in answer to a question."""

from enum import StrEnum
from typing import TypeVar

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.domain.symbols import words

_Word = TypeVar("_Word", bound=StrEnum)


def read_word(vocabulary: type[_Word], text: str) -> _Word:
    """Return the word that a text names in full or by its beginning. Raises BadValueError for any other text."""
    typed = text.strip().casefold().replace(" ", "_")
    found = [word for word in vocabulary if word.value.startswith(typed)] if typed else []
    if len(found) != 1 and typed not in found:
        raise BadValueError(
            tr("'{text}' is not one of the allowed words", text=text),
            do=tr("Write one of these words: {words}", words=listed_words(vocabulary)),
        )
    return vocabulary(typed) if typed in found else found[0]


def listed_words(vocabulary: type[StrEnum]) -> str:
    """Return all words of a vocabulary, as they are shown in a question."""
    return ", ".join(words(word.value) for word in vocabulary)
