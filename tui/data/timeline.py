"""What the timeline shows of the items that are loaded: those that are left, or when the dates of groups fall due."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.filter_index import FilterIndex
    from planner.queries.items import Filters
    from planner.queries.overview import Overview
    from planner.queries.timeline import GroupTimeline
    from planner.queries.views import ItemView
    from planner.vocabulary import Grouping


@dataclass(frozen=True)
class TimelineLines:
    """The items that are left, and the groups they are in where those were asked for."""

    items: "Sequence[ItemView]"
    groups: "Sequence[GroupTimeline]"


def timeline_lines(
    standing: "Overview", narrowing: "FilterIndex", filters: "Filters", by: "Grouping | None"
) -> TimelineLines:
    """The items that pass the filters; by a kind of group also when the dates of the groups fall due."""
    from planner.queries.timeline import group_timelines

    found = narrowing.apply(filters).items
    return TimelineLines(found, group_timelines(found, standing.as_of, by) if by else [])
