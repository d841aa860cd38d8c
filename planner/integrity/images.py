"""Convert a table row into the bytes that its last event should contain, so that most rows are compared byte by byte.

These bytes are called the image of the row. Two different values never have the same image. A value that is stored in
another format than the program's, such as bytes in a text column or JSON that names a key twice, has an image that no
event has.
"""

import json
from collections.abc import Sequence
from json.encoder import encode_basestring as quoted  # as canonical JSON writes a text
from math import isfinite
from typing import Any

from sqlalchemy import JSON, Boolean, ColumnElement, Date, LargeBinary, Table, type_coerce
from sqlalchemy.types import NullType

from planner.base.fingerprints import canonical_json
from planner.store.dialects import NOT_AS_WRITTEN, as_stored, date_in_log, instant_in_log
from planner.store.models import Instant

# Booleans as stored. SQLite has 1 and 0, which in Python are equal to True and False.
_FLAGS = {1: "true", 0: "false"}

# The key of the object that replaces a value stored in another format than the program's.
_ODD = "not as written"


class Images:
    """The columns to read from a table, and the images of the rows that were read."""

    def __init__(self, table: Table, dialect: str) -> None:
        columns = sorted(table.columns, key=lambda column: column.name)
        self.names = [column.name for column in columns]
        self.columns = [_logged_form(dialect, column) for column in columns]
        self._documents = [at for at, column in enumerate(columns) if isinstance(column.type, JSON)]
        self._binary = [at for at, column in enumerate(columns) if isinstance(column.type, LargeBinary)]
        self._flags = [at for at, column in enumerate(columns) if isinstance(column.type, Boolean)]
        self._form = _form(self.names)
        self._older: dict[frozenset[str], tuple[str, list[int]]] = {}

    def image(self, values: Sequence[Any], missing: frozenset[str] = frozenset()) -> bytes:
        """Return the image of a row: its values as canonical JSON, without those of the `missing` columns."""
        # Most values are text, None or whole numbers. They are handled without a function call, which is faster.
        written = [
            quoted(value)
            if type(value) is str
            else "null"
            if value is None
            else repr(value)
            if type(value) is int
            else _canonical(value)
            for value in values
        ]
        for at in self._documents:
            written[at] = _canonical_document(values[at])
        for at in self._binary:
            written[at] = _in_hexadecimal(values[at])
        for at in self._flags:
            written[at] = _FLAGS.get(values[at], written[at])
        if not missing:
            return (self._form % tuple(written)).encode("utf-8", "replace")
        form, present = self._without(missing)
        return (form % tuple([written[at] for at in present])).encode("utf-8", "replace")

    def _without(self, missing: frozenset[str]) -> tuple[str, list[int]]:
        """Return the form of an image without some columns, and the positions of the other columns."""
        if missing not in self._older:
            present = [at for at, name in enumerate(self.names) if name not in missing]
            self._older[missing] = _form([self.names[at] for at in present]), present
        return self._older[missing]


def _form(names: Sequence[str]) -> str:
    return "{" + ",".join(f'"{name}":%s' for name in names) + "}"


def _logged_form(dialect: str, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return the SQL expression that gives a column's value in the format of an event."""
    if isinstance(column.type, Instant):
        return instant_in_log(dialect, column)
    if isinstance(column.type, Date):
        return date_in_log(dialect, column)
    if isinstance(column.type, Boolean):
        return type_coerce(column, NullType())
    # JSON is read without conversion, because a value that is no longer valid JSON must be compared too.
    return as_stored(dialect, column) if isinstance(column.type, JSON) else type_coerce(column, NullType())


def _canonical(value: Any) -> str:
    """Return a value that is neither text nor None as canonical JSON."""
    kind = type(value)
    if kind is int or (kind is float and isfinite(value)):
        return repr(value)
    return _odd(value) if kind is bytes or kind is float else canonical_json(value).decode()


def _in_hexadecimal(value: Any) -> str:
    return "null" if value is None else f'"{value.hex()}"' if type(value) is bytes else _odd(value)


def _canonical_document(document: Any) -> str:
    """Return a JSON document in canonical form. An invalid or ambiguous document is replaced by `_odd`."""
    if document is None:
        return "null"
    try:
        value = json.loads(document)
        return canonical_json(value).decode() if json.dumps(value) == document else _odd(document)
    except (ValueError, TypeError, RecursionError):
        return _odd(document)


def _odd(value: Any) -> str:
    """Return a replacement for a value that is stored in another form than the program's.

    The replacement is a JSON object, which no event has in this place, so it always counts as a difference.
    """
    return f'{{"{_ODD}":{quoted(repr(value))}}}'


def odd_value(value: Any) -> str | None:
    """Return the stored value as text if `_odd` replaced it in an image, otherwise None."""
    if isinstance(value, dict) and value.keys() == {_ODD}:
        return str(value[_ODD])
    return value[len(NOT_AS_WRITTEN) :] if isinstance(value, str) and value.startswith(NOT_AS_WRITTEN) else None
