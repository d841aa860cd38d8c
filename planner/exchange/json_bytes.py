"""Exchanged files as JSON: objects without empty fields, and the bytes, the same for the same content everywhere."""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from planner.visible_text import json_escaped

Json = dict[str, Any]

# The encoder gives a few characters at a time.
_PARTS_IN_A_PIECE = 10_000


def without_nothing(parts: Json) -> Json:
    """An object without the fields that hold nothing."""
    return {name: value for name, value in parts.items() if value is not None}


def json_bytes(document: Json) -> Iterator[bytes]:
    """A document in UTF-8, each part on a line of its own; in pieces, for some are large.

    What would act unseen is written as its number, which is the same data.
    """
    parts = json.JSONEncoder(ensure_ascii=False, indent=1, allow_nan=False).iterencode(document)
    while piece := "".join(islice(parts, _PARTS_IN_A_PIECE)):
        yield json_escaped(piece).encode()
    yield b"\n"
