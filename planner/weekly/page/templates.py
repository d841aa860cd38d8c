"""Where pages come from: templates that escape whatever they are given, for data is never markup."""

from typing import TYPE_CHECKING

from planner.errors import MissingLibraryError
from planner.marks import words
from planner.visible_text import visible

if TYPE_CHECKING:
    from jinja2 import Environment


def templates_of(package: str, what: str, where: str) -> "Environment":
    """The templates of a package. Raises MissingLibraryError: `what` needs Jinja2, asked for at `where`."""
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError as error:
        raise MissingLibraryError(f"{what} needs Jinja2", where=where, do="Install planner[reports]") from error
    environment = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["visible"] = visible
    environment.filters["words"] = words
    return environment
