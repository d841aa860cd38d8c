"""Reading a third of a month: 6月上旬, 6月初, 6월 초, early June, mid-June."""

import re
from typing import NamedTuple

from planner.dates.words import MONTHS

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
# The words before the name of a month, by the third that they mean.
_ENGLISH = (
    r"early[ -](?:in )?|(?:the )?(?:beginning|start) of ",
    r"mid[ -]*|(?:the )?middle of ",
    r"late[ -](?:in )?",
)
ENGLISH_WORDS = "|".join(_ENGLISH)
_EASTERN = re.compile(
    r"(?:(?P<year>\d{4}) ?[年년] ?)?(?P<month>\d{1,2}) ?"
    r"(?:月 ?(?P<third>[上中下初](?=旬)|初)旬?|월 ?(?P<ko>[상중하초](?=순)|초)순?)",
    re.ASCII,
)
_NAMED = re.compile(
    rf"(?:by )?(?:(?P<early>{_ENGLISH[0]})|(?P<mid>{_ENGLISH[1]})|{_ENGLISH[2]})(?P<month>{_MONTH})\b\.?,?"
    r"(?: (?P<year>\d{4}))?",
    re.ASCII,
)
_FIRST_DAYS, _LAST_DAYS = (1, 11, 21), (10, 20, 31)
_THIRDS = {"上": 0, "初": 0, "상": 0, "초": 0, "中": 1, "중": 1, "下": 2, "하": 2}


class Third(NamedTuple):
    """A third of a month: its month, its first and last day, and its year, which may be missing."""

    month: int
    first: int
    last: int
    year: int | None


def read_third(text: str) -> Third | None:
    """Return the third of a month that a folded text means, or None for any other text."""
    eastern, named = _EASTERN.fullmatch(text), _NAMED.fullmatch(text)
    if named is not None:
        month, year = MONTHS[named["month"]], named["year"]
        third = 0 if named["early"] else 1 if named["mid"] else 2
    elif eastern is not None:
        month, year = int(eastern["month"]), eastern["year"]
        third = _THIRDS[eastern["third"] or eastern["ko"]]
    else:
        return None
    if not 1 <= month <= 12:
        return None
    return Third(month, _FIRST_DAYS[third], _LAST_DAYS[third], int(year) if year else None)
