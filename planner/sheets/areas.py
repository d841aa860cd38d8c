"""The tables of a status sheet: reports, milestones and indicators, each with its columns."""

from collections.abc import Mapping

from planner.base.language import later, tr_later
from planner.base.views import value_class
from planner.reporting.fields import INDICATOR, MILESTONE, REPORT, Field, indicator_field, milestone_field
from planner.weekly.workbook.texts import tab_text

# The name of the column that says which row of the sheet a row is, wherever it was moved. It is hidden, and stands
# between the code and the title, so that whoever selects the visible columns to sort them selects it too.
KEY = "key"
# The name of a hidden column with the same marks, between the yellow columns: whoever sorts these alone moves its marks
# away from their rows. Its cells are open, so that several yellow cells of a row can be emptied or filled in at once.
CHECK = "check"
# The hidden columns.
HIDDEN = frozenset({KEY, CHECK})


@value_class
class SheetColumn:
    """A column. `title` and `note` are messages. The note is shown when a person selects a cell of the column.

    A column for entries has the name of the form's field that is filled in there.
    """

    name: str
    title: str
    width: int
    entry: bool = False
    note: str = ""

    @property
    def heading(self) -> str:
        """The heading in the language in use."""
        return tr_later(self.title)


@value_class
class Area:
    """A table of a status sheet, on a sheet of its own. `title` is a message."""

    key: str
    title: str
    columns: tuple[SheetColumn, ...]

    @property
    def name(self) -> str:
        """The name of the table and its sheet in the language in use."""
        return tab_text(tr_later(self.title))

    @property
    def entries(self) -> tuple[SheetColumn, ...]:
        """The columns that are filled in."""
        return tuple(column for column in self.columns if column.entry)

    def field_name(self, number: int, column: str) -> str:
        """Return the name of the form's field that a column stands for in the row of a milestone or an indicator."""
        if self.key == MILESTONES.key:
            return milestone_field(number, column)
        return indicator_field(number) if self.key == INDICATORS.key else column


_KEY = SheetColumn(KEY, later("Row"), 6)
_CHECK = SheetColumn(CHECK, later("Items"), 4)
_CODE = SheetColumn("code", later("Code"), 10)
_ITEM = SheetColumn("title", later("Title"), 26)
_NUMBER = SheetColumn("number", later("No."), 6)

_KEPT = later("Empty: what was reported last stays. A hyphen (-) removes it.")


def _entries(
    fields: Mapping[str, Field], widths: Mapping[str, int], notes: Mapping[str, str], check_before: str
) -> list[SheetColumn]:
    """Return the yellow columns, with the hidden one before one of them."""
    columns = [SheetColumn(name, fields[name].title, width, True, notes[name]) for name, width in widths.items()]
    columns.insert([*widths].index(check_before), _CHECK)
    return columns


_REPORT_NOTES = {
    "phase": later("Choose a phase. Empty: the phase stays as it was. A completed item needs evidence."),
    "confidence": later("Your own rating: will the item be done as planned? Empty: it stays as it was."),
    "percent": later("A whole number from 0 to 100. Empty: it stays as it was."),
    "done": later("What was done since the last report."),
    "next": _KEPT,
    "blocker": _KEPT,
    "help_needed": _KEPT,
    "evidence": later("A document, a link or a record that shows what was done."),
}
_REPORT_WIDTHS = {
    "phase": 13,
    "confidence": 12,
    "percent": 9,
    "done": 28,
    "next": 26,
    "blocker": 22,
    "help_needed": 22,
    "evidence": 20,
}
_MILESTONE_NOTES = {
    "met": later("The day on which the milestone was met. It is not after today."),
    "evidence": later("A document, a link or a record that shows that the milestone was met."),
    "date": later("Only if a new date was agreed. It needs a reason."),
    "reason": later("Why the date was moved."),
    "forecast": later("The day on which you now expect to meet the milestone. The agreed date does not change."),
}
_MILESTONE_WIDTHS = {"met": 13, "evidence": 26, "date": 13, "reason": 26, "forecast": 13}

REPORTS = Area(
    "reports",
    later("Reports"),
    (
        _CODE,
        _KEY,
        _ITEM,
        SheetColumn("due", later("Due"), 12),
        SheetColumn("state", later("State"), 14),
        SheetColumn("last", later("Last report"), 40),
        SheetColumn(
            "unchanged",
            later("No change"),
            11,
            True,
            later("Choose this if nothing changed since the last report. Leave the rest of the row empty."),
        ),
        *_entries(REPORT, _REPORT_WIDTHS, _REPORT_NOTES, "evidence"),
    ),
)
MILESTONES = Area(
    "milestones",
    later("Milestones"),
    (
        _CODE,
        _KEY,
        _ITEM,
        _NUMBER,
        SheetColumn("milestone", later("Milestone"), 34),
        SheetColumn("agreed", later("Agreed date"), 12),
        SheetColumn("state", later("State"), 20),
        *_entries(MILESTONE, _MILESTONE_WIDTHS, _MILESTONE_NOTES, "date"),
    ),
)
INDICATORS = Area(
    "indicators",
    later("Indicators"),
    (
        _CODE,
        _KEY,
        _ITEM,
        _NUMBER,
        SheetColumn("name", INDICATOR.title, 34),
        SheetColumn("unit", later("Unit"), 16),
        SheetColumn("last", later("Last value"), 22),
        SheetColumn("value", later("New value"), 14, True, later("A number in the unit shown, without separators.")),
    ),
)
AREAS = (REPORTS, MILESTONES, INDICATORS)
