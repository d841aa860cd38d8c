"""The figures of the page in their order, with their charts drawn."""

from collections.abc import Callable, Iterable

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

_Maker = Callable[[Pictures, Instance], Figure]

# The figures in the order of the page, and those of them that need the courses.
_FIGURES: tuple[_Maker, ...] = (progress, states, health, due, moved, indicators)
_OVER_WEEKS: frozenset[_Maker] = frozenset((progress, states, health))


def figures_of(pictures: Pictures, instance: Instance) -> tuple[Figure, ...]:
    """Return the figures of a week in their order. Their charts are not drawn yet."""
    return tuple(make(pictures, instance) for make in _FIGURES)


class DrawnFigures:
    """The figures of a page, and their charts as SVG.

    If a drawing process is given, it draws the charts while the current process continues. Raises MissingLibraryError
    if the drawing library is not installed.
    """

    def __init__(self, instance: Instance, process: DrawingProcess | None = None) -> None:
        drawing_library()
        self._instance = instance
        self._process = process
        self._made: dict[_Maker, Figure] = {}
        self._svgs: dict[Chart, str] = {}

    def begin(self, pictures: Pictures) -> None:
        """Make the figures for which the courses need not be read yet."""
        self._make(pictures, [maker for maker in _FIGURES if maker not in _OVER_WEEKS])

    def complete(self, pictures: Pictures) -> None:
        """Make all other figures."""
        self._make(pictures, [maker for maker in _FIGURES if maker not in self._made])

    def _make(self, pictures: Pictures, makers: Iterable[_Maker]) -> None:
        made = {make: make(pictures, self._instance) for make in makers}
        self._made |= made
        if self._process:
            self._process.ask(_charts(made.values()))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All figures, in the order of the page."""
        return tuple(self._made[maker] for maker in _FIGURES)

    def svg(self, chart: Chart) -> Markup:
        """Return a chart as SVG."""
        if not self._svgs:
            drawn = self._process.take() if self._process else None
            charts = _charts(self._made.values())
            self._svgs = dict(zip(charts, drawn or map(draw, charts), strict=True))
        # The XML writer has already escaped the text, so the SVG is safe to insert into the page.
        return Markup(self._svgs[chart])


def _charts(figures: Iterable[Figure]) -> list[Chart]:
    return [chart for figure in figures for chart in figure.charts]
