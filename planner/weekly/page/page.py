"""Write the weekly file as one self-contained HTML page. It loads nothing from the network and runs no scripts."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from planner.domain.definitions import DEFINITIONS
from planner.domain.symbols import SYMBOLS
from planner.weekly.contents import WeeklyFile
from planner.weekly.file import file_name
from planner.weekly.page.templates import templates_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# The number of template pieces joined into one piece of output. Jinja2 yields a few words at a time.
_PIECES = 200
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def page_bytes(found: WeeklyFile) -> Iterator[bytes]:
    """Yield the page in pieces. The same weekly file always gives the same bytes.

    The file must have been filled with chart data. Raises MissingLibraryError if the drawing or template library is not
    installed.
    """
    stream = _environment().get_template("page.html").stream(_template_variables(found))
    stream.enable_buffering(_PIECES)
    return (piece.encode() for piece in stream)


def _environment() -> "Environment":
    environment = templates_of("planner.weekly.page", "the page", "format")
    environment.filters["dated"] = _dated
    return environment


def _dated(text: str) -> "Markup":
    """Wrap the dates in one of our own texts, so that a date is never broken across lines."""
    from markupsafe import Markup, escape

    return Markup(_DATE.sub(r'<span class="date">\g<0></span>', str(escape(text))))


def _template_variables(found: WeeklyFile) -> dict[str, Any]:
    """Return the variables of the template."""
    # Jinja2 installs markupsafe, so modules that need it are imported only after Jinja2 was found.
    from markupsafe import Markup

    from planner.weekly.page.figures import figures_of
    from planner.weekly.page.key_figures import key_figures
    from planner.weekly.page.style import policy, style_of
    from planner.weekly.page.tables import Table

    if found.pictures is None:
        raise ValueError("a page needs a file that was filled with what its pictures show")
    tables = [Table(filled) for filled in found.sections]
    style = style_of(found.instance, tables)
    return {
        "instance": found.instance,
        "plan": found.instance.plan,
        "policy": policy(style),
        # Safe to insert: the project's own style sheet, whose texts are escaped and cannot end the <style> element.
        "style": Markup(style),
        "file_name": file_name(found.instance, "html"),
        "key_figures": key_figures(found.pictures),
        "figures": figures_of(found.pictures, found.instance),
        "tables": tables,
        "definitions": DEFINITIONS,
        "symbols": {word: symbol for word, (symbol, _) in SYMBOLS.items()},
    }
