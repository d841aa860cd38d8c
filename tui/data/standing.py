"""Where the plan stands: what is read once for all screens."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.overview import Overview
    from tui.data.door import Door


def read_standing(door: "Door") -> "Overview":
    """Where the plan stands on the day the app looks from, with all items."""
    from planner.queries.overview import read_overview

    with door.reading() as (session, plan, point):
        return read_overview(session, plan, point)
