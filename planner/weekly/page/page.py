"""Write the weekly file as one self-contained HTML page. It loads nothing from the network and runs no scripts."""

import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from planner.domain.definitions import DEFINITIONS
from planner.pages.templates import rendered, templates_of
from planner.weekly.brief.making import brief_of, has_brief
from planner.weekly.contents import WeeklyFile
from planner.weekly.file import file_name
from planner.weekly.page.drawn_figures import DrawnFigures
from planner.weekly.page.key_figures import key_figures
from planner.weekly.page.style import page_style
from planner.weekly.page.tables import Table
from planner.weekly.pictures import Pictures

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def page_bytes(found: WeeklyFile) -> Iterator[bytes]:
    """Yield the page in pieces. The same weekly file always gives the same bytes.

    The file must have been filled with chart data. Raises MissingLibraryError if the library that draws the charts is
    not installed.
    """
    if found.pictures is None:
        raise ValueError("a page needs a file that was filled with what its pictures show")
    figures = found.figures
    if figures is None:
        figures = DrawnFigures(found.instance)
        figures.complete(found.pictures)
    environment = templates_of("planner.weekly.page", dated=_dated, svg=figures.svg)
    return rendered(environment, "page.html", _template_variables(found, found.pictures, figures))


def _dated(text: str) -> Markup:
    """Return a text of the program as HTML in which no date is broken across lines."""
    return Markup(_DATE.sub(r'<span class="date">\g<0></span>', str(escape(text))))


def _template_variables(found: WeeklyFile, pictures: Pictures, figures: DrawnFigures) -> dict[str, Any]:
    """Return the variables of the template."""
    tables = [Table(filled) for filled in found.sections]
    # The rows are made now, because another process may still be drawing the charts, which come first on the page.
    for table in tables:
        _ = table.rows
    return {
        "instance": found.instance,
        "plan": found.instance.plan,
        "file_name": file_name(found.instance, "html"),
        "brief": brief_of(found) if has_brief(found) else None,
        "key_figures": key_figures(pictures),
        "figures": figures.figures,
        "tables": tables,
        "definitions": DEFINITIONS,
        **page_style(found.instance, tables),
    }
