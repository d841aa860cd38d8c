"""What the columns of an exported register show of what people reported, for reading.

All values are texts, as they are compared with the cells of a file that comes back.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, TypeAlias

from planner.base.formats import plain_number
from planner.dates.span import Span
from planner.intake.comparing.recorded import (
    NO_INDICATOR_RECORD,
    NO_ITEM_RECORD,
    NO_MILESTONE_RECORD,
    IndicatorRecord,
    ItemRecord,
    MilestoneRecord,
    Recorded,
)
from planner.intake.comparing.stored import StoredIndicator, StoredMilestone
from planner.intake.exported_rows import ReadingTable
from planner.intake.files.values import cell_text
from planner.intake.layout.cells.days import DayReader
from planner.intake.layout.cells.texts import text_of
from planner.intake.sheets import Value

# The texts of a row by column.
Shown: TypeAlias = Mapping[str, str]

ADDED_ON = "added_on"
FIRST_DATE = "first_date"
DATE_BASIS = "date_basis"
DUE_BASIS = "due_basis"
# What people reported of a milestone or an indicator.
REPORTED_OF_PARTS = ("met_on", "forecast_date", "observed")
_NUMBERS = frozenset({"observed"})
_DAYS = frozenset(
    {ADDED_ON, FIRST_DATE, "due", "met_on", "forecast_date", "observed_on", "reported_on", "ended_on", "baseline_due"}
)
_COLUMNS = frozenset(
    {FIRST_DATE, DATE_BASIS, DUE_BASIS, *ItemRecord._fields, *MilestoneRecord._fields, *IndicatorRecord._fields}
)


def shows_records(table: ReadingTable) -> bool:
    """Return whether a table has one of the columns."""
    return not _COLUMNS.isdisjoint(table.columns)


def shown_of_item(item_id: int, recorded: Recorded) -> Shown:
    """Return the texts of the row of an item."""
    return _texts(recorded.items.get(item_id, NO_ITEM_RECORD)._asdict())


def shown_of_part(part: StoredMilestone | StoredIndicator, recorded: Recorded) -> Shown:
    """Return the texts of the row of a milestone or an indicator."""
    if isinstance(part, StoredMilestone):
        record = recorded.milestones.get(part.id, NO_MILESTONE_RECORD)
        return _texts({FIRST_DATE: part.first_date, DATE_BASIS: part.date_basis, **record._asdict()})
    bases = [one.due_basis for one in part.targets if one.id == part.target_id]
    observed = recorded.indicators.get(part.id, NO_INDICATOR_RECORD)._asdict()
    return _texts({DUE_BASIS: bases[0] if bases else None, **observed})


def rows_of_parts(
    parts: Iterable[StoredMilestone | StoredIndicator],
) -> Iterator[StoredMilestone | StoredIndicator]:
    """Yield each part as its rows have it: an indicator once for each of its targets."""
    for part in parts:
        yield from part.with_each_target() if isinstance(part, StoredIndicator) else (part,)


def row_of_part(part: StoredMilestone | StoredIndicator) -> tuple[int, int]:
    """Return what the row of a part is known by: the ids of the part and of its target, or 0 without one."""
    return part.id, (part.target_id or 0) if isinstance(part, StoredIndicator) else 0


def _texts(values: Mapping[str, Any]) -> dict[str, str]:
    return {column: _text(value) for column, value in values.items()}


def _text(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return plain_number(value)
    # What no cell keeps of a text.
    return cell_text(str(value).replace("\t", "")) or "" if value is not None else ""


class CellTexts:
    """Reads the cells of the columns as such texts. Spreadsheet programs write days and numbers in other forms."""

    def __init__(self, starts: date, ends: date) -> None:
        self._days = DayReader(Span(starts, ends))

    def of(self, value: Value, column: str) -> str:
        """Return the text of a cell in a column."""
        if value is None:
            return ""
        if column in _DAYS:
            read = self._days(value).value
            return str(read) if isinstance(read, date) else str(value)
        text = text_of(value) or ""
        if column in _NUMBERS:
            try:
                return plain_number(float(text))
            except ValueError:
                return text
        return _text(text) if column in ItemRecord._fields else text
