"""The sections as tables of the page: headers with explanations, cells formatted by type, and long tables folded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from planner.domain.symbols import SYMBOLS, TONES, words
from planner.tables.columns import Column, ColumnType, Value
from planner.tables.table import Filled

# A section with more rows than this is folded until the reader opens it.
LONGEST_OPEN = 100
# The most rows of a section on the page, because browsers become slow with more. The other formats have all rows.
MOST_ROWS = 5_000
# A table with more columns than this is wide and is printed in landscape. If it also has more text columns than this,
# each row is laid out as a block, in print and on phones.
MOST_BESIDE_EACH_OTHER = 9
MOST_TEXTS_BESIDE_EACH_OTHER = 3
# In a block, a text longer than this many characters has a line of its own.
LONGEST_IN_LINE = 60

ESTIMATED = "estimated"


@dataclass(frozen=True)
class ColumnHeader:
    """The header of a column: title, description, kind of cells, and whether it belongs to the key."""

    name: str
    title: str
    description: str
    kind: str
    key: bool


@dataclass(frozen=True)
class TextPart:
    """A text within a cell. A word from a vocabulary also has its symbol and its colour."""

    text: str
    symbol: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell: its kind, which decides the layout, and its parts."""

    kind: str
    parts: tuple[TextPart, ...] = ()


@dataclass(frozen=True)
class Table:
    """A section on the page.

    Columns that are the same in every row are left out. Their values are shown once at the top of the page.
    """

    filled: Filled[Any]

    @property
    def name(self) -> str:
        """The name of the table's anchor."""
        return self.filled.table.name

    @property
    def title(self) -> str:
        """The heading of the table."""
        return self.filled.table.title

    @property
    def answers(self) -> str:
        """The question that the section answers."""
        return self.filled.table.answers

    @property
    def count(self) -> int:
        """The number of rows of the section."""
        return len(self.filled.rows)

    @property
    def shown(self) -> int:
        """The number of rows on the page."""
        return min(self.count, MOST_ROWS)

    @property
    def folded(self) -> bool:
        """Whether the table is too long to be shown unfolded."""
        return self.count > LONGEST_OPEN

    @property
    def estimated(self) -> bool:
        """Whether all rows are estimates. This is so if the column `basis` allows only the value `estimated`."""
        return any(column.name == "basis" and column.one_of == (ESTIMATED,) for column in self.filled.table.columns)

    @property
    def layout(self) -> str:
        """The layout for print and phones: "narrow" (unchanged), "sideways" (landscape), or "blocks" (one per row)."""
        kinds = [head.kind for head in self.heads]
        if len(kinds) <= MOST_BESIDE_EACH_OTHER:
            return "narrow"
        texts = kinds.count("text") + kinds.count("list")
        return "blocks" if texts > MOST_TEXTS_BESIDE_EACH_OTHER else "sideways"

    @property
    def heads(self) -> list[ColumnHeader]:
        """The headers of the columns."""
        section = self.filled.table
        return [_head(column, column.name in section.key) for column in section.columns]

    @property
    def rows(self) -> Iterator[list[Cell]]:
        """The rows on the page, produced one at a time."""
        columns = self.filled.table.columns
        for row in islice(self.filled.rows, MOST_ROWS):
            yield [cell_of(column, column.read(row)) for column in columns]


def _head(column: Column[Any], key: bool) -> ColumnHeader:
    return ColumnHeader(column.name, column.title, plain(column.description), _kind(column), key)


def plain(description: str) -> str:
    """Return a column's description without Markdown marks."""
    return description.replace("`", "")


def cell_of(column: Column[Any], value: Value) -> Cell:
    """Return a value as a cell of its column."""
    if value is None or value in ("", ()):
        return Cell("empty")
    if isinstance(value, tuple):
        return Cell("list", tuple(_word(part) if column.one_of else TextPart(part) for part in value))
    if column.type is ColumnType.WORD:
        return Cell("word", (_word(str(value)),))
    text = _text(value)
    return Cell("long" if len(text) > LONGEST_IN_LINE else _kind(column), (TextPart(text),))


def _word(word: str) -> TextPart:
    symbol, style = SYMBOLS.get(word, ("", "dim"))
    return TextPart(words(word), symbol, TONES[style] if symbol else "")


def _text(value: Value) -> str:
    """Format a value: numbers as in files but with a typographic minus, dates in ISO 8601, text unchanged."""
    if isinstance(value, int | float):
        return str(value).replace("-", "−")
    return value.isoformat() if isinstance(value, date) else str(value)


def _kind(column: Column[Any]) -> str:
    if column.type.numeric:
        return "number"
    return {ColumnType.DATE: "date", ColumnType.WORD: "word", ColumnType.LIST: "list"}.get(column.type, "text")
