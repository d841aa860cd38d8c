"""The audit log, a page at a time."""

import re
from typing import TYPE_CHECKING

from planner.codes import canonical_code

if TYPE_CHECKING:
    from planner.queries.log import LogFilters, LogPage
    from tui.data.door import Door

_CODE = re.compile(r"[TP]-\d+", re.ASCII)


def read_log(door: "Door", search: str, *, after: int | None, oldest_first: bool) -> "LogPage":
    """A page of the log, from its beginning or going on after an event; `search` as `filters_of` reads it."""
    from planner.queries import log

    with door.reading() as (session, plan, _):
        filters = filters_of(search)
        return log.read_log(session, plan, filters, after=after, limit=log.PAGE, oldest_first=oldest_first)


def filters_of(search: str) -> "LogFilters":
    """What is asked for in words: an item's code, a login or how it begins, or both in either order."""
    from planner.queries.log import LogFilters

    words = search.split()
    return LogFilters(
        code=next((word for word in words if _CODE.fullmatch(canonical_code(word))), None),
        who=next((word for word in words if not _CODE.fullmatch(canonical_code(word))), None),
    )
