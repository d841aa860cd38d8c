"""Write values into cells, each with its type. Text is always written as text, never as a formula, number or link."""

from datetime import date
from typing import TYPE_CHECKING, Any

from planner.base.visible_text import right_to_left
from planner.domain.symbols import words
from planner.tables.columns import Column, ColumnType, Value
from planner.tables.csv_form import LIST_SEPARATOR
from planner.tables.spreadsheets import neutralised
from planner.weekly.reading_order import is_list_of_words, spoken
from planner.weekly.workbook import looks
from planner.weekly.workbook.looks import CellFormats
from planner.weekly.workbook.texts import cell_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet


# A value, and the text of its cell that a reader sees.
Shown = tuple[Value, str]


def write_value(
    sheet: "Worksheet", row: int, column: int, shown: Shown, kind: Column[Any], formats: CellFormats
) -> None:
    """Write a column's value into a cell. None leaves the cell empty."""
    value, text = shown
    if isinstance(value, date):
        sheet.write_datetime(row, column, value, formats.date())
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, formats.number(number_format(kind)))
    elif value:
        write_text(sheet, row, column, text, formats)
    else:
        sheet.write_blank(row, column, None, formats.empty())


def displayed(value: Value, kind: Column[Any]) -> str:
    """Return a value as the text that a reader sees. It is written into text cells and used to measure widths."""
    if value is None:
        return ""
    if isinstance(value, date | int | float):
        return str(value)
    if isinstance(value, tuple):
        return cell_text(LIST_SEPARATOR.join(map(words, value) if is_list_of_words(kind) else value))
    return cell_text(spoken(kind, value))


def write_text(sheet: "Worksheet", row: int, column: int, text: str, formats: CellFormats) -> None:
    """Write a text that `cell_text` has prepared into a cell, in its own writing direction.

    Text that a spreadsheet would run as a formula after an edit is marked as text; Excel shows the mark as an
    apostrophe in the formula bar. The cell itself holds the text as it was entered.
    """
    look = formats.text(from_right=right_to_left(text), quoted=neutralised(text) != text)
    put_text(sheet, row, column, text, look)


def put_text(sheet: "Worksheet", row: int, column: int, text: str, look: "Format") -> None:
    """Write a text into a cell with a format.

    XlsxWriter treats a text that begins with <r> and ends with </r> as its own markup, and does not escape it. Such a
    text is passed in several pieces, which XlsxWriter does escape.
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        sheet.write_rich_string(row, column, text[:1], text[1:2], text[2:], look)
    else:
        sheet.write_string(row, column, text, look)


def number_format(kind: Column[Any]) -> str:
    """Return the number format of a column.

    Percents are stored as 0 to 100; the percent sign is part of the format.
    """
    change = "change" in kind.name
    if kind.type is ColumnType.WHOLE_NUMBER:
        return looks.WHOLE_CHANGE if change else looks.WHOLE
    if change:
        return looks.CHANGE
    if kind.type is not ColumnType.DECIMAL:
        return "General"
    return looks.PERCENT if kind.name.endswith("percent") else looks.ONE_DECIMAL
