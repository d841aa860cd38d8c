"""The classes for a section of the weekly file and for the rows about an item."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from planner.base.views import value_class
from planner.queries.items.views import ItemView
from planner.tables.columns import Row
from planner.tables.frame import Frame
from planner.tables.table import Table

if TYPE_CHECKING:
    from planner.weekly.reading import WeekReading


@value_class
class Section(Table[Row]):
    """A table of the weekly file. The function `rows` returns the table's rows for a week, in order."""

    rows: Callable[["WeekReading"], Iterable[Row]]


@value_class
class ItemFact:
    """A row about an item. `frame` holds the week and the as-of date of the file."""

    item: ItemView
    frame: Frame

    @property
    def simulated(self) -> bool:
        """Whether the item belongs to a demonstration."""
        return self.frame.simulated
