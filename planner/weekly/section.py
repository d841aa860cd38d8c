"""A section of the weekly file: a table, how to read its rows, and what all rows about an item have."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.queries.items.views import ItemView
from planner.tables.columns import Row
from planner.tables.frame import Frame
from planner.tables.table import Table

if TYPE_CHECKING:
    from planner.weekly.reading import WeekReading


@dataclass(frozen=True)
class Section(Table[Row]):
    """A table of the weekly file. `rows` reads the rows of a week in their order."""

    rows: Callable[["WeekReading"], Iterable[Row]]


@dataclass(frozen=True)
class ItemFact:
    """A row about an item. `frame` has the week and the day of the file."""

    item: ItemView
    frame: Frame

    @property
    def simulated(self) -> bool:
        """Whether the item belongs to a demonstration."""
        return self.frame.simulated
