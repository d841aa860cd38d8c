"""The first sheet: the identity of the file, how to make it again, its contents, and the meaning of its terms."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from planner.domain.definitions import DEFINITIONS, Definitions
from planner.domain.symbols import SIMULATED, SYMBOLS, words
from planner.weekly.contents import WeeklyFile
from planner.weekly.reading import Instance
from planner.weekly.workbook import looks
from planner.weekly.workbook.cells import put_text
from planner.weekly.workbook.charts import NAME as CHARTS
from planner.weekly.workbook.looks import CellFormats
from planner.weekly.workbook.sheet import NOT_PRINTED, print_setup, set_height, sheet_name
from planner.weekly.workbook.texts import cell_text, lines_needed

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

NAME = "Cover"
NOTES = (
    "An empty cell means that there is no value. It never means 0.",
    "The note on a column's header explains the column.",
    "On paper, a sheet has the columns that are read first. On the screen, the others are to the right of them.",
    "A section without rows has no sheet.",
)
_WIDTHS = (22, 10, 124)


class _Page:
    """A sheet that is written line by line from the top."""

    def __init__(self, sheet: "Worksheet", formats: CellFormats) -> None:
        self.sheet = sheet
        self.formats = formats
        self.row = 0

    def line(self, text: str, look: looks.Properties) -> None:
        put_text(self.sheet, self.row, 0, cell_text(text), self.formats.of(look))
        self.row += 1

    def gap(self) -> None:
        self.row += 1


def add_cover(book: "Workbook", formats: CellFormats, found: WeeklyFile, *, with_charts: bool) -> None:
    """Add the cover. It links to the sheet of every section, and to the charts if there are any."""
    sheet = book.add_worksheet(NAME)
    page = _Page(sheet, formats)
    _title(page, found.instance)
    _facts(page, found.instance)
    _contents(page, found, with_charts)
    _words(page)
    for column, column_width in enumerate(_WIDTHS):
        sheet.set_column(column, column, column_width)
    sheet.hide_gridlines(2)
    print_setup(sheet, found.instance, pages_down=1)


def _title(page: _Page, instance: Instance) -> None:
    page.line(instance.title, looks.TITLE)
    page.line(f"Weekly progress file, {instance.week}", looks.SUBTITLE)
    if instance.plan.simulated:
        _band(page, SIMULATED, looks.SIMULATED)
    page.gap()


def _band(page: _Page, text: str, properties: looks.Properties) -> None:
    """Write a line whose format covers the full width of the page."""
    for column in range(1, len(_WIDTHS)):
        page.sheet.write_blank(page.row, column, None, page.formats.of(properties))
    page.line(text, properties)


def _facts(page: _Page, instance: Instance) -> None:
    week = instance.week
    facts = {
        "Plan": instance.plan.key,
        "Week": f"{week}, {week.monday} to {week.sunday}",
        "Known at": f"{instance.known_at_shown} ({instance.plan.time_zone})",
        "To reproduce it, use": instance.command("xlsx"),
        "Data": "simulated" if instance.plan.simulated else "register",
    }
    for label, text in facts.items():
        _label(page, label)
        put_text(page.sheet, page.row, 1, cell_text(text), page.formats.of({"valign": "top"}))
        page.row += 1
        if label == "Week":
            _label(page, "As of")
            page.sheet.write_datetime(
                page.row, 1, instance.as_of, page.formats.of({"num_format": looks.DATE, "align": "left"})
            )
            page.row += 1
    page.gap()


def _label(page: _Page, text: str) -> None:
    put_text(page.sheet, page.row, 0, text, page.formats.of(looks.LABEL))


def _contents(page: _Page, found: WeeklyFile, with_charts: bool) -> None:
    _heading(page, "Sheet", "Rows", "What it answers")
    for filled in found.sections:
        section = filled.table
        if filled.rows:
            _link(page, sheet_name(section.name))
        else:
            put_text(page.sheet, page.row, 0, sheet_name(section.name), page.formats.of({"valign": "top"}))
        page.sheet.write_number(page.row, 1, len(filled.rows), page.formats.of({"valign": "top", "align": "left"}))
        _answer(page, f"{section.title}. {section.answers}")
    if with_charts:
        _link(page, CHARTS)
        _answer(page, "Charts of progress, states, reports and overdue items.")
    page.gap()
    for note in (*NOTES, *_not_printed(found)):
        page.line(note, looks.QUIET)
    page.gap()


def _not_printed(found: WeeklyFile) -> Iterator[str]:
    """Yield the note that names the sheets of the book that are not printed, if it has such sheets."""
    names = [sheet_name(one.table.name) for one in found.sections if one.rows and one.table.name in NOT_PRINTED]
    if names:
        yield f"Not printed: {', '.join(names)}."


def _answer(page: _Page, text: str) -> None:
    put_text(page.sheet, page.row, 2, text, page.formats.of(looks.TEXT))
    set_height(page.sheet, page.row, lines_needed(text, _WIDTHS[2]), looks.LINE_HEIGHT)
    page.row += 1


def _heading(page: _Page, *texts: str) -> None:
    for column, text in enumerate(texts):
        put_text(page.sheet, page.row, column, text, page.formats.of(looks.HEADER))
    page.row += 1


def _link(page: _Page, name: str) -> None:
    page.sheet.write_url(page.row, 0, f"internal:'{name}'!A1", page.formats.of(looks.LINK), name)


def _words(page: _Page) -> None:
    page.line("What the words mean", looks.TITLE)
    for definitions in DEFINITIONS:
        page.gap()
        _vocabulary(page, definitions)


def _vocabulary(page: _Page, definitions: Definitions) -> None:
    _band(page, definitions.name, looks.HEADING)
    page.line(definitions.says, looks.QUIET)
    for word, meaning in definitions.meanings.items():
        look = page.formats.word(word) if word in SYMBOLS else page.formats.of({"valign": "top"})
        put_text(page.sheet, page.row, 0, words(word), look)
        put_text(page.sheet, page.row, 1, meaning, page.formats.of({"valign": "top"}))
        page.row += 1
