"""The names and values of a comparison as people read them: `in progress`, not `in_progress`."""

from functools import cache

from planner.domain.symbols import words
from planner.queries.moves.moves import Aspect, MoveKind
from planner.tables.columns import Column, ColumnType, Value
from planner.tables.csv_form import value_text
from planner.weekly.contents import SECTIONS
from planner.weekly.reading_order import is_list_of_words, spoken

# The words by which the rows of a section with movements are told apart.
_WORDS = frozenset(word.value for vocabulary in (MoveKind, Aspect) for word in vocabulary)


def spoken_value(section: str, column: str | None, value: Value) -> str:
    """Return the value of a cell as text. A section or column that this program does not know keeps its words."""
    known = _columns().get((section, column or ""))
    if not value or known is None or isinstance(value, int | float):
        return value_text(value) or ""
    if isinstance(value, tuple):
        return value_text(tuple(map(words, value)) if is_list_of_words(known) else value) or ""
    return spoken(known, value) if known.type in (ColumnType.TEXT, ColumnType.WORD) else str(value)


def spoken_row(part: str) -> str:
    """Return a part of what identifies a row: a word as people read it, and anything else as it is."""
    return words(part) if part in _WORDS else part


@cache
def _columns() -> dict[tuple[str, str], Column[object]]:
    """The columns of all sections, by the names of both."""
    return {(section.name, column.name): column for section in SECTIONS for column in section.columns}
