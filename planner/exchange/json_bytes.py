"""Exchanged files as JSON: objects without empty fields, and the bytes, the same for the same content everywhere."""

import json
from collections.abc import Iterator
from typing import Any

Json = dict[str, Any]


def without_nothing(parts: Json) -> Json:
    """An object without the fields that hold nothing."""
    return {name: value for name, value in parts.items() if value is not None}


def json_bytes(document: Json) -> Iterator[bytes]:
    """A document in UTF-8, text as it stands, each part on a line of its own."""
    yield json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False).encode()
    yield b"\n"
