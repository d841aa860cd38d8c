"""The dates somebody has to keep: milestones' and items' own, baseline against current, and whether they are met."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.queries.views import ItemView, MilestoneView
from planner.vocabulary import Phase, Schedule


class DeadlineState(StrEnum):
    """What became of a date by a day. Lapsed: nobody waits for it any more, its item ended without it."""

    MET = "met"
    OPEN = "open"
    OVERDUE = "overdue"
    LAPSED = "lapsed"


@dataclass(frozen=True)
class Deadline:
    """A date to be kept: a milestone's, or the item's own where `milestone` is None. `met_on` is None until it is."""

    item: ItemView
    milestone: MilestoneView | None
    baseline: date
    current: date
    met_on: date | None
    state: DeadlineState

    @property
    def slip_days(self) -> int:
        """Days by which the current date stands after the baseline (negative: before)."""
        return (self.current - self.baseline).days

    @property
    def title(self) -> str:
        """What falls due: the milestone's title, or the item's."""
        return self.milestone.title if self.milestone else self.item.title


def deadlines_of(item: ItemView, as_of: date) -> Iterator[Deadline]:
    """The dates of one item as they stand on a day: its milestones' in their order, then its own."""
    for milestone in item.milestones:
        yield _of_milestone(item, milestone, as_of)
    yield _own(item, as_of)


def _of_milestone(item: ItemView, milestone: MilestoneView, as_of: date) -> Deadline:
    state = _state(item, milestone.met_on is not None, milestone.current, as_of)
    return Deadline(item, milestone, milestone.baseline, milestone.current, milestone.met_on, state)


def _own(item: ItemView, as_of: date) -> Deadline:
    if item.phase is Phase.COMPLETED and item.schedule is Schedule.OVERDUE:
        # Nobody has confirmed that it was completed, after its date: the date stays overdue, as the item does.
        return Deadline(item, None, item.baseline_due, item.current_due, None, DeadlineState.OVERDUE)
    completed = item.phase is Phase.COMPLETED
    met_on = item.last.completed_on if completed and item.last else None
    state = _state(item, completed, item.current_due, as_of)
    return Deadline(item, None, item.baseline_due, item.current_due, met_on, state)


def _state(item: ItemView, met: bool, current: date, as_of: date) -> DeadlineState:
    """Due today is not late; a date of a suspended item stands, but is not called late."""
    if met:
        return DeadlineState.MET
    if item.has_ended or item.phase is Phase.COMPLETED:
        return DeadlineState.LAPSED
    late = current < as_of and item.phase is not Phase.SUSPENDED
    return DeadlineState.OVERDUE if late else DeadlineState.OPEN


def falling_due(items: Iterable[ItemView], as_of: date, first: date, last: date) -> list[Deadline]:
    """What falls due from one day to another by the current dates, both included, in the order of the days."""
    found = [deadline for item in items for deadline in deadlines_of(item, as_of) if first <= deadline.current <= last]
    return sorted(found, key=_day)


def still_to_keep(items: Iterable[ItemView], as_of: date, last: date) -> list[Deadline]:
    """What is overdue, and what falls due by a day: the longest overdue first. Suspended items' dates are left out.

    This runs over the whole register, where most dates are met or far off: a deadline is made only of those wanted.
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
