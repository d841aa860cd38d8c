"""What the timeline shows of the items that are loaded: those that are left, or when the dates of themes fall due."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.narrowing import Narrowing
    from planner.queries.overview import Overview
    from planner.queries.timeline import ThemeTimeline
    from planner.queries.views import ItemView


@dataclass(frozen=True)
class TimelineLines:
    """The items that are left, and the themes they are in where those were asked for."""

    items: "Sequence[ItemView]"
    themes: "Sequence[ThemeTimeline]"


def timeline_lines(
    standing: "Overview", narrowing: "Narrowing", theme: int | None, search: str, *, by_theme: bool
) -> TimelineLines:
    """The items of a theme that have every word searched for; by theme also when their dates fall due."""
    from planner.queries.items import Filters
    from planner.queries.timeline import theme_timelines

    found = narrowing.narrow(Filters(theme=theme, search=search)).items
    themes = theme_timelines(standing.plan, found, standing.as_of) if by_theme else []
    return TimelineLines(found, [timeline for timeline in themes if timeline.items])
