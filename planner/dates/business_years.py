"""Reading a part of a business year that is named by its year: 2026年度上期, 2026年度第2四半期, 2026年度末."""

import re
from datetime import date

from planner.dates.parts import day_of

_NAMED = re.compile(
    r"(?P<year>\d{4}) ?年度 ?(?:第?(?P<quarter>[1-4一二三四]) ?(?:四半期|季度?)|(?P<first>上期|前期|上半[期年])|"
    r"(?P<second>下期|[後后]期|下半[期年]))?[末底内中]?",
    re.ASCII,
)
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


def read_business_year(text: str, begins: int) -> tuple[date, date] | None:
    """Return the first and the last day of a part of a business year, or None for any other text.

    `begins` is the month in which the business year begins.
    """
    found = _NAMED.fullmatch(text)
    if found is None:
        return None
    first, months = 0, 12
    if found["quarter"]:
        quarter = _QUARTERS.get(found["quarter"]) or int(found["quarter"])
        first, months = 3 * (quarter - 1), 3
    elif found["first"] or found["second"]:
        first, months = (6 if found["second"] else 0), 6
    begin = int(found["year"]) * 12 + begins - 1 + first
    end = begin + months - 1
    return day_of(begin // 12, (begin % 12 + 1, 1)), day_of(end // 12, (end % 12 + 1, 31))
