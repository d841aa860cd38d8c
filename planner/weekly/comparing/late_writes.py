"""Find the write that gave a cell of the section `items` its value.

The week is read as it was known after each write that could have changed the item. Then the values are compared.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from planner.queries.history.writes_since import Span, Write, read_writes
from planner.tables.columns import Value
from planner.weekly.reading import ItemAndWeekBefore, WeekReading
from planner.weekly.sections.items import ITEMS

# Identifies a cell: the item's code and the column's name.
Cell = tuple[str, str]

# For the instant of each write, the rows of the affected items as known at that instant.
_RowsAfterWrites = Mapping[datetime, Mapping[str, ItemAndWeekBefore]]

_COLUMNS = {column.name: column for column in ITEMS.columns}


def value_of(row: ItemAndWeekBefore | None, column: str) -> Value:
    """Return the value of a row in a column, or None if there is no row."""
    return None if row is None else _COLUMNS[column].read(row)


def writes_behind(early: WeekReading, late: WeekReading, cells: Sequence[Cell]) -> dict[Cell, Write]:
    """Return, for each cell, the last write that changed it between two readings of the same week.

    A cell is absent from the result if no write can be named for it. If an item has only one write, that write is the
    result for its cells. If an item has several writes, its values after each write are compared.
    """
    first, last = _by_code(early.rows), _by_code(late.rows)
    codes = sorted({code for code, _ in cells})
    ids = {code: (last.get(code) or first[code]).item.id for code in codes}
    span = Span(early.instance.known_at, late.instance.known_at, late.instance.as_of)
    of_items = read_writes(late.session, list(ids.values()), span)
    writes = {code: of_items[item] for code, item in ids.items()}
    course = _rows_after_writes(early, {code: several for code, several in writes.items() if len(several) > 1})
    found: dict[Cell, Write] = {}
    for code, column in cells:
        write = _last_change(writes[code], course, code, column, first.get(code))
        if write is not None:
            found[code, column] = write
    return found


def _by_code(rows: Sequence[ItemAndWeekBefore]) -> dict[str, ItemAndWeekBefore]:
    return {row.item.code: row for row in rows}


def _rows_after_writes(reading: WeekReading, writes: Mapping[str, Sequence[Write]]) -> _RowsAfterWrites:
    """Return the rows of the items as they were known after each of the writes, by instant and item code."""
    touched: dict[datetime, list[str]] = defaultdict(list)
    for code, some in writes.items():
        for write in some:
            touched[write.recorded_at].append(code)
    return {instant: _by_code(reading.as_known(instant).rows_of(codes)) for instant, codes in touched.items()}


def _last_change(
    writes: Sequence[Write], course: _RowsAfterWrites, code: str, column: str, first: ItemAndWeekBefore | None
) -> Write | None:
    if len(writes) == 1:
        return writes[0]
    found, previous = None, value_of(first, column)
    for write in writes:
        value = value_of(course[write.recorded_at].get(code), column)
        if value != previous:
            found, previous = write, value
    return found
