"""Write a section as a sheet: title, header with notes on the columns, typed rows, filters, and colours of states."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.domain.symbols import SYMBOLS, words
from planner.tables.columns import Column, ColumnType
from planner.tables.table import Filled
from planner.weekly.reading import Instance
from planner.weekly.workbook import looks
from planner.weekly.workbook.cells import Shown, displayed, put_text, write_value
from planner.weekly.workbook.looks import CellFormats, state_properties
from planner.weekly.workbook.pages import lay_out, of_page_header, pages_for
from planner.weekly.workbook.texts import lines_needed, width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# The rows above the header hold the title and the question that the section answers.
HEADER_ROW = 2
FIRST_ROW = HEADER_ROW + 1
MOST_ROWS = 1_048_576 - FIRST_ROW

# Widths of columns, in characters. Longer text is wrapped; text of more than MANY_LINES lines gets a wider column.
NARROWEST, WIDE, WIDEST = 9, 36, 70
MANY_LINES = 4
DATE_WIDTH = 11
FILTER_BUTTON = 3
# Only the first rows are measured for the widths, because measuring a hundred thousand rows takes too long.
MEASURED_ROWS = 1_000
# The height of a line in points, and the most lines that a row can grow to. Longer text is cut off on the sheet.
LINE_HEIGHT, MOST_LINES = 15, 20


def sheet_name(name: str) -> str:
    """Return the name of a section's sheet, made from the section's name."""
    return words(name).capitalize()


def add_section(book: "Workbook", formats: CellFormats, instance: Instance, filled: Filled[Any]) -> None:
    """Add a sheet with all rows of a section. Raises BadValueError if there are more rows than a sheet can hold."""
    _check_length(filled)
    sheet = book.add_worksheet(sheet_name(filled.table.name))
    lines = _shown_lines(filled)
    sample = list(islice(lines, MEASURED_ROWS))
    widths = [_width(column, [line[number] for line in sample]) for number, column in enumerate(filled.columns)]
    for number, column_width in enumerate(widths):
        sheet.set_column(number, number, column_width)
    _head(sheet, formats, instance, filled)
    _header(sheet, formats, filled, widths)
    _rows(sheet, formats, filled.columns, chain(sample, lines), widths)
    _states(book, sheet, filled)
    _view(sheet, filled)
    print_setup(sheet, instance, landscape=True, pages_across=pages_for(widths))


def _check_length(filled: Filled[Any]) -> None:
    if len(filled.rows) > MOST_ROWS:
        raise BadValueError(
            tr(
                "the section '{name}' has {rows} rows, but a sheet can hold only {most}",
                name=filled.table.name,
                rows=f"{len(filled.rows):,}",
                most=f"{MOST_ROWS:,}",
            ),
            where="format",
            do=tr("Use the format csv"),
        )


def _head(sheet: "Worksheet", formats: CellFormats, instance: Instance, filled: Filled[Any]) -> None:
    section = filled.table
    simulated = "SIMULATED DATA. " if instance.plan.simulated else ""
    rows = {0: "No rows", 1: "1 row"}.get(len(filled.rows), f"{len(filled.rows)} rows")
    put_text(sheet, 0, 0, section.title, formats.of(looks.TITLE))
    line = f"{simulated}Week {instance.week} as of {instance.as_of}. {rows}. {section.answers}"
    put_text(sheet, 1, 0, line, formats.of(looks.QUIET))


def _header(sheet: "Worksheet", formats: CellFormats, filled: Filled[Any], widths: Sequence[int]) -> None:
    """Write the column titles, each with a note: the column's name in the other formats, and its description."""
    section = filled.table
    set_height(sheet, HEADER_ROW, max(map(_title_lines, section.all_columns, widths)))
    for number, column in enumerate(section.all_columns):
        put_text(sheet, HEADER_ROW, number, column.title, formats.of(looks.HEADER))
        note = f"{column.name}\n{column.description.replace('`', '')}"
        sheet.write_comment(HEADER_ROW, number, note, {"x_scale": 2.2, "y_scale": 1.4, "author": ""})


def _title_lines(column: Column[Any], column_width: int) -> int:
    return min(len(column.title.split()), lines_needed(column.title, column_width - FILTER_BUTTON))


def _shown_lines(filled: Filled[Any]) -> Iterator[list[Shown]]:
    """Yield the cells of each row, each as a value and the text that is shown for it."""
    columns = filled.columns
    for line in filled.lines():
        yield [(value, displayed(value, column)) for value, column in zip(line, columns, strict=True)]


def _rows(
    sheet: "Worksheet",
    formats: CellFormats,
    columns: Sequence[Column[Any]],
    lines: Iterable[list[Shown]],
    widths: Sequence[int],
) -> None:
    for row, line in enumerate(lines, FIRST_ROW):
        for number, (column, shown) in enumerate(zip(columns, line, strict=True)):
            write_value(sheet, row, number, shown, column, formats)
        set_height(sheet, row, max(lines_needed(text, wide) for (_, text), wide in zip(line, widths, strict=True)))


def set_height(sheet: "Worksheet", row: int, needed: int) -> None:
    """Set a row's height to fit wrapped text, because not every program does so when it opens a file."""
    if needed > 1:
        sheet.set_row(row, LINE_HEIGHT * min(needed, MOST_LINES))


def _states(book: "Workbook", sheet: "Worksheet", filled: Filled[Any]) -> None:
    """Colour the states by conditional formatting, so that the colour stays right when somebody edits the cell."""
    for number, column in enumerate(filled.columns):
        for word in column.one_of:
            if word in SYMBOLS:
                rule = {
                    "type": "cell",
                    "criteria": "==",
                    "value": f'"{words(word)}"',
                    "format": book.add_format(state_properties(word)),
                }
                # docs/decisions/0078: a cell that somebody edits changes its colour.
                sheet.conditional_format(FIRST_ROW, number, _last_row(filled), number, rule)


def _width(column: Column[Any], cells: list[Shown]) -> int:
    longest_word = max(map(width, column.title.split()), default=0) + FILTER_BUTTON
    if column.type is ColumnType.DATE:
        return max(DATE_WIDTH, longest_word)
    mark = 3 if column.type is ColumnType.WORD else 1
    needed = max((width(text) for _, text in cells), default=0) + mark
    widest = WIDE if needed <= WIDE * MANY_LINES else WIDEST
    return min(widest, max(NARROWEST, longest_word, needed))


def _view(sheet: "Worksheet", filled: Filled[Any]) -> None:
    section = filled.table
    sheet.freeze_panes(FIRST_ROW, _leading_keys(filled))
    sheet.autofilter(HEADER_ROW, 0, _last_row(filled), len(section.all_columns) - 1)
    sheet.repeat_rows(HEADER_ROW)
    sheet.repeat_columns(0, _leading_keys(filled) - 1)
    # Suppress the warning about text that looks like a number: it is meant as text.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{_last_row(filled) + 1}"})


def _leading_keys(filled: Filled[Any]) -> int:
    """Return how many columns at the left stay visible while the others scroll: one or two key columns."""
    names = [column.name for column in filled.table.columns]
    count = 0
    while count < 2 and names[count] in filled.table.key:
        count += 1
    return max(count, 1)


def _last_row(filled: Filled[Any]) -> int:
    return HEADER_ROW + max(len(filled.rows), 1)


def print_setup(sheet: "Worksheet", instance: Instance, *, landscape: bool, pages_across: int = 1) -> None:
    """Set the paper size, the margins, and the header and footer of every printed page."""
    lay_out(sheet, landscape=landscape, pages_across=pages_across)
    simulated = "SIMULATED DATA" if instance.plan.simulated else ""
    sheet.set_header(f"&L{of_page_header(instance.plan.key)}, {instance.week}&C&B{simulated}&R&A")
    sheet.set_footer(f"&Las known at {instance.known_at_local}&RPage &P of &N")
