"""A live row as the bytes that its image in the log has: most rows are compared by one look at two byte strings."""

import json
from json.encoder import encode_basestring as quoted  # as canonical JSON writes a text
from typing import Any

from sqlalchemy import JSON, Boolean, ColumnElement, Date, Dialect, Table, Text, cast, type_coerce
from sqlalchemy.types import NullType

from planner.db.dialects import date_in_log, instant_in_log
from planner.fingerprints import canonical_json
from planner.models import Instant

# A flag as it is stored: SQLite has no others than 1 and 0, which are equal to true and false.
_FLAGS = {1: "true", 0: "false"}


class Images:
    """What has to be read of a table's rows, and the images of what was read."""

    def __init__(self, table: Table, dialect: Dialect) -> None:
        columns = sorted(table.columns, key=lambda column: column.name)
        self.names = [column.name for column in columns]
        self.columns = [_as_logged(dialect, column) for column in columns]
        self._documents = [at for at, column in enumerate(columns) if isinstance(column.type, JSON)]
        self._flags = [at for at, column in enumerate(columns) if isinstance(column.type, Boolean)]
        self._form = "{" + ",".join(f'"{name}":%s' for name in self.names) + "}"

    def image(self, values: tuple[Any, ...]) -> bytes:
        """The canonical JSON of a row."""
        # Texts and nothing at all, which most values are, without a call.
        written = [
            quoted(value) if type(value) is str else "null" if value is None else _written(value) for value in values
        ]
        for at in self._documents:
            written[at] = _rewritten(values[at])
        for at in self._flags:
            written[at] = _FLAGS.get(values[at], written[at])
        return (self._form % tuple(written)).encode("utf-8", "replace")


def _as_logged(dialect: Dialect, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """What gives a column's value as it stands in an event."""
    if isinstance(column.type, Instant):
        return instant_in_log(dialect, column)
    if isinstance(column.type, Date):
        return date_in_log(dialect, column)
    if isinstance(column.type, Boolean):
        return type_coerce(column, NullType())
    # As text, for what is no JSON any more has to be compared too.
    return cast(column, Text) if isinstance(column.type, JSON) else column


def _written(value: Any) -> str:
    """A value that is no text as canonical JSON."""
    kind = type(value)
    if kind is int or kind is float:
        return repr(value)
    return canonical_json(value.hex() if kind is bytes else value).decode()


def _rewritten(document: str | None) -> str:
    """A stored JSON document in canonical form; what is none is taken as a text."""
    if document is None:
        return "null"
    try:
        return canonical_json(json.loads(document)).decode()
    except ValueError:
        return quoted(document)
