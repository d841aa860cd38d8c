"""Reading workbooks: the newer ones (XLSX) and the old ones (XLS)."""

import io
from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from planner.base.errors import MissingLibraryError
from planner.base.language import tr
from planner.intake.files.archives import Archive, damaged, protected
from planner.intake.files.input_file import STEP, InputFile, from_outside
from planner.intake.files.limits import MOST_SHEETS
from planner.intake.files.workbooks.comments import tell_of_comments
from planner.intake.files.workbooks.hidden import tell_of_hidden, tell_of_hidden_sheet
from planner.intake.files.workbooks.old_workbook import scan_old_workbook
from planner.intake.files.workbooks.one_stream import with_one_stream
from planner.intake.files.workbooks.portions import is_large, portions
from planner.intake.files.workbooks.shared_texts import require_little_text
from planner.intake.files.workbooks.workbook_parts import SheetScan, WorkbookScan, scan_workbook
from planner.intake.garbage import give_back_memory
from planner.intake.sheets import Merged, Row, Sheet, Value

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_OTHER_FILES = "xl/externalLinks/"


def read_xlsx(source: InputFile, archive: Archive, part: str) -> list[Sheet]:
    """Read an XLSX workbook. Raises ImportFileError if it is damaged, protected or too large."""
    scan = scan_workbook(source, archive, part)
    require_little_text(source, archive)
    if any(name.startswith(_OTHER_FILES) for name in archive.names):
        source.remark(
            tr("the workbook has links to other files, which were not followed"), tr("Nothing needs to be done")
        )
    return _sheets(source, source.content(), scan, archive)


def read_xls(source: InputFile, name: str, stream: bytes) -> list[Sheet]:
    """Read an XLS workbook from its stream. Raises ImportFileError if it is damaged, protected or too large."""
    scan = scan_old_workbook(source, stream)
    return _sheets(source, with_one_stream(name, stream), scan)


def _sheets(source: InputFile, content: bytes, scan: WorkbookScan, archive: Archive | None = None) -> list[Sheet]:
    try:
        sheets = _read(source, _opened(source, content), scan, archive)
    except BaseException as error:
        # The reader ends with this if a file contradicts itself in a way that it does not expect.
        if type(error).__name__ == "PanicException":
            raise damaged(source) from error
        raise
    # A small workbook leaves little.
    if archive is not None and any(is_large(archive, one.part) for one in scan.sheets.values() if one.part):
        give_back_memory()
    return sheets


def _opened(source: InputFile, content: bytes) -> "CalamineWorkbook":
    try:
        import python_calamine
    except ImportError as error:
        raise MissingLibraryError(
            tr("reading a workbook needs python-calamine, which is not installed"),
            where=str(source.path),
            do=tr("Install planner[import]"),
        ) from error
    try:
        return python_calamine.load_workbook(io.BytesIO(content))
    except python_calamine.PasswordError as error:
        raise protected(source) from error
    except (python_calamine.CalamineError, OSError) as error:
        raise damaged(source) from error


def _read(source: InputFile, book: "CalamineWorkbook", scan: WorkbookScan, archive: Archive | None) -> list[Sheet]:
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum

    if len(book.sheets_metadata) > MOST_SHEETS:
        raise source.error(
            tr("the workbook has more than {most} sheets", most=MOST_SHEETS), tr("Delete what is not needed")
        )
    sheets = []
    for number, about in enumerate(book.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        if about.visible is not SheetVisibleEnum.Visible:
            tell_of_hidden_sheet(source, about.name)
        found = scan.sheets.get(about.name) or scan.sheets.get(str(number)) or SheetScan()
        try:
            sheet = Sheet(source.name, about.name, [])
            if not found.is_empty:
                sheet = _sheet(source, _blocks(source, book, number, found, archive), about.name, found)
        except (CalamineError, OSError) as error:
            raise damaged(source) from error
        sheet.from_1904 = scan.from_1904
        _tell(source, sheet, found)
        sheets.append(sheet)
    return sheets


class _Block(NamedTuple):
    """Rows of a sheet that follow each other: the number of the first one, its first column, and the merged cells."""

    first_row: int
    first_column: int
    rows: Iterable[list[Any]]
    merged: Iterable[tuple[tuple[int, int], tuple[int, int]]]


def _blocks(
    source: InputFile, book: "CalamineWorkbook", number: int, scan: SheetScan, archive: Archive | None
) -> Iterator[_Block]:
    """Yield the rows of a sheet, those of a large one in several blocks."""
    made = portions(source, archive, scan.part, scan.rows) if archive is not None and scan.part else None
    if made is None:
        whole = book.get_sheet_by_index(number)
        # The reader leaves out the empty columns on the left, but not the empty rows above.
        yield _Block(1, whole.start[1] if whole.start else 0, whole.iter_rows(), whole.merged_cell_ranges or ())
        return
    for content in made:
        one = _opened(source, content).get_sheet_by_index(number)
        row, column = one.start or (0, 0)
        yield _Block(row + 1, column, one.to_python(), one.merged_cell_ranges or ())


def _sheet(source: InputFile, blocks: Iterable[_Block], name: str, scan: SheetScan) -> Sheet:
    rows: list[Row] = []
    merged: list[Merged] = []
    percents = {column for _, column in scan.percents}
    for block in blocks:
        left: list[Value] = [None] * block.first_column
        for number, cells in enumerate(block.rows, block.first_row):
            values = _values(source, left, cells)
            for column in percents:
                if column <= len(values) and (number, column) in scan.percents:
                    values[column - 1] = _percent(values[column - 1])
            if values:
                rows.append(Row(number, tuple(values)))
            if not number % STEP:
                source.on_rows(STEP)
        merged += (Merged(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in block.merged)
    rows.sort(key=attrgetter("number"))
    return Sheet(source.name, name, rows, tuple(merged), struck=frozenset(scan.struck))


def _values(source: InputFile, left: list[Value], cells: list[Any]) -> list[Value]:
    """Return the values of a row without the empty cells at its end."""
    text, value = source.values.text, source.values.value
    if cells.count("") == len(cells):
        return []
    values = [*left, *(text(cell) if type(cell) is str else value(cell) for cell in cells)]
    while values and values[-1] is None:
        values.pop()
    return values


def _percent(value: Value) -> Value:
    """Return a number of a cell that is formatted as a percent as people see it: `85%`."""
    return f"{value * 100:.12g}%" if isinstance(value, int | float) and not isinstance(value, bool) else value


def _tell(source: InputFile, sheet: Sheet, scan: SheetScan) -> None:
    """Note the cells that have no value of their own, and what the sheet hides and comments on."""
    tell_of_hidden(source, sheet, scan.hidden_rows, scan.hidden_columns)
    tell_of_comments(source, sheet.name, scan.commented)
    for (row, column), error in scan.errors.items():
        source.fault(
            sheet.place(row, column),
            error,
            tr("the formula of this cell ended with an error"),
            tr("Correct it in the workbook, or type the value"),
        )
    for row, column in scan.without_value:
        source.fault(
            sheet.place(row, column),
            "",
            tr("this cell has a formula without a stored value"),
            tr("Open the file in a spreadsheet program and save it"),
        )
    for row, column in scan.from_outside:
        source.fault(sheet.place(row, column), "", *from_outside())
