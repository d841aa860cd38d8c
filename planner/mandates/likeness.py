"""The likeness of two texts: the cosine of their weighted counts of short character sequences (grams).

The formula (docs/mandates.md, "Likeness") uses each text in its normal form and case folded, so that spacing, line ends
and invisible characters have no effect. The grams of a text are all its sequences of 2, 3 and 4 characters. Count the
texts that contain the gram g on each side, and let m(g) be the greater count. Let N be the number of texts on the side
with more texts. The weight of a gram is w(g) = ln((1 + N) / m(g)). Grams that most clauses contain (an ending,
"development") therefore count for little, and grams in one clause on each side count in full. Let n(g, a) be the number
of occurrences of g in the text a. Then

    likeness(a, b) = Σ n(g, a) n(g, b) w(g)² / (√Σ (n(g, a) w(g))² · √Σ (n(g, b) w(g))²)

is a number from 0 (no common gram) to 1, rounded to four digits. The formula needs no words and therefore no language,
so that it compares Chinese and Korean as well as English and Arabic. Weighting terms by their rarity is due to Spärck
Jones (1972). Comparing texts of unknown language by character sequences is due to Cavnar and Trenkle (1994) and McNamee
and Mayfield (2004).
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from planner.base.texts import normal_form

SIZES = (2, 3, 4)
DIGITS = 4


def likenesses(earlier: Sequence[str], later: Sequence[str]) -> list[list[float]]:
    """Return a table of likenesses with a row per earlier text and a column per later one.

    The weights are computed over all texts of both sides.
    """
    before, after = ([grams(text) for text in texts] for texts in (earlier, later))
    weights = _weights(before, after)
    rows, columns = ([_unit_vector(counted, weights) for counted in counts] for counts in (before, after))
    return [[_cosine(row, column) for column in columns] for row in rows]


def grams(text: str) -> Counter[str]:
    """Return the number of times that each gram occurs in a text. A text of one character is its own gram."""
    folded = normal_form(normal_form(text).casefold())
    if len(folded) < min(SIZES):
        return Counter([folded] if folded else [])
    return Counter(folded[start : start + size] for size in SIZES for start in range(len(folded) - size + 1))


def _weights(before: Sequence[Counter[str]], after: Sequence[Counter[str]]) -> dict[str, float]:
    held, also_held = (Counter(gram for counted in counts for gram in counted) for counts in (before, after))
    most = 1 + max(len(before), len(after))
    # docs/decisions/0079: no model and no word list, so that it can be worked out by hand.
    return {gram: math.log(most / number) for gram, number in (held | also_held).items()}


def _unit_vector(counted: Counter[str], weights: Mapping[str, float]) -> dict[str, float]:
    # Use a fixed order of grams, so that rounding gives the same sum whichever of two texts is first.
    weighed = {gram: counted[gram] * weights[gram] for gram in sorted(counted)}
    length = math.sqrt(sum(value * value for value in weighed.values()))
    return {gram: value / length for gram, value in weighed.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    short, long = sorted((one, other), key=len)
    held = long.get
    return min(1.0, round(sum([value * held(gram, 0.0) for gram, value in short.items()]), DIGITS))
