"""A round of messages about a reporting week: which organisations get one, about which items, and for what reasons."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from planner.domain.period_names import period_name
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Completion, Concern, Schedule
from planner.queries.items.views import ItemView, MilestoneView, OrganisationView
from planner.queries.weeks.deadlines import DeadlineState, deadlines_of
from planner.queries.weeks.my_week import urgency
from planner.register.plan_view import PlanView


class Reason(StrEnum):
    """The reasons why a message asks about an item, the most important first.

    The first reason that applies determines what is asked.
    """

    RETURNED = "returned"
    OVERDUE = "overdue"
    SILENT = "silent"
    DUE = "due"


@dataclass(frozen=True)
class Occasion:
    """The week that a round of messages is about, the day of the round, and the known-at instant of its data.

    The day is in the week or later. `answer_by` is the day by which answers are requested.
    """

    plan: PlanView
    week: Week
    day: date
    known_at: datetime
    answer_by: date

    @property
    def of(self) -> date:
        """The last day of the week, or the day of the round if the week is not over."""
        return min(self.week.sunday, self.day)

    @property
    def period(self) -> str:
        """The name of the reporting period of the plan that contains the week."""
        return period_name(self.plan.settings, self.of)


@dataclass(frozen=True)
class ChasedItem:
    """An item in a message, with the reasons for asking about it and its late milestones.

    `reporter` is the name of the person who made the item's last report. `returner` is the name of the person who
    returned a report. Each is None if there is no such report. `continued` are sentences that items of other plans
    continue the item.
    """

    item: ItemView
    reasons: tuple[Reason, ...]
    late_milestones: tuple[MilestoneView, ...]
    reporter: str | None
    returner: str | None
    continued: tuple[str, ...] = ()


@dataclass(frozen=True)
class Message:
    """A message to a lead organisation, with its items in order of their first reason, the most urgent first.

    `to` are the mail addresses to which it is sent. It has none if the register has none.
    """

    occasion: Occasion
    organisation: OrganisationView
    items: tuple[ChasedItem, ...]
    to: tuple[str, ...] = ()

    def because(self, reason: Reason) -> tuple[ChasedItem, ...]:
        """Return the items in the message whose most important reason is the given one."""
        return tuple(chased for chased in self.items if chased.reasons[0] is reason)

    def count(self, *reasons: Reason) -> int:
        """Return how many items in the message have at least one of the given reasons."""
        return sum(not set(reasons).isdisjoint(chased.reasons) for chased in self.items)


def messages_of(
    occasion: Occasion,
    then: Iterable[ItemView],
    now: Iterable[ItemView],
    names: dict[str, str],
    recipients: Mapping[int, tuple[str, ...]],
    continued: Mapping[int, tuple[str, ...]],
) -> tuple[Message, ...]:
    """Return the messages of a round, in order of the organisations' names.

    `then` are the items at the end of the week, and `now` are the same items on the day of the round. An item that was
    reported on, finished or given a new date after the week is left out. `names` maps logins to people's names, and
    `recipients` the ids of organisations to mail addresses. `continued` has sentences about the items that other plans
    continue, by item id.
    """
    # docs/decisions/0086: nobody is asked for what they sent meanwhile.
    before = {item.id: item for item in then}
    chased: dict[OrganisationView, list[ChasedItem]] = defaultdict(list)
    for item in now:
        was = before.get(item.id)
        # Nobody owed a report on an item that the plan did not have in that week.
        reasons = tuple(_reasons(was, item, occasion.week)) if was else ()
        if reasons:
            chased[item.lead].append(_chased(item, reasons, occasion.day, names, continued.get(item.id, ())))
    return tuple(
        Message(
            *(occasion, organisation, tuple(sorted(chased[organisation], key=_order))),
            to=tuple(recipients.get(organisation.id, ())),
        )
        for organisation in sorted(chased, key=lambda organisation: (organisation.name, organisation.key))
    )


def _reasons(then: ItemView, now: ItemView, week: Week) -> Iterator[Reason]:
    if now.returned is not None and now.returned.report.as_of <= week.sunday:
        yield Reason.RETURNED
    # For an item reported as ended, a manager's confirmation is awaited, not a report of the organisation.
    answered = now.completion is Completion.AWAITING
    if then.schedule is Schedule.OVERDUE and now.schedule is Schedule.OVERDUE and not answered:
        yield Reason.OVERDUE
    reported_since = now.last is not None and now.last.as_of > week.sunday
    if Concern.UNREPORTED in then.concerns and not reported_since:
        yield Reason.SILENT if Concern.SILENT in now.concerns else Reason.DUE


def _chased(
    item: ItemView, reasons: tuple[Reason, ...], day: date, names: dict[str, str], continued: tuple[str, ...]
) -> ChasedItem:
    late = (deadline.milestone for deadline in deadlines_of(item, day) if deadline.state is DeadlineState.OVERDUE)
    return ChasedItem(
        item,
        reasons,
        tuple(milestone for milestone in late if milestone is not None),
        names.get(item.last.actor, item.last.actor) if item.last else None,
        names.get(item.returned.actor, item.returned.actor) if item.returned else None,
        continued,
    )


_REASONS_IN_ORDER = tuple(Reason)


def _order(chased: ChasedItem) -> tuple[int, tuple[bool, bool, int, int, bool, str]]:
    return _REASONS_IN_ORDER.index(chased.reasons[0]), urgency(chased.item)
