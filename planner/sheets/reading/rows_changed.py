"""Rows that a table of a status sheet no longer has, copies of its sheet, and cells that were merged."""

from collections.abc import Container, Mapping, Sequence

from planner.base.language import tr, tr_count
from planner.base.listing import listed
from planner.intake.sheets import Row, Sheet, letters_of
from planner.sheets.areas import REPORTS, Area
from planner.sheets.reading.cell_values import plain_text
from planner.sheets.reading.filled import FilledSheet


def note_removed(found: FilledSheet, sheet: Sheet, area: Area, seen: Container[str]) -> None:
    """Note the rows that were sent out and did not come back. `seen` are the marks of those that did."""
    marks = found.identity.marks(area.key)
    removed = [name for mark, name in marks.items() if mark not in seen]
    if not removed:
        return
    if area is REPORTS:
        what = tr_count(
            "{count:,} item of this sheet has no row: {names}. It stays in the plan as it is",
            "{count:,} items of this sheet have no row: {names}. They stay in the plan as they are",
            len(removed),
            names=listed(removed),
        )
    else:
        what = tr_count(
            "{count:,} row of this sheet was removed: {names}. It stays in the plan as it is",
            "{count:,} rows of this sheet were removed: {names}. They stay in the plan as they are",
            len(removed),
            names=listed(removed),
        )
    found.remark(sheet.place(), "", what)


def note_copies(found: FilledSheet, sheets: Sequence[Sheet]) -> None:
    """Note the sheets that have the same table as the first one. Programs make such a copy with one wrong key."""
    first, *copies = sheets
    for sheet in copies:
        what = tr("this sheet has the same table as the sheet '{name}', and its entries count too", name=first.name)
        found.remark(sheet.place(), "", what, tr("If one of them is an earlier version, remove it"))


def note_merged(found: FilledSheet, sheet: Sheet, head: Row, columns: Mapping[str, int]) -> None:
    """Note the merged cells of a table. Only the first of them has a value, so it counts for one row or column."""
    numbers = {number + 1 for number in columns.values()}
    for block in sheet.merged:
        covered = numbers & set(range(block.first_column, block.last_column + 1))
        if covered and block.last_row > head.number:
            value = _value_at(sheet, block.first_row, block.first_column)
            what = tr(
                "the cells {first} to {last} are merged, so what is in them counts for the cell {first} only",
                first=_name(block.first_column, block.first_row),
                last=_name(block.last_column, block.last_row),
            )
            do = tr("Split the cells, and write in each cell what is meant for it")
            found.remark(sheet.place(block.first_row, block.first_column), value, what, do)


def _name(column: int, row: int) -> str:
    return f"{letters_of(column)}{row}"


def _value_at(sheet: Sheet, number: int, column: int) -> str:
    row = next((row for row in sheet.rows if row.number == number), None)
    return plain_text(row.values[column - 1]) if row is not None and column <= len(row.values) else ""
