"""The section `corrections`: facts recorded after the end of the week that change the values of the week's file."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from planner.base.errors import NoDatabaseError, TooSoonError, UnknownNameError
from planner.base.views import value_class
from planner.queries.history.writes_since import Write
from planner.queries.items.columns import WHICH_ITEM
from planner.tables import columns
from planner.tables.columns import Column
from planner.tables.csv_form import value_text
from planner.tables.table import Filled
from planner.weekly.comparing.differences import Difference, differences
from planner.weekly.comparing.late_writes import Cell, value_of, writes_behind
from planner.weekly.reading import ItemAndWeekBefore, WeekReading
from planner.weekly.section import ItemFact, Section
from planner.weekly.sections.items import ITEMS

# The field that represents a whole row that was added or removed.
_WHOLE_ROW = "code"


@value_class
class Correction(ItemFact):
    """A value of an item that has changed since the end of the week. `write` is the write that last changed it."""

    field: str
    old_value: str | None
    new_value: str | None
    write: Write | None
    time_zone: str

    @property
    def recorded_at(self) -> str | None:
        """The instant of the write in the plan's time zone, in the format that commands accept, or None."""
        return self.write.recorded_at.astimezone(ZoneInfo(self.time_zone)).isoformat() if self.write else None


COLUMNS: tuple[Column[Correction], ...] = (
    *WHICH_ITEM,
    columns.word(
        "field",
        lambda row: row.field,
        "The column of the section `items` that changed. It is `code` for an item that was added to the file or "
        "removed from it.",
        one_of=[column.name for column in ITEMS.columns],
    ),
    columns.text(
        "said",
        lambda row: row.old_value,
        "The value as known at the end of the week: the end of its Sunday in the plan's time zone. Empty if there "
        "was no value.",
        "Old value",
        optional=True,
    ),
    columns.text(
        "says",
        lambda row: row.new_value,
        "The value as known when the file was made. Empty if there is no value any more.",
        "New value",
        optional=True,
    ),
    columns.text(
        "recorded_at",
        lambda row: row.recorded_at,
        "The instant of the write that made this change, in the plan's time zone, in the form that commands "
        "accept. Empty if no single write made it.",
        optional=True,
    ),
    columns.text(
        "recorded_by", lambda row: row.write.actor if row.write else None, "Who made that write.", optional=True
    ),
)


def _in_time(late: WeekReading) -> WeekReading | None:
    """Return the week as known at its end.

    Return None if the week is not over, or if the plan was recorded after its end.
    """
    instance = late.instance
    ended = instance.week.last_instant(instance.plan.time_zone)
    if instance.as_of < instance.week.sunday or instance.known_at <= ended:
        return None
    try:
        return late.as_known(ended)
    except (TooSoonError, NoDatabaseError, UnknownNameError):
        return None


def _rows(late: WeekReading) -> Iterator[Correction]:
    early = _in_time(late)
    if early is None:
        return
    frame = late.instance.frame
    cells = [_cell(one) for one in differences(Filled(ITEMS, frame, early.rows), Filled(ITEMS, frame, late.rows))]
    early_rows, late_rows = _by_code(early), _by_code(late)
    writes = writes_behind(early, late, cells)
    for code, field in cells:
        yield Correction(
            item=(late_rows.get(code) or early_rows[code]).item,
            frame=frame,
            field=field,
            old_value=value_text(value_of(early_rows.get(code), field)),
            new_value=value_text(value_of(late_rows.get(code), field)),
            write=writes.get((code, field)),
            time_zone=late.plan.time_zone,
        )


def _cell(difference: Difference) -> Cell:
    return difference.identity, difference.column or _WHOLE_ROW


def _by_code(reading: WeekReading) -> dict[str, ItemAndWeekBefore]:
    return {row.item.code: row for row in reading.rows}


CORRECTIONS = Section(
    name="corrections",
    title="Late corrections",
    answers="Which facts about items were recorded after the end of the week, and therefore change the "
    "file of that week?",
    columns=COLUMNS,
    rows=_rows,
    key=("code", "field"),
)
