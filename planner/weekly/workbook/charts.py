"""Add charts to a workbook. The spreadsheet program draws them from cells, so every bar can be traced to its number."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from planner.weekly.reading import Instance
from planner.weekly.workbook import looks
from planner.weekly.workbook.cells import put_text
from planner.weekly.workbook.chart_tables import ChartTable, Shape
from planner.weekly.workbook.looks import CellFormats
from planner.weekly.workbook.sheet import print_setup
from planner.weekly.workbook.texts import cell_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart
    from xlsxwriter.worksheet import Worksheet

NAME = "Charts"

# The colour of each series. Neighbours differ in lightness, so that they can be told apart in grey print.
COLOURS = {
    "completed": "#1B5E7D",
    "on track": "#8CC5A2",
    "behind": "#F2C14E",
    "off track": "#E07A3F",
    "overdue": "#A3201D",
    "suspended": "#B9A7CC",
    "dropped": "#6E757C",
    "percent": "#1B5E7D",
    "expected percent": "#B8BEC4",
    "reported": "#8CC5A2",
    "unreported": "#6B4A9A",
}

_TYPES = {
    Shape.STACKED: {"type": "bar", "subtype": "stacked"},
    Shape.BARS: {"type": "bar"},
    Shape.LINES: {"type": "line"},
}
# Sizes in pixels: a chart's width, a line chart's height, the height of a bar, the space around the bars.
_WIDTH, _LINES_HEIGHT, _BAR, _ROUND_BARS = 980, 260, 10, 130
_ROW_HEIGHT = looks.ROW_PIXELS
# For print: the scale in percent at which the charts of a plan of usual size fit on a page, and the rows of a page at
# that scale.
_PRINT_SCALE, _PAGE_ROWS = 60, 98
_FIRST_ROW = 3
# The columns that the charts cover, which are printed, and the first column of their numbers, R, which is not.
_CHART_COLUMNS, _DATA_COLUMN = 16, 17
_LABEL_WIDTH, _NUMBER_WIDTH = 46, 12


def add_charts(book: "Workbook", formats: CellFormats, instance: Instance, tables: Sequence[ChartTable]) -> None:
    """Add a sheet with the charts, one below the other, and with their numbers in columns beside them."""
    sheet = book.add_worksheet(NAME)
    simulated = "SIMULATED DATA. " if instance.plan.simulated else ""
    line = f"{simulated}Week {instance.week} as of {instance.as_of}."
    put_text(sheet, 0, 0, NAME, formats.of(looks.TITLE))
    put_text(sheet, 1, 0, f"{line} Their numbers begin in column R.", formats.of(looks.QUIET))
    rows = [_FIRST_ROW]
    places = _write_tables(sheet, formats, tables)
    for table, place in zip(tables, places, strict=True):
        rows.append(rows[-1] + _add_chart(book, sheet, table, place, rows[-1]))
    sheet.hide_gridlines(2)
    print_setup(sheet, instance)
    sheet.set_print_scale(_PRINT_SCALE)
    sheet.set_h_pagebreaks(page_breaks(rows))
    sheet.print_area(0, 0, rows[-1], _CHART_COLUMNS - 1)


def page_breaks(rows: Sequence[int]) -> list[int]:
    """Return the rows before which the printed sheet needs a page break, so that no chart is cut.

    `rows` holds the first row of each chart, followed by the row after the last chart.
    """
    breaks = [0]
    for start, end in pairwise(rows):
        if end - breaks[-1] > _PAGE_ROWS and start > _FIRST_ROW:
            breaks.append(start - 1)
    return breaks[1:]


def _write_tables(sheet: "Worksheet", formats: CellFormats, tables: Sequence[ChartTable]) -> list[int]:
    """Write the tables one below the other, and return the row of each table's header."""
    first = _DATA_COLUMN + 1
    sheet.set_column(_DATA_COLUMN, _DATA_COLUMN, _LABEL_WIDTH)
    sheet.set_column(first, first + max(len(table.series) for table in tables) - 1, _NUMBER_WIDTH)
    places = [_FIRST_ROW + 1]
    for table in tables:
        places.append(places[-1] + len(table.rows) + 4)
    for table, (place, _) in zip(tables, pairwise(places), strict=True):
        _write_table(sheet, formats, table, place)
    return places[:-1]


def _write_table(sheet: "Worksheet", formats: CellFormats, table: ChartTable, header: int) -> None:
    put_text(sheet, header - 1, _DATA_COLUMN, table.title, formats.of(looks.HEADING))
    for column, name in enumerate((table.label, *table.series), _DATA_COLUMN):
        put_text(sheet, header, column, name, formats.of(looks.HEADER))
    number = formats.number(looks.PERCENT if table.most == 100 else looks.WHOLE)
    for row, (label, values) in enumerate(table.rows, header + 1):
        put_text(sheet, row, _DATA_COLUMN, cell_text(label), formats.of(looks.TEXT))
        for column, value in enumerate(values, _DATA_COLUMN + 1):
            if value is not None:
                sheet.write_number(row, column, value, number)


def _add_chart(book: "Workbook", sheet: "Worksheet", table: ChartTable, header: int, row: int) -> int:
    """Add a chart at a row. Return the number of rows it covers, including the gap after it."""
    chart = book.add_chart(_TYPES[table.shape])
    first, last = header + 1, header + len(table.rows)
    for column, name in enumerate(table.series, _DATA_COLUMN + 1):
        chart.add_series(
            {
                "name": [NAME, header, column],
                "categories": [NAME, first, _DATA_COLUMN, last, _DATA_COLUMN],
                "values": [NAME, first, column, last, column],
                **_series_look(table.shape, COLOURS[name]),
            }
        )
    _format_chart(chart, table)
    height = _height(table)
    chart.set_size({"width": _WIDTH, "height": height})
    sheet.insert_chart(row, 0, chart, {"description": table.title})
    return height // _ROW_HEIGHT + 2


def _series_look(shape: Shape, colour: str) -> dict[str, Any]:
    if shape is Shape.LINES:
        return {"line": {"color": colour, "width": 2.5}}
    return {"fill": {"color": colour}, "gap": 50}


def _height(table: ChartTable) -> int:
    if table.shape is Shape.LINES:
        return _LINES_HEIGHT
    bars = 2 if table.shape is Shape.STACKED else len(table.series) + 0.5
    return int(_ROUND_BARS + _BAR * bars * len(table.rows))


def _font(**more: int) -> dict[str, Any]:
    """Return the font of the cells, whose texts have the same width on every system. XlsxWriter changes the dict."""
    return {"name": looks.FONT["font_name"], **more}


def _format_chart(chart: "Chart", table: ChartTable) -> None:
    numbers: dict[str, Any] = {
        "name": table.unit,
        "min": 0,
        "num_format": "0",
        "num_font": _font(),
        "name_font": _font(),
        "major_gridlines": {"visible": True},
    }
    numbers["major_gridlines"]["line"] = {"color": "#D9D9D9"}
    if table.most is not None:
        numbers["max"] = table.most
    chart.set_title({"name": table.title, "name_font": _font(size=13)})
    chart.set_legend({"position": "top", "font": _font()})
    # In a bar chart XlsxWriter calls the horizontal axis, which shows the numbers, the x axis.
    if table.shape is Shape.LINES:
        chart.set_x_axis({"num_font": _font(rotation=-90)})
        chart.set_y_axis(numbers)
    else:
        chart.set_x_axis(numbers)
        chart.set_y_axis({"num_font": _font(size=9), "interval_unit": 1, "reverse": True, "crossing": "max"})
