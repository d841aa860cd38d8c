"""Loading the templates of a page. All inserted data is escaped, because data is never markup."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from planner.base.visible_text import visible
from planner.domain.symbols import MADE_UP, SYMBOLS, TONES, words

# The number of template pieces joined into one piece of output. Jinja2 yields a few words at a time.
_PIECES = 200


def templates_of(package: str, **filters: Callable[..., Any]) -> Environment:
    """Return the template environment of a package: its own templates, and those that all pages share.

    `filters` are filters for the package's own templates, by name.
    """
    environment = Environment(
        loader=ChoiceLoader([PackageLoader(package), PackageLoader("planner.pages")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"visible": visible, "words": words, **filters}
    environment.globals |= {
        "made_up": MADE_UP,
        "symbols": {word: symbol for word, (symbol, _) in SYMBOLS.items()},
        "tones": {word: TONES.get(style, "") for word, (_, style) in SYMBOLS.items()},
    }
    return environment


def rendered(environment: Environment, template: str, variables: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield a page in pieces, because some pages are large."""
    stream = environment.get_template(template).stream(variables)
    stream.enable_buffering(_PIECES)
    return (piece.encode() for piece in stream)
