"""The day that a text above a table or a heading names for the state of the items, such as 截至3月底."""

import re
from datetime import date

from planner.dates.span import Span
from planner.dates.within import dates_within

_AS_OF = re.compile(r"截[至止]|时点|時点|現在|기준|as (?:of|at)\b", re.IGNORECASE)
# Longer texts are notes.
_LONGEST = 120


def stated_day(text: str, span: Span) -> date | None:
    """Return the one day as of which a text says that something holds, or None. A period means its last day."""
    if len(text) > _LONGEST or not _AS_OF.search(text):
        return None
    days = {one.day for _, one in dates_within(text, span)}
    return days.pop() if len(days) == 1 else None
