"""A section of the weekly file: a table, and how to read its rows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.tables.columns import Row
from planner.tables.table import Table

if TYPE_CHECKING:
    from planner.weekly.reading import WeekReading


@dataclass(frozen=True)
class Section(Table[Row]):
    """A table of the weekly file. `rows` reads the rows of a week in their order."""

    rows: Callable[["WeekReading"], Iterable[Row]]
