"""By which write a cell of the items came to say what it says: found by looking at the week as known after each."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from planner.queries.writes_since import Span, Write, read_writes
from planner.weekly.reading import WeeklyRow, WeekReading
from planner.weekly.sections.items import ITEMS
from planner.weekly.table import Value

# A cell by the code of its item and the name of its column.
Cell = tuple[str, str]

# Per write, by its instant, how some items stood after it.
_Course = Mapping[datetime, Mapping[str, WeeklyRow]]

_COLUMNS = {column.name: column for column in ITEMS.columns}


def value_of(row: WeeklyRow | None, column: str) -> Value:
    """What a row says; nothing where the item was not there."""
    return None if row is None else _COLUMNS[column].read(row)


def writes_behind(early: WeekReading, late: WeekReading, cells: Sequence[Cell]) -> dict[Cell, Write]:
    """The last write that changed each cell between two readings of a week; where none can be named the cell is absent.

    Where a single write bears on an item it is that one. Where there are several, the item is read as known after each.
    """
    first, last = _by_code(early.rows), _by_code(late.rows)
    codes = sorted({code for code, _ in cells})
    ids = {code: (last.get(code) or first[code]).item.id for code in codes}
    span = Span(early.instance.known_at, late.instance.known_at, late.instance.as_of)
    of_items = read_writes(late.session, list(ids.values()), span)
    writes = {code: of_items[item] for code, item in ids.items()}
    course = _course(early, {code: several for code, several in writes.items() if len(several) > 1})
    found: dict[Cell, Write] = {}
    for code, column in cells:
        write = _last_change(writes[code], course, code, column, first.get(code))
        if write is not None:
            found[code, column] = write
    return found


def _by_code(rows: Sequence[WeeklyRow]) -> dict[str, WeeklyRow]:
    return {row.item.code: row for row in rows}


def _course(reading: WeekReading, writes: Mapping[str, Sequence[Write]]) -> _Course:
    """How items stood after each of the writes that bear on them."""
    touched: dict[datetime, list[str]] = defaultdict(list)
    for code, some in writes.items():
        for write in some:
            touched[write.recorded_at].append(code)
    return {instant: _by_code(reading.as_known(instant).rows_of(codes)) for instant, codes in touched.items()}


def _last_change(
    writes: Sequence[Write], course: _Course, code: str, column: str, first: WeeklyRow | None
) -> Write | None:
    if len(writes) == 1:
        return writes[0]
    found, said = None, value_of(first, column)
    for write in writes:
        says = value_of(course[write.recorded_at].get(code), column)
        if says != said:
            found, said = write, says
    return found
