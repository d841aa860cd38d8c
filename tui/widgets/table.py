"""A table that draws only its visible rows, so that a hundred thousand rows take no more time than fifty.

Each column states the width it needs. A narrow terminal leaves out the least important columns.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Generic, TypeVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from planner.base.language import tr, tr_later
from planner.base.views import value_class
from planner.base.visible_text import right_to_left
from tui.keys import bindings
from tui.marks import STRONG

Row = TypeVar("Row")

GAP = 1

# The wide column of a table has at least this width, unless only the first column is left beside it.
LEAST = 8

# The largest number of drawn rows that a table keeps.
MOST_KEPT = 500

# So many rows are measured before a table is drawn. A row below them that needs more room makes its column wider.
_MEASURED = 200
# Longer codes are cut.
LONGEST_CODE = 14


@value_class
class Column(Generic[Row]):
    """A column: its title, the function that draws a row's cell in a given width, and its width in terminal cells.

    The table translates the title, which is marked by `later`. If there is too little room, `narrow` and `narrow_title`
    first replace `width` and `title`. Then the columns with the highest `rank` are left out; those of rank 0 only if
    the wide column would have no room. One column, the wide one, has a `comfort` above 0. It takes all the remaining
    width. Columns of rank 4 or more are left out until this column is `comfort` cells wide.

    A column with a `most` above its width is as wide as its widest cell needs, up to this, so that codes are not cut.
    """

    key: str
    title: str
    cell: Callable[[Row, int], Content]
    width: int
    order: Callable[[Row], Any] | None = None
    rank: int = 0
    right: bool = False
    comfort: int = 0
    narrow: int | None = None
    narrow_title: str | None = None
    most: int = 0


Fitted = tuple[Column[Row], str, int]


def code_column(code: Callable[[Row], str], title: str, width: int = 6, key: str = "code") -> Column[Row]:
    """Return the column of codes, which is wide enough for the codes that offices give."""
    return Column(key, title, lambda row, _: Content.styled(code(row), STRONG), width, most=LONGEST_CODE)


def fitted(columns: Sequence[Column[Row]], width: int) -> list[Fitted[Row]]:
    """Return the columns that fit into a width, each with its title and its width."""
    if _needed(columns, narrow=False) <= width:
        return _widths(columns, width, narrow=False)
    kept = list(columns)
    while True:
        lowest = max(kept, key=lambda column: column.rank)
        comfort = max(column.comfort - _width(column, narrow=True) for column in kept) if lowest.rank >= 4 else 0
        if lowest.rank == 0 or _needed(kept, narrow=True) + max(0, comfort) <= width:
            return _widths(_uncut(kept, width), width, narrow=True)
        kept.remove(lowest)


def _uncut(columns: "list[Column[Row]]", width: int) -> "list[Column[Row]]":
    """Make the wide column narrower, then leave out the last columns, so that the edge of the table cuts no number."""
    kept = list(columns)
    while _needed(kept, narrow=True) > width:
        others = [column for column in kept if not column.comfort]
        room = width - _needed(others, narrow=True) - GAP
        if room >= LEAST or len(others) < 2:
            return [replace(column, narrow=max(1, room)) if column.comfort else column for column in kept]
        kept.remove(others[-1])
    return kept


def _width(column: Column[Row], *, narrow: bool) -> int:
    return column.narrow if narrow and column.narrow is not None else column.width


def _needed(columns: Sequence[Column[Row]], *, narrow: bool) -> int:
    return sum(_width(column, narrow=narrow) + GAP for column in columns) + GAP


def _widths(columns: Sequence[Column[Row]], width: int, *, narrow: bool) -> list[Fitted[Row]]:
    spare = max(0, width - _needed(columns, narrow=narrow))
    return [
        (
            column,
            tr_later(column.narrow_title if narrow and column.narrow_title is not None else column.title),
            _width(column, narrow=narrow) + (spare if column.comfort else 0),
        )
        for column in columns
    ]


class Table(ScrollView, Generic[Row], can_focus=True, inherit_bindings=False):
    """Rows with a cursor.

    `identity` returns a value that identifies a row, so that the cursor stays on its row when the rows are replaced.
    With `keeps_lines` the table reuses lines that it has drawn. Set `keeps_lines` only if the cells of a row depend on
    the row alone.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings.TABLE
    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"table--header", "table--cursor", "table--cursor-blurred", "table--empty"}

    cursor: reactive[int] = reactive(0, repaint=False)

    @dataclass
    class Pointed(Message):
        """The cursor moved to another row."""

        table: "Table[Any]"
        row: Any

        @property
        def control(self) -> "Table[Any]":
            """Return the table that sent the message."""
            return self.table

    class Opened(Pointed):
        """A person opened a row."""

    class OpenedEarly(Pointed):
        """A person pressed the key that opens a row before there were rows."""

    @dataclass
    class Titled(Message):
        """A person clicked the title of a column."""

        key: str

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        identity: Callable[[Row], Hashable],
        *,
        empty: str,
        id: str | None = None,  # noqa: A002  (Textual's word)
        classes: str | None = None,
        keeps_lines: bool = False,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = columns
        self.rows: Sequence[Row] = ()
        self.empty = empty
        self._waits = True
        self.sorted_by: tuple[str, bool] | None = None
        self._identity = identity
        self._fitted: list[Fitted[Row]] = []
        self._fitted_to = 0
        # How many cells the columns need that are as wide as their texts.
        self._cells_needed: dict[str, int] = {}
        self._keeps_lines = keeps_lines
        self._kept: dict[tuple[int, tuple[str, ...]], tuple[Row, Strip]] = {}
        self.virtual_size = Size(0, 2)

    @property
    def row(self) -> Row | None:
        """Return the row under the cursor, or None if there are no rows."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def keys_seen(self) -> list[str]:
        """Return the keys of the columns that fit, even if the table has not been drawn yet."""
        self._fit(self.scrollable_content_region.width)
        return [column.key for column, _, _ in self._fitted]

    @property
    def column_widths(self) -> dict[str, int]:
        """Return the widths of the columns that fit, by their keys."""
        self._fit(self.scrollable_content_region.width)
        return {column.key: width for column, _, width in self._fitted}

    def use(self, columns: Sequence[Column[Row]]) -> None:
        """Replace the columns."""
        self.columns = columns
        self._forget_widths()
        self.refresh()

    def _fit(self, width: int) -> None:
        """Compute the widths of the columns unless they are known for this width of the table."""
        if not self._fitted or self._fitted_to != width:
            self._forget_widths()
            self._fitted, self._fitted_to = self._fit_columns(width), width

    def _fit_columns(self, width: int) -> list[Fitted[Row]]:
        """Return the columns that fit into a width, each as wide as its texts need if it may be."""
        wide = ((column, min(column.most, self._cells_needed.get(column.key, 0))) for column in self.columns)
        return fitted([replace(one, width=cells) if cells > one.width else one for one, cells in wide], width)

    def _measure(self) -> None:
        """Note how wide the columns must be that are as wide as their texts."""
        before = self._cells_needed
        self._cells_needed = {
            column.key: max((column.cell(row, column.most).cell_length for row in self.rows[:_MEASURED]), default=0)
            for column in self.columns
            if column.most
        }
        if self._cells_needed != before:
            self._forget_widths()

    def _note_needed(self, column: Column[Row], needed: int, width: int) -> None:
        """Make a column wider if a row that was not measured needs more room."""
        if width < min(needed, column.most) and needed > self._cells_needed.get(column.key, 0):
            self._cells_needed[column.key] = needed
            self.call_after_refresh(self._widen)

    def _widen(self) -> None:
        self._forget_widths()
        self.refresh()

    def _forget_widths(self) -> None:
        self._fitted = []
        self._kept.clear()

    def notify_style_update(self) -> None:
        """Draw all rows again when the colours change."""
        super().notify_style_update()
        self._kept.clear()

    def show(
        self, rows: Sequence[Row], *, empty: str | None = None, find: Callable[[Row], int | None] | None = None
    ) -> None:
        """Replace the rows.

        The cursor stays on its row, or at the same index if the row no longer exists. `find` returns the index of a row
        among the new rows. Pass `find` if this avoids a search of all rows.
        """
        before, self._waits = self.row, False
        self.rows = rows
        self._measure()
        self.empty = empty or self.empty
        self.virtual_size = Size(0, max(1, len(rows)) + 1)
        self.refresh(layout=True)
        place = None if before is None else (find or self._place_of)(before)
        target = self.cursor if place is None else place
        self.set_reactive(Table.cursor, max(0, min(target, len(rows) - 1)))
        self.call_after_refresh(self._follow)
        if self.row is not None:
            self.post_message(self.Pointed(self, self.row))

    def stop_waiting(self) -> None:
        """If the table still waits for its first rows, show a message that nothing is loaded."""
        if self._waits:
            self.empty = tr("Nothing is loaded.")
            self.refresh()

    def _place_of(self, row: Row) -> int | None:
        wanted = self._identity(row)
        return next((place for place, other in enumerate(self.rows) if self._identity(other) == wanted), None)

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a row."""
        return max(0, min(cursor, len(self.rows) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Scroll to the cursor, draw its old and its new row again, and post a message with the new row."""
        self._follow()
        for index in (before, now):
            self.refresh_row(index)
        if self.row is not None:
            self.post_message(self.Pointed(self, self.row))

    def refresh_row(self, index: int) -> None:
        """Draw a row again."""
        self.refresh(Region(0, index + 1 - self.scroll_offset.y, self.size.width, 1))

    def _follow(self) -> None:
        """Scroll so that the row with the cursor is visible below the header, which does not scroll."""
        seen = max(1, self.scrollable_content_region.height - 1)
        top = round(self.scroll_y)
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif self.cursor >= top + seen:
            self.scroll_to(y=self.cursor - seen + 1, animate=False)

    def on_resize(self) -> None:
        """Fit the columns to the new width."""
        self._forget_widths()
        self._follow()

    # docs/decisions/0094: only lines in view are drawn, whatever the number of rows.
    def render_line(self, y: int) -> Strip:
        """Draw a line: the header, a row, or the message for an empty table."""
        width = self.scrollable_content_region.width
        self._fit(width)
        if y == 0:
            return self._strip(self._header(), width, "table--header")
        index = y - 1 + self.scroll_offset.y
        if index < len(self.rows):
            return self._row_strip(self.rows[index], width, self._cursor_style(index))
        if y == 1 and not self.rows:
            return self._strip(Content(f" {self.empty}"), width, "table--empty")
        return self._strip(Content(" "), width)

    def _row_strip(self, row: Row, width: int, style: tuple[str, ...]) -> Strip:
        if not self._keeps_lines:
            return self._strip(self._line(row), width, *style)
        place = (id(row), style)
        if place not in self._kept:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            # The row is kept with its line, so that no other row can get the same id.
            self._kept[place] = (row, self._strip(self._line(row), width, *style))
        return self._kept[place][1]

    def _strip(self, content: Content, width: int, *component: str) -> Strip:
        """Return a line of text as segments that share their styles.

        Textual's own function adds the position of each segment to its style, so that text can be selected. All styles
        then differ, and a cache of styles is of no use when the line is written.
        """
        style = self.get_visual_style(*component)
        parts = content.render(style, end="", parse_style=self._get_style)
        segments = [Segment(text, (style + part).rich_style) for text, part in parts]
        return Strip(segments, content.cell_length).adjust_cell_length(width, style.rich_style)

    def _cursor_style(self, index: int) -> tuple[str, ...]:
        if index != self.cursor:
            return ()
        return ("table--cursor",) if self.has_focus else ("table--cursor-blurred",)

    def _header(self) -> Content:
        cells = []
        for column, title, width in self._fitted:
            sign = ""
            if self.sorted_by and self.sorted_by[0] == column.key:
                sign = "▾" if self.sorted_by[1] else "▴"
            cells.append(_cell(Content(title + sign), width, column.right))
        return Content(" ").join(cells).pad_left(GAP)

    def _line(self, row: Row) -> Content:
        cells = []
        for column, _, width in self._fitted:
            content = column.cell(row, width)
            if column.most:
                self._note_needed(column, content.cell_length, width)
            cells.append(_cell(content, width, column.right))
        return Content(" ").join(cells).pad_left(GAP)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the clicked row, or open the row if it has the cursor.

        A click on a title posts `Titled`.
        """
        offset = event.get_content_offset(self)
        if offset is None:
            return
        if offset.y == 0:
            self._title_clicked(offset.x)
            return
        index = offset.y - 1 + self.scroll_offset.y
        if index >= len(self.rows):
            return
        if index == self.cursor:
            self.action_choose()
        else:
            self.cursor = index

    def _title_clicked(self, x: int) -> None:
        right = GAP
        for column, _, width in self._fitted:
            right += width + GAP
            if x < right:
                self.post_message(self.Titled(column.key))
                return

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        if self.row is not None:
            self.post_message(self.Opened(self, self.row))
        elif self._waits:
            self.post_message(self.OpenedEarly(self, None))

    def action_down(self) -> None:
        """Move the cursor down by one row."""
        self.cursor += 1

    def action_up(self) -> None:
        """Move the cursor up by one row."""
        self.cursor -= 1

    def action_page_down(self) -> None:
        """Move the cursor down by one page."""
        self.cursor += max(1, self.scrollable_content_region.height - 2)

    def action_page_up(self) -> None:
        """Move the cursor up by one page."""
        self.cursor -= max(1, self.scrollable_content_region.height - 2)

    def action_top(self) -> None:
        """Move the cursor to the first row."""
        self.cursor = 0

    def action_bottom(self) -> None:
        """Move the cursor to the last row."""
        self.cursor = len(self.rows) - 1


def _cell(content: Content, width: int, right: bool) -> Content:
    """Return a cell of exactly the given width. Numbers and right-to-left text are aligned at the right edge."""
    fitting = content.truncate(width, ellipsis=True)
    if right or right_to_left(fitting.plain):
        return fitting.pad_left(width - fitting.cell_length)
    return fitting.pad_right(width - fitting.cell_length)
