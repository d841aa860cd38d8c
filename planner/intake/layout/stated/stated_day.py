"""The day that a text above a table or a heading names for the state of the items, such as 截至3月底."""

import re
from datetime import date

from planner.base.language import tr
from planner.dates.span import Span
from planner.dates.within import dates_within
from planner.intake.layout.cells.reading import Doubt
from planner.intake.proposed import Severity

_AS_OF = re.compile(r"截[至止]|时点|時点|現在|기준|as (?:of|at)\b", re.IGNORECASE)
# Longer texts are notes.
_LONGEST = 120


def may_name_day(heading: str) -> Doubt:
    """Return the remark that a heading can name the day of the reports, as long as none was taken from it."""
    what = tr("the heading '{heading}' can name the day for which the reports hold", heading=heading)
    return Doubt(Severity.REMARK, what, tr("Give this day as the as-of date of the import"))


def stated_day(text: str, span: Span) -> date | None:
    """Return the one day as of which a text says that something holds, or None. A period means its last day."""
    if len(text) > _LONGEST or not _AS_OF.search(text):
        return None
    days = {one.day for _, one in dates_within(text, span)}
    return days.pop() if len(days) == 1 else None
