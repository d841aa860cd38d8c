"""Find the differences between the rows of a section in two weekly files. All functions are pure.

Rows are matched by key and cells by column. If both files are of the same week, as known at two instants, the
differences are late corrections. Otherwise they are the changes between two weeks.
"""

from collections.abc import Iterator
from enum import StrEnum

from planner.base.views import value_class
from planner.tables.columns import Row, Value
from planner.tables.table import Filled, Table

Key = tuple[Value, ...]


class Kind(StrEnum):
    """Whether a row was added or removed, or a cell of it was changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@value_class
class Difference:
    """A row that only one of the two files has, or a cell whose values differ.

    `section` is the name of the section, and `key` holds the values that identify the row. `column` is the name of the
    cell's column. For a whole row, `column`, `before` and `after` are None.
    """

    section: str
    key: Key
    column: str | None
    kind: Kind
    before: Value = None
    after: Value = None

    @property
    def identity(self) -> str:
        """The values of the row's key columns, joined into one text that is unique in the section."""
        return " ".join(str(value) for value in self.key)


def differences(before: Filled[Row], after: Filled[Row]) -> list[Difference]:
    """List the differences between a section in two files: added rows, changed cells, then removed rows.

    Added rows and changed cells are in the order of the later file. Values are compared as the files show them. The
    columns that are the same in every row (week, day, kind of data) are not compared. Raises ValueError if the two
    sections are not the same one.
    """
    table = after.table
    if before.table.name != table.name:
        raise ValueError(f"'{before.table.name}' and '{table.name}' are two sections")
    earlier, later = _by_key(before), _by_key(after)
    found: list[Difference] = []
    for key, row in later.items():
        if key in earlier:
            found.extend(_changed(table, key, earlier[key], row))
        else:
            found.append(Difference(table.name, key, None, Kind.ADDED))
    found.extend(Difference(table.name, key, None, Kind.REMOVED) for key in earlier if key not in later)
    return found


def _by_key(filled: Filled[Row]) -> dict[Key, Row]:
    columns = filled.table.key_columns
    return {tuple(column.read(row) for column in columns): row for row in filled.rows}


def _changed(table: Table[Row], key: Key, before: Row, after: Row) -> Iterator[Difference]:
    for column in table.columns:
        old, new = column.read(before), column.read(after)
        if old != new:
            yield Difference(table.name, key, column.name, Kind.CHANGED, old, new)
