"""Judging columns by their contents, where their headings do not say what they are."""

import re
from collections.abc import Callable, Collection, Sequence

from planner.base.texts import as_typed, as_typed_number
from planner.dates.span import Span
from planner.dates.written import read_written
from planner.intake.layout.body import SECTION_STYLES
from planner.intake.layout.cells.lists import entries_of
from planner.intake.layout.cells.marks import without_marks
from planner.intake.layout.cells.numbering import numbered
from planner.intake.layout.cells.numbers import spoken_percent
from planner.intake.layout.cells.period_marks import is_mark
from planner.intake.layout.cells.splitting import name_key, names_in
from planner.intake.layout.cells.texts import one_line_title
from planner.intake.layout.cells.words import is_like_word, is_tick, is_word
from planner.intake.proposed import Field
from planner.intake.sheets import Value

# The share of a column's cells that must have a form, and the fewest cells that show it.
_MOST, _FEWEST = 0.8, 3
_MOST_LETTERS = 200
_CODE = re.compile(r"[A-Za-z]{0,4}[-./ ]?\d{1,4}(?:[-./]\d{1,4})*", re.ASCII)
_OFFICE = re.compile(
    r"\b(?:offices?|departments?|dept|council|teams?|units?|services?|directorates?|divisions?|agency|authority|boards?|"
    r"committee|commission|trust|police|ministry|bureau|partnership|schools?|university|college|hospital|company|ltd|inc|"
    r"group|forum|association|centre|center|section|branch|district|region)\b|[局委办院厅处部课課室署署庁과청]$",
    re.IGNORECASE,
)
_POST = re.compile(
    r"\b(?:heads?|directors?|managers?|officers?|chief|deputy|assistant|lead|coordinator|chair|mayor|secretary|"
    r"councillors?|cllr|dr|mrs?|ms)\b",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"[A-Z][\w'’-]*\.?(?: [A-Z][\w'’-]*\.?){1,3}|[A-Z][\w'’-]+, ?[A-Z][\w.'’ -]*|[\u3400-\u9fff]{2,3}|[가-힣]{3}"
)


def are_days(values: Sequence[Value], span: Span) -> bool:
    """Return whether nearly all cells are dates."""
    return _nearly_all(values, lambda value: not isinstance(value, str | int | float) or _is_day(value, span))


def are_percents(values: Sequence[Value]) -> bool:
    """Return whether nearly all cells are texts with a percent sign."""
    return _nearly_all(
        values, lambda value: isinstance(value, str) and spoken_percent(as_typed_number(value)) is not None
    )


def are_numbers(values: Sequence[Value]) -> bool:
    """Return whether most cells are numbers or percents rather than sentences."""

    def is_number(value: Value) -> bool:
        if isinstance(value, str):
            plain = as_typed_number(value).removesuffix("%").strip().replace(",", "")
            return plain.replace(".", "", 1).isdigit() or spoken_percent(as_typed_number(value)) is not None
        return isinstance(value, int | float)

    found = [value for value in values if value is not None]
    return bool(found) and sum(map(is_number, found)) * 2 >= len(found)


def are_organisations(values: Sequence[Value], known: Collection[str]) -> bool:
    """Return whether nearly all cells name known organisations."""
    if not known:
        return False
    return _nearly_all(
        values,
        lambda value: isinstance(value, str) and all(_is_known(one, known) for one in names_in(value, known)),
    )


def _is_known(name: str, known: Collection[str]) -> bool:
    return name_key(name) in known or name_key(without_marks(name).name) in known


def are_offices(values: Sequence[Value], known: Collection[str]) -> bool:
    """Return whether nearly all cells name organisations: known ones, or such with a word for an office."""
    return _nearly_all(
        values,
        lambda value: isinstance(value, str) and (_OFFICE.search(value) is not None or _is_known(value, known)),
        1,
    )


def are_persons(values: Sequence[Value]) -> bool:
    """Return whether nearly all cells name persons or posts, and none an office."""
    texts = [value for value in values if isinstance(value, str)]
    if any(_OFFICE.search(text) and not _POST.search(text) for text in texts):
        return False
    return _nearly_all(
        values,
        lambda value: isinstance(value, str) and bool(_PERSON.fullmatch(value.strip()) or _POST.search(value)),
        1,
    )


def are_words(values: Sequence[Value], field: Field) -> bool:
    """Return whether all texts of a column are words of a vocabulary, and not only yes and no."""
    texts = {value for value in values if value is not None}
    if not texts or not all(isinstance(text, str) and is_word(text, field) for text in texts):
        return False
    return not all(is_tick(str(text)) for text in texts)


def are_mostly_ratings(values: Sequence[Value]) -> bool:
    """Return whether at least half of a column's cells are words for ratings, and none is a word for a phase."""
    found = [value for value in values if value is not None]
    texts = [value for value in found if isinstance(value, str)]
    ratings = [text for text in texts if is_word(text, Field.CONFIDENCE)]
    return 2 * len(ratings) >= len(found) > 0 and not any(is_word(text, Field.PHASE) for text in texts)


def are_phases_and_ratings(values: Sequence[Value]) -> bool:
    """Return whether all cells of a column are words for phases or ratings, and at least one is a word for a phase."""
    texts = [str(value) for value in values if value is not None]
    phases = [text for text in texts if is_word(text, Field.PHASE)]
    ratings = [text for text in texts if is_word(text, Field.CONFIDENCE)]
    return len({*phases, *ratings}) == len(set(texts)) and not all(map(is_tick, phases))


# A longer text without a blank is more than one word.
_LONGEST_WORD = 8
# A longer text is no word of a vocabulary with a slip.
_LONGEST_WORDS = 20
# So many cells decide whether a column has sentences.
_FIRST = 200


def are_mostly_sentences(values: Sequence[Value], field: Field) -> bool:
    """Return whether most cells of a column are longer texts that are no words of a vocabulary, nor such with a slip.

    The first cells decide: comparing each one with all words takes long.
    """
    found = [value for value in values if value is not None][:_FIRST]
    sentences = [
        value
        for value in found
        if isinstance(value, str)
        and _is_sentence(value)
        and not is_word(value, field)
        and not (len(value) <= _LONGEST_WORDS and is_like_word(value, field))
    ]
    return 2 * len(sentences) > len(found)


def _is_sentence(text: str) -> bool:
    """Return whether a text has several words. Those of Chinese and Japanese have no blanks between them."""
    return " " in text.strip() or len(text.strip()) > _LONGEST_WORD


def are_counts(values: Sequence[Value]) -> bool:
    """Return whether all cells are whole numbers, of which at least two are there."""
    found = [value for value in values if value is not None]
    return len(found) >= 2 and all(
        (isinstance(value, int | float) and not isinstance(value, bool)) or (isinstance(value, str) and value.isdigit())
        for value in found
    )


def are_marks(values: Sequence[Value]) -> bool:
    """Return whether all cells with something in them have only a mark such as ● or √."""
    found = [value for value in values if value is not None]
    return bool(found) and all(is_mark(value) for value in found)


def are_codes(values: Sequence[Value]) -> bool:
    """Return whether nearly all cells have the form of a code, and no two are the same."""

    def is_code(value: Value) -> bool:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return False
        return _CODE.fullmatch(as_typed(str(value))) is not None

    found = [value for value in values if value is not None]
    return len(set(found)) == len(found) and _nearly_all(values, is_code)


def title_length(values: Sequence[Value]) -> float:
    """Return the mean length of a column's texts if these can be titles, else 0.

    Titles are texts that differ, no lists, and not missing in most rows.
    """
    texts = [value for value in values if isinstance(value, str)]
    if 2 * len(texts) < len(values) or are_lists(values):
        return 0
    if not texts or len(set(texts)) < 0.9 * len(texts) or len(texts) < 0.5 * sum(v is not None for v in values):
        return 0
    mean = sum(map(len, texts)) / len(texts)
    written = [
        character for text in texts[:_MOST_LETTERS] for character in text[:_MOST_LETTERS] if not character.isspace()
    ]
    # Titles are words. Dates and sums of money are mostly digits.
    return mean if mean >= 4 and sum(map(str.isalpha, written)) >= 0.6 * len(written) else 0


def is_sparse(values: Sequence[Value]) -> bool:
    """Return whether a column names groups: many cells are empty or repeat another cell."""
    found = [value for value in values if value is not None]
    return bool(found) and len(set(found)) <= 0.7 * len(values)


def are_lists(values: Sequence[Value]) -> bool:
    """Return whether most cells are lists of several numbered or dated entries."""
    texts = [value for value in values if value is not None]
    lists = [text for text in texts if isinstance(text, str) and len(entries_of(text)) > 1]
    return bool(texts) and 2 * len(lists) > len(texts)


def are_sections(values: Sequence[Value]) -> bool:
    """Return whether all cells have numbers of sections before them, such as 一、 or （二）, and items share them."""
    found = [value for value in values if value is not None]
    numbers = [numbered(one_line_title(value)) for value in found if isinstance(value, str)]
    named = [one for one in numbers if one is not None and one.rest and one.style in SECTION_STYLES]
    return bool(found) and len(named) == len(found) and len(set(found)) < len(values)


def _is_day(value: str | int | float, span: Span) -> bool:
    if isinstance(value, str):
        return len(value) < 30 and not value.strip().isdigit() and read_written(value, span) is not None
    return 30_000 <= value < 80_000


def _nearly_all(values: Sequence[Value], holds: Callable[[Value], bool], fewest: int = _FEWEST) -> bool:
    found = [value for value in values if value is not None]
    return len(found) >= fewest and sum(map(holds, found)) >= _MOST * len(found)
