"""Reading a word that a person typed: one of a vocabulary, or one that says that there is nothing to say."""

from enum import StrEnum
from typing import TypeVar

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import as_typed
from planner.domain.symbols import words

_Word = TypeVar("_Word", bound=StrEnum)

# What offices write into a cell or a field instead of leaving it empty, without a full stop.
_NOTHING = frozenset(
    (
        *("-", "--", "---", "/", "\\", "none", "n/a", "n.a", "na", "nil"),
        *("无", "無", "暂无", "暫無", "没有", "沒有", "不适用", "不適用"),
        *("없음", "해당없음", "해당 없음", "なし", "無し", "特になし", "該当なし"),
        *("لا يوجد", "لا توجد", "لا شيء"),
    )
)


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


def says_nothing(text: str) -> bool:
    """Return whether a text only says that there is nothing to say, such as a dash, n/a or 无."""
    return as_typed(text).casefold().rstrip(".。") in _NOTHING
