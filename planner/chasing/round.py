"""A round of chasing: which organisations are written to for a reporting week, about which items, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planner.queries.deadlines import DeadlineState, deadlines_of
from planner.queries.my_week import urgency
from planner.queries.plans import PlanView
from planner.queries.views import ItemView, MilestoneView, OrganisationView
from planner.rules.weeks import Week
from planner.vocabulary import Completion, Concern, Schedule


class Reason(StrEnum):
    """Why an item is named. In the order in which they are told: the first that applies says what is asked."""

    RETURNED = "returned"
    OVERDUE = "overdue"
    SILENT = "silent"
    DUE = "due"


@dataclass(frozen=True)
class Occasion:
    """What a round is about: the reports of a week, seen from a day in it or after it, as known at an instant.

    `answer_by` is the day by which answers are asked for.
    """

    plan: PlanView
    week: Week
    day: date
    known_at: datetime
    answer_by: date


@dataclass(frozen=True)
class ChasedItem:
    """An item that somebody is asked about: as it stands on the day, why, and which of its milestones are late.

    `reporter` made its last report, `returner` returned one: people by their names, None where nobody did.
    """

    item: ItemView
    reasons: tuple[Reason, ...]
    late_milestones: tuple[MilestoneView, ...]
    reporter: str | None
    returner: str | None


@dataclass(frozen=True)
class Message:
    """What a lead organisation is told and asked: its items by their first reason, worst first."""

    occasion: Occasion
    organisation: OrganisationView
    items: tuple[ChasedItem, ...]

    def because(self, reason: Reason) -> tuple[ChasedItem, ...]:
        """The items that are named for a reason first of all."""
        return tuple(chased for chased in self.items if chased.reasons[0] is reason)

    def count(self, *reasons: Reason) -> int:
        """How many items are named for one of some reasons, be it the first or not."""
        return sum(not set(reasons).isdisjoint(chased.reasons) for chased in self.items)


def messages_of(
    occasion: Occasion, then: Iterable[ItemView], now: Iterable[ItemView], names: dict[str, str]
) -> tuple[Message, ...]:
    """The messages of a round, in the order of the organisations' names.

    `then` are items as they stood at the end of the week, `now` the same as they stand on the occasion's day. What was
    reported on, finished or re-dated since the week's end is not asked for again. `names` are people's, by login.
    """
    before = {item.id: item for item in then}
    chased: dict[OrganisationView, list[ChasedItem]] = defaultdict(list)
    for item in now:
        reasons = tuple(_reasons(before[item.id], item, occasion.week))
        if reasons:
            chased[item.lead].append(_chased(item, reasons, occasion.day, names))
    return tuple(
        Message(occasion, organisation, tuple(sorted(chased[organisation], key=_order)))
        for organisation in sorted(chased, key=lambda organisation: (organisation.name, organisation.key))
    )


def _reasons(then: ItemView, now: ItemView, week: Week) -> Iterator[Reason]:
    if now.returned is not None and now.returned.report.as_of <= week.sunday:
        yield Reason.RETURNED
    # Of an item reported as ended it is a manager's word that is waited for, not the organisation's.
    answered = now.completion is Completion.AWAITING
    if then.schedule is Schedule.OVERDUE and now.schedule is Schedule.OVERDUE and not answered:
        yield Reason.OVERDUE
    reported_since = now.last is not None and now.last.as_of > week.sunday
    if Concern.UNREPORTED in then.concerns and not reported_since:
        yield Reason.SILENT if Concern.SILENT in now.concerns else Reason.DUE


def _chased(item: ItemView, reasons: tuple[Reason, ...], day: date, names: dict[str, str]) -> ChasedItem:
    late = (deadline.milestone for deadline in deadlines_of(item, day) if deadline.state is DeadlineState.OVERDUE)
    return ChasedItem(
        item,
        reasons,
        tuple(milestone for milestone in late if milestone is not None),
        names.get(item.last.actor, item.last.actor) if item.last else None,
        names.get(item.returned.actor, item.returned.actor) if item.returned else None,
    )


_TOLD = tuple(Reason)


def _order(chased: ChasedItem) -> tuple[int, tuple[bool, bool, int, int, bool, str]]:
    return _TOLD.index(chased.reasons[0]), urgency(chased.item)
