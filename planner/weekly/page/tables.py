"""The sections as tables of the page: headers with explanations, cells formatted by type, and long tables folded."""

from collections.abc import Iterator
from datetime import date
from functools import cache, cached_property
from typing import Any

from markupsafe import Markup, escape

from planner.base.views import value_class
from planner.base.visible_text import visible
from planner.domain.symbols import SYMBOLS, TONES, words
from planner.tables.columns import Column, ColumnType, Value
from planner.tables.table import Filled
from planner.weekly.reading_order import ReadingOrder, is_list_of_words, reading_order, spoken

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


@value_class
class ColumnHeader:
    """The header of a column: title, description, kind of cells, and whether it belongs to the key."""

    name: str
    title: str
    description: str
    kind: str
    key: bool


@value_class
class Table:
    """A section on the page.

    The columns are in the order in which people read them. Columns that are the same in every row are left out: their
    values are shown once, at the top of the page or of the section.
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
    def counted(self) -> str:
        """How much there is in words, if people count something else than rows."""
        return "" if self.filled.table.counted is None else self.filled.counted

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
        return [_head(column, column.name in section.key) for column in self._columns]

    @property
    def said_once(self) -> str:
        """What holds for every row and therefore has no column: the bases that do not differ."""
        return self._order.said_once

    @cached_property
    def _order(self) -> ReadingOrder[Any]:
        return reading_order(self.filled)

    @property
    def _columns(self) -> tuple[Column[Any], ...]:
        return (*self._order.first, *self._order.others)

    @cached_property
    def rows(self) -> list[Markup]:
        """The cells of each row on the page. The first cell is a heading of the row."""
        return [Markup("".join(self._cells(row))) for row in self.filled.rows[:MOST_ROWS]]

    def _cells(self, row: Any) -> Iterator[str]:
        (first, kind), *others = self._kinds
        yield _cell(first, kind, first.read(row), "th")
        for column, kind in others:
            yield _cell(column, kind, column.read(row))

    @cached_property
    def _kinds(self) -> list[tuple[Column[Any], str]]:
        """The columns, each with the kind of its cells, which every cell asks for."""
        return [(column, _kind(column)) for column in self._columns]


def _head(column: Column[Any], key: bool) -> ColumnHeader:
    return ColumnHeader(column.name, column.title, plain(column.description), _kind(column), key)


def plain(description: str) -> str:
    """Return a column's description without Markdown marks."""
    return description.replace("`", "")


# A template makes a cell in ten times as long, and a page has tens of thousands.
def _cell(column: Column[Any], kind: str, value: Value, tag: str = "td") -> str:
    """Return a value as a cell of its column in HTML."""
    if value is None or value in ("", ()):
        return f"<{tag}></{tag}>"
    if isinstance(value, tuple):
        parts = [_part(part, is_word=is_list_of_words(column)) for part in value]
        return f'<{tag} class="list">{"; ".join(parts)}</{tag}>'
    if kind == "word":
        return f'<{tag} class="word">{_word(str(value)) or escape(words(str(value)))}</{tag}>'
    text = _text(column, value)
    if kind != "text" and len(text) <= LONGEST_IN_LINE:
        return f'<{tag} class="{kind}">{escape(text)}</{tag}>'
    long = " long" if len(text) > LONGEST_IN_LINE else ""
    return f'<{tag} class="text{long}" dir="auto" lang="">{escape(visible(text))}</{tag}>'


def _part(text: str, *, is_word: bool) -> str:
    """Return an entry of a list in HTML: a word with its symbol, or a text in its own writing direction."""
    marked = _word(text) if is_word else ""
    return marked or f'<bdi lang="">{escape(visible(words(text) if is_word else text))}</bdi>'


@cache
def _word(word: str) -> str:
    """Return a word with its symbol and its colour in HTML, or an empty text if the word has no symbol."""
    symbol, style = SYMBOLS.get(word, ("", ""))
    if not symbol:
        return ""
    return f'<span class="{TONES[style]}"><span aria-hidden="true">{symbol}</span> {escape(words(word))}</span>'


def _text(column: Column[Any], value: Value) -> str:
    """Format a value: numbers as in files but with a typographic minus, dates in ISO 8601, words as they are read."""
    if isinstance(value, int | float):
        return str(value).replace("-", "−")
    return value.isoformat() if isinstance(value, date) else spoken(column, value)


def _kind(column: Column[Any]) -> str:
    if column.type.numeric:
        return "number"
    return {ColumnType.DATE: "date", ColumnType.WORD: "word", ColumnType.LIST: "list"}.get(column.type, "text")
