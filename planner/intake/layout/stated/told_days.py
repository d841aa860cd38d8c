"""The days on which something was done, as texts about progress tell it: 4月25日已完成, "Opened on 25 April"."""

import re
from collections.abc import Iterator
from datetime import date

from planner.dates.span import Span
from planner.dates.within import dates_within
from planner.intake.layout.cells.told_phases import clauses

# Words by which a day is one of a plan, or the last one by which something is due.
_PLANNED = re.compile(
    r"[计計][划劃畫]|[拟擬]|[预預][计計定]|[将將]|待|争取|爭取|力争|力爭|确保|確保|目标|目標|要求|应[于在当]|應[於在當]|"
    r"下一?[步月周季]|[日号號]之?前|以前|예정|계획|까지|다음|予定|まで|次[回月]|"
    r"\b(?:will|plan\w*|expect\w*|due|by|until|till|before|next|to be|target\w*|schedul\w*|shall|deadline|"
    r"geplant|soll|bis|wird|werden|vor|nächste\w*)\b",
    re.IGNORECASE,
)
# Longer texts are searched no further.
_LONGEST = 2_000


def days_told(text: str, span: Span) -> Iterator[date]:
    """Yield the single days in the parts of a text that do not speak of a plan. A period is no such day."""
    for clause in clauses(text[:_LONGEST]):
        if _PLANNED.search(clause):
            continue
        for _, one in dates_within(clause, span):
            if one.day is not None and one.first is None and one.start is None:
                yield one.day
