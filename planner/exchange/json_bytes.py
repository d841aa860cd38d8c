"""Write exported files as JSON: objects without empty fields, and the same bytes for the same content."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from planner.base.visible_text import json_escaped

Json = dict[str, Any]

# The number of encoder pieces joined into one piece of output. The encoder yields a few characters at a time.
_PARTS_IN_A_PIECE = 10_000


def without_nulls(parts: Json) -> Json:
    """Return an object without the fields that are None."""
    return {name: value for name, value in parts.items() if value is not None}


def json_bytes(document: Json) -> Iterator[bytes]:
    """Yield a document as JSON in UTF-8, indented, in pieces, because some documents are large.

    Invisible characters are written as escapes, which represent the same data.
    """
    parts = json.JSONEncoder(ensure_ascii=False, indent=1, allow_nan=False).iterencode(document)
    while piece := "".join(islice(parts, _PARTS_IN_A_PIECE)):
        yield json_escaped(piece).encode()
    yield b"\n"
