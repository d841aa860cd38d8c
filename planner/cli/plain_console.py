"""A console that prints each row of a table as one line of words, for screen readers and braille displays."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO

from rich.console import Group
from rich.table import Table
from rich.text import Text

from planner.base.visible_text import barred
from planner.cli.visible_console import VisibleConsole
from planner.domain.plain_words import in_plain_words

# The number of columns for which tables are made, as for a pipe: no column is left out and no title is cut.
_COLUMNS = 200


class PlainConsole(VisibleConsole):
    """A console for --plain: no colours, no columns beside each other, and lines that are never cut or wrapped."""

    def __init__(self, file: TextIO) -> None:
        super().__init__(file=file, no_color=True, width=_COLUMNS, force_terminal=False)

    def print(self, *objects: Any, **_: Any) -> None:
        """Print texts as they are, and each row of a table as one line. Styles are ignored."""
        if all(isinstance(one, str | Text) for one in objects):
            self._write([" ".join(map(_text, objects))])
        else:
            self._write(line for one in objects for line in _lines(one))

    def print_line(self, line: str) -> None:
        """Print a line that may be long."""
        self._write([line])

    def print_lines(self, first: Text, more: Iterable[str]) -> None:
        """Print several lines."""
        self._write([first.plain, *more])

    def _write(self, lines: Iterable[str]) -> None:
        self.file.write("".join(f"{in_plain_words(barred(line.rstrip()))}\n" for line in lines))


def row_lines(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield a line for each row: "Name: value; Name: value". An empty cell is left out.

    A row with a text in one cell only is the heading of the rows below it, and stands alone.
    """
    for row in rows:
        cells = [(heading.strip(), text.strip()) for heading, text in zip(headings, row, strict=True) if text.strip()]
        if len(cells) == 1 and len(row) > 1:
            yield cells[0][1]
        elif cells:
            # A dash that is all of a cell is "none" in plain words, but not in the middle of a line.
            shown = [(heading, in_plain_words(text)) for heading, text in cells]
            yield "; ".join(f"{heading}: {text}" if heading else text for heading, text in shown)


def _lines(one: object) -> Iterator[str]:
    if isinstance(one, Table):
        yield from _rows(one)
    elif isinstance(one, Group):
        for part in one.renderables:
            yield from _lines(part)
    else:
        yield _text(one)


def _rows(table: Table) -> Iterator[str]:
    columns = [[_text(cell) for cell in column.cells] for column in table.columns]
    headings = [_text(column.header) if table.show_header else "" for column in table.columns]
    yield from row_lines(headings, zip(*columns, strict=True))


def _text(cell: object) -> str:
    return cell.plain if isinstance(cell, Text) else str(cell)
