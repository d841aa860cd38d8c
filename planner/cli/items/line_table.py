"""A short table without headings, of which each row is one line.

rich measures each cell twice and renders it as a block of its own, in case it must be wrapped. Six short lists took a
fifteenth of the time of `planner overview`, although their rows nearly always fit on the terminal.
"""

from collections.abc import Iterator, Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.segment import Segment
from rich.style import Style
from rich.table import Table
from rich.text import Text

from planner.base.visible_text import barred

GAP = "  "


class LineTable(Table):
    """A table whose rows are indented, and put together as lines if all of them fit. If not, rich wraps their cells.

    Each cell has one style.
    """

    def __init__(self, rows: Sequence[Sequence[str | Text]]) -> None:
        super().__init__(box=None, pad_edge=False, show_header=False)
        self._lines = rows
        for row in rows:
            # The first cell is the indent.
            self.add_row("", *row)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Yield the pieces of the table: the same as rich would, where all rows fit."""
        texts = [[barred(str(cell)) for cell in row] for row in self._lines]
        widths = [max(map(cell_len, column)) for column in zip(*texts, strict=True)]
        fits = sum(len(GAP) + width for width in widths) <= options.max_width
        # rich gives a tab more room, and a line break another line.
        if not fits or any(sign in text for row in texts for text in row for sign in "\t\n"):
            yield from super().__rich_console__(console, options)
            return
        for row, shown in zip(self._lines, texts, strict=True):
            styles = [console.get_style(cell.style) if isinstance(cell, Text) else None for cell in row]
            yield from _line(shown, widths, styles)


def _line(texts: Sequence[str], widths: Sequence[int], styles: Sequence[Style | None]) -> Iterator[Segment]:
    for text, width, style in zip(texts, widths, styles, strict=True):
        yield Segment(GAP)
        yield Segment(text + " " * (width - cell_len(text)), style)
    yield Segment.line()
