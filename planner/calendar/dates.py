"""The due dates of items and milestones as calendar entries with a day, a text and a permanent id."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from planner.base.language import in_english
from planner.base.numbers import counted
from planner.base.visible_text import one_line
from planner.domain.symbols import TIMELINE_SIGNS, words
from planner.queries.history.revisions import Revisions
from planner.queries.items.views import ItemView
from planner.queries.weeks.deadlines import Deadline, DeadlineState, deadlines_of
from planner.register.plan_view import PlanView

_OPEN = (DeadlineState.OPEN, DeadlineState.OVERDUE)

# A domain that is reserved and belongs to nobody (RFC 2606), because entries belong to a plan and not to a host.
NO_HOST = "planner.invalid"

SIMULATED = "SIMULATED: this is a demonstration. Its reports, dates and values are made up."


@dataclass(frozen=True)
class CalendarDate:
    """A whole-day calendar entry for a due date.

    `uid` stays the same when the date moves, and `sequence` grows with each move. `recorded_at` is the instant of the
    newest record about the item.
    """

    uid: str
    day: date
    summary: str
    description: str
    state: DeadlineState
    of_milestone: bool
    sequence: int
    recorded_at: datetime


@dataclass(frozen=True)
class DueCalendar:
    """The content of a calendar file: its title, and its entries in order of date."""

    title: str
    simulated: bool
    dates: tuple[CalendarDate, ...]


def calendar_of(
    plan: PlanView,
    items: Iterable[ItemView],
    as_of: date,
    revisions: Revisions,
    whose: str = "",
    *,
    only_open: bool = False,
) -> DueCalendar:
    """Return a calendar with the current dates of milestones and items, including those that were met or have lapsed.

    With `only_open`, the dates that were met or have lapsed are left out. `whose` is added to the title if the items
    are not the whole plan. The calendar is always in English.
    """
    with in_english():
        dates = [entry for item in items for entry in _dates(plan, item, as_of, revisions)]
    title = one_line(f"{plan.title}: {whose}" if whose else plan.title)
    return DueCalendar(
        f"SIMULATED {title}" if plan.simulated else title,
        plan.simulated,
        tuple(
            sorted(
                (one for one in dates if one.state in _OPEN or not only_open), key=lambda entry: (entry.day, entry.uid)
            )
        ),
    )


def _dates(plan: PlanView, item: ItemView, as_of: date, revisions: Revisions) -> Iterator[CalendarDate]:
    for deadline in deadlines_of(item, as_of):
        milestone = deadline.milestone
        yield CalendarDate(
            uid=_uid(plan, deadline),
            day=deadline.current,
            summary=_summary(plan, deadline),
            description="\n".join(_description(plan, deadline, as_of)),
            state=deadline.state,
            of_milestone=milestone is not None,
            # docs/decisions/0087: the number only grows, even if a move is undone.
            sequence=revisions.changes[item.id, milestone.id if milestone else None],
            recorded_at=revisions.recorded[item.id],
        )


def _uid(plan: PlanView, deadline: Deadline) -> str:
    """Return the permanent id of a calendar entry.

    The id in a demonstration differs from the id in a register with the same plan.
    """
    simulated = "simulated-" if plan.simulated else ""
    milestone = deadline.milestone
    part = f"milestone-{milestone.number}" if milestone else "due"
    return f"{simulated}{plan.key}.{deadline.item.code}.{part}@{NO_HOST}"


def _summary(plan: PlanView, deadline: Deadline) -> str:
    """Return the entry's text for a month view. It begins with the state of the due date and ends with the title."""
    simulated = "SIMULATED " if plan.simulated else ""
    sign = TIMELINE_SIGNS[deadline.state.value][0]
    state = "" if deadline.state is DeadlineState.OPEN else f"{sign} {deadline.state} "
    return f"{simulated}{state}{deadline.item.code} {_what(deadline)}: {one_line(deadline.title)}"


def _what(deadline: Deadline) -> str:
    return f"milestone {deadline.milestone.number}" if deadline.milestone else "due"


def _description(plan: PlanView, deadline: Deadline, as_of: date) -> Iterator[str]:
    item, milestone = deadline.item, deadline.milestone
    if plan.simulated:
        yield SIMULATED
    yield f"{item.code} [{item.basis}] {one_line(item.title)}"
    if milestone:
        yield f"Milestone {milestone.number} [{milestone.basis}] {one_line(milestone.title)}"
        if milestone.completion_test:
            yield f"Met when: {one_line(milestone.completion_test)}"
    yield f"Lead: {one_line(item.lead.name)}"
    current = f" [{milestone.basis_of_date}]" if milestone else ""
    basis = "" if milestone else f" [{item.due_basis}]"
    yield f"Date: {deadline.current}{current}; first agreed: {deadline.baseline}{basis}; {_slip(deadline)}"
    yield f"As of {as_of}: {_state(deadline, as_of)}; the item is {_item_state(item)}"


def _slip(deadline: Deadline) -> str:
    days = deadline.slip_days
    if not days:
        return "not moved"
    return f"moved {counted(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _state(deadline: Deadline, as_of: date) -> str:
    if deadline.met_on is not None:
        return f"met on {deadline.met_on}"
    if deadline.state is DeadlineState.OVERDUE:
        days = (as_of - deadline.current).days
        return f"overdue by {counted(days, 'day')}"
    return deadline.state.value


def _item_state(item: ItemView) -> str:
    parts = [words(item.phase), words(item.schedule), f"rated {item.confidence}" if item.confidence else "not rated"]
    return ", ".join(part for part in parts if part != "none")
