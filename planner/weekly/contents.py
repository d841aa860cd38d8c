"""The contents of the weekly file: its sections in order, and functions that fill them with the rows of a week."""

from collections.abc import Iterable
from dataclasses import field
from typing import TYPE_CHECKING, Any

from planner.base.errors import unknown_name
from planner.base.language import later, tr
from planner.base.texts import as_typed
from planner.base.views import value_class
from planner.tables.table import Filled
from planner.weekly.pictures import Pictures, read_pictures
from planner.weekly.reading import Instance, WeekReading
from planner.weekly.section import Section
from planner.weekly.sections.corrections import CORRECTIONS
from planner.weekly.sections.decisions import DECISIONS
from planner.weekly.sections.exceptions import EXCEPTIONS
from planner.weekly.sections.indicators import INDICATORS
from planner.weekly.sections.items import ITEMS
from planner.weekly.sections.milestones import MILESTONES
from planner.weekly.sections.movements import MOVEMENTS
from planner.weekly.sections.opinions import OPINIONS
from planner.weekly.sections.outlook import OUTLOOK
from planner.weekly.sections.plan_changes import PLAN_CHANGES
from planner.weekly.sections.requests import REQUESTS
from planner.weekly.sections.totals import TOTALS
from planner.weekly.sections.traceability import TRACEABILITY
from planner.weekly.sections.unreported import UNREPORTED

if TYPE_CHECKING:
    from planner.weekly.page.drawing_process import DrawingProcess
    from planner.weekly.page.drawn_figures import DrawnFigures

SECTIONS: tuple[Section[Any], ...] = (
    TOTALS,
    MOVEMENTS,
    PLAN_CHANGES,
    EXCEPTIONS,
    MILESTONES,
    INDICATORS,
    DECISIONS,
    REQUESTS,
    OPINIONS,
    UNREPORTED,
    CORRECTIONS,
    ITEMS,
    TRACEABILITY,
    OUTLOOK,
)


@value_class
class WeeklyFile:
    """The contents of a weekly file before it is written in a format: its identity, its sections and its chart data.

    `pictures` holds the data of the charts, or None if no requested format has charts. `figures` holds the charts of
    the HTML page if a process is already drawing them, and otherwise None.
    """

    instance: Instance
    sections: tuple[Filled[Any], ...]
    pictures: Pictures | None = None
    figures: "DrawnFigures | None" = field(default=None, compare=False)

    def section(self, name: str) -> Filled[Any]:
        """Return the section with this name. Raises StopIteration if the file does not contain it."""
        return next(filled for filled in self.sections if filled.table.name == name)


def section_named(name: str) -> Section[Any]:
    """Return the definition of a section. Raises UnknownNameError if no section has this name."""
    wanted = as_typed(name).casefold().replace("-", "_").replace(" ", "_")
    for section in SECTIONS:
        if section.name == wanted:
            return section
    known = (section.name for section in SECTIONS)
    raise unknown_name(
        tr("the weekly file has no section '{name}'", name=name), later("sections"), known, where="section"
    )


def fill(reading: WeekReading, section: Section[Any]) -> Filled[Any]:
    """Return a section filled with the rows of a week."""
    return Filled(section, reading.instance.frame, tuple(section.rows(reading)))


def fill_all(
    reading: WeekReading,
    sections: Iterable[Section[Any]] = SECTIONS,
    *,
    pictures: bool = False,
    drawing: "DrawingProcess | None" = None,
) -> WeeklyFile:
    """Return a week's file with the given sections; by default, with all sections.

    If `pictures` is True, the charts' data is read too. If `drawing` is given, this process draws the charts of the
    page while the sections are read. Raises MissingLibraryError if the process is given but the drawing library is not
    installed.
    """
    figures = _figures(reading.instance, drawing) if pictures and drawing else None
    shown = read_pictures(reading, figures.begin if figures else None) if pictures else None
    if shown and figures:
        figures.complete(shown)
    return WeeklyFile(reading.instance, tuple(fill(reading, section) for section in sections), shown, figures)


def _figures(instance: Instance, drawing: "DrawingProcess") -> "DrawnFigures":
    from planner.weekly.page.drawn_figures import DrawnFigures

    return DrawnFigures(instance, drawing)
