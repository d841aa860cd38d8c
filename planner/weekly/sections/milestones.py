"""The section `milestones`: overdue dates, and due dates in the next two weeks."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from planner.base.views import value_class
from planner.domain.rules.figures import tenths
from planner.domain.vocabulary import Basis
from planner.queries.items.columns import WHICH_ITEM
from planner.queries.items.views import MilestoneView
from planner.queries.weeks.amounts import dates_in_words
from planner.queries.weeks.deadlines import Deadline, DeadlineState, pending_deadlines
from planner.tables import columns
from planner.tables.columns import Column, Value
from planner.weekly.reading import WeekReading
from planner.weekly.section import ItemFact, Section

AHEAD = timedelta(weeks=2)

# The value of the column `date_of` for an item's own due date. Other rows name a milestone.
OWN_DATE = "item"


@value_class
class DeadlineRow(ItemFact):
    """A due date of an item or milestone, on the file's as-of date."""

    deadline: Deadline

    @property
    def days_late(self) -> int:
        """Days from the current due date to the file's as-of date, or 0 if the due date has not passed."""
        return max(0, (self.frame.as_of - self.deadline.current).days)

    @property
    def basis(self) -> Basis:
        """The basis of the milestone's current date, or of the item's due date as first agreed."""
        milestone = self.deadline.milestone
        if self.simulated:
            return Basis.SIMULATED
        return milestone.basis_of_date if milestone else self.item.due_basis

    @property
    def weight(self) -> float | None:
        """The milestone's share of the weights of all milestones of its item, in percent, or None."""
        milestone = self.deadline.milestone
        if milestone is None:
            return None
        return 100 * milestone.weight / sum(one.weight for one in self.item.milestones)


def _of_milestone(row: DeadlineRow, read: Callable[[MilestoneView], Value]) -> Value:
    return read(row.deadline.milestone) if row.deadline.milestone else None


COLUMNS: tuple[Column[DeadlineRow], ...] = (
    *WHICH_ITEM,
    columns.text(
        "date_of",
        lambda row: _of_milestone(row, lambda milestone: f"milestone {milestone.number}") or OWN_DATE,
        "The milestone or item that the date belongs to: `milestone 2`, or `item` for the item's own due date.",
        "Which date",
    ),
    columns.text(
        "milestone",
        lambda row: _of_milestone(row, lambda milestone: milestone.title),
        "The milestone's title. Empty for the item's own due date.",
        optional=True,
    ),
    columns.word(
        "state",
        lambda row: row.deadline.state,
        "`overdue` if the current date has passed, or `open` if it is in the next two weeks (14 days; a date on "
        "the file's own day is open). The section leaves out dates that are met, dates of suspended items, and "
        "dates of items that ended or are reported as completed.",
        one_of=(DeadlineState.OVERDUE, DeadlineState.OPEN),
    ),
    columns.day("baseline", lambda row: row.deadline.baseline, "The date first agreed.", "Baseline date"),
    columns.day(
        "current",
        lambda row: row.deadline.current,
        "The date agreed now. Rows are sorted by this date, the longest overdue first.",
        "Current date",
    ),
    columns.whole_number(
        "slip_days",
        lambda row: row.deadline.slip_days,
        "The number of days by which `current` is after `baseline`; negative if the date was brought forward.",
        "Slip, days",
    ),
    columns.day(
        "forecast",
        lambda row: _of_milestone(row, lambda milestone: milestone.forecast),
        "The date on which the officer last expected the milestone to be met. It is not an agreed date. Empty if "
        "no forecast was given.",
        "Forecast date",
        optional=True,
    ),
    columns.whole_number(
        "days_late",
        lambda row: row.days_late,
        "The number of days from `current` to the file's day; 0 if the date is still to come.",
    ),
    columns.decimal(
        "weight",
        lambda row: tenths(row.weight),
        "The milestone's share of the item, in percent of the weights of all its milestones. Empty for the item's "
        "own due date.",
        "Weight, %",
        optional=True,
    ),
    columns.text(
        "completion_test",
        lambda row: _of_milestone(row, lambda milestone: milestone.completion_test),
        "The test that shows whether the milestone is met.",
        "Completion test",
        optional=True,
    ),
    columns.word(
        "date_basis",
        lambda row: row.basis,
        "The source of the milestone's date, or of the item's due date as first agreed. In a demonstration it is "
        "`simulated`.",
        "Date's basis",
        one_of=Basis,
    ),
)


def _rows(reading: WeekReading) -> Iterator[DeadlineRow]:
    instance = reading.instance
    for deadline in pending_deadlines(reading.items, instance.as_of, instance.as_of + AHEAD):
        yield DeadlineRow(deadline.item, instance.frame, deadline)


def _counted(rows: Sequence[DeadlineRow]) -> str:
    """Return how many dates are overdue and how many fall due, each of how many items."""
    overdue, ahead = (
        dates_in_words([row for row in rows if row.deadline.state is state])
        for state in (DeadlineState.OVERDUE, DeadlineState.OPEN)
    )
    return f"Overdue: {overdue}; due in two weeks: {ahead}"


MILESTONES = Section(
    name="milestones",
    title="Milestones and due dates",
    answers="Which dates are overdue at the end of the week, and which fall due in the two weeks after it?",
    columns=COLUMNS,
    rows=_rows,
    counted=_counted,
    key=("code", "date_of"),
)
