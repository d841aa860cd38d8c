"""Reading percents and numbers."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from enum import Enum

from planner.base.formats import plain_number
from planner.base.language import tr
from planner.base.numbers import MOST_PERCENT, meant_numbers
from planner.base.texts import as_typed_number
from planner.domain.typed_words import says_nothing
from planner.domain.vocabulary import Phase
from planner.intake.layout.cells.percents.within import (
    BETWEEN,
    Within,
    is_left,
    is_other,
    only_percent,
    percents_within,
)
from planner.intake.layout.cells.percents.words import (
    is_sure_share,
    percent_of_figures,
    whole_percent,
    with_percent_signs,
)
from planner.intake.layout.cells.reading import NOTHING, Doubt, Reader, Reading, error, question
from planner.intake.layout.cells.texts import read_text, shown
from planner.intake.layout.cells.words import phase_of
from planner.intake.proposed import Field, Severity
from planner.intake.sheets import Value

# A whole number with more digits is not kept exactly. Programs write fractions with up to 17 digits.
_LARGEST, _MOST_DIGITS, _LONGEST_FRACTION = 1e15, 15, 20
# A longer text is no number of a column of percents.
_SHORT = 12
# A smaller number above 1, such as 1.2, can be a share that is more than all.
_LEAST_PERCENT = 2
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)", re.ASCII)
_WITH_COMMA = re.compile(r"\d{1,3},\d{1,2}", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_SCALED = re.compile(r"([+-]?\d+(?:\.\d+)?) ?(万|萬|亿|億|만|억)", re.ASCII)
_SCALES = {"万": 10**4, "萬": 10**4, "만": 10**4, "亿": 10**8, "億": 10**8, "억": 10**8}


class BelowOne(Enum):
    """How a column that has percents reads numbers up to 1, such as 0.6."""

    AS_THE_COLUMN = "as the other numbers of the column"
    # 0.6 can be 0.6% or 60%, and so can 1 be 1% or 100%, and 1.2 be 1.2% or more than all.
    ASKED_CELL_BY_CELL = "a person is asked about each number"
    ASKED_ONCE = "a person is asked about all numbers of the column at once"
    SHARES = "as shares of 1, as a person said"
    PERCENTAGES = "as percentages, as a person said"


_SAID_FACTORS = {BelowOne.SHARES: 100, BelowOne.PERCENTAGES: 1}


class PercentReader:
    """Reads the percents of one column. `factor` is 100 if the column has shares such as 0.85, and 1 otherwise.

    In a column of percents and words, `words` reads the texts without a percent, which say what was done.
    A file `has_own_ones` if the program wrote it: 1 is 1% there, whatever numbers `below_one` are.
    """

    def __init__(
        self,
        factor: int,
        *,
        words: Reader | None = None,
        below_one: BelowOne = BelowOne.AS_THE_COLUMN,
        has_own_ones: bool = False,
    ) -> None:
        self._factor = factor
        self._below_one = below_one
        self._has_own_ones = has_own_ones
        self._words = words

    def __call__(self, value: Value, answered: bool = False) -> Reading:
        """Read a percent as a whole number from 0 to 100."""
        if value is None or isinstance(value, bool):
            return NOTHING if value is None else _no_percent(value)
        if isinstance(value, int | float):
            return self._number(value, value)
        return self._text(value, answered) if isinstance(value, str) else _no_percent(value)

    @property
    def _knows_shares(self) -> bool:
        """Whether the column or a person says what numbers below 1 are, or a person is asked."""
        return self._factor != 1 or self._below_one is not BelowOne.AS_THE_COLUMN

    def _number(self, number: float, value: Value, answered: bool = False) -> Reading:
        if abs(number) >= _LARGEST:
            return _no_percent(value)
        if answered and number >= _LEAST_PERCENT:
            return _whole(number, value)
        is_apart = self._below_one is not BelowOne.AS_THE_COLUMN
        if 0 < number < 1 or (number == 1 and is_apart and not self._has_own_ones):
            if not answered and self._below_one in _SAID_FACTORS:
                said = tr("a person said what such numbers of this column are")
                return replace(_whole(number * _SAID_FACTORS[self._below_one], value), inferred=said)
            if not answered and self._below_one is BelowOne.ASKED_ONCE:
                return NOTHING
            # Whoever types 0.8 as an answer can mean 80% as well.
            if is_apart or (answered and self._factor == 1):
                return _share(number, value)
        if answered and number == 1 and self._factor != 1:
            return _share(number, value)
        if is_apart and 1 < number < _LEAST_PERCENT:
            return _more_than_all(number, value)
        reading = _whole(number * self._factor, value)
        if self._factor == 1 or not number or reading.doubt is not None or reading.inferred:
            return reading
        return replace(reading, inferred=tr("the numbers of the column are shares of 1"))

    def _text(self, text: str, answered: bool) -> Reading:
        plain = with_percent_signs(as_typed_number(text))
        if says_nothing(text):
            return NOTHING
        if _PLAIN.fullmatch(plain):
            return self._number(float(plain), text, answered)
        if _WITH_COMMA.fullmatch(plain) and (self._knows_shares or float(plain.replace(",", ".")) > 1):
            return self._number(float(plain.replace(",", ".")), text, answered)
        fraction = _fraction(plain, text, answered=answered)
        if fraction is not None:
            return fraction
        between = BETWEEN.search(plain)
        if between:
            return _either(text, f"{between[1]}%", f"{between[2]}%")
        percent = spoken_percent(plain)
        if percent is not None:
            return _whole(percent, text)
        if phase_of(text) is Phase.COMPLETED:
            said = tr("'{value}' says so", value=shown(text))
            also = ((Field.PHASE, Phase.COMPLETED.value, said),) if self._words is not None else ()
            return Reading(float(MOST_PERCENT), tr("'{value}' means 100%", value=shown(text)), also=also)
        found = percents_within(plain)
        if len(found) == 1:
            return _within(found[0], plain, text)
        if self._words is not None and any(map(str.isalpha, plain)):
            reason = tr("the column has percentages and words")
            read = self._words(text, False)
            return Reading(None, reason, read.doubt, ((Field.DONE, read.value, reason), *read.also))
        return _no_percent(text)


def below_one_as_said(answers: Mapping[str, str]) -> BelowOne | None:
    """Return how numbers below 1 are read as answers about cells of a column say, or None if they do not say it.

    The answer 60% about 0.6 says that they are shares, and 0.6% that they are percentages.
    """
    factors = set()
    for text, answer in answers.items():
        number, percent = as_typed_number(text), spoken_percent(as_typed_number(answer))
        if _PLAIN.fullmatch(number) and 0 < float(number) < 1 and percent is not None:
            factors |= {factor for factor in (1, 100) if math.isclose(float(number) * factor, percent)} or {0}
    return next((said for said, factor in _SAID_FACTORS.items() if factors == {factor}), None)


def read_progress(value: Value, _answered: bool = False) -> Reading:
    """Read what was done. A text with one percentage, such as 约60% or 完成四成, gives the percent as well."""
    reading = read_text(value)
    if not isinstance(reading.value, str):
        return reading
    plain = with_percent_signs(as_typed_number(reading.value))
    found = percents_within(plain)
    if len(found) != 1:
        return reading
    percent = _within(found[0], plain, reading.value)
    if percent.doubt is not None and percent.doubt.severity is Severity.QUESTION:
        doubt = reading.doubt or Doubt(
            Severity.REMARK, percent.doubt.what, tr("Report the percentage that is done if the item has one")
        )
        return Reading(reading.value, reading.inferred, doubt, reading.also)
    if percent.value is None:
        return reading
    reason = tr("read from '{value}'", value=shown(reading.value))
    return Reading(reading.value, None, reading.doubt, ((Field.PERCENT, percent.value, reason),))


def has_sure_percent(text: str) -> bool:
    """Return whether a sentence has exactly one percentage, and no words say that it is something else."""
    plain = with_percent_signs(as_typed_number(text))
    found = percents_within(plain) if "%" in plain else []
    return len(found) == 1 and _within(found[0], plain, text).value is not None


def _within(found: Within, plain: str, text: str) -> Reading:
    """Return the one percentage in a text, or the question what it is. The text stays what was done."""
    choices: tuple[str, ...] = ()
    if found.number is None:
        what = tr("the percentage in '{value}' can be read in two ways", value=shown(text))
    elif is_left(plain, found):
        what = tr("the percentage in '{value}' can be what is left", value=shown(text))
        choices = (f"{plain_number(MOST_PERCENT - found.number)}%", f"{plain_number(found.number)}%")
    elif is_other(plain, found):
        what = tr("the percentage in '{value}' can be another than what is done, such as a plan", value=shown(text))
    else:
        return _whole(found.number, text, within=True)
    asked = question(what, tr("Give the percentage that is done, or - for none"), choices)
    return replace(asked, stays=((Field.DONE, text, tr("the text of the percentage")),))


def spoken_percent(text: str) -> float | None:
    """Return the percent in a text with a percent sign or a word for it, such as 百分之 or 成, or None otherwise."""
    return only_percent(with_percent_signs(text))


def percent_factor(values: Iterable[Value]) -> int | None:
    """Return the number by which the plain numbers of a column become percents: 1, or 100 for shares such as 0.85.

    Return None if the column does not show it, because it has only 0 and 1, or numbers such as 1.2 and none from 2 on.
    With shares and larger numbers, the larger ones are percents, and each share is a question (`has_mixed_percents`).
    """
    numbers = {number for number in map(_plain_number, values) if number is not None}
    if any(number >= _LEAST_PERCENT for number in numbers):
        return 1
    if any(1 < number < _LEAST_PERCENT for number in numbers):
        return None
    if any(0 < number < 1 for number in numbers):
        return 100
    return None if 1 in numbers else 1


def more_than_one(values: Iterable[Value]) -> Value:
    """Return the first value such as 1.2, which can be a share that is more than all, or None."""
    return next((value for value in values if 1 < (_plain_number(value) or 0) < _LEAST_PERCENT), None)


def shares_in(values: Iterable[Value]) -> list[str]:
    """Return the different numbers of a column that are above 0 and below 1, as they are shown."""
    return [shown(value) for value in dict.fromkeys(values) if 0 < (_plain_number(value) or 0) < 1]


def has_mixed_percents(values: Iterable[Value]) -> bool:
    """Return whether a column has shares such as 0.6 as well as larger numbers such as 45."""
    values = list(values)
    numbers = {number for number in map(_plain_number, values) if number is not None}
    shares = any(0 < number < 1 for number in numbers)
    return shares and (any(number >= _LEAST_PERCENT for number in numbers) or _has_share_beside_signs(values))


def _has_share_beside_signs(values: Sequence[Value]) -> bool:
    """Return whether a share such as 0.6, typed as a number or as text, stands among percents with their sign."""
    texts = (as_typed_number(value) for value in values if isinstance(value, str) and len(value) < _SHORT)
    return any(0 < (_plain_number(value) or 0) < 1 for value in values) and any(
        only_percent(text) is not None for text in texts
    )


def read_number(value: Value, _answered: bool = False) -> Reading:
    """Read a number, such as a weight or a target value."""
    if value is None or isinstance(value, bool):
        return NOTHING if value is None else _no_number(value)
    if isinstance(value, int | float):
        return Reading(float(value)) if abs(value) < _LARGEST else _no_number(value)
    return _number_in(value) if isinstance(value, str) else _no_number(value)


def _number_in(text: str) -> Reading:
    plain = as_typed_number(text)
    if says_nothing(text):
        return NOTHING
    if _PLAIN.fullmatch(plain) and len(plain) <= (_LONGEST_FRACTION if "." in plain else _MOST_DIGITS):
        return Reading(float(plain))
    if _GROUPED.fullmatch(plain) and len(plain) <= _MOST_DIGITS:
        return Reading(float(plain.replace(",", "")), tr("the commas in {value} separate thousands", value=shown(text)))
    scaled = _SCALED.fullmatch(plain)
    if scaled:
        number = float(scaled[1]) * _SCALES[scaled[2]]
        return Reading(round(number, 6), tr("{value} in figures", value=shown(text)))
    signed = only_percent(plain)
    if signed is not None:
        return Reading(signed, tr("the number of {value}", value=shown(text)))
    return _no_number(text)


def _plain_number(value: Value) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    if isinstance(value, str) and len(value) < _SHORT:
        plain = as_typed_number(value)
        if _WITH_COMMA.fullmatch(plain):
            plain = plain.replace(",", ".")
        return float(plain) if _PLAIN.fullmatch(plain) else None
    return None


def _whole(percent: float, value: Value, *, within: bool = False) -> Reading:
    """Return a percent rounded to a whole number. Shares such as 0.29 become 29, whatever binary fractions are."""
    exact = round(percent, 6)
    if not 0 <= exact <= MOST_PERCENT:
        return error(
            tr("'{value}' is not between 0 and 100%", value=shown(value)), tr("Give a percentage from 0 to 100")
        )
    whole = float(math.floor(exact + 0.5))
    reason = None
    if whole != exact:
        reason = tr("{value} rounded to a whole percentage", value=shown(value))
    elif within:
        reason = tr("read from '{value}'", value=shown(value))
    # A text around the number says more than it.
    also = ((Field.DONE, str(value), tr("the text of the percentage")),) if within else ()
    return Reading(whole, reason, also=also)


def _no_percent(value: Value) -> Reading:
    what = tr("'{value}' is not a percentage", value=shown(value))
    meant = meant_numbers(as_typed_number(value).strip("% ")) if isinstance(value, str) else ()
    if meant and 0 < float(meant[0]) < 1:
        return _share(float(meant[0]), value)
    if meant:
        return question(what, tr("Type {number} if this is meant", number=meant[0]))
    return question(what, tr("Give a percentage such as 50%, or - for none"))


def _share(number: float, value: Value) -> Reading:
    """Return the question whether a number such as 0.8 means 80% or 0.8%."""
    return _either(value, f"{number:.0%}", f"{number:g}%")


def _fraction(plain: str, text: str, *, answered: bool) -> Reading | None:
    """Return the percentage of a cell such as two thirds, or the question whether 6/7 is one. None for other texts."""
    percent, figures = whole_percent(plain), percent_of_figures(plain)
    if percent is None and figures is not None and (answered or is_sure_share(plain)):
        percent = figures
    if percent is not None:
        reading = _whole(percent, text)
        return replace(reading, inferred=reading.inferred or tr("{value} as a percentage", value=shown(text)))
    if figures is None:
        return None
    share = f"{figures:.0f}%"
    what = tr("'{value}' can be {share}, a date, or a number of things", value=shown(text), share=share)
    return question(what, tr("Give the percentage, or - for none"), (share,))


def _more_than_all(number: float, value: Value) -> Reading:
    """Return the question whether a number such as 1.2 means 1.2%, or 120%, which counts as all."""
    return question(
        tr(
            "'{value}' can be {one}, which is more than all, or {other}",
            value=shown(value),
            one=f"{number:.0%}",
            other=f"{number:g}%",
        ),
        tr("Choose the percentage, or give - for none"),
        (f"{MOST_PERCENT}%", f"{number:g}%"),
    )


def _either(value: Value, one: str, other: str) -> Reading:
    return question(
        tr("'{value}' can be {one} or {other}", value=shown(value), one=one, other=other),
        tr("Choose the percentage, or give - for none"),
        (one, other),
    )


def _no_number(value: Value) -> Reading:
    what = tr("'{value}' is not a number", value=shown(value))
    meant = meant_numbers(as_typed_number(value)) if isinstance(value, str) else ()
    if meant:
        return error(what, tr("Type {number} if this is meant", number=meant[0]))
    return error(what, tr("Give a number such as 12.5"))
