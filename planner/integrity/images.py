"""A live row as the bytes that its image in the log has: most rows are compared by one look at two byte strings.

Two different cells never have the same image. What is stored in another form than the program's, such as bytes in a
column of texts or a document that names a field twice, has an image that no event has.
"""

import json
from json.encoder import encode_basestring as quoted  # as canonical JSON writes a text
from math import isfinite
from typing import Any

from sqlalchemy import JSON, Boolean, ColumnElement, Date, LargeBinary, Table, type_coerce
from sqlalchemy.types import NullType

from planner.db.dialects import NOT_AS_WRITTEN, as_stored, date_in_log, instant_in_log
from planner.fingerprints import canonical_json
from planner.models import Instant

# A flag as it is stored: SQLite has no others than 1 and 0, which are equal to true and false.
_FLAGS = {1: "true", 0: "false"}

# The key of what stands in an image for a value in another form than the program's.
_ODD = "not as written"


class Images:
    """What has to be read of a table's rows, and the images of what was read."""

    def __init__(self, table: Table, dialect: str) -> None:
        columns = sorted(table.columns, key=lambda column: column.name)
        self.names = [column.name for column in columns]
        self.columns = [_as_logged(dialect, column) for column in columns]
        self._documents = [at for at, column in enumerate(columns) if isinstance(column.type, JSON)]
        self._binary = [at for at, column in enumerate(columns) if isinstance(column.type, LargeBinary)]
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
        for at in self._binary:
            written[at] = _in_hexadecimal(values[at])
        for at in self._flags:
            written[at] = _FLAGS.get(values[at], written[at])
        return (self._form % tuple(written)).encode("utf-8", "replace")


def _as_logged(dialect: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """What gives a column's value as it stands in an event."""
    if isinstance(column.type, Instant):
        return instant_in_log(dialect, column)
    if isinstance(column.type, Date):
        return date_in_log(dialect, column)
    if isinstance(column.type, Boolean):
        return type_coerce(column, NullType())
    # Nothing is converted, for what is no JSON any more has to be compared too.
    return as_stored(dialect, column) if isinstance(column.type, JSON) else type_coerce(column, NullType())


def _written(value: Any) -> str:
    """A value that is no text, in a column of texts or numbers, as canonical JSON."""
    kind = type(value)
    if kind is int or (kind is float and isfinite(value)):
        return repr(value)
    return _odd(value) if kind is bytes or kind is float else canonical_json(value).decode()


def _in_hexadecimal(value: Any) -> str:
    return "null" if value is None else f'"{value.hex()}"' if type(value) is bytes else _odd(value)


def _rewritten(document: Any) -> str:
    """A stored JSON document in canonical form; what is none, or could be read in two ways, is odd."""
    if document is None:
        return "null"
    try:
        value = json.loads(document)
        return canonical_json(value).decode() if json.dumps(value) == document else _odd(document)
    except (ValueError, TypeError, RecursionError):
        return _odd(document)


def _odd(value: Any) -> str:
    """What stands for a value that the program would not have stored so: no event has an object in its place."""
    return f'{{"{_ODD}":{quoted(repr(value))}}}'


def odd_value(value: Any) -> str | None:
    """What the database holds where a value of an image stands for one that is not in the program's form; else None."""
    if isinstance(value, dict) and value.keys() == {_ODD}:
        return str(value[_ODD])
    return value[len(NOT_AS_WRITTEN) :] if isinstance(value, str) and value.startswith(NOT_AS_WRITTEN) else None
