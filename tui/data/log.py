"""The audit log, in pages."""

import re
from typing import TYPE_CHECKING

from planner.domain.codes import canonical_code

if TYPE_CHECKING:
    from planner.queries.history.log import LogFilters, LogPage
    from tui.data.door import Door

_CODE = re.compile(r"[TP]-\d+", re.ASCII)


def read_log(door: "Door", search: str, *, after: int | None, oldest_first: bool) -> "LogPage":
    """Return a page of the log, from the start or after the event with the number `after`.

    `search` is interpreted by `filters_of`.
    """
    from planner.queries.history import log

    with door.reading() as reading:
        filters = filters_of(search)
        return log.read_log(reading, filters, after=after, limit=log.PAGE, oldest_first=oldest_first)


def filters_of(search: str) -> "LogFilters":
    """Return the filters for a search, which is an item's code, the beginning of a login, or both in either order."""
    from planner.queries.history.log import LogFilters

    words = search.split()
    return LogFilters(
        code=next((word for word in words if _CODE.fullmatch(canonical_code(word))), None),
        who=next((word for word in words if not _CODE.fullmatch(canonical_code(word))), None),
    )
