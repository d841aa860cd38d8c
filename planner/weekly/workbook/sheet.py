"""Write a section as a sheet: title, header with notes on the columns, typed rows, filters, and colours of states."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from math import sqrt
from typing import TYPE_CHECKING, Any

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.domain.symbols import SYMBOLS, words
from planner.tables.columns import Column, ColumnType
from planner.tables.table import Filled
from planner.weekly.reading import Instance
from planner.weekly.reading_order import reading_order
from planner.weekly.workbook import looks
from planner.weekly.workbook.cells import Shown, displayed, put_text, write_value
from planner.weekly.workbook.looks import CellFormats, state_properties
from planner.weekly.workbook.pages import lay_out, of_page_header
from planner.weekly.workbook.texts import lines_needed, width

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# The rows above the header hold the title and the question that the section answers.
HEADER_ROW = 2
FIRST_ROW = HEADER_ROW + 1
MOST_ROWS = 1_048_576 - FIRST_ROW

# Widths of columns, in characters. Longer text is wrapped; text of more than MANY_LINES lines gets a wider column.
NARROWEST, WIDE, WIDEST = 7, 36, 70
MANY_LINES = 4
# The most characters across a printed page, and the width below which no text is made narrower to fit it.
PAPER_WIDTH, NARROW_TEXT = 150, 14
# The sections that are looked up on the screen and are not printed, so that the others fit on few pages.
NOT_PRINTED = frozenset({"indicators", "corrections", "traceability"})
# No word that is shorter than this is broken.
LONGEST_WORD = 24
DATE_WIDTH = 11
FILTER_BUTTON = 3
# The width of a bold letter compared with a digit.
BOLD = 1.1
# Only the first rows are measured for the widths, because measuring a hundred thousand rows takes too long.
MEASURED_ROWS = 1_000
# The most lines that a row can grow to. Longer text is cut off on the sheet.
MOST_LINES = 20
# The height of a line of the usual font of spreadsheets, in points.
USUAL_HEIGHT = 15


def sheet_name(name: str) -> str:
    """Return the name of a section's sheet, made from the section's name."""
    return words(name).capitalize()


def add_section(book: "Workbook", formats: CellFormats, instance: Instance, filled: Filled[Any]) -> None:
    """Add a sheet with all rows of a section. Raises BadValueError if there are more rows than a sheet can hold.

    On paper, the sheet is one page wide: it has the columns that people read first.
    """
    _check_length(filled)
    sheet = book.add_worksheet(sheet_name(filled.table.name))
    order = reading_order(filled)
    columns = (*order.first, *order.others, *order.same, *filled.columns[len(filled.table.columns) :])
    lines = _shown_lines(filled, columns)
    sample = list(islice(lines, MEASURED_ROWS))
    cells = [[line[number][1] for line in sample] for number in range(len(columns))]
    widths = list(map(_width, columns, cells))
    printed = len(order.first)
    widths[:printed] = for_paper(order.first, cells, widths[:printed])
    for number, column_width in enumerate(widths):
        sheet.set_column(number, number, column_width)
    _head(sheet, formats, instance, filled, order.said_once, widths[:printed])
    _header(sheet, formats, columns, widths)
    _rows(sheet, formats, columns, chain(sample, lines), widths[:printed])
    _states(book, sheet, columns, _last_row(filled))
    _view(sheet, filled, columns)
    if filled.table.name in NOT_PRINTED:
        # Programs leave out a sheet of which only an empty cell is to be printed.
        empty = _last_row(filled) + 1
        sheet.print_area(empty, 0, empty, 0)
    else:
        sheet.print_area(0, 0, _last_row(filled), printed - 1)
    print_setup(sheet, instance)


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


def for_paper(columns: Sequence[Column[Any]], cells: Sequence[Sequence[str]], widths: Sequence[int]) -> list[int]:
    """Return the widths of the printed columns: what the other columns leave of a page is shared among the texts.

    The column with the longer texts gets more, so that all texts of a row take about as many lines. `cells` are the
    texts of each column, and `widths` are the widths that fit them.
    """
    fitted = list(widths)
    texts = (ColumnType.TEXT, ColumnType.LIST)
    shared = {
        number: _usual_length(cells[number])
        for number, column in enumerate(columns)
        if column.type in texts and widths[number] > NARROW_TEXT
    }
    limits = {number: _limits(cells[number]) for number in shared}
    while shared:
        room = PAPER_WIDTH - sum(wide for number, wide in enumerate(fitted) if number not in shared)
        whole = sum(shared.values())
        fitted = [int(room * shared[n] / whole) if n in shared else wide for n, wide in enumerate(fitted)]
        # A column that must be wider, or need not be as wide, leaves the others another share.
        settled = {
            number: wide for number in shared if (wide := _within(fitted[number], *limits[number])) != fitted[number]
        }
        if not settled:
            break
        first = min(settled)
        fitted[first] = settled[first]
        del shared[first]
    return fitted


def _limits(texts: Sequence[str]) -> tuple[int, int]:
    """Return the widths that the longest text and the longest word of a column need."""
    words_of = {part for text in set(texts) for part in text.split()}
    return _widest(texts) + 1, _widest(words_of) + 1


def _widest(texts: Iterable[str]) -> int:
    # Most texts of a column repeat.
    return max(map(width, set(texts)), default=0)


def _within(share: int, longest: int, word: int) -> int:
    """Return a column's share of the page, but no more than its longest text needs and no less than a long word."""
    return max(NARROW_TEXT, min(word, LONGEST_WORD), min(longest, share))


def _usual_length(texts: Sequence[str]) -> float:
    """Return the usual length of the texts of a column, in which a long text counts more than an empty one."""
    return sqrt(sum(width(text) ** 2 * times for text, times in Counter(texts).items()) / max(1, len(texts)))


def _head(
    sheet: "Worksheet",
    formats: CellFormats,
    instance: Instance,
    filled: Filled[Any],
    said_once: str,
    widths: Sequence[int],
) -> None:
    section = filled.table
    simulated = "SIMULATED DATA. " if instance.plan.simulated else ""
    put_text(sheet, 0, 0, section.title, formats.of(looks.TITLE))
    line = f"{simulated}Week {instance.week} as of {instance.as_of}. {filled.counted}. {said_once} {section.answers}"
    look = formats.of({**looks.QUIET, **looks.TEXT})
    shown = line.replace("  ", " ").replace("`", "")
    sheet.merge_range(1, 0, 1, len(widths) - 1, "", look)
    put_text(sheet, 1, 0, shown, look)
    set_height(sheet, 1, lines_needed(shown, sum(widths)), looks.LINE_HEIGHT)


def _header(sheet: "Worksheet", formats: CellFormats, columns: Sequence[Column[Any]], widths: Sequence[int]) -> None:
    """Write the column titles, each with a note: the column's name in the other formats, and its description."""
    set_height(sheet, HEADER_ROW, max(map(title_lines, columns, widths)), looks.LINE_HEIGHT)
    for number, column in enumerate(columns):
        put_text(sheet, HEADER_ROW, number, column.title, formats.of(looks.HEADER))
        note = f"{column.name}\n{column.description.replace('`', '')}"
        sheet.write_comment(HEADER_ROW, number, note, {"x_scale": 2.2, "y_scale": 1.4, "author": ""})


def title_lines(column: Column[Any], column_width: int) -> int:
    """Return how many lines the title of a column takes, in bold letters and beside the button of the filter."""
    lines, used, room = 1, 0.0, column_width - FILTER_BUTTON
    for word in column.title.split():
        needed = BOLD * width(word)
        if used and used + 1 + needed > room:
            lines, used = lines + 1, needed
        else:
            used += needed + (1 if used else 0)
    return lines


def _shown_lines(filled: Filled[Any], columns: Sequence[Column[Any]]) -> Iterator[list[Shown]]:
    """Yield the cells of each row, each as a value and the text that is shown for it."""
    for row in filled.rows:
        values = ((column, column.read(row)) for column in columns)
        yield [(value, displayed(value, column)) for column, value in values]


def _rows(
    sheet: "Worksheet",
    formats: CellFormats,
    columns: Sequence[Column[Any]],
    lines: Iterable[list[Shown]],
    widths: Sequence[int],
) -> None:
    """Write the rows. The printed columns, whose widths are given, are high enough for all of their text."""
    for row, line in enumerate(lines, FIRST_ROW):
        for number, (column, shown) in enumerate(zip(columns, line, strict=True)):
            write_value(sheet, row, number, shown, column, formats)
        needed = max(lines_needed(text, wide) for (_, text), wide in zip(line, widths, strict=False))
        # Without a height, programs would make the row as high as the longest text of the columns that are not printed.
        sheet.set_row(row, looks.LINE_HEIGHT * min(needed, MOST_LINES))


def set_height(sheet: "Worksheet", row: int, needed: int, line_height: float = USUAL_HEIGHT) -> None:
    """Set a row's height to fit wrapped text, because not every program does so when it opens a file."""
    if needed > 1:
        sheet.set_row(row, line_height * min(needed, MOST_LINES))


def _states(book: "Workbook", sheet: "Worksheet", columns: Sequence[Column[Any]], last_row: int) -> None:
    """Colour the states by conditional formatting, so that the colour stays right when somebody edits the cell."""
    for number, column in enumerate(columns):
        for word in column.one_of:
            if word in SYMBOLS:
                rule = {
                    "type": "cell",
                    "criteria": "==",
                    "value": f'"{words(word)}"',
                    "format": book.add_format(state_properties(word)),
                }
                # docs/decisions/0078: a cell that somebody edits changes its colour.
                sheet.conditional_format(FIRST_ROW, number, last_row, number, rule)


def _width(column: Column[Any], cells: Sequence[str]) -> int:
    longest_word = _widest(column.title.split()) + FILTER_BUTTON
    if column.type is ColumnType.DATE:
        return max(DATE_WIDTH, longest_word)
    mark = 3 if column.type is ColumnType.WORD else 1
    needed = _widest(cells) + mark
    widest = WIDE if needed <= WIDE * MANY_LINES else WIDEST
    return min(widest, max(NARROWEST, longest_word, needed))


def _view(sheet: "Worksheet", filled: Filled[Any], columns: Sequence[Column[Any]]) -> None:
    sheet.freeze_panes(FIRST_ROW, _leading_keys(filled, columns))
    sheet.autofilter(HEADER_ROW, 0, _last_row(filled), len(columns) - 1)
    sheet.repeat_rows(HEADER_ROW)
    # Suppress the warning about text that looks like a number: it is meant as text.
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{_last_row(filled) + 1}"})


def _leading_keys(filled: Filled[Any], columns: Sequence[Column[Any]]) -> int:
    """Return how many columns at the left stay visible while the others scroll: one or two key columns."""
    count = 0
    while count < 2 and columns[count].name in filled.table.key:
        count += 1
    return max(count, 1)


def _last_row(filled: Filled[Any]) -> int:
    return HEADER_ROW + max(len(filled.rows), 1)


def print_setup(sheet: "Worksheet", instance: Instance, *, pages_down: int = 0) -> None:
    """Set the paper size, the margins, and the header and footer of every printed page.

    The sheet is one page wide. It is `pages_down` pages long, or as long as it needs to be if that is 0.
    """
    lay_out(sheet, landscape=False)
    if pages_down:
        sheet.fit_to_pages(1, pages_down)
    simulated = "SIMULATED DATA" if instance.plan.simulated else ""
    sheet.set_header(f"&L{of_page_header(instance.plan.key)}, {instance.week}&C&B{simulated}&R&A")
    sheet.set_footer(f"&Las known at {instance.known_at_shown}&RPage &P of &N")
