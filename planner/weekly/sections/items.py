"""The section `items`: every item of the plan, compared with the week before."""

from collections.abc import Callable
from enum import StrEnum

from planner.domain.rules.figures import points_between
from planner.domain.vocabulary import Completion, Confidence
from planner.queries.items.columns import (
    BASELINE_DUE,
    BASIS,
    BLOCKER,
    CODE,
    CONFIDENCE,
    CURRENT_DUE,
    DAYS_LATE,
    EXPECTED,
    FRESHNESS,
    HELP_NEEDED,
    KIND,
    LAST_UPDATE,
    LEAD,
    LINEAGE,
    PERCENT,
    PHASE,
    SCHEDULE,
    THEME,
    TITLE,
    of_report,
)
from planner.queries.items.views import MilestoneView, OrganisationView
from planner.tables import columns
from planner.tables.columns import Column, Value
from planner.weekly.reading import ItemAndWeekBefore
from planner.weekly.section import Section


class ReportSays(StrEnum):
    """Whether the last report contains news."""

    NEWS = "news"
    NO_CHANGE = "no_change"


def _names(organisations: tuple[OrganisationView, ...]) -> tuple[str, ...]:
    return tuple(organisation.name for organisation in organisations)


def _of_milestone(row: ItemAndWeekBefore, read: Callable[[MilestoneView], Value]) -> Value:
    milestone = row.item.next_milestone
    return None if milestone is None else read(milestone)


COLUMNS: tuple[Column[ItemAndWeekBefore], ...] = (
    CODE,
    KIND,
    THEME,
    TITLE,
    BASIS,
    LEAD,
    columns.texts(
        "supporting",
        lambda row: _names(row.item.supporting),
        "The organisations that support the item.",
        "Supported by",
        optional=True,
    ),
    PHASE,
    columns.word(
        "completion",
        lambda row: row.item.completion,
        "For an item reported as completed, cancelled or merged: `awaiting` if nobody has confirmed the report "
        "yet, or `confirmed`. `none` in any other phase.",
        "Confirmation",
        one_of=Completion,
    ),
    CONFIDENCE,
    columns.word(
        "confidence_last_week",
        lambda row: row.before.confidence,
        "The confidence on the last day of the week before.",
        "Confidence last week",
        one_of=Confidence,
        optional=True,
    ),
    SCHEDULE,
    FRESHNESS,
    PERCENT,
    EXPECTED,
    columns.decimal(
        "change_since_last_week",
        lambda row: points_between(row.item.actual, row.before.actual),
        "`percent` minus the percent on the last day of the week before, in points. An item without a report on "
        "that day counts as 0. Empty if `percent` is empty.",
        "Change, points",
        optional=True,
    ),
    BASELINE_DUE,
    CURRENT_DUE,
    DAYS_LATE,
    columns.text(
        "next_milestone",
        lambda row: _of_milestone(row, lambda milestone: milestone.title),
        "The first milestone, by current date, that is not met. Empty if all are met, or if the item is reported "
        "as ended.",
        optional=True,
    ),
    columns.day(
        "next_milestone_date",
        lambda row: _of_milestone(row, lambda milestone: milestone.current),
        "The current date of the next milestone. It may have passed.",
        "Milestone date",
        optional=True,
    ),
    columns.text(
        "done",
        of_report(lambda report: report.done),
        "The work done, in the words of the last report. The report may be older than this week: see `last_update`.",
        "Work done",
        optional=True,
    ),
    columns.text(
        "next",
        of_report(lambda report: report.next),
        "The next step, in the words of the last report.",
        "Next step",
        optional=True,
    ),
    BLOCKER,
    HELP_NEEDED,
    LAST_UPDATE,
    columns.word(
        "report",
        of_report(lambda report: ReportSays.NO_CHANGE if report.unchanged else ReportSays.NEWS),
        "The kind of the last report: `news`, or `no_change` if the officer reported on purpose that nothing "
        "changed since the report before. Empty if there is no report.",
        "Kind of report",
        one_of=ReportSays,
        optional=True,
    ),
    columns.text(
        "ended",
        of_report(lambda report: report.why_ended),
        "Why the item is reported as cancelled or merged, and into which item it was merged. Empty for all others.",
        "Why ended",
        optional=True,
    ),
    columns.text(
        "returned",
        lambda row: row.item.returned.reason if row.item.returned else None,
        "The manager's reason for returning a report that is newer than the last report. A returned report does "
        "not count, and the officer must report again. Empty if no report was returned, or if the officer has "
        "reported again.",
        "Why returned",
        optional=True,
    ),
    columns.texts(
        "mandate_clauses",
        lambda row: row.clauses,
        "The clauses that the item's measure is linked to, as `version:clause`: first those of the mandate in "
        "force when the plan was made, then those of the later one. Empty if no clause covers the measure, which "
        "is a finding.",
        "Clauses",
        optional=True,
    ),
    *LINEAGE,
)

ITEMS: Section[ItemAndWeekBefore] = Section(
    name="items",
    title="All items",
    answers="What is the state of every item at the end of the week, compared with the end of the week before? Rows "
    "are in code order, tasks before key projects.",
    columns=COLUMNS,
    rows=lambda reading: reading.rows,
    key=("code",),
)
