"""What a status sheet shows outside its yellow cells. The hidden sheet keeps it, so that changes of it can be told."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from planner.base.language import tr_later
from planner.domain.symbols import SIMULATED
from planner.sheets import guide
from planner.sheets.areas import HIDDEN, KEY, Area
from planner.sheets.content import StatusSheet
from planner.sheets.identity import Identity, one_text
from planner.sheets.rows import CellValue, TableRow
from planner.weekly.workbook.texts import cell_text

# Columns whose cells say which row a row is. They are compared when the row is looked up.
_OF_THE_ROW = (*HIDDEN, "code", "number")


def with_shown(sheet: StatusSheet, tables: Mapping[Area, Sequence[TableRow]]) -> Identity:
    """Return the identity of a sheet with the texts of its grey cells and those outside its tables."""
    shown = {(area.key, str(row.values[KEY])): _texts(row) for area, rows in tables.items() for row in rows}
    around = dict.fromkeys(one_text(cell_text(text)) for text in _around(sheet, tables))
    return replace(sheet.identity, shown=shown, around=tuple(around))


def _texts(row: TableRow) -> dict[str, str]:
    return {name: _text(value) for name, value in row.values.items() if name not in _OF_THE_ROW}


def _text(value: CellValue) -> str:
    return value.isoformat() if isinstance(value, date) else one_text(cell_text(str(value)))


def _around(sheet: StatusSheet, areas: Mapping[Area, object]) -> Iterator[str]:
    yield guide.title(sheet)
    yield tr_later(SIMULATED)
    for fact in guide.facts(sheet):
        yield from fact
    yield guide.heading()
    yield from guide.instructions()
    yield guide.hint()
    yield from (guide.table_title(sheet, area) for area in areas)
