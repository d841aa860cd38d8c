"""The list of the page's charts, in their order."""

from planner.weekly.page.charts.due import due
from planner.weekly.page.charts.health import health
from planner.weekly.page.charts.indicators import indicators
from planner.weekly.page.charts.moved import moved
from planner.weekly.page.charts.progress import progress
from planner.weekly.page.charts.states import states
from planner.weekly.page.figure import Figure
from planner.weekly.pictures import Pictures
from planner.weekly.reading import Instance


def figures_of(pictures: Pictures, instance: Instance) -> list[Figure]:
    """Return all charts of a week."""
    return [make(pictures, instance) for make in (progress, states, health, due, moved, indicators)]
