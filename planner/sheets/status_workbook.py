"""Write a status sheet as an Excel workbook. The same sheet always gives the same bytes."""

from datetime import UTC
from io import BytesIO
from typing import TYPE_CHECKING

from planner.base.language import in_language, tr_later
from planner.domain.symbols import SIMULATED
from planner.sheets import guide
from planner.sheets.areas import AREAS
from planner.sheets.content import StatusSheet
from planner.sheets.entry_table import PROTECTION, add_entry_table, directed, print_setup, put_headline
from planner.sheets.hidden_sheet import add_hidden_sheet
from planner.sheets.rows import rows_of
from planner.sheets.shown import with_shown
from planner.weekly.workbook import looks
from planner.weekly.workbook.book import OPTIONS, workbook_library
from planner.weekly.workbook.cells import put_text
from planner.weekly.workbook.looks import CellFormats, Properties
from planner.weekly.workbook.sheet import set_height
from planner.weekly.workbook.texts import cell_text, lines_needed

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_LABEL_WIDTH, _TEXT_WIDTH = 28, 92
_PLAIN: Properties = {"valign": "top", "text_wrap": True}


def status_workbook_bytes(sheet: StatusSheet) -> bytes:
    """Return the workbook, in the language of the sheet. Raises MissingLibraryError without XlsxWriter."""
    maker = workbook_library()
    made = BytesIO()
    with in_language(sheet.identity.language), maker(made, OPTIONS) as book:
        _properties(book, sheet)
        formats = CellFormats(book)
        _add_instructions(book, formats, sheet)
        tables = {area: rows for area in AREAS if (rows := rows_of(area, sheet))}
        for area, rows in tables.items():
            add_entry_table(book, formats, area, sheet, rows)
        add_hidden_sheet(book, with_shown(sheet, tables))
    return made.getvalue()


def _properties(book: "Workbook", sheet: StatusSheet) -> None:
    book.set_properties(
        {
            "title": cell_text(guide.title(sheet)),
            "comments": guide.command(sheet),
            "created": sheet.instance.known_at.astimezone(UTC).replace(tzinfo=None, microsecond=0),
        }
    )


def _add_instructions(book: "Workbook", formats: CellFormats, sheet: StatusSheet) -> None:
    page = book.add_worksheet(guide.name())
    page.set_column(0, 0, _LABEL_WIDTH)
    page.set_column(1, 1, _TEXT_WIDTH)
    page.hide_gridlines(2)
    print_setup(page, sheet, landscape=False)
    page.protect("", PROTECTION)
    if guide.from_right():
        page.right_to_left()
    put_headline(page, formats, 0, guide.title(sheet), looks.TITLE)
    if sheet.instance.plan.simulated:
        put_headline(page, formats, 1, tr_later(SIMULATED), looks.SIMULATED)
    row = 3
    for label, text in guide.facts(sheet):
        put_text(page, row, 0, label, formats.of(directed(looks.LABEL)))
        row = _paragraph(page, formats, row, text)
    put_text(page, row + 1, 0, guide.heading(), formats.of(directed(looks.LABEL)))
    row += 1
    for paragraph in guide.instructions():
        row = _paragraph(page, formats, row, paragraph)


def _paragraph(page: "Worksheet", formats: CellFormats, row: int, text: str) -> int:
    """Write a wrapped text into the second column. Return the number of the next row."""
    shown = cell_text(text)
    put_text(page, row, 1, shown, formats.of(directed(_PLAIN)))
    set_height(page, row, lines_needed(shown, _TEXT_WIDTH))
    return row + 1
