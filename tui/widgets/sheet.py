"""Shows a weekly file: a table with pages of columns, the full row under the cursor, and the totals."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from textual.content import Content

from planner.base.formats import month, percent
from planner.base.language import tr, tr_count, tr_later
from planner.base.visible_text import right_to_left
from planner.domain.rules.figures import points_between
from planner.domain.symbols import SYMBOLS, words
from planner.domain.vocabulary import Schedule
from tui.marks import MUTED, STRONG, count, mark, one_line, points
from tui.widgets.blocks import Block
from tui.widgets.table import GAP, LONGEST_CODE, Column

if TYPE_CHECKING:
    from planner.tables.columns import Column as SheetColumn
    from planner.tables.table import Filled
    from tui.data.weekly import Sheet

# The columns that are on every page, and the columns among them that take the remaining width.
FIXED = ("by", "code", "title", "name")
COMFORTABLE = ("title", "name")

# The columns with an item's fixed facts. On the screen they come after the columns with its status.
BACKGROUND = ("key", "kind", "theme", "basis", "lead", "supporting", "week", "as_of", "data")

# The type of columns that hold vocabulary words.
WORD = "word"

# The smallest width of the title column, in terminal cells.
TITLE_WIDTH = 20

# The width of a column by its type. A longer title makes the column wider.
_WIDTHS = {"text": 20, "word": 13, "list": 20, "whole number": 6, "number, one decimal": 7, "number": 8, "date": 10}


def column_pages(columns: "Sequence[SheetColumn[Any]]", width: int) -> "list[list[SheetColumn[Any]]]":
    """Divide the columns that are not fixed into pages that fit next to the fixed columns.

    The columns in BACKGROUND come last.
    """
    fixed = [_width(column) for column in columns if column.name in FIXED]
    room = width - GAP - sum(cells + GAP for cells in fixed)
    parted: list[list[SheetColumn[Any]]] = [[]]
    left = room
    for column in sorted(columns, key=lambda column: column.name in BACKGROUND):
        if column.name in FIXED:
            continue
        needed = _width(column) + GAP
        if parted[-1] and needed > left:
            parted.append([])
            left = room
        parted[-1].append(column)
        left -= needed
    return parted


def table_columns(filled: "Filled[Any]", page: "Sequence[SheetColumn[Any]]") -> list[Column[Any]]:
    """Return the fixed columns and the columns of a page for the table widget."""
    fixed = [column for column in filled.columns if column.name in FIXED]
    return [_table_column(column) for column in (*fixed, *page)]


def _table_column(column: "SheetColumn[Any]") -> Column[Any]:
    return Column(
        column.name,
        column.title,
        lambda row, _: _cell(column, column.read(row)),
        _width(column),
        right=column.type.numeric,
        comfort=TITLE_WIDTH if column.name in COMFORTABLE else 0,
        most=LONGEST_CODE if column.name == "code" else 0,
    )


def _width(column: "SheetColumn[Any]") -> int:
    if column.name in COMFORTABLE:
        return TITLE_WIDTH
    return max(6 if column.name == "code" else _WIDTHS[column.type], len(column.title))


def _cell(column: "SheetColumn[Any]", value: Any) -> Content:
    if _is_state(value):
        return mark(value)
    text = one_line(screen_text(column, value))
    return Content.styled(text, STRONG) if column.name == "code" else Content(text)


def _is_state(value: Any) -> bool:
    return isinstance(value, StrEnum) and value.value in SYMBOLS


def screen_text(column: "SheetColumn[Any]", value: Any) -> str:
    """Return a value as text for the screen, or an empty text for an empty cell. A state is shown with its symbol."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(words(str(part)) if column.one_of else str(part) for part in value)
    if isinstance(value, date):
        return value.isoformat()
    if _is_state(value):
        return mark(value).plain
    return words(str(value)) if column.type == WORD else str(value)


def row_blocks(filled: "Filled[Any]", row: Any) -> Iterator[Block]:
    """Yield a block for each column with its value. Empty cells are left out."""
    for column in filled.columns:
        text = screen_text(column, column.read(row))
        label = tr_later(column.title)
        if right_to_left(text):
            yield Block(Content.styled(f"{label}:", MUTED))
            yield Block(Content(text), "-right-to-left")
        elif text:
            yield Block(Content.assemble((f"{label}: ", MUTED), text))


def section_heading(sheet: "Sheet", width: int) -> Content:
    """Return the section's title, its position among the sections, its number of rows, and the question it answers.

    The question is left out if it does not fit into the width.
    """
    section, rows = sheet.filled.table, len(sheet.filled.rows)
    place = tr("{place} of {total}", place=sheet.place + 1, total=len(sheet.titles))
    heading = Content.assemble(
        (tr_later(section.title), STRONG),
        (f"  {place}  ", MUTED),
        tr_count("{count:,} row", "{count:,} rows", rows),
    )
    return _with_room(heading, Content.styled(f"  {tr_later(section.answers)}", MUTED), width)


def _with_room(heading: Content, more: Content, width: int) -> Content:
    return heading + more if heading.cell_length + more.cell_length <= width else heading


def week_heading(sheet: "Sheet", width: int) -> Content:
    """Return the week, its first and last day, the as-of date, and if there is room, the known-at instant."""
    found = sheet.instance
    known = found.known_at_local
    span = tr(
        "{monday} to {sunday}, as of {as_of}",
        monday=f"{found.week.monday:%d} {month(found.week.monday)}",
        sunday=f"{found.week.sunday:%d} {month(found.week.sunday)}",
        as_of=found.as_of,
    )
    instant = tr("as known at {instant}", instant=f"{known[:10]} {known[11:16]}")
    heading = Content.assemble((f"{found.week}", "bold"), f"  {span}")
    return _with_room(heading, Content.styled(f", {instant}", MUTED), width)


def totals(sheet: "Sheet") -> Content:
    """Return the totals: items, percent done, change since last week, percent expected, and late items by state."""
    now, before = sheet.now, sheet.before
    moved = points(points_between(now.actual or 0.0, before.actual))
    late = [count(word, now.schedules[word]) for word in (Schedule.OVERDUE, Schedule.OFF_TRACK, Schedule.BEHIND)]
    return Content("  ").join(
        [
            Content.styled(tr_count("{count:,} item", "{count:,} items", now.items), STRONG),
            Content.assemble(
                f"{percent(now.actual)}, ", moved, "  ", tr("expected {percent}", percent=percent(now.expected))
            ),
            *late,
        ]
    )
