"""A weekly file as a table that is paged sideways, the line under the cursor in full, and the totals."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from textual.content import Content

from planner.base.formats import percent
from planner.base.numbers import counted
from planner.domain.rules.figures import points_between
from planner.domain.symbols import SYMBOLS, words
from planner.domain.vocabulary import Schedule
from tui.marks import MUTED, STRONG, count, mark, one_line, points, right_to_left
from tui.widgets.blocks import Block
from tui.widgets.table import GAP, Column

if TYPE_CHECKING:
    from planner.weekly.table import Column as SheetColumn
    from planner.weekly.table import Filled
    from tui.data.weekly import Sheet

# Columns that stay while the others are paged, and of these the one that takes what the others leave.
FIXED = ("by", "code", "title", "name")
COMFORTABLE = ("title", "name")

# Columns that say what an item is rather than how it is: on the screen they come after the others.
BACKGROUND = ("kind", "theme", "basis", "lead", "supporting", "week", "as_of", "data")

# What the definition of the file calls a column of words.
WORD = "word"

# So wide is the title at least.
TITLE_WIDTH = 20

# How wide a column is by what it holds, where its title needs no more.
_WIDTHS = {"text": 20, "word": 13, "list": 20, "whole number": 6, "number, one decimal": 7, "number": 8, "date": 10}


def pages(columns: "Sequence[SheetColumn[Any]]", width: int) -> "list[list[SheetColumn[Any]]]":
    """The columns that are not fixed, parted so that each page has room beside the fixed ones.

    What a section is about comes first; what items are comes last.
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
    """The fixed columns and those of a page, as the table draws them."""
    fixed = [column for column in filled.section.all_columns if column.name in FIXED]
    return [_table_column(filled, column) for column in (*fixed, *page)]


def _table_column(filled: "Filled[Any]", column: "SheetColumn[Any]") -> Column[Any]:
    return Column(
        column.name,
        column.title,
        lambda row, _: _cell(column, filled.read(column, row)),
        _width(column),
        right=column.type.numeric,
        comfort=TITLE_WIDTH if column.name in COMFORTABLE else 0,
    )


def _width(column: "SheetColumn[Any]") -> int:
    if column.name in COMFORTABLE:
        return TITLE_WIDTH
    return max(6 if column.name == "code" else _WIDTHS[column.type], len(column.title))


def _cell(column: "SheetColumn[Any]", value: Any) -> Content:
    if _is_state(value):
        return mark(value)
    text = one_line(shown(column, value))
    return Content.styled(text, STRONG) if column.name == "code" else Content(text)


def _is_state(value: Any) -> bool:
    return isinstance(value, StrEnum) and value.value in SYMBOLS


def shown(column: "SheetColumn[Any]", value: Any) -> str:
    """A value as it is read on the screen; empty where the file has an empty cell. States come with their symbols."""
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
    """A line in full: every column with its value; what is empty in the file is left out."""
    for column in filled.section.all_columns:
        text = shown(column, filled.read(column, row))
        if right_to_left(text):
            yield Block(Content.styled(f"{column.words.capitalize()}:", MUTED))
            yield Block(Content(text), "-right-to-left")
        elif text:
            yield Block(Content.assemble((f"{column.words.capitalize()}: ", MUTED), text))


def section_heading(sheet: "Sheet") -> Content:
    """Which section, of how many, what it answers, and how many rows it has."""
    section, rows = sheet.filled.section, len(sheet.filled.rows)
    return Content.assemble(
        (section.title, STRONG),
        (f"  {sheet.place + 1} of {len(sheet.titles)}  ", MUTED),
        f"{counted(rows, 'row')}  ",
        (section.answers, MUTED),
    )


def week_heading(sheet: "Sheet") -> Content:
    """Which week, as of which day, as known when."""
    found = sheet.instance
    known = found.known_at_local
    return Content.assemble(
        (f"{found.week}", "bold"),
        f"  {found.week.monday:%d %b} to {found.week.sunday:%d %b}, as of {found.as_of}",
        (f", known at {known[:10]} {known[11:16]}", MUTED),
    )


def totals(sheet: "Sheet") -> Content:
    """The whole of the items: how far, what moved since the week before, how many are in which state."""
    now, before = sheet.now, sheet.before
    moved = points(points_between(now.actual or 0.0, before.actual))
    late = [count(word, now.schedules[word]) for word in (Schedule.OVERDUE, Schedule.OFF_TRACK, Schedule.BEHIND)]
    return Content("  ").join(
        [
            Content.styled(f"{now.items} items", STRONG),
            Content.assemble(f"{percent(now.actual)}, ", moved, f"  expected {percent(now.expected)}"),
            *late,
        ]
    )
