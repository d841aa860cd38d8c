"""The section `outlook`: estimated completion dates of themes, and the items likely to miss their due dates.

All values are estimates. The due dates, with which the estimates are compared, are the only recorded facts.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from planner.base.views import value_class
from planner.domain.rules.figures import tenths
from planner.domain.rules.outlook import WEEKS, Estimate, Outlook
from planner.domain.vocabulary import NoOutlook, Prospect
from planner.queries.weeks.outlook import ItemOutlook, PlanOutlook, ThemeOutlook, read_outlook
from planner.tables import columns
from planner.tables.columns import Column, Value
from planner.weekly.reading import WeekReading
from planner.weekly.section import Section

THEME = "theme"
ITEM = "item"
ESTIMATED = "estimated"


@value_class
class OutlookRow:
    """A theme or an item with its outlook. `verdicts` counts a theme's items by verdict; it is None for an item."""

    of: str
    code: str
    title: str
    theme: str
    lead: str | None
    due: date
    outlook: Outlook
    verdicts: dict[Prospect, int] | None = None


def theme_row(found: ThemeOutlook) -> OutlookRow:
    """Return the row of a theme."""
    theme = found.theme
    name = f"{theme.number} {theme.title}"
    return OutlookRow(THEME, str(theme.number), theme.title, name, None, found.due, found.outlook, found.verdicts)


def item_row(found: ItemOutlook) -> OutlookRow:
    """Return the row of an item."""
    item = found.item
    theme = f"{item.theme} {item.theme_title}"
    return OutlookRow(ITEM, item.code, item.title, theme, item.lead.name, item.current_due, found.outlook)


def rows_of(found: PlanOutlook) -> list[OutlookRow]:
    """Return the rows of all themes in the plan's order, then those of the items at risk, the longest delay first."""
    return [*map(theme_row, found.themes), *worst_first(item for item in found.items if item.at_risk)]


def worst_first(items: Iterable[ItemOutlook]) -> list[OutlookRow]:
    """Sort items by how many days they are expected to be late, and return their rows.

    The longest delay comes first. Items whose delay cannot be estimated come last.
    """
    return sorted(map(item_row, items), key=_beyond)


def _beyond(row: OutlookRow) -> tuple[bool, int]:
    days = row.outlook.days_beyond(row.due)
    return days is None, -(days or 0)


def _rows(reading: WeekReading) -> Sequence[OutlookRow]:
    return rows_of(read_outlook(reading, reading.items))


def _of_estimate(row: OutlookRow, read: Callable[[Estimate], Value]) -> Value:
    return None if row.outlook.estimate is None else read(row.outlook.estimate)


def _counted(verdict: Prospect) -> Callable[[OutlookRow], Value]:
    return lambda row: None if row.verdicts is None else row.verdicts.get(verdict, 0)


COLUMNS: tuple[Column[OutlookRow], ...] = (
    columns.word(
        "of",
        lambda row: row.of,
        "Whether the estimate is for a `theme` or an `item`.",
        "Estimate for",
        one_of=(THEME, ITEM),
    ),
    columns.text(
        "code", lambda row: row.code, "The theme's number or the item's code. It names what the estimate is for."
    ),
    columns.text("title", lambda row: row.title, "The title of the theme or item that the estimate is for."),
    columns.text(
        "theme",
        lambda row: row.theme,
        "The number and title of the theme that the estimate is for, or of the item's theme.",
    ),
    columns.text(
        "lead",
        lambda row: row.lead,
        "The organisation that leads the item. Empty if the estimate is for a theme.",
        optional=True,
    ),
    columns.word(
        "basis",
        lambda row: ESTIMATED,
        "`estimated` in every row, because nothing in it was reported, stated or agreed.",
        one_of=(ESTIMATED,),
    ),
    columns.word(
        "verdict",
        lambda row: row.outlook.verdict,
        "Estimated: `likely_late` if the likely date is after the due date, `may_be_late` if only the late end of "
        "the range is, `likely_in_time` if neither is, `no_outlook` if there is too little data (see `why`). Not "
        "estimated are `missed`, if the due date has passed, and `done`.",
        "Outlook",
        one_of=Prospect,
    ),
    columns.day(
        "likely",
        lambda row: _of_estimate(row, lambda estimate: estimate.likely),
        f"Estimated: the day on which 100 percent is reached, from the mean pace of the last {WEEKS} weeks and the "
        "time that similar items have taken so far. Empty if there is no outlook.",
        "Likely date",
        optional=True,
    ),
    columns.day(
        "early",
        lambda row: _of_estimate(row, lambda estimate: estimate.early),
        "Estimated: the early end of a range that is meant to contain the date in four of five cases. The range is "
        "learned from the register's own past; if that is too short, the range is wide.",
        "Early end",
        optional=True,
    ),
    columns.day(
        "late",
        lambda row: _of_estimate(row, lambda estimate: estimate.late),
        "Estimated: the late end of the range. Also empty if too few similar items were completed, or if the date "
        "is more than ten years away.",
        "Late end",
        optional=True,
    ),
    columns.day(
        "due",
        lambda row: row.due,
        "The date that the estimate is compared with: the due date agreed now; for a theme, the latest of its items.",
    ),
    columns.whole_number(
        "days_beyond",
        lambda row: row.outlook.days_beyond(row.due),
        "Estimated: the number of days from the due date to the likely date; 0 if the likely date is not later.",
        "Days after due",
        optional=True,
    ),
    columns.decimal(
        "pace",
        lambda row: _of_estimate(row, lambda estimate: tenths(estimate.pace)),
        f"The basis of the estimate: the percentage points gained per week, on average over the last {WEEKS} weeks.",
        "Points per week",
        optional=True,
    ),
    columns.word(
        "why",
        lambda row: row.outlook.reason,
        "Why there is no estimate: `never_reported`, `not_started`, `suspended`, `too_few_weeks` (fewer than four "
        "gains), `no_pace` (no gain), `falling` (less than before), `too_slow` (more than ten years to go).",
        "Why no estimate",
        one_of=NoOutlook,
        optional=True,
    ),
    columns.whole_number(
        "items_missed",
        _counted(Prospect.MISSED),
        "The number of the theme's items with the verdict `missed`, which is not estimated. Empty for an item.",
        "Missed",
        optional=True,
    ),
    columns.whole_number(
        "items_likely_late",
        _counted(Prospect.LIKELY_LATE),
        "Estimated: the number of the theme's items that are likely late. Empty for an item.",
        "Likely late",
        optional=True,
    ),
    columns.whole_number(
        "items_may_be_late",
        _counted(Prospect.MAY_BE_LATE),
        "Estimated: the number of the theme's items that may be late. Empty for an item.",
        "May be late",
        optional=True,
    ),
    columns.whole_number(
        "items_without_outlook",
        _counted(Prospect.NO_OUTLOOK),
        "The number of the theme's items without an estimate. Empty for an item.",
        "No outlook",
        optional=True,
    ),
)

OUTLOOK = Section(
    name="outlook",
    title="Outlook",
    answers="When will the themes be done, and which items will miss their dates, if work continues at "
    "the pace of the last weeks? All rows are estimates, not reports. All themes come first, "
    "then the items at risk.",
    columns=COLUMNS,
    rows=_rows,
    key=("of", "code"),
)
