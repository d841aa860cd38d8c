"""The lines of the timeline: the items that pass the filters, or groups of them with their dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.domain.vocabulary import Grouping
    from planner.queries.items.filter_index import FilterIndex
    from planner.queries.items.filters import Filters
    from planner.queries.items.views import ItemView
    from planner.queries.weeks.overview import Overview
    from planner.queries.weeks.timeline import GroupTimeline


@dataclass(frozen=True)
class TimelineLines:
    """The items that pass the filters, and their groups if a kind of group was given."""

    items: "Sequence[ItemView]"
    groups: "Sequence[GroupTimeline]"


def timeline_lines(
    standing: "Overview", narrowing: "FilterIndex", filters: "Filters", by: "Grouping | None"
) -> TimelineLines:
    """Return the items that pass the filters. If `by` is given, also return the dates of their groups."""
    from planner.queries.weeks.timeline import group_timelines

    found = narrowing.apply(filters).items
    return TimelineLines(found, group_timelines(found, standing.as_of, by) if by else [])
