"""The columns that identify an item and show its current status.

They are used in the weekly file, in `planner items`, and in texts that people copy from the app.
"""

from collections.abc import Callable
from typing import Protocol

from planner.base.views import value_class
from planner.domain.rules.figures import tenths
from planner.domain.vocabulary import Basis, Confidence, Freshness, Phase, Schedule
from planner.queries.items.views import NO_LINEAGE, ItemLine, ItemLineage, ItemView, StatusView
from planner.tables import columns
from planner.tables.columns import Column, Value


class AboutLine(Protocol):
    """A row about an item, in any table."""

    @property
    def item(self) -> ItemLine:
        """The item's state on the day that the file is about."""

    @property
    def simulated(self) -> bool:
        """Whether the item belongs to a demonstration."""


class AboutItem(AboutLine, Protocol):
    """A row about an item that also has the texts of its last report."""

    @property
    def item(self) -> ItemView:
        """The item's state on the day that the file is about."""


class WithLineage(AboutLine, Protocol):
    """A row about an item that also says where the item comes from and what became of it."""

    @property
    def lineage(self) -> ItemLineage:
        """Where the item comes from, and what became of it."""


@value_class
class ItemRow:
    """A row of a list of items. `group` is the key of the item's group, if the items are grouped.

    The row shows the basis of the item or, if `simulated` is set, the basis `simulated`, as in a demonstration.
    """

    item: ItemLine
    simulated: bool = False
    group: str | None = None
    lineage: ItemLineage = NO_LINEAGE


def of_report(read: Callable[[StatusView], Value]) -> Callable[[AboutItem], Value]:
    """Return a function that reads a value from the last report on a row's item, or None if it has no report."""

    def cell(row: AboutItem) -> Value:
        last = row.item.last
        return None if last is None else read(last)

    return cell


CODE: Column[AboutLine] = columns.text("code", lambda row: row.item.code, "The item's code, `T-001` or `P-001`.")

THEME_NUMBER: Column[AboutLine] = columns.whole_number("theme", lambda row: row.item.theme, "The theme's number.")

THEME: Column[AboutLine] = columns.text(
    "theme",
    lambda row: f"{row.item.theme} {row.item.theme_title}",
    "The theme's number and title, in one cell that sorts and filters.",
)

TITLE: Column[AboutLine] = columns.text("title", lambda row: row.item.title, "What the item is.")

BASIS: Column[AboutLine] = columns.word(
    "basis",
    lambda row: Basis.SIMULATED if row.simulated else row.item.basis,
    "The source of the title: `stated`, `derived`, `working` or `registered`. `working` titles were drafted for "
    "this project; the published plan does not contain them. In a demonstration it is `simulated` in every row.",
    one_of=Basis,
)

LEAD: Column[AboutLine] = columns.text("lead", lambda row: row.item.lead.name, "The organisation that leads the item.")

KIND: Column[AboutLine] = columns.word(
    "kind", lambda row: row.item.kind, "The key of the item's kind: `task`, `key_project`, or a kind of the plan's own."
)

PHASE: Column[AboutLine] = columns.word(
    "phase",
    lambda row: row.item.phase,
    "`not_started`, `in_progress`, `suspended`, `completed`, `cancelled` or `merged`, as last reported.",
    one_of=Phase,
)

CONFIDENCE: Column[AboutLine] = columns.word(
    "confidence",
    lambda row: row.item.confidence,
    "The officer's own rating in the last report: `green`, `amber` or `red`. Empty if no rating was ever given.",
    one_of=Confidence,
    optional=True,
)

SCHEDULE: Column[AboutLine] = columns.word(
    "schedule",
    lambda row: row.item.schedule,
    "Computed from dates and percents, never typed: `on_track`, `behind`, `off_track` or `overdue`. `none` for an "
    "item that is suspended, or whose cancellation or merger is confirmed.",
    one_of=Schedule,
)

FRESHNESS: Column[AboutLine] = columns.word(
    "freshness",
    lambda row: row.item.freshness,
    "Whether a report is there: `reported` (in this week), `due`, `stale` (no report for four weeks, or for as "
    "long as the plan sets), `never`, or `not_owed`.",
    one_of=Freshness,
)

PERCENT: Column[AboutLine] = columns.decimal(
    "percent",
    lambda row: tenths(row.item.actual),
    "The progress of the item, 0.0 to 100.0: the share of the weights of its milestones that are met, or the "
    "percent last reported. Empty if nothing was ever reported.",
    optional=True,
)

EXPECTED: Column[AboutLine] = columns.decimal(
    "expected_percent",
    lambda row: tenths(row.item.expected),
    "The progress expected on that day by the dates first agreed.",
    "Expected",
)

BASELINE_DUE: Column[AboutLine] = columns.day(
    "baseline_due", lambda row: row.item.baseline_due, "The due date first agreed."
)

CURRENT_DUE: Column[AboutLine] = columns.day(
    "current_due", lambda row: row.item.current_due, "The due date agreed now."
)

DAYS_LATE: Column[AboutLine] = columns.whole_number(
    "days_late",
    lambda row: row.item.days_late,
    "The number of days after `current_due`; 0 if the item is not late. A completed item keeps the lateness of its "
    "completion.",
)

BLOCKER: Column[AboutItem] = columns.text(
    "blocker",
    of_report(lambda report: report.blocker),
    "The obstacle, in the words of the last report.",
    optional=True,
)

HELP_NEEDED: Column[AboutItem] = columns.text(
    "help_needed",
    of_report(lambda report: report.help_needed),
    "The help that the last report asks for.",
    optional=True,
)

LAST_UPDATE: Column[AboutItem] = columns.day(
    "last_update",
    of_report(lambda report: report.as_of),
    "The as-of date of the last report. Empty if there is no report.",
    optional=True,
)

COMES_FROM: Column[WithLineage] = columns.texts(
    "comes_from",
    lambda row: row.lineage.comes_from,
    "Where the item comes from: the item of an earlier plan that it continues, the item that it was split from, and "
    "the codes that it had before. Empty for most items.",
    optional=True,
)

BECAME: Column[WithLineage] = columns.texts(
    "became",
    lambda row: row.lineage.became_of(row.item),
    "What became of the item: the items that it was split into, the item that it was merged into, and the item of a "
    "later plan that continues it. Empty for most items.",
    optional=True,
)

LINEAGE: tuple[Column[WithLineage], ...] = (COMES_FROM, BECAME)

# Every row about an item begins with these columns, so that the row can be read without the rest of the file.
WHICH_ITEM: tuple[Column[AboutLine], ...] = (CODE, TITLE, THEME, LEAD, BASIS)

# The status of an item, in the lists that show it in brief.
STATUS: tuple[Column[AboutLine], ...] = (PHASE, CONFIDENCE, SCHEDULE, FRESHNESS, PERCENT)
