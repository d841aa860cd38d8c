"""The section `items`: every item of the plan, compared with the week before."""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from planner.domain.rules.figures import points_between
from planner.domain.vocabulary import Completion, Confidence, ItemKind
from planner.queries.items.views import ItemView, MilestoneView, OrganisationView
from planner.weekly.about_item import (
    BASIS,
    CODE,
    CONFIDENCE,
    DAYS_LATE,
    EXPECTED,
    FRESHNESS,
    LAST_UPDATE,
    LEAD,
    PERCENT,
    PHASE,
    SCHEDULE,
    THEME,
    TITLE,
    of_report,
)
from planner.weekly.table import Column, ColumnType, Section, Value


class ReportSays(StrEnum):
    """Whether the last report contains news."""

    NEWS = "news"
    NO_CHANGE = "no_change"


class EarlierItem(Protocol):
    """The values of an item a week before that the section needs."""

    @property
    def confidence(self) -> Confidence | None:
        """The officer's rating a week before, or None."""

    @property
    def actual(self) -> float | None:
        """The percent a week before, or None."""


class ItemAndWeekBefore(Protocol):
    """An item now and a week before. `clauses` are the clauses of its measure."""

    @property
    def item(self) -> ItemView: ...  # noqa: D102
    @property
    def before(self) -> EarlierItem: ...  # noqa: D102
    @property
    def clauses(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def simulated(self) -> bool: ...  # noqa: D102


def _names(organisations: tuple[OrganisationView, ...]) -> tuple[str, ...]:
    return tuple(organisation.name for organisation in organisations)


def _of_milestone(row: ItemAndWeekBefore, read: Callable[[MilestoneView], Value]) -> Value:
    milestone = row.item.next_milestone
    return None if milestone is None else read(milestone)


COLUMNS: tuple[Column[ItemAndWeekBefore], ...] = (
    CODE,
    Column(
        "kind",
        "Kind",
        ColumnType.WORD,
        lambda row: row.item.kind,
        "`task` or `key_project`.",
        one_of=tuple(ItemKind),
        required=True,
    ),
    THEME,
    TITLE,
    BASIS,
    LEAD,
    Column(
        "supporting",
        "Supporting",
        ColumnType.LIST,
        lambda row: _names(row.item.supporting),
        "The organisations that support it.",
    ),
    PHASE,
    Column(
        "completion",
        "Completion",
        ColumnType.WORD,
        lambda row: row.item.completion,
        "Of an item that is reported as completed, cancelled or merged: `awaiting` where nobody has confirmed that "
        "yet, or `confirmed`; `none` in any other phase.",
        one_of=tuple(Completion),
        required=True,
    ),
    CONFIDENCE,
    Column(
        "confidence_last_week",
        "Week before",
        ColumnType.WORD,
        lambda row: row.before.confidence,
        "The same on the last day of the week before.",
        one_of=tuple(Confidence),
    ),
    SCHEDULE,
    FRESHNESS,
    PERCENT,
    EXPECTED,
    Column(
        "change_since_last_week",
        "Change",
        ColumnType.DECIMAL,
        lambda row: points_between(row.item.actual, row.before.actual),
        "`percent` less the percent of the last day of the week before, in points; what was not yet reported then "
        "counts as 0. Empty where `percent` is.",
    ),
    Column(
        "baseline_due",
        "Baseline due",
        ColumnType.DATE,
        lambda row: row.item.baseline_due,
        "The due date first agreed.",
        required=True,
    ),
    Column(
        "current_due",
        "Current due",
        ColumnType.DATE,
        lambda row: row.item.current_due,
        "The due date agreed now.",
        required=True,
    ),
    DAYS_LATE,
    Column(
        "next_milestone",
        "Next milestone",
        ColumnType.TEXT,
        lambda row: _of_milestone(row, lambda milestone: milestone.title),
        "The first milestone, by current date, that is not met. Empty where all are, or the item is reported as ended.",
    ),
    Column(
        "next_milestone_date",
        "Its date",
        ColumnType.DATE,
        lambda row: _of_milestone(row, lambda milestone: milestone.current),
        "Its current date, which may have passed.",
    ),
    Column(
        "done",
        "Done",
        ColumnType.TEXT,
        lambda row: of_report(row, lambda report: report.done),
        "What the last report says was done. It may be older than this week: see `last_update`.",
    ),
    Column(
        "next",
        "Next",
        ColumnType.TEXT,
        lambda row: of_report(row, lambda report: report.next),
        "What the last report says is next.",
    ),
    Column(
        "blocker",
        "Blocker",
        ColumnType.TEXT,
        lambda row: of_report(row, lambda report: report.blocker),
        "What the last report says is in the way.",
    ),
    Column(
        "help_needed",
        "Help needed",
        ColumnType.TEXT,
        lambda row: of_report(row, lambda report: report.help_needed),
        "What help the last report asks for.",
    ),
    LAST_UPDATE,
    Column(
        "report",
        "Report",
        ColumnType.WORD,
        lambda row: of_report(row, lambda report: ReportSays.NO_CHANGE if report.unchanged else ReportSays.NEWS),
        "What the last report says: `news`, or `no_change` where its officer reported on purpose that nothing changed "
        "since the report before. Empty where there is none.",
        one_of=tuple(ReportSays),
    ),
    Column(
        "ended",
        "Why ended",
        ColumnType.TEXT,
        lambda row: of_report(row, lambda report: report.why_ended),
        "Why the item is reported as cancelled or merged, and into which item it was merged. Empty for all others.",
    ),
    Column(
        "returned",
        "Returned",
        ColumnType.TEXT,
        lambda row: row.item.returned.reason if row.item.returned else None,
        "Why a manager returned a report that was made since the last one; it counts no longer, and the item owes "
        "another. Empty where none was returned, or the item was reported on anew.",
    ),
    Column(
        "mandate_clauses",
        "Clauses",
        ColumnType.LIST,
        lambda row: row.clauses,
        "The clauses the item's measure is linked to, as `version:clause`: first those of the mandate in force when "
        "the plan was made, then those of the later one. Empty where no clause covers it, which is a finding.",
    ),
)

ITEMS: Section[ItemAndWeekBefore] = Section(
    name="items",
    title="All items",
    answers="How does every item stand at the end of the week, beside the end of the week before? Rows are in code "
    "order, tasks before key projects.",
    columns=COLUMNS,
    rows=lambda reading: reading.rows,
    key=("code",),
)
