"""My week: which items still owe a report, worst first; which have one; which endings wait for an answer."""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field

from planner.numbers import counted
from planner.queries.merged import merged_here
from planner.queries.views import ItemView
from planner.rules.doubts import about_merged
from planner.rules.weeks import Week
from planner.vocabulary import Completion, Freshness, Schedule

_OWING = (Freshness.DUE, Freshness.STALE, Freshness.NEVER)
_WORST_FIRST = (Schedule.OVERDUE, Schedule.OFF_TRACK, Schedule.BEHIND, Schedule.ON_TRACK, Schedule.NONE)
_SILENT_FIRST = (Freshness.NEVER, Freshness.STALE)


@dataclass(frozen=True)
class MyWeek:
    """A person's items: those that owe a report, worst first; those reported this week; those to be confirmed.

    `merged_here` has, by its code, what was merged into an item that is to be confirmed as cancelled or merged.
    """

    owed: tuple[ItemView, ...]
    reported: tuple[ItemView, ...]
    awaiting: tuple[ItemView, ...]
    merged_here: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def doubts(self, item: ItemView) -> tuple[str, ...]:
        """What somebody should know before confirming that an item has ended."""
        return tuple(doubt.what for doubt in about_merged(item.phase, self.merged_here.get(item.code, ())))


def my_week(
    items: Iterable[ItemView], bodies: Container[str] | None, *, week: Week | None = None, confirms: bool = False
) -> MyWeek:
    """The week of somebody who reports for an organisation (all its keys), or for all where there is none.

    An item's report is owed by its lead. Where the `week` is given, an item that its report ended counts as reported
    in it, though it owes nothing any more. `confirms` says whether the person confirms endings; these are of any
    organisation.
    """
    listed = list(items)
    mine = [item for item in listed if bodies is None or item.lead.key in bodies]
    awaiting = tuple(item for item in listed if confirms and item.completion is Completion.AWAITING)
    return MyWeek(
        owed=tuple(sorted((item for item in mine if owes(item)), key=urgency)),
        reported=tuple(item for item in mine if not owes(item) and _reported(item, week)),
        awaiting=awaiting,
        merged_here=merged_here(listed) if awaiting else {},
    )


def _reported(item: ItemView, week: Week | None) -> bool:
    closed = item.phase.terminal and item.last is not None and Week.of(item.last.as_of) == week
    return item.freshness is Freshness.REPORTED or closed


def owes(item: ItemView) -> bool:
    """Whether an item owes a report this week. One whose report was returned owes it anew."""
    return item.returned is not None or item.freshness in _OWING


def urgency(item: ItemView) -> tuple[bool, bool, int, int, bool, str]:
    """The order of the queue: returned reports, contradictions, then by schedule, days late, silence, code."""
    return (
        item.returned is None,
        not item.contradiction,
        _WORST_FIRST.index(item.schedule),
        -item.days_late,
        item.freshness not in _SILENT_FIRST,
        item.code,
    )


def why(item: ItemView) -> tuple[str, ...]:
    """Why an item stands where it stands in the queue, in words, the weightiest first."""
    told = []
    if item.returned is not None:
        told.append(f"returned by {item.returned.actor}: {item.returned.reason}")
    if item.contradiction:
        told.append("green against its dates")
    if item.schedule is Schedule.OVERDUE:
        told.append(f"{counted(item.days_late, 'day')} overdue")
    elif item.schedule in (Schedule.OFF_TRACK, Schedule.BEHIND):
        told.append(item.schedule.value.replace("_", " "))
    if item.freshness is Freshness.NEVER:
        told.append("never reported")
    elif item.freshness is Freshness.STALE:
        told.append("long without a report")
    return tuple(told)
