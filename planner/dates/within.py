"""Finding the dates within a longer text, such as a deadline that says what is due: 6月底前完成初稿."""

import re
from collections.abc import Iterable

from planner.dates.eastern import in_digits
from planner.dates.span import Span
from planner.dates.thirds import ENGLISH_WORDS
from planner.dates.typed import folded_date
from planner.dates.words import MONTHS
from planner.dates.written import WrittenDate, read_written

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_HAN_YEAR = r"(?:\d{4} ?[年년] ?)?"
# With points and the year at its end, a date has the day first.
_DOTTED = r"\d{1,2}\. ?\d{1,2}\. ?\d{4}"
# Two digits behind a month are a year if a hyphen or an apostrophe says so, or nothing is counted by them.
_SHORT_YEAR = r"(?:-| ['’])\d\d(?!\d)| \d\d(?=$|[;,)])"
_PIECES = re.compile(
    r"\d{4}[-/.] ?\d{1,2}[-/.] ?\d{1,2}(?!\d)|"
    rf"(?<![\d.]){_DOTTED}(?!\d)|"
    rf"{_HAN_YEAR}\d{{1,2}} ?[月월](?: ?\d{{1,2}} ?[日号일]|份?[底末]|[上中下初]旬|初| ?말| ?[상중하초]순| ?초)?|"
    rf"{_HAN_YEAR}第?[1-4一二三四](?: ?/ ?4(?= ?분기))? ?(?:季度?|四半期|분기)[底末]?|"
    rf"{_HAN_YEAR}(?:[上下]半年|[상하]반기)|\d{{4}} ?年(?:[底末]|内)|\d{{4}} ?년 ?말|(?<!\d)年[底末]|연말|"
    r"\d{4}[-/.]\d{1,2}(?![\d.])|"
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?[- ](?:of )?(?:{_MONTH})\b\.?(?:,? \d{{4}}|-\d{{4}}|{_SHORT_YEAR})?|"
    rf"\b(?:end (?:of )?|{ENGLISH_WORDS})?(?:{_MONTH})\b\.?(?: \d{{1,2}}(?!\d))?(?:,? \d{{4}})?|"
    r"\b(?:\d{4}[ -]?)?q[1-4]\b(?: \d{4})?|"
    r"\bend of \d{4}\b",
    re.ASCII,
)


# The longest beginning or end of a text that is taken for the words of a date.
_LONGEST = 60


def folded_dates(text: str) -> str:
    """Return a text with its dates in the form in which `dates_within` gives their words: in lower case, in English."""
    return in_digits(folded_date(text))


def dates_within(text: str, span: Span) -> list[tuple[str, WrittenDate]]:
    """Return the dates that a text contains, in its order, each with the words that give it in `folded_dates(text)`."""
    folded = folded_dates(text)
    found = ((piece[0], read_written(piece[0], span, day_first=_order(piece[0]))) for piece in _PIECES.finditer(folded))
    return [(words, date) for words, date in found if date is not None]


def without_dates(text: str, dates: Iterable[tuple[str, WrittenDate]]) -> str:
    """Return `folded_dates(text)` with a blank in place of each date that `dates_within` found in the text."""
    rest = folded_dates(text)
    for words, _ in dates:
        rest = rest.replace(words, " ", 1)
    return rest


def end_of_first_date(text: str, words: str) -> int | None:
    """Return where a date at the beginning of a text ends in the text as it was typed, or None if it is elsewhere.

    `words` are those that `dates_within` gives.
    """
    if not folded_dates(text).startswith(words):
        return None
    # The longest beginning with this meaning, because a shorter one can have it too: 31. Dez in 31. Dezember.
    ends = range(min(len(text), _LONGEST), 0, -1)
    return next((end for end in ends if folded_dates(text[:end]) == words), None)


def begin_of_last_date(text: str, words: str) -> int | None:
    """Return where a date at the end of a text begins in the text as it was typed, or None if it is elsewhere.

    `words` are those that `dates_within` gives.
    """
    if not folded_dates(text).endswith(words):
        return None
    begins = range(max(0, len(text) - _LONGEST), len(text))
    return next((begin for begin in begins if folded_dates(text[begin:]) == words), None)


def _order(words: str) -> bool | None:
    return True if re.fullmatch(_DOTTED, words) else None
