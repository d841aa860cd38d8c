"""Words that somebody wrote into a status sheet outside its tables. Nothing of them is read, so they are told."""

from collections.abc import Mapping, Sequence

from planner.base.language import tr
from planner.intake.sheets import Row, Sheet
from planner.sheets.identity import one_text
from planner.sheets.reading.cell_values import plain_text
from planner.sheets.reading.filled import FilledSheet
from planner.sheets.words import compared


def note_beside(found: FilledSheet, sheet: Sheet, head: Row, row: Row, columns: Mapping[str, int]) -> None:
    """Note the words in a row that stand beside the table, in a column that has no heading."""
    for number, value in enumerate(row.values):
        named = number in columns.values() or (number < len(head.values) and head.values[number] is not None)
        if value is None or named:
            continue
        what = tr("this cell is beside the table, in a column without a heading, so nothing of it is read")
        _note(found, sheet, row, number, what)


def note_around(found: FilledSheet, sheet: Sheet, rows: Sequence[Row]) -> None:
    """Note the words in rows without a table that the sheet did not have when it was sent out.

    The sheets of earlier versions of the program do not say which words they had.
    """
    known = {compared(text) for text in found.identity.around}
    cells = [(row, number, value) for row in rows for number, value in enumerate(row.values) if value is not None]
    new = [cell for cell in cells if compared(one_text(plain_text(cell[2]))) not in known]
    if not known or not new:
        return
    if len(new) == len(cells) and rows == sheet.rows:
        what = tr("the sheet '{name}' was not part of the status sheet, so nothing of it is read", name=sheet.name)
        found.remark(sheet.place(), "", what, tr("Move what should be reported to a yellow cell"))
        return
    for row, number, _ in new:
        what = tr("this cell was changed after the sheet was sent out, and nothing of it is read")
        _note(found, sheet, row, number, what)


def _note(found: FilledSheet, sheet: Sheet, row: Row, number: int, what: str) -> None:
    value = plain_text(row.values[number])
    found.remark(sheet.place(row.number, number + 1), value, what, tr("Move what should be reported to a yellow cell"))
