"""How alike two texts are: the cosine of their weighted counts of short sequences of characters.

The formula (docs/mandates.md, "Likeness"). A text is taken in its normal form, case folded: so spacing, line ends and
invisible characters say nothing. Its grams are all sequences of 2, 3 and 4 characters in it. m(g) is how many texts of
a side hold the gram g, on the side where more do; N is how many texts the longer side has. The weight of a gram is
w(g) = ln((1 + N) / m(g)), so that what most clauses have (an ending, "development") counts for little, while what one
clause on each side has counts in full. With n(g, a) as how often g stands in a,

    likeness(a, b) = Σ n(g, a) n(g, b) w(g)² / (√Σ (n(g, a) w(g))² · √Σ (n(g, b) w(g))²)

from 0 (no gram in common) to 1, rounded to four digits. It needs no words, and so no language: Chinese and Korean are
compared as English and Arabic are. Counting terms by how rare they are is Spärck Jones (1972); character sequences for
comparing texts without knowing their language are Cavnar and Trenkle (1994) and McNamee and Mayfield (2004).
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from planner.texts import normal_form

SIZES = (2, 3, 4)
DIGITS = 4


def likenesses(earlier: Sequence[str], later: Sequence[str]) -> list[list[float]]:
    """How alike each of the earlier texts is to each of the later ones; the weights are taken over all of them."""
    before, after = ([grams(text) for text in texts] for texts in (earlier, later))
    weights = _weights(before, after)
    rows, columns = ([_unit(counted, weights) for counted in counts] for counts in (before, after))
    return [[_cosine(row, column) for column in columns] for row in rows]


def grams(text: str) -> Counter[str]:
    """The sequences of characters of a text and how often each stands in it; a single character is its own."""
    folded = normal_form(normal_form(text).casefold())
    if len(folded) < min(SIZES):
        return Counter([folded] if folded else [])
    return Counter(folded[start : start + size] for size in SIZES for start in range(len(folded) - size + 1))


def _weights(before: Sequence[Counter[str]], after: Sequence[Counter[str]]) -> dict[str, float]:
    held, also_held = (Counter(gram for counted in counts for gram in counted) for counts in (before, after))
    most = 1 + max(len(before), len(after))
    return {gram: math.log(most / number) for gram, number in (held | also_held).items()}


def _unit(counted: Counter[str], weights: Mapping[str, float]) -> dict[str, float]:
    # In the order of the grams: sums over two texts come out the same whichever of them is first.
    weighed = {gram: counted[gram] * weights[gram] for gram in sorted(counted)}
    length = math.sqrt(sum(value * value for value in weighed.values()))
    return {gram: value / length for gram, value in weighed.items()}


def _cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    short, long = sorted((one, other), key=len)
    held = long.get
    return min(1.0, round(sum([value * held(gram, 0.0) for gram, value in short.items()]), DIGITS))
