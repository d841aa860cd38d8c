"""What two fillings of a section say differently: rows by their key, cells by their column. Pure.

The same week as known at two instants gives the late corrections; two weeks give what moved between them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from planner.weekly.csv_file import LIST_SEPARATOR
from planner.weekly.table import Column, Filled, Row, Section, Value

Key = tuple[Value, ...]


class Kind(StrEnum):
    """What became of a row, or of a cell of it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """A row that only one filling has (`column` is None, and so are both values), or a cell that says otherwise.

    `section` is the section's name, `key` the values of its key columns, `column` the name of the cell's column.
    """

    section: str
    key: Key
    column: str | None
    kind: Kind
    before: Value = None
    after: Value = None

    @property
    def identity(self) -> str:
        """What tells the row from the others of its section, as one text."""
        return " ".join(str(value) for value in self.key)


def differences(before: Filled[Row], after: Filled[Row]) -> list[Difference]:
    """What the later filling says otherwise: rows added and cells changed in its order, then the rows it lacks.

    A cell counts as changed where the values that files show differ. The columns that are the same in every row (week,
    day, kind of data) are not compared. Raises ValueError where the two are not fillings of one section.
    """
    section = after.section
    if before.section.name != section.name:
        raise ValueError(f"'{before.section.name}' and '{section.name}' are two sections")
    earlier, later = _by_key(before), _by_key(after)
    found: list[Difference] = []
    for key, row in later.items():
        if key in earlier:
            found.extend(_changed(section, key, earlier[key], row))
        else:
            found.append(Difference(section.name, key, None, Kind.ADDED))
    found.extend(Difference(section.name, key, None, Kind.REMOVED) for key in earlier if key not in later)
    return found


def in_words(value: Value) -> str | None:
    """A cell's value as one text, as the CSV has it (but for what neutralises formulas); None stays None."""
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value) or None
    return None if value is None else str(value)


def _by_key(filled: Filled[Row]) -> dict[Key, Row]:
    columns = key_columns(filled.section)
    return {tuple(column.read(row) for column in columns): row for row in filled.rows}


def key_columns(section: Section[Row]) -> tuple[Column[Any], ...]:
    """The columns that tell a row from the others of its section, in the order of its key."""
    named = {column.name: column for column in section.columns}
    return tuple(named[name] for name in section.key)


def _changed(section: Section[Row], key: Key, before: Row, after: Row) -> Iterator[Difference]:
    for column in section.columns:
        said, says = column.read(before), column.read(after)
        if said != says:
            yield Difference(section.name, key, column.name, Kind.CHANGED, said, says)
