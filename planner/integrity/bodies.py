"""An event's bytes, held against what its columns say.

There is one way to write an event (docs/audit-log.md), so its columns say every byte of it but the row's image, and the
reason and on whose behalf, which most events have not. Those are put together anew and compared, which takes a fraction
of the time of reading JSON and leaves no byte unlooked at; the image is compared when the log is replayed. Any other
event is read as a whole.
"""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from json.encoder import encode_basestring as quoted  # as canonical JSON writes a text
from typing import Any, NamedTuple

from planner.fingerprints import canonical_json
from planner.integrity.problems import ProblemKind
from planner.journal import FIRST_FORMAT, FORMAT

AFTER = b',"after":'
BEFORE = b',"before":'

FIELDS = frozenset(
    (
        "format",
        "seq",
        "recorded_at",
        "actor",
        "on_behalf_of",
        "action",
        "table",
        "row",
        "label",
        "before",
        "after",
        "reason",
        "previous",
    )
)

# The fields of an event, by the form it says it has.
FIELDS_OF = {FIRST_FORMAT: FIELDS, FORMAT: FIELDS | {"write"}}


class StoredEvent(NamedTuple):
    """A row of the log as the database gives it; the instant as the bytes have it."""

    seq: Any
    recorded_at: Any
    actor: Any
    action: Any
    table_name: Any
    row_id: Any
    label: Any
    body: Any
    leaf: Any
    previous_leaf: Any
    write_id: Any


def is_as_written(event: Sequence[Any], previous: str | None) -> bool:
    """Whether the bytes are, image aside, what the columns say, of an event that adds a row and gives no reason.

    The event is what a StoredEvent holds, as it came from the database; `previous` is the leaf of the event before it,
    in hexadecimal. False says nothing but that the event has to be read.
    """
    seq, recorded_at, actor, action, table, row, label, body, _, _, write = event
    link = "null" if previous is None else f'"{previous}"'
    try:
        form, last_field = (FIRST_FORMAT, "") if write is None else (FORMAT, f',"write":{quoted(write)}')
        head = _head(action, actor)
        tail = (
            f',"before":null,"format":"{form}","label":{quoted(label)},"on_behalf_of":null,"previous":{link},'
            f'"reason":null,"recorded_at":{quoted(recorded_at)},"row":{row:d},"seq":{seq:d},"table":{quoted(table)}'
            f"{last_field}}}"
        ).encode()
        # One closing brace, its last byte: then the image is one object, and nothing was put in after it.
        last = len(body) - len(tail) - 1
        return bool(
            body.startswith(head)
            and body.endswith(tail)
            and body.find(b"{", len(head)) == len(head)
            and body.find(b"}", len(head)) == last
        )
    except (AttributeError, TypeError, ValueError):
        return False


@lru_cache(maxsize=1_000)
def _head(action: str, actor: str) -> bytes:
    """How the events of somebody's writes of a sort begin: few ways, met over and over."""
    return f'{{"action":{quoted(action)},"actor":{quoted(actor)},"after":'.encode()


def image_of(body: bytes) -> bytes:
    """The bytes of the row's image in an event that was found to be as written."""
    start = body.index(AFTER) + len(AFTER)
    return body[start : body.index(BEFORE, start)]


def read_body(body: bytes) -> dict[str, Any] | None:
    """An event's fields, where its bytes are an event in the one form it has; else None."""
    try:
        fields = json.loads(body)
        as_written = isinstance(fields, dict) and canonical_json(fields) == body
    except (ValueError, RecursionError):
        return None
    return fields if as_written and fields.keys() == FIELDS_OF.get(fields.get("format")) else None


def troubles(event: StoredEvent, previous: str | None) -> Iterator[tuple[ProblemKind, str]]:
    """What is wrong with an event's bytes, read as a whole: each a kind and a sentence."""
    fields = read_body(event.body)
    if fields is None:
        yield ProblemKind.FORM, "its bytes are not an event as the program writes one"
        return
    copies = {
        "seq": event.seq,
        "recorded_at": event.recorded_at,
        "actor": event.actor,
        "action": event.action,
        "table": event.table_name,
        "row": event.row_id,
        "label": event.label,
        "write": event.write_id,
    }
    for name, copy in copies.items():
        if fields.get(name) != copy:
            yield ProblemKind.COPY, f"its column for '{name}' says {copy!r}, and its bytes {fields.get(name)!r}"
    if fields["previous"] != previous:
        yield ProblemKind.LINK, "its bytes do not name the event before it"
