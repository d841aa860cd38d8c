"""Write exported files as JSON: objects without empty fields, and the same bytes for the same content."""

from collections.abc import Callable, Iterator
from typing import Any

from planner.tables.json_form import encoded_pieces

Json = dict[str, Any]


def without_nulls(parts: Json) -> Json:
    """Return an object without the fields that are None."""
    return {name: value for name, value in parts.items() if value is not None}


def json_bytes(document: Json, default: Callable[[Any], Any] | None = None) -> Iterator[bytes]:
    """Yield a document as JSON in UTF-8, indented, in pieces, because some documents are large.

    `default` converts what JSON cannot hold, such as the rows of a table, when it is written.
    """
    for piece in encoded_pieces(document, indent=1, default=default):
        yield piece.encode()
    yield b"\n"
