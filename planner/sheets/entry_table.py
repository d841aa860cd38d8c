"""Write one table of a status sheet: locked cells that inform, and open cells with lists, checks and notes."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from planner.base.language import tr, tr_later
from planner.dates.assumed import ASSUMED_SIGN
from planner.domain.symbols import SIMULATED, SYMBOLS
from planner.reporting.fields import MILESTONE, REPORT, Kind
from planner.sheets import guide
from planner.sheets.areas import CHECK, HIDDEN, MILESTONES, REPORTS, Area, SheetColumn
from planner.sheets.content import StatusSheet
from planner.sheets.hidden_sheet import list_ranges
from planner.sheets.rows import TableRow
from planner.weekly.workbook import looks
from planner.weekly.workbook.cells import put_text, write_text
from planner.weekly.workbook.looks import CellFormats, Properties, state_properties
from planner.weekly.workbook.pages import lay_out, of_page_header
from planner.weekly.workbook.sheet import set_height
from planner.weekly.workbook.texts import cell_text, lines_needed

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# The locked cells that are written in the language of the sheet. The others have the texts of the register.
_IN_WORDS = ("state", "last")

HEADER_ROW = 3
_FIRST_ROW = HEADER_ROW + 1
# A row for a report has room for a few lines of text.
_REPORT_LINES, _LEAST_LINES = 3, 2

# What a person may do on a protected sheet. There is no password: the protection only prevents accidents.
PROTECTION = {"autofilter": True, "format_columns": True, "format_rows": True}

# The invisible mark that counts as a letter written from right to left.
_FROM_RIGHT = "\u200f"

# The most characters that Excel accepts in the title and the text of a note or an error.
_LONGEST_TITLE, _LONGEST_NOTE = 32, 255

_OPEN: Properties = {
    "locked": False,
    "valign": "top",
    "text_wrap": True,
    "bg_color": "#FFF9DB",
    "border": 1,
    "border_color": "#BFBFBF",
}
_DAY: Properties = {**looks.CELL, "num_format": looks.DATE, "align": "left"}
# The sign belongs to the look of the cell, so that its value stays a date.
_ASSUMED_DAY: Properties = {**_DAY, "num_format": f'{looks.DATE}"{ASSUMED_SIGN}"'}
_CLOSED: Properties = {"valign": "top", "bg_color": "#E7E6E6", "border": 1, "border_color": "#BFBFBF"}


def add_entry_table(
    book: "Workbook", formats: CellFormats, area: Area, sheet: StatusSheet, rows: Sequence[TableRow]
) -> None:
    """Add a table as a sheet of the workbook, in the language in use."""
    page = book.add_worksheet(area.name)
    _head(page, formats, area, sheet)
    for number, column in enumerate(area.columns):
        page.set_column(number, number, column.width, None, {"hidden": column.name in HIDDEN})
        put_text(page, HEADER_ROW, number, column.heading, formats.of(directed(looks.HEADER)))
    set_height(page, HEADER_ROW, 2)
    for number, row in enumerate(rows, _FIRST_ROW):
        _write_row(page, formats, area, number, row)
    last = HEADER_ROW + len(rows)
    for number, column in enumerate(area.columns):
        if column.entry:
            page.data_validation(_FIRST_ROW, number, last, number, _check(column, area, sheet))
    _view(page, area, last)
    page.repeat_rows(HEADER_ROW)
    print_setup(page, sheet, landscape=True)


def _head(page: "Worksheet", formats: CellFormats, area: Area, sheet: StatusSheet) -> None:
    put_headline(page, formats, 0, guide.table_title(sheet, area), looks.TITLE)
    put_headline(page, formats, 1, guide.hint(), looks.QUIET)
    if sheet.instance.plan.simulated:
        put_headline(page, formats, 2, tr_later(SIMULATED), looks.SIMULATED)


def put_headline(page: "Worksheet", formats: CellFormats, row: int, text: str, look: Properties) -> None:
    """Write a line that is longer than its cell, so that it continues into the sheet in both writing directions."""
    put_text(page, row, 0, cell_text(text), formats.of(directed(look)))


def directed(look: Properties) -> Properties:
    """Return a look for a text in the language in use, with the writing direction of that language.

    Programs judge the direction of a cell by its first letter, which may be that of a name in another script.
    """
    return {**look, "align": "right", "reading_order": 2} if guide.from_right() else look


def _write_row(page: "Worksheet", formats: CellFormats, area: Area, number: int, row: TableRow) -> None:
    lines = _REPORT_LINES if area is REPORTS else _LEAST_LINES
    for place, column in enumerate(area.columns):
        if column.entry:
            look = _CLOSED if column.name in row.closed else _open_look(column)
            page.write_blank(number, place, None, formats.of(look))
            continue
        value = row.values[column.name]
        if column.name == CHECK:
            put_text(page, number, place, str(value), formats.of(_check_look(area, row)))
        elif isinstance(value, date):
            page.write_datetime(number, place, value, formats.of(directed(_ASSUMED_DAY if row.assumed else _DAY)))
        elif isinstance(value, int):
            page.write_number(number, place, value, formats.number(looks.WHOLE))
        elif not value:
            page.write_blank(number, place, None, formats.empty())
        else:
            text = cell_text(value)
            lines = max(lines, lines_needed(text, column.width))
            if column.name == "state" and row.tone:
                put_text(page, number, place, text, formats.of(directed(_toned(row.tone))))
            elif column.name in _IN_WORDS:
                put_text(page, number, place, text, formats.of(directed(looks.WRAPPED)))
            else:
                write_text(page, number, place, text, formats)
    set_height(page, number, lines)


def _check_look(area: Area, row: TableRow) -> Properties:
    """Return the look of the hidden cell between the yellow ones, which is open if one of these is."""
    return {"locked": all(column.name in row.closed for column in area.entries), "num_format": "@"}


def _toned(word: str) -> Properties:
    """Return the look of a state: its colour and its symbol, which is not part of the text."""
    return {**looks.WRAPPED, **(state_properties(word) if word in SYMBOLS else {})}


def _open_look(column: SheetColumn) -> Properties:
    """Return the look of an open cell. Percents and days have their number formats; all else is text as typed."""
    kind = _kind(column)
    if kind in (Kind.DAY, Kind.DEADLINE):
        return directed({**_OPEN, "num_format": looks.DATE, "align": "left"})
    if kind is Kind.PERCENT:
        return {**_OPEN, "num_format": looks.WHOLE}
    return {**_OPEN, "num_format": "@"} if kind is Kind.TEXT else _OPEN


def _kind(column: SheetColumn) -> Kind | None:
    field = REPORT.get(column.name) or MILESTONE.get(column.name)
    return field.kind if field else None


def _check(column: SheetColumn, area: Area, sheet: StatusSheet) -> dict[str, Any]:
    """Return the check of the cells of a column, with the note that is shown when one is selected."""
    plan = sheet.instance.plan
    rule: dict[str, Any] = {"validate": "any"}
    lists = list_ranges(sheet.identity)
    if column.name in lists:
        rule = {"validate": "list", "source": lists[column.name]}
    elif _kind(column) is Kind.PERCENT:
        rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 100}
    elif area is MILESTONES and _kind(column) in (Kind.DAY, Kind.DEADLINE):
        # A forecast may be after the end of the plan, so it can be confirmed there.
        strict = _kind(column) is Kind.DAY
        rule = {"validate": "date", "criteria": "between", "minimum": plan.starts, "maximum": plan.ends}
        rule |= {"error_type": "stop" if strict else "warning"}
    return rule | {
        "input_title": column.heading[:_LONGEST_TITLE],
        "input_message": tr_later(column.note)[:_LONGEST_NOTE],
        "error_title": column.heading[:_LONGEST_TITLE],
        "error_message": tr_later(column.note)[:_LONGEST_NOTE],
    }


def _view(page: "Worksheet", area: Area, last: int) -> None:
    page.freeze_panes(_FIRST_ROW, 3)
    page.autofilter(HEADER_ROW, 0, last, len(area.columns) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{last + 1}"})
    page.protect("", PROTECTION)
    if guide.from_right():
        page.right_to_left()


def print_setup(page: "Worksheet", sheet: StatusSheet, *, landscape: bool) -> None:
    """Fit a sheet to the width of a page, and set what every printed page says at its top and its foot."""
    lay_out(page, landscape=landscape)
    if sheet.instance.plan.simulated:
        page.set_header(f"&C{_at_margin(tr_later(SIMULATED))}")
    number = tr("Page {page} of {pages}", page="&P", pages="&N")
    page.set_footer(f"&L{of_page_header(guide.page_footer(sheet))}&R{number}")


def _at_margin(sentence: str) -> str:
    """Return a sentence for the margin of a page, which has no writing direction of its own.

    A mark at its end keeps the full stop at the end of a sentence that is written from right to left.
    """
    return of_page_header(f"{sentence}{_FROM_RIGHT}" if guide.from_right() else sentence)
