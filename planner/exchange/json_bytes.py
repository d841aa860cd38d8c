"""Exchanged files as JSON: objects without empty fields, and the bytes, the same for the same content everywhere."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

Json = dict[str, Any]

# The encoder gives a few characters at a time.
_PARTS_IN_A_PIECE = 10_000


def without_nothing(parts: Json) -> Json:
    """An object without the fields that hold nothing."""
    return {name: value for name, value in parts.items() if value is not None}


def json_bytes(document: Json) -> Iterator[bytes]:
    """A document in UTF-8, text as it stands, each part on a line of its own; in pieces, for some are large."""
    parts = json.JSONEncoder(ensure_ascii=False, indent=1, allow_nan=False).iterencode(document)
    while piece := "".join(islice(parts, _PARTS_IN_A_PIECE)):
        yield piece.encode()
    yield b"\n"
