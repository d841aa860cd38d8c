"""Load the templates of a page. All inserted data is escaped, because data is never markup."""

from typing import TYPE_CHECKING

from planner.base.errors import MissingLibraryError
from planner.base.visible_text import visible
from planner.domain.symbols import words

if TYPE_CHECKING:
    from jinja2 import Environment


def templates_of(package: str, what: str, where: str) -> "Environment":
    """Return the template environment of a package.

    Raises MissingLibraryError if Jinja2 is not installed; `what` names the output that needs it, and `where` the option
    that requested the output.
    """
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
