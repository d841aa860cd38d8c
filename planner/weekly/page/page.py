"""The weekly file as a page: one file that holds all it shows, asks nobody for anything and runs nothing."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from planner.definitions import DEFINITIONS
from planner.marks import SYMBOLS
from planner.weekly.contents import WeeklyFile
from planner.weekly.file import file_name
from planner.weekly.page.templates import templates_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

# How many pieces of the template go into one of the page's: a piece is a few words.
_PIECES = 200
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def page_bytes(found: WeeklyFile) -> Iterator[bytes]:
    """The page in pieces; the same file always gives the same bytes.

    The file must have been filled with what its pictures show. Raises MissingLibraryError where a library that draws
    or lays out is not installed.
    """
    stream = _environment().get_template("page.html").stream(_shown(found))
    stream.enable_buffering(_PIECES)
    return (piece.encode() for piece in stream)


def _environment() -> "Environment":
    environment = templates_of("planner.weekly.page", "the page", "format")
    environment.filters["dated"] = _dated
    return environment


def _dated(told: str) -> "Markup":
    """Words of our own, whose dates are not broken at the end of a line."""
    from markupsafe import Markup, escape

    return Markup(_DATE.sub(r'<span class="date">\g<0></span>', str(escape(told))))


def _shown(found: WeeklyFile) -> dict[str, Any]:
    """All that the template is given."""
    # Jinja2 brings markupsafe, so what needs that is imported after it.
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
        # The project's own sheet, and texts in which nothing can end it.
        "style": Markup(style),
        "file_name": file_name(found.instance, "html"),
        "key_figures": key_figures(found.pictures),
        "figures": figures_of(found.pictures, found.instance),
        "tables": tables,
        "definitions": DEFINITIONS,
        "symbols": {word: symbol for word, (symbol, _) in SYMBOLS.items()},
    }
