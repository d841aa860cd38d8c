"""The small parts of an OSCAL document: properties, entries of a mapping, gap summaries, and titles."""

from collections.abc import Iterable

from planner.base.visible_text import one_line
from planner.exchange.json_bytes import Json, without_nulls
from planner.exchange.markdown import escaped
from planner.exchange.names import VOCABULARY


def prop(
    name: str, value: str | None, *, group: str | None = None, kind: str | None = None, remarks: str | None = None
) -> Json | None:
    """Return a property in our own namespace, or None if there is no value.

    `kind` is the property's class. `group` is the key of the thing that the property describes, if that is not its
    parent.
    """
    line = one_line(value) if value else ""
    if not line:
        return None
    parts = {"name": name, "ns": VOCABULARY, "value": line, "class": kind, "group": group}
    return without_nulls({**parts, "remarks": escaped(remarks) if remarks else None})


def props(*given: Json | None) -> list[Json] | None:
    """Return the properties that are not None.

    Return None if there are none, because OSCAL does not allow an empty list.
    """
    return [one for one in given if one is not None] or None


def entry(key: str, *properties: Json | None) -> Json:
    """Return one end of a mapping.

    OSCAL knows only controls and statements. The entry's resource says what kind of thing it really is.
    """
    return without_nulls({"type": "control", "id-ref": key, "props": props(*properties)})


def gap_summary(uuid: str, keys: Iterable[str]) -> Json | None:
    """Return the summary of a resource's unmapped entries, or None if there are none."""
    unmapped = list(keys)
    return {"uuid": uuid, "unmapped-controls": [{"with-ids": unmapped}]} if unmapped else None


def title_line(text: str) -> str:
    """Return a title in the form that OSCAL requires, a single line of Markdown."""
    return escaped(one_line(text))
