"""Check the bytes of an event against the columns of its row.

An event has only one valid encoding (docs/audit-log.md). The columns therefore determine all bytes of an event except
the row's values (its image) and, in a few events, the reason and the person on whose behalf the change was made.
Rebuilding these bytes and comparing them is much faster than parsing JSON, and it covers every byte. The image is
compared when the log is replayed. Events with a reason or an earlier image are parsed as a whole.
"""

import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from json.encoder import encode_basestring as quoted  # as canonical JSON writes a text
from typing import Any, NamedTuple

from planner.base.fingerprints import canonical_json
from planner.integrity.problems import ProblemKind
from planner.store.journal import FIRST_FORMAT, FORMAT

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

# The fields of an event, by the format that the event names.
FIELDS_OF = {FIRST_FORMAT: FIELDS, FORMAT: FIELDS | {"write"}}


class StoredEvent(NamedTuple):
    """A row of the log as the database returns it. The instant is text, in the format of the event's bytes."""

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
    """Whether an event's bytes are exactly the JSON that its columns give. The image of the row is not compared.

    Only an event that adds a row and has no reason can pass. Every other event must be parsed to check it. `event` has
    the fields of StoredEvent, and `previous` is the leaf of the event before it, in hexadecimal.
    """
    seq, recorded_at, actor, action, table, row, label, body, _, _, write = event
    link = "null" if previous is None else f'"{previous}"'
    try:
        form, last_field = (FIRST_FORMAT, "") if write is None else (FORMAT, f',"write":{quoted(write)}')
        # docs/decisions/0063: 2 microseconds per event, in place of 14 for reading JSON.
        head = _head(action, actor)
        tail = (
            f',"before":null,"format":"{form}","label":{quoted(label)},"on_behalf_of":null,"previous":{link},'
            f'"reason":null,"recorded_at":{quoted(recorded_at)},"row":{row:d},"seq":{seq:d},"table":{quoted(table)}'
            f"{last_field}}}"
        ).encode()
        # The image must have one closing brace, as its last byte. Then it is a single object with nothing after it.
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
    """Return the first bytes of an event.

    The result is cached, because few combinations of action and actor occur.
    """
    return f'{{"action":{quoted(action)},"actor":{quoted(actor)},"after":'.encode()


def image_of(body: bytes) -> bytes:
    """Return the bytes of the row's values (its image) in an event that `is_as_written` has accepted."""
    start = body.index(AFTER) + len(AFTER)
    return body[start : body.index(BEFORE, start)]


def read_body(body: bytes) -> dict[str, Any] | None:
    """Parse an event's bytes. Return its fields, or None if the bytes are not a canonical event."""
    try:
        fields = json.loads(body)
        as_written = isinstance(fields, dict) and canonical_json(fields) == body
    except (ValueError, RecursionError):
        return None
    return fields if as_written and fields.keys() == FIELDS_OF.get(fields.get("format")) else None


def body_faults(event: StoredEvent, previous: str | None) -> Iterator[tuple[ProblemKind, str]]:
    """Parse an event and yield what is wrong with its bytes: the kind of problem and a sentence."""
    fields = read_body(event.body)
    if fields is None:
        yield ProblemKind.FORM, "its bytes are not an event in the form that planner writes"
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
        yield ProblemKind.LINK, "its bytes do not refer to the event before it"
