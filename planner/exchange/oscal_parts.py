"""The small parts that an OSCAL document is put together from: properties, items of a mapping, their values."""

from collections.abc import Iterable

from planner.exchange.json_bytes import Json, without_nothing
from planner.exchange.markdown import escaped
from planner.exchange.names import VOCABULARY
from planner.visible_text import one_line


def prop(
    name: str, value: str | None, *, group: str | None = None, kind: str | None = None, remarks: str | None = None
) -> Json | None:
    """A property in our own namespace; None where there is no value.

    `kind` is its class, `group` the key of what it is about, where that is not what holds it.
    """
    line = one_line(value) if value else ""
    if not line:
        return None
    parts = {"name": name, "ns": VOCABULARY, "value": line, "class": kind, "group": group}
    return without_nothing({**parts, "remarks": escaped(remarks) if remarks else None})


def props(*given: Json | None) -> list[Json] | None:
    """Some properties; None where none of them has a value: OSCAL knows no empty list."""
    return [one for one in given if one is not None] or None


def entry(key: str, *properties: Json | None) -> Json:
    """One end of a map. OSCAL has controls and statements only; what it is else stands in its resource."""
    return without_nothing({"type": "control", "id-ref": key, "props": props(*properties)})


def gap_summary(uuid: str, keys: Iterable[str]) -> Json | None:
    """The entries of a resource that are mapped to nothing; None where there are none."""
    unmapped = list(keys)
    return {"uuid": uuid, "unmapped-controls": [{"with-ids": unmapped}]} if unmapped else None


def title_line(text: str) -> str:
    """A title, which OSCAL holds as one line of Markdown."""
    return escaped(one_line(text))
