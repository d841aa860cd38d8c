"""Values into cells: each as what it is. Text is always written as text, never as a formula, a number or a link."""

from datetime import date
from typing import TYPE_CHECKING, Any

from planner.marks import SYMBOLS, words
from planner.spreadsheets import neutralised
from planner.weekly.csv_file import LIST_SEPARATOR
from planner.weekly.table import Column, ColumnType, Value
from planner.weekly.workbook import looks
from planner.weekly.workbook.looks import Looks
from planner.weekly.workbook.texts import cell_text, right_to_left

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


def write_value(sheet: "Worksheet", row: int, column: int, value: Value, kind: Column[Any], made: Looks) -> None:
    """Write a column's value into a cell; nothing leaves it empty."""
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, made.date())
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, made.number(number_format(kind)))
    elif value:
        write_text(sheet, row, column, shown(value, kind), made)
    else:
        sheet.write_blank(row, column, None, made.empty())


def shown(value: Value, kind: Column[Any]) -> str:
    """A value as a reader sees it, for what is text in a cell and for the width that it needs."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return cell_text(LIST_SEPARATOR.join(words(part) if part in SYMBOLS else part for part in value))
    return words(str(value)) if kind.type is ColumnType.WORD else cell_text(str(value))


def write_text(sheet: "Worksheet", row: int, column: int, text: str, made: Looks) -> None:
    """Write a text that is fit for a cell, in its own direction.

    What a spreadsheet would run if somebody edited the cell is marked as text (the apostrophe that Excel shows in its
    formula bar); the cell itself holds what was entered.
    """
    look = made.text(from_right=right_to_left(text), quoted=neutralised(text) != text)
    put_text(sheet, row, column, text, look)


def put_text(sheet: "Worksheet", row: int, column: int, text: str, look: "Format") -> None:
    """Write a text in a look.

    XlsxWriter takes a text from <r> to </r> for its own markup and would write it as it is, so that one is handed over
    in pieces, which it does escape.
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, column, text[:1], text[1:2], text[2:], look)
    else:
        sheet.write_string(row, column, text, look)


def number_format(kind: Column[Any]) -> str:
    """How a column's numbers are shown; percents stay 0 to 100 in the cell and have their sign in the look."""
    change = "change" in kind.name
    if kind.type is ColumnType.WHOLE_NUMBER:
        return looks.WHOLE_CHANGE if change else looks.WHOLE
    if change:
        return looks.CHANGE
    if kind.type is not ColumnType.DECIMAL:
        return "General"
    return looks.PERCENT if kind.name.endswith("percent") else looks.ONE_DECIMAL
