"""The sections as the page shows them: heads that explain themselves, cells by what they hold, long tables folded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

from planner.marks import SYMBOLS, TONES, words
from planner.weekly.table import Column, ColumnType, Filled, Value

# A section with more rows than this is folded until somebody opens it.
LONGEST_OPEN = 100
# A page holds no more rows of a section than this: browsers can do little with more. The other formats have all.
MOST_ROWS = 5_000
# A table with more columns than this is wide. On paper it is turned on its side; where it has more texts than this it
# is laid out as a block per row, on a phone too.
MOST_BESIDE_EACH_OTHER = 9
MOST_TEXTS_BESIDE_EACH_OTHER = 3
# A text with more characters than this has a line of its own in such a block.
LONGEST_IN_LINE = 60

ESTIMATED = "estimated"


@dataclass(frozen=True)
class Head:
    """The head of a column: its title, what the column says, the kind of its cells, whether it tells rows apart."""

    name: str
    title: str
    description: str
    kind: str
    key: bool


@dataclass(frozen=True)
class Part:
    """A text in a cell; a word with a mark has its symbol and its tone."""

    text: str
    symbol: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Cell:
    """A cell: how it is laid out, and the parts in it."""

    kind: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Table:
    """A section on the page. The columns that are the same in every row of every section stand at the page's top."""

    filled: Filled[Any]

    @property
    def name(self) -> str:
        """Its anchor."""
        return self.filled.section.name

    @property
    def title(self) -> str:
        """Its heading."""
        return self.filled.section.title

    @property
    def answers(self) -> str:
        """What it answers."""
        return self.filled.section.answers

    @property
    def count(self) -> int:
        """How many rows it has."""
        return len(self.filled.rows)

    @property
    def shown(self) -> int:
        """How many of them the page holds."""
        return min(self.count, MOST_ROWS)

    @property
    def folded(self) -> bool:
        """Whether it is too long to stand open."""
        return self.count > LONGEST_OPEN

    @property
    def estimated(self) -> bool:
        """Whether what it says was estimated, and nothing of it reported: its basis can be nothing else."""
        return any(column.name == "basis" and column.one_of == (ESTIMATED,) for column in self.filled.section.columns)

    @property
    def layout(self) -> str:
        """How it is laid out where there is little room: a row as a block, the sheet on its side, or no otherwise."""
        kinds = [head.kind for head in self.heads]
        if len(kinds) <= MOST_BESIDE_EACH_OTHER:
            return "narrow"
        texts = kinds.count("text") + kinds.count("list")
        return "blocks" if texts > MOST_TEXTS_BESIDE_EACH_OTHER else "sideways"

    @property
    def heads(self) -> list[Head]:
        """Its heads."""
        section = self.filled.section
        return [_head(column, column.name in section.key) for column in section.columns]

    @property
    def rows(self) -> Iterator[list[Cell]]:
        """The rows that the page holds, as they are needed."""
        columns = self.filled.section.columns
        for row in islice(self.filled.rows, MOST_ROWS):
            yield [cell_of(column, column.read(row)) for column in columns]


def _head(column: Column[Any], key: bool) -> Head:
    return Head(column.name, column.title, plain(column.description), _kind(column), key)


def plain(description: str) -> str:
    """A description without the marks of the docs' language."""
    return description.replace("`", "")


def cell_of(column: Column[Any], value: Value) -> Cell:
    """A value as its column's cell."""
    if value is None or value in ("", ()):
        return Cell("empty")
    if isinstance(value, tuple):
        return Cell("list", tuple(_word(part) if column.one_of else Part(part) for part in value))
    if column.type is ColumnType.WORD:
        return Cell("word", (_word(str(value)),))
    text = _text(value)
    return Cell("long" if len(text) > LONGEST_IN_LINE else _kind(column), (Part(text),))


def _word(word: str) -> Part:
    symbol, style = SYMBOLS.get(word, ("", "dim"))
    return Part(words(word), symbol, TONES[style] if symbol else "")


def _text(value: Value) -> str:
    """A number as files have it, with a typographic minus; a date in ISO 8601; a text as it is."""
    if isinstance(value, int | float):
        return str(value).replace("-", "−")
    return value.isoformat() if isinstance(value, date) else str(value)


def _kind(column: Column[Any]) -> str:
    if column.type.numeric:
        return "number"
    return {ColumnType.DATE: "date", ColumnType.WORD: "word", ColumnType.LIST: "list"}.get(column.type, "text")
