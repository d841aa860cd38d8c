"""The section `items`: every item of the plan, beside the week before."""

from collections.abc import Callable

from planner.queries.views import MilestoneView, OrganisationView, StatusView
from planner.vocabulary import Basis, Completion, Confidence, Freshness, ItemKind, Phase, Schedule
from planner.weekly.reading import WeeklyRow
from planner.weekly.table import Column, ColumnType, Section, Value, tenths


def _names(organisations: tuple[OrganisationView, ...]) -> tuple[str, ...]:
    return tuple(organisation.name for organisation in organisations)


def _change(row: WeeklyRow) -> float | None:
    """The difference of the two percents as the files of both weeks show them, so that it adds up for a reader."""
    now, before = tenths(row.item.actual), tenths(row.before.actual)
    return None if now is None else round(now - (before or 0.0), 1)


def _of_milestone(row: WeeklyRow, read: Callable[[MilestoneView], Value]) -> Value:
    milestone = row.item.next_milestone
    return None if milestone is None else read(milestone)


def _of_report(row: WeeklyRow, read: Callable[[StatusView], Value]) -> Value:
    return None if row.item.last is None else read(row.item.last)


COLUMNS: tuple[Column[WeeklyRow], ...] = (
    Column(
        "code",
        "Code",
        ColumnType.TEXT,
        lambda row: row.item.code,
        "The item's code, `T-001` or `P-001`. Rows are in code order, tasks before key projects.",
        required=True,
    ),
    Column(
        "kind",
        "Kind",
        ColumnType.WORD,
        lambda row: row.item.kind,
        "`task` or `key_project`.",
        one_of=tuple(ItemKind),
        required=True,
    ),
    Column(
        "theme",
        "Theme",
        ColumnType.TEXT,
        lambda row: f"{row.item.theme} {row.item.theme_title}",
        "The theme's number and title, in one cell that sorts and filters.",
        required=True,
    ),
    Column(
        "title",
        "Title",
        ColumnType.TEXT,
        lambda row: row.item.title,
        "What the item is.",
        required=True,
    ),
    Column(
        "basis",
        "Basis",
        ColumnType.WORD,
        lambda row: Basis.SIMULATED if row.simulated else row.item.basis,
        "On what the title stands: `stated`, `derived`, `working` or `registered`. `working` titles were drafted for "
        "this project and are not the published plan's. In a demonstration it is `simulated` in every row.",
        one_of=tuple(Basis),
        required=True,
    ),
    Column(
        "lead",
        "Lead",
        ColumnType.TEXT,
        lambda row: row.item.lead.name,
        "The organisation that leads the item.",
        required=True,
    ),
    Column(
        "supporting",
        "Supporting",
        ColumnType.LIST,
        lambda row: _names(row.item.supporting),
        "The organisations that support it.",
    ),
    Column(
        "phase",
        "Phase",
        ColumnType.WORD,
        lambda row: row.item.phase,
        "`not_started`, `in_progress`, `suspended`, `completed`, `cancelled` or `merged`, as last reported.",
        one_of=tuple(Phase),
        required=True,
    ),
    Column(
        "completion",
        "Completion",
        ColumnType.WORD,
        lambda row: row.item.completion,
        "`awaiting` where an item is reported as completed and nobody has confirmed it yet, `confirmed`; `none` in any "
        "other phase.",
        one_of=tuple(Completion),
        required=True,
    ),
    Column(
        "confidence",
        "Confidence",
        ColumnType.WORD,
        lambda row: row.item.confidence,
        "The officer's own rating as last reported: `green`, `amber` or `red`. Empty where none was ever given.",
        one_of=tuple(Confidence),
    ),
    Column(
        "confidence_last_week",
        "Week before",
        ColumnType.WORD,
        lambda row: row.before.confidence,
        "The same on the last day of the week before.",
        one_of=tuple(Confidence),
    ),
    Column(
        "schedule",
        "Schedule",
        ColumnType.WORD,
        lambda row: row.item.schedule,
        "Computed from dates and percents, never typed: `on_track`, `behind`, `off_track` or `overdue`; `none` for "
        "an item that is suspended, cancelled or merged.",
        one_of=tuple(Schedule),
        required=True,
    ),
    Column(
        "freshness",
        "Freshness",
        ColumnType.WORD,
        lambda row: row.item.freshness,
        "Whether a report came: `reported` in this week, `due`, `stale` (none for four weeks, or what the plan sets), "
        "`never`, or `not_owed`.",
        one_of=tuple(Freshness),
        required=True,
    ),
    Column(
        "percent",
        "Percent",
        ColumnType.DECIMAL,
        lambda row: tenths(row.item.actual),
        "How far the item is, 0.0 to 100.0: the share of its milestones' weights that is met, or what was last "
        "reported. Empty where nothing was ever reported.",
    ),
    Column(
        "expected_percent",
        "Expected",
        ColumnType.DECIMAL,
        lambda row: tenths(row.item.expected),
        "How far it should be on that day by the dates first agreed.",
        required=True,
    ),
    Column(
        "change_since_last_week",
        "Change",
        ColumnType.DECIMAL,
        _change,
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
    Column(
        "days_late",
        "Days late",
        ColumnType.WHOLE_NUMBER,
        lambda row: row.item.days_late,
        "Days after `current_due`, 0 where it is not late. A completed item keeps the lateness of its completion.",
        required=True,
    ),
    Column(
        "next_milestone",
        "Next milestone",
        ColumnType.TEXT,
        lambda row: _of_milestone(row, lambda milestone: milestone.title),
        "The first milestone, by current date, that is not met. Empty where all are, or the item is closed.",
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
        lambda row: _of_report(row, lambda report: report.done),
        "What the last report says was done. It may be older than this week: see `last_update`.",
    ),
    Column(
        "next",
        "Next",
        ColumnType.TEXT,
        lambda row: _of_report(row, lambda report: report.next),
        "What the last report says is next.",
    ),
    Column(
        "blocker",
        "Blocker",
        ColumnType.TEXT,
        lambda row: _of_report(row, lambda report: report.blocker),
        "What the last report says is in the way.",
    ),
    Column(
        "help_needed",
        "Help needed",
        ColumnType.TEXT,
        lambda row: _of_report(row, lambda report: report.help_needed),
        "What help the last report asks for.",
    ),
    Column(
        "last_update",
        "Last update",
        ColumnType.DATE,
        lambda row: _of_report(row, lambda report: report.as_of),
        "The date the last report is as of. Empty where there is none.",
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

ITEMS = Section(
    name="items",
    title="All items",
    answers="How does every item stand at the end of the week, beside the end of the week before?",
    columns=COLUMNS,
    rows=lambda reading: reading.rows,
    key=("code",),
)
