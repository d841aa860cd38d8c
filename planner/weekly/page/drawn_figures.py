"""The figures of the page in their order, with their charts drawn."""

from markupsafe import Markup

from planner.weekly.page.charts.due import due
from planner.weekly.page.charts.health import health
from planner.weekly.page.charts.indicators import indicators
from planner.weekly.page.charts.moved import moved
from planner.weekly.page.charts.progress import progress
from planner.weekly.page.charts.states import states
from planner.weekly.page.drawing import Chart, draw
from planner.weekly.page.drawing_process import DrawingProcess
from planner.weekly.page.figure import Figure
from planner.weekly.page.vega_lite import drawing_library
from planner.weekly.pictures import Pictures
from planner.weekly.reading import Instance

_FIGURES = (progress, states, health, due, moved, indicators)


def figures_of(pictures: Pictures, instance: Instance) -> tuple[Figure, ...]:
    """Return the figures of a week in their order. Their charts are not drawn yet."""
    return tuple(make(pictures, instance) for make in _FIGURES)


class DrawnFigures:
    """The figures of a page, and their charts as SVG.

    If a drawing process is given, it draws the charts while the current process continues. Raises MissingLibraryError
    if the drawing library is not installed.
    """

    def __init__(self, pictures: Pictures, instance: Instance, process: DrawingProcess | None = None) -> None:
        drawing_library()
        self.figures = figures_of(pictures, instance)
        self._process = process
        self._svgs: dict[Chart, str] = {}
        if process:
            process.ask(self._charts)

    @property
    def _charts(self) -> list[Chart]:
        return [chart for figure in self.figures for chart in figure.charts]

    def svg(self, chart: Chart) -> Markup:
        """Return a chart as SVG."""
        if not self._svgs:
            drawn = self._process.take() if self._process else None
            charts = self._charts
            self._svgs = dict(zip(charts, drawn or map(draw, charts), strict=True))
        # The XML writer has already escaped the text, so the SVG is safe to insert into the page.
        return Markup(self._svgs[chart])
