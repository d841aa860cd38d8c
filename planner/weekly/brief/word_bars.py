"""Bars in a Word document, drawn as the coloured cells of a table, which every program shows and prints."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.domain.symbols import shares
from planner.weekly.brief.colours import fill_of, ink_on
from planner.weekly.brief.model import StateBar

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

# The cells of a bar, and the widths in millimetres of the name, of one cell and of the number of items.
_CELLS = 40
_NAME, _CELL, _NUMBER = 54, 2.8, 12
# A piece of a bar has its number if it has at least this many cells.
_LEGIBLE = 2


def add_bars(document: "Document", bars: Sequence[StateBar]) -> None:
    """Add a table with a row for each bar: its name, its pieces, and the number of all items."""
    from docx.shared import Mm

    if not bars:
        return
    table = document.add_table(rows=len(bars), cols=_CELLS + 2)
    table.autofit = False
    for column, wide in zip(table.columns, (_NAME, *[_CELL] * _CELLS, _NUMBER), strict=True):
        column.width = Mm(wide)
    for row, bar in zip(table.rows, bars, strict=True):
        cells = list(row.cells)
        cells[0].text, cells[-1].text = bar.name, f"{bar.total:,}"
        _draw(cells[1:-1], bar)


def _draw(cells: "list[_Cell]", bar: StateBar) -> None:
    counts = {share.state: share.count for share in bar.shares}
    start = 0
    for state, number in shares(counts, _CELLS).items():
        piece = cells[start].merge(cells[start + number - 1])
        _colour(piece, fill_of(state))
        if number >= _LEGIBLE:
            _number(piece, counts[state], ink_on(state))
        start += number


def _colour(cell: "_Cell", fill: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", fill.removeprefix("#"))):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def _number(cell: "_Cell", count: int, ink: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run(f"{count:,}")
    run.font.size, run.font.color.rgb = Pt(8), RGBColor.from_string(ink.removeprefix("#"))
