"""Write the hidden sheet of a status sheet: its identity, and the words of the drop-down lists."""

from typing import TYPE_CHECKING

from planner.sheets.identity import HIDDEN_SHEET, Identity
from planner.weekly.workbook.cells import put_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook

# The column of the hidden sheet that has the texts of the drop-down lists, as spreadsheets name it.
_TEXTS = "D"


def add_hidden_sheet(book: "Workbook", identity: Identity) -> None:
    """Add the hidden sheet. Its cells are text, so that no program changes them."""
    sheet = book.add_worksheet(HIDDEN_SHEET)
    look = book.add_format({"num_format": "@"})
    for row, texts in enumerate(identity.rows()):
        for column, text in enumerate(texts):
            put_text(sheet, row, column, text, look)
    sheet.protect()
    sheet.very_hidden()


def list_ranges(identity: Identity) -> dict[str, str]:
    """Return the cells of the hidden sheet that have the words of each drop-down list, by field."""
    places: dict[str, list[int]] = {}
    for number, texts in enumerate(identity.rows(), 1):
        if texts[0] == "word":
            places.setdefault(texts[1], []).append(number)
    return {
        field: f"='{HIDDEN_SHEET}'!${_TEXTS}${numbers[0]}:${_TEXTS}${numbers[-1]}" for field, numbers in places.items()
    }
