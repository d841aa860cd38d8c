"""JSON in documented, versioned forms, for the output of commands and for files (docs/json.md)."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from itertools import islice
from types import MappingProxyType
from typing import Any, Protocol

from planner.base.visible_text import json_escaped

# The version of the JSON forms (docs/json.md). It increases when a field is renamed or removed, or changes its meaning.
JSON_VERSION = 1

# The kinds of documents that have a later version. docs/json.md says when one gets a new version.
LATER_VERSIONS = {"overview": 2}


# The number of encoder pieces joined into one piece of output. The encoder yields a few characters at a time.
_PARTS_IN_A_PIECE = 10_000

# Metadata for a dataclass field that is not included in JSON.
NOT_IN_JSON: Mapping[str, bool] = MappingProxyType({"in_json": False})


class PlanHead(Protocol):
    """The facts about a plan that begin each JSON document about this plan."""

    @property
    def key(self) -> str:
        """The plan's key, a short name that identifies it."""

    @property
    def simulated(self) -> bool:
        """Whether the plan's data is simulated."""


def json_text(kind: str, content: Any, plan: PlanHead | None = None) -> str:
    """Return a JSON document with its kind, version and content, and with the plan if one is given.

    The plan is given by its key and by whether its data is simulated. Invisible characters that would affect a terminal
    or an editor are escaped, which does not change the data.
    """
    return "".join(json_pieces(kind, content, plan))


def json_pieces(kind: str, content: Any, plan: PlanHead | None = None) -> Iterator[str]:
    """Yield the same document in pieces. Each value is converted when it is written: documents can be large."""
    head: dict[str, Any] = {"kind": f"planner-{kind}", "version": LATER_VERSIONS.get(kind, JSON_VERSION)}
    if plan is not None:
        head |= {"plan": plan.key, "simulated": plan.simulated}
    return encoded_pieces({**head, kind: content}, indent=2, default=_converted)


def encoded_pieces(document: Any, *, indent: int, default: Callable[[Any], Any] | None = None) -> Iterator[str]:
    """Yield a document as JSON, in pieces. `default` converts what JSON cannot hold, when it is written.

    Invisible characters are written as escapes, which represent the same data.
    """
    encoder = json.JSONEncoder(ensure_ascii=False, indent=indent, default=default)
    parts = encoder.iterencode(document)
    while piece := "".join(islice(parts, _PARTS_IN_A_PIECE)):
        yield json_escaped(piece)


def in_utc(instant: datetime) -> str:
    """Return an instant in UTC, in ISO 8601 with Z."""
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def json_value(value: Any) -> Any:
    """Convert a value to one that JSON can hold.

    Dataclasses become objects and enum members become text. Dates and instants are written in ISO 8601.
    """
    if isinstance(value, list | tuple):
        return [json_value(part) for part in value]
    converted = _converted(value)
    if isinstance(converted, dict):
        return {name: json_value(part) for name, part in converted.items()}
    return converted


def _converted(value: Any) -> Any:
    """Convert a value as `json_value` does, but not what it contains."""
    if is_dataclass(value) and not isinstance(value, type):
        shown = (field.name for field in fields(value) if field.metadata.get("in_json", True))
        return {name: getattr(value, name) for name in shown}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return in_utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(json_value(key)): part for key, part in value.items()}
    return value
