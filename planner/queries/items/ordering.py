"""The orders that the register can be sorted by. States that need attention come first."""

from collections.abc import Callable
from datetime import date
from typing import Any

from planner.base.errors import unknown_name
from planner.base.language import later, tr
from planner.domain.vocabulary import Confidence, Freshness, Phase, Schedule
from planner.queries.items.views import ItemView

# The key of an item, which is an `ItemView` for the orders of `BY_MILESTONE` and at least an `ItemLine` for the others.
Order = Callable[[Any], Any]

_SCHEDULES = (Schedule.OVERDUE, Schedule.OFF_TRACK, Schedule.BEHIND, Schedule.ON_TRACK, Schedule.NONE)
_CONFIDENCES = (Confidence.RED, Confidence.AMBER, Confidence.GREEN, None)
_FRESHNESSES = (Freshness.NEVER, Freshness.STALE, Freshness.DUE, Freshness.REPORTED, Freshness.NOT_OWED)
_PHASES = tuple(Phase)


# The orders that look at the milestones of an item.
BY_MILESTONE = frozenset({"next"})


def _next(item: ItemView) -> tuple[date, str]:
    milestone = item.next_milestone
    return (milestone.current, milestone.title) if milestone else (date.max, "")


def register_order(item: Any) -> tuple[int, int, str]:
    """Return the sort key of an item's place in the office's register. Codes decide between equal places."""
    return (item.position, len(item.code), item.code)


# The sort keys by the name of the column.
ORDERS: dict[str, Order] = {
    "code": register_order,
    "theme": lambda item: item.theme,
    "title": lambda item: item.title.casefold(),
    "kind": lambda item: item.kind_view.place if item.kind_view else 0,
    "measure": lambda item: (item.measure is None, item.measure or ""),
    "phase": lambda item: _PHASES.index(item.phase),
    "percent": lambda item: -1.0 if item.actual is None else item.actual,
    "expected": lambda item: item.expected,
    "gap": lambda item: item.expected - (item.actual or 0.0),
    "schedule": lambda item: _SCHEDULES.index(item.schedule),
    "confidence": lambda item: _CONFIDENCES.index(item.confidence),
    "freshness": lambda item: _FRESHNESSES.index(item.freshness),
    "reported": lambda item: item.last.as_of if item.last else date.min,
    "due": lambda item: item.current_due,
    "late": lambda item: -item.days_late,
    "lead": lambda item: item.lead.short_name.casefold(),
    "next": _next,
    "basis": lambda item: item.basis.value,
}


def order_of(column: str) -> Order:
    """Return the sort key of a column. Raises UnknownNameError if the register cannot be sorted by it."""
    if column not in ORDERS:
        raise unknown_name(
            tr("items cannot be sorted by '{column}'", column=column), later("columns"), ORDERS, where="sort"
        )
    return ORDERS[column]
