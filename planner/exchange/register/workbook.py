"""Writing the register as a workbook that people can work in. The same register gives the same bytes."""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.exchange.register.guide import add_guide
from planner.exchange.register.tables import LINE_END, RegisterTable
from planner.intake.origin import Origin
from planner.intake.proposed import DATA_BASIS, FOR_READING
from planner.register.plan_view import PlanView
from planner.tables.columns import Column, ColumnType, Value
from planner.tables.spreadsheets import neutralised
from planner.weekly.workbook.book import OPTIONS, PIECE, workbook_library
from planner.weekly.workbook.looks import CellFormats
from planner.weekly.workbook.pages import lay_out, of_page_header, pages_for
from planner.weekly.workbook.sheet import set_height
from planner.weekly.workbook.texts import LONGEST_CELL, lines_needed, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# A large register must not be in memory as a whole: each row is written to a temporary file when the next one begins.
_OPTIONS = {**OPTIONS, "in_memory": False, "constant_memory": True}
# The comment by which the program knows its own file, so that it replaces it unless somebody has changed it.
MADE_BY = "planner export register "
_MOST_ROWS = 1_048_575
_WIDTHS = {ColumnType.DATE: 12, ColumnType.NUMBER: 10, ColumnType.WHOLE_NUMBER: 10, ColumnType.WORD: 14}
_OF_TITLES, _OF_TEXT = 48, 24
_WIDE = frozenset({"title", "name", "test", "note", "done", "next", "blocker", "help_needed"})


def register_workbook(
    tables: "Sequence[RegisterTable]", plan: PlanView, until: date | None = None, origin: Origin | None = None
) -> Iterator[bytes]:
    """Return the workbook in pieces of bytes. `until` is the last day whose facts are in it.

    Its properties name the plan and the register of `origin`.

    Raises MissingLibraryError if XlsxWriter is not installed, and BadValueError if a table or a text is too long.
    """
    maker = workbook_library()
    for table in tables:
        _require_room(table)
    return _pieces(maker, tables, plan, until, f"{MADE_BY}{origin or ''}")


def _require_room(table: RegisterTable) -> None:
    if len(table.rows) > _MOST_ROWS:
        what = tr("a sheet can hold only {most} rows", most=f"{_MOST_ROWS:,}")
        raise BadValueError(what, where=table.name, do=tr("Use the format csv or json"))


def _pieces(
    maker: Any, tables: "Sequence[RegisterTable]", plan: PlanView, until: date | None, made_by: str
) -> Iterator[bytes]:
    made = BytesIO()
    with maker(made, _OPTIONS) as book:
        simulated = tr("simulated data") if plan.simulated else ""
        # The date is the same whenever the file is made.
        created = datetime.combine(plan.starts, time())
        book.set_properties(
            {
                "title": f"{plan.title} ({simulated})" if simulated else plan.title,
                "subject": simulated,
                "comments": made_by,
                "created": created,
            }
        )
        looks = _Looks(book)
        add_guide(book, CellFormats(book), plan, tables, until)
        for table in tables:
            _add_sheet(book.add_worksheet(table.name), table, looks, simulated)
    content = made.getbuffer()
    for start in range(0, len(content), PIECE):
        yield bytes(content[start : start + PIECE])


class _Looks:
    """The looks of cells."""

    def __init__(self, book: "Workbook") -> None:
        self.heading: Format = book.add_format({"bold": True, "bg_color": "#CFE2F3", "bottom": 1})
        self.for_reading: Format = book.add_format({"font_color": "#595959", "bg_color": "#E7E6E6", "bottom": 1})
        # The format "@" keeps codes such as 1.10 as they are when somebody edits the cell.
        self.text: Format = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.quoted: Format = book.add_format(
            {"text_wrap": True, "valign": "top", "num_format": "@", "quote_prefix": True}
        )
        self.number: Format = book.add_format({"valign": "top"})
        self.date: Format = book.add_format({"valign": "top", "num_format": "yyyy-mm-dd"})


class _AllDigits(float):
    """A number that is written with all its digits. XlsxWriter formats numbers with 16, and some need 17."""

    def __format__(self, format_spec: str) -> str:
        return repr(float(self))


def _exact(value: float) -> float:
    """Return a number that reads the same after it was written, such as 100/3."""
    return value if isinstance(value, int) or float(f"{value:.16G}") == value else _AllDigits(value)


def _add_sheet(sheet: "Worksheet", table: RegisterTable, looks: _Looks, simulated: str) -> None:
    widths = [_width(column) for column in table.columns]
    for place, width in enumerate(widths):
        sheet.set_column(place, place, width)
    sheet.freeze_panes(1, 2)
    _lay_out_pages(sheet, widths, simulated)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    for place, column in enumerate(table.columns):
        look = looks.for_reading if column.name in FOR_READING else looks.heading
        sheet.write_string(0, place, str(column.name), look)
        sheet.write_comment(0, place, column.description, {"author": ""})
    # No row is higher because of a text that all rows have.
    read_by_people = next((at for at, column in enumerate(table.columns) if column.name == DATA_BASIS), len(widths))
    for number, row in enumerate(table.rows, 1):
        values = [column.read(row) for column in table.columns]
        # Not every program finds the height of a row whose texts are wrapped.
        set_height(sheet, number, _lines_of(values[:read_by_people], widths[:read_by_people]))
        for place, (column, value) in enumerate(zip(table.columns, values, strict=True)):
            _write(sheet, number, place, column, value, looks)


def _lines_of(values: "Sequence[Value]", widths: "Sequence[int]") -> int:
    """Return how many lines the longest text of a row takes."""
    most = 1
    for value, width in zip(values, widths, strict=True):
        text = LINE_END.join(value) if isinstance(value, tuple) else value
        # Most texts are short enough whatever their letters are, and a register may have millions of cells.
        if isinstance(text, str) and (len(text) * 2 > width or "\n" in text):
            most = max(most, lines_needed(text, width))
    return most


def _width(column: Column[Any]) -> int:
    return _WIDTHS.get(column.type, _OF_TITLES if column.name in _WIDE else _OF_TEXT)


def _lay_out_pages(sheet: "Worksheet", widths: "Sequence[int]", simulated: str) -> None:
    """Print a wide table on pages side by side, each with the headings and the first column."""
    lay_out(sheet, landscape=True, pages_across=pages_for(widths))
    sheet.repeat_rows(0)
    sheet.repeat_columns(0)
    sheet.set_header("&L&A")
    sheet.set_footer(f"&L{of_page_header(simulated)}&R&P / &N")


def _write(sheet: "Worksheet", row: int, place: int, column: Column[Any], value: Value, looks: _Looks) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, value, looks.date)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, _exact(value), looks.number)
    elif isinstance(value, str):
        if units(value) > LONGEST_CELL:
            what = tr("a text of {column} is longer than a cell can be", column=column.name)
            raise BadValueError(what, where=f"{sheet.get_name()}!{row + 1}", do=tr("Use the format csv or json"))
        sheet.write_string(row, place, value, looks.quoted if neutralised(value) != value else looks.text)
    elif value is not None:
        sheet.write_string(row, place, LINE_END.join(value), looks.text)
