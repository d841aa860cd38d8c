"""Reading the words of vocabularies, such as phases, in the languages of words.yaml."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from planner.base.language import tr
from planner.base.texts import as_typed_number
from planner.domain.typed_words import says_nothing
from planner.domain.vocabulary import Basis, Phase
from planner.intake.layout.cells.percents.within import only_percent
from planner.intake.layout.cells.percents.words import with_percent_signs
from planner.intake.layout.cells.reading import NOTHING, Reading, question
from planner.intake.layout.cells.splitting import name_key
from planner.intake.layout.cells.texts import read_title, shown, text_of
from planner.intake.layout.folding import heading_key
from planner.intake.proposed import FactValue, Field
from planner.intake.sheets import Value

_FILE = Path(__file__).with_name("words.yaml")
_TICKS = frozenset(("是", "yes", "y", "true", "√", "✓", "✔", "☑", "o", "○", "예", "はい", "1"))
_CROSSES = frozenset(("否", "no", "n", "false", "×", "✗", "☒", "x", "아니오", "아니요", "いいえ", "0"))

_OF_REPORTS = frozenset({Field.PHASE, Field.CONFIDENCE})
# What stands in brackets behind a word.
_BRACKETS = re.compile(r"(?<=\w)\s*[(\[【]\s*([^()\[\]【】]*\w[^()\[\]【】]*)[)\]】]\s*$")

# How much alike a text and a word are if the text is probably the word with a slip. 1 is the same.
_ALIKE = 0.8


def words_of(field: Field) -> Mapping[str, tuple[str, ...]]:
    """Return the words that a field can have, each with the texts that mean it. A field of free text has none."""
    if field is Field.BASIS:
        return {basis: (basis.value,) for basis in Basis}
    return {word: tuple(map(str, texts)) for word, texts in _data().get(field, {}).items()}


class WordReader:
    """Reads the words of one vocabulary.

    With `takes_ratings`, a rating among phases, such as green or at risk, is the officer's rating of the item.
    """

    def __init__(self, field: Field, *, takes_ratings: bool = False) -> None:
        self._field = field
        self._takes_ratings = takes_ratings
        self._meant = {
            _word_key(text): word
            for word, texts in words_of(field).items()
            for text in (word, word.replace("_", " "), *texts)
        }

    def __call__(self, value: Value, _answered: bool = False) -> Reading:
        """Read a word. An unknown one is a question with all words of the vocabulary."""
        text = text_of(value)
        if text is None or says_nothing(text):
            return NOTHING
        word = self._meant.get(_word_key(text))
        if word is not None:
            return Reading(word, also=tuple(self._in_brackets(text)))
        if self._takes_ratings and not is_tick(text) and is_word(text, Field.CONFIDENCE):
            return _rating(text)
        return self._tick(text) if self._field is Field.PHASE else self._unknown(text, tuple(words_of(self._field)))

    def _in_brackets(self, text: str) -> Iterator[tuple[Field, FactValue, str]]:
        """Yield what stands in brackets behind the word of a report: in progress (60%), or a remark on the work."""
        remark = _BRACKETS.search(unicodedata.normalize("NFKC", text)) if self._field in _OF_REPORTS else None
        if remark is None:
            return
        percent = only_percent(with_percent_signs(as_typed_number(remark[1]))) if self._field is Field.PHASE else None
        if percent is not None:
            yield Field.PERCENT, percent, tr("read from '{value}'", value=shown(text))
        else:
            yield Field.DONE, remark[1].strip(), tr("what stands in brackets in '{value}'", value=shown(text))

    def _tick(self, text: str) -> Reading:
        """Read yes and no in a column that says whether an item is completed."""
        if text.casefold() in _TICKS:
            return Reading(Phase.COMPLETED.value, tr("'{value}' means completed", value=shown(text)))
        open_phases = (Phase.NOT_STARTED.value, Phase.IN_PROGRESS.value)
        return self._unknown(text, open_phases if text.casefold() in _CROSSES else tuple(words_of(self._field)))

    @staticmethod
    def _unknown(text: str, words: tuple[str, ...]) -> Reading:
        return question(
            tr("'{value}' is not one of the words that this field can have", value=shown(text)),
            tr("Choose the word that it means, or give - for none"),
            words,
        )


def _rating(text: str) -> Reading:
    """Return the rating that stands in a column of phases. It says nothing about the phase."""
    reason = tr("the column has phases and ratings")
    return Reading(None, also=((Field.CONFIDENCE, WordReader(Field.CONFIDENCE)(text).value, reason),))


class KindReader:
    """Reads the kind of an item: the key of a known kind by any of its names, or the text of a new kind."""

    def __init__(self, kinds: Mapping[str, str]) -> None:
        # The titles of two kinds can differ only in signs, which do not count in headings.
        self._exact = {name_key(name): key for name, key in kinds.items()}
        self._kinds = {heading_key(name): key for name, key in kinds.items()}

    def __call__(self, value: Value, answered: bool = False) -> Reading:
        """Read a kind."""
        text = text_of(value)
        if text is None or says_nothing(text):
            return NOTHING
        known = self._exact.get(name_key(text)) or self._kinds.get(heading_key(text))
        return Reading(known) if known is not None else read_title(value, answered)


def is_word(text: str, field: Field) -> bool:
    """Return whether a text is a word of a vocabulary, in any language, or a tick of the phase."""
    return _word_key(text) in _keys(field) or (field is Field.PHASE and is_tick(text))


def is_like_word(text: str, field: Field) -> bool:
    """Return whether a text is probably a word of a vocabulary with a slip, as complted is."""
    return bool(get_close_matches(_word_key(text), _keys(field), 1, _ALIKE))


def _word_key(text: str) -> str:
    """Return a text in the form in which words are compared: off-track is off track."""
    return heading_key(text.replace("-", " "))


def is_tick(text: str) -> bool:
    """Return whether a text only says yes or no."""
    return text.strip().casefold() in _TICKS | _CROSSES


@cache
def _keys(field: Field) -> frozenset[str]:
    return frozenset(_word_key(text) for word, texts in words_of(field).items() for text in (word, *texts))


def phase_of(text: str) -> Phase | None:
    """Return the phase that a text names, in any language, or None if it names none. A tick names none."""
    return _phases().get(_word_key(text))


@cache
def _phases() -> dict[str, Phase]:
    words = words_of(Field.PHASE)
    return {_word_key(text): Phase(word) for word, texts in words.items() for text in (word, *texts)}


@cache
def _data() -> dict[str, Any]:
    loader: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data: dict[str, Any] = yaml.load(_FILE.read_text(encoding="utf-8"), loader)
    return data
