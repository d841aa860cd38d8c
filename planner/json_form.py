"""JSON of a documented, versioned shape: what commands print for programs, and what files hold (docs/json.md)."""

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from planner.visible_text import json_escaped

if TYPE_CHECKING:
    from planner.queries.plans import PlanView

# The version of the JSON shapes (docs/json.md). It changes when a field is renamed, removed or means something else.
JSON_VERSION = 1


# The metadata of a dataclass's field that is no part of its JSON.
NOT_IN_JSON: Mapping[str, bool] = MappingProxyType({"in_json": False})


def json_text(kind: str, content: Any, plan: "PlanView | None" = None) -> str:
    """One JSON document: its kind and version, whether the data is simulated, and the content.

    What would act unseen in a terminal or an editor is written as its number, which is the same data.
    """
    head: dict[str, Any] = {"kind": f"planner-{kind}", "version": JSON_VERSION}
    if plan is not None:
        head |= {"plan": plan.key, "simulated": plan.simulated}
    return json_escaped(json.dumps({**head, kind: plain(content)}, ensure_ascii=False, indent=2))


def plain(value: Any) -> Any:
    """A value as JSON holds it: dataclasses as objects, words as text, dates and instants in ISO 8601."""
    if is_dataclass(value) and not isinstance(value, type):
        shown = (field.name for field in fields(value) if field.metadata.get("in_json", True))
        return {name: plain(getattr(value, name)) for name in shown}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(plain(key)): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    return value
