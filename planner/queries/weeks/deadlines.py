"""Deadlines: the dates of milestones and items, baseline and current, and whether each was met."""

from collections.abc import Iterable, Iterator
from datetime import date
from enum import StrEnum

from planner.base.views import value_class
from planner.domain.vocabulary import Phase, Schedule
from planner.queries.items.views import ItemView, MilestoneView


class DeadlineState(StrEnum):
    """The state of a deadline on a day. LAPSED: the item ended without meeting it, so nobody waits for it any more."""

    MET = "met"
    OPEN = "open"
    OVERDUE = "overdue"
    LAPSED = "lapsed"


@value_class
class Deadline:
    """The date of a milestone, or of the item itself if `milestone` is None. `met_on` is None until the date is met."""

    item: ItemView
    milestone: MilestoneView | None
    baseline: date
    current: date
    met_on: date | None
    state: DeadlineState

    @property
    def slip_days(self) -> int:
        """The number of days from the baseline date to the current date; negative if the current date is earlier."""
        return (self.current - self.baseline).days

    @property
    def assumed(self) -> bool:
        """Whether nobody gave the current date."""
        return self.milestone.assumed if self.milestone else self.item.due_assumed

    @property
    def title(self) -> str:
        """The title of the milestone, or of the item if this is the item's own date."""
        return self.milestone.title if self.milestone else self.item.title


def deadlines_of(item: ItemView, as_of: date) -> Iterator[Deadline]:
    """Yield the deadlines of one item on a day: its milestones in order, then its own date."""
    for milestone in item.milestones:
        yield _of_milestone(item, milestone, as_of)
    yield _own(item, as_of)


def _of_milestone(item: ItemView, milestone: MilestoneView, as_of: date) -> Deadline:
    state = _state(item, milestone.met_on is not None, milestone.current, as_of)
    return Deadline(item, milestone, milestone.baseline, milestone.current, milestone.met_on, state)


def _own(item: ItemView, as_of: date) -> Deadline:
    if item.phase is Phase.COMPLETED and item.schedule is Schedule.OVERDUE:
        # The completion is not confirmed and the date has passed, so the date and the item stay overdue.
        return Deadline(item, None, item.baseline_due, item.current_due, None, DeadlineState.OVERDUE)
    completed = item.phase is Phase.COMPLETED
    met_on = item.last.completed_on if completed and item.last else None
    state = _state(item, completed, item.current_due, as_of)
    return Deadline(item, None, item.baseline_due, item.current_due, met_on, state)


def _state(item: ItemView, met: bool, current: date, as_of: date) -> DeadlineState:
    """Return the state of a date. A date due today is not late, and a date of a suspended item is never overdue."""
    if met:
        return DeadlineState.MET
    if item.has_ended or item.phase is Phase.COMPLETED:
        return DeadlineState.LAPSED
    late = current < as_of and item.phase is not Phase.SUSPENDED
    return DeadlineState.OVERDUE if late else DeadlineState.OPEN


def falling_due(items: Iterable[ItemView], as_of: date, first: date, last: date) -> list[Deadline]:
    """Return the deadlines whose current date is between two days, both included, ordered by day."""
    found = [deadline for item in items for deadline in deadlines_of(item, as_of) if first <= deadline.current <= last]
    return sorted(found, key=_day)


def pending_deadlines(items: Iterable[ItemView], as_of: date, last: date) -> list[Deadline]:
    """Return the deadlines that are overdue or fall due by a day, the oldest first. Suspended items are left out.

    Most dates of a register are met or far off, so a Deadline is only made for the dates that are returned.
    """
    found = []
    for item in items:
        completed = item.phase is Phase.COMPLETED
        if item.phase is Phase.SUSPENDED or item.has_ended or (completed and item.schedule is not Schedule.OVERDUE):
            continue
        for milestone in () if completed else item.milestones:
            if milestone.met_on is None and milestone.current <= last:
                found.append(_of_milestone(item, milestone, as_of))
        if item.current_due <= last:
            found.append(_own(item, as_of))
    return sorted(found, key=_day)


def _day(deadline: Deadline) -> date:
    return deadline.current
