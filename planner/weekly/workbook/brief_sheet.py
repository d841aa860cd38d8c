"""The first sheet: the brief of the week, with the themes by state drawn by the colours of cells."""

from typing import TYPE_CHECKING, Any

from planner.base.visible_text import right_to_left
from planner.domain.symbols import MADE_UP, SYMBOLS, shares
from planner.weekly.brief.colours import fill_of
from planner.weekly.brief.model import Brief, BriefLine, BriefList, StateBar
from planner.weekly.workbook import looks
from planner.weekly.workbook.cells import put_text
from planner.weekly.workbook.looks import CellFormats
from planner.weekly.workbook.sheet import print_setup, set_height
from planner.weekly.workbook.texts import cell_text, lines_needed

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

NAME = "Brief"

# The columns: the symbol, the code, a title or name, then the cells of the bars, and the number of a bar.
_MARK, _CODE, _TITLE, _FIRST_CELL, _CELLS = 0, 1, 2, 3, 40
_WIDTHS, _CELL_WIDTH, _NUMBER_WIDTH = (3, 18, 46), 1.2, 6
_LAST = _FIRST_CELL + _CELLS
# The width of a text that goes from the title to the end, and of one that goes over the whole sheet.
_TEXT_WIDTH = int(_WIDTHS[_TITLE] + _CELLS * _CELL_WIDTH + _NUMBER_WIDTH)
_PAGE_WIDTH = _TEXT_WIDTH + _WIDTHS[_MARK] + _WIDTHS[_CODE]

_BOLD: looks.Properties = {"bold": True, "valign": "top", "text_wrap": True}
_FACT: looks.Properties = {"font_color": "#595959", "valign": "top", "text_wrap": True}


def add_brief(book: "Workbook", formats: CellFormats, brief: Brief) -> None:
    """Add the sheet of the brief."""
    page = _BriefSheet(book.add_worksheet(NAME), formats)
    page.head(brief)
    page.bar(brief.plan)
    page.legend(brief.plan)
    for part in brief.parts:
        page.gap()
        page.whole_line(part.title, looks.HEADING)
        for one in part.lists:
            page.list(one)
    page.gap()
    page.whole_line("Themes by state", looks.HEADING)
    for theme in brief.themes:
        page.bar(theme)
    if brief.themes_left_out:
        page.whole_line(f"and {brief.themes_left_out:,} more themes with less trouble", looks.QUIET)
    if brief.footnote:
        page.whole_line(brief.footnote, looks.QUIET)
    page.set_columns()
    print_setup(page.sheet, brief.instance)


class _BriefSheet:
    """The sheet, which is written line by line from the top."""

    def __init__(self, sheet: "Worksheet", formats: CellFormats) -> None:
        self.sheet = sheet
        self._formats = formats
        self._row = 0

    def set_columns(self) -> None:
        for column, column_width in enumerate(_WIDTHS):
            self.sheet.set_column(column, column, column_width)
        self.sheet.set_column(_FIRST_CELL, _LAST - 1, _CELL_WIDTH)
        self.sheet.set_column(_LAST, _LAST, _NUMBER_WIDTH)
        self.sheet.hide_gridlines(2)

    def head(self, brief: Brief) -> None:
        self.whole_line(brief.title, {**looks.TITLE, "text_wrap": True})
        self.whole_line(brief.heading, looks.SUBTITLE)
        if brief.instance.plan.simulated:
            self.whole_line(f"SIMULATED. {MADE_UP}", looks.SIMULATED)
        self.gap()
        self.whole_line("Where the plan stands", looks.HEADING)
        self.whole_line(brief.sentence, _BOLD)

    def gap(self) -> None:
        self._row += 1

    def whole_line(self, text: str, look: looks.Properties) -> None:
        """Write a text over all columns."""
        self._over(_MARK, text, look, _PAGE_WIDTH)
        self._row += 1

    def legend(self, bar: StateBar) -> None:
        """Write what the colours of a bar mean, over all columns."""
        pieces: list[Any] = []
        for share in bar.shares:
            pieces += [self._formats.of({"font_color": fill_of(share.state)}), "■", f" {share.in_words}   "]
        if pieces:
            look = self._formats.of({"valign": "top"})
            self.sheet.merge_range(self._row, _MARK, self._row, _LAST, "", look)
            self.sheet.write_rich_string(self._row, _MARK, *pieces, look)
        self._row += 1

    def _over(self, first: int, text: str, look: looks.Properties, wide: int) -> None:
        """Write a text over the columns from the first to the last."""
        direction = {"reading_order": 2, "align": "right"} if right_to_left(text) else {}
        properties = self._formats.of({**look, **direction})
        self.sheet.merge_range(self._row, first, self._row, _LAST, "", properties)
        put_text(self.sheet, self._row, first, cell_text(text), properties)
        set_height(self.sheet, self._row, lines_needed(text, wide), looks.LINE_HEIGHT)

    def list(self, one: BriefList) -> None:
        self.whole_line(one.heading, _BOLD if one.total else looks.QUIET)
        for line in one.lines:
            self._entry(line)
        if one.more:
            self.whole_line(f"and {one.more:,} more", looks.QUIET)

    def _entry(self, line: BriefLine) -> None:
        put_text(self.sheet, self._row, _MARK, SYMBOLS[line.mark][0], self._formats.of({"valign": "top"}))
        put_text(self.sheet, self._row, _CODE, cell_text(line.code), self._formats.of(_BOLD))
        self._indented(line.title, _BOLD)
        self._indented(f"{line.fact} · {line.lead}" if line.lead else line.fact, _FACT)
        if line.quote:
            self._indented(line.quote, looks.TEXT)

    def _indented(self, text: str, look: looks.Properties) -> None:
        self._over(_TITLE, text, look, _TEXT_WIDTH)
        self._row += 1

    def bar(self, bar: StateBar) -> None:
        """Draw a bar by the colours of cells. Each piece has its number, if it is wide enough."""
        put_text(self.sheet, self._row, _TITLE, cell_text(bar.name), self._formats.of(looks.TEXT))
        counts = {share.state: share.count for share in bar.shares}
        column = _FIRST_CELL
        for state, cells in shares(counts, _CELLS).items():
            look = self._formats.of({"bg_color": fill_of(state), "align": "center", "font_size": 9})
            for place in range(cells):
                self.sheet.write_blank(self._row, column + place, None, look)
            column += cells
        self.sheet.write_number(self._row, _LAST, bar.total, self._formats.number(looks.WHOLE))
        set_height(self.sheet, self._row, lines_needed(bar.name, _WIDTHS[_TITLE]), looks.LINE_HEIGHT)
        self._row += 1
