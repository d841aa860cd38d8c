"""My week: the items that owe a report, those reported this week, and the endings to confirm."""

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from planner.base.language import tr, tr_count
from planner.base.listing import with_semicolons
from planner.base.views import value_class
from planner.domain.rules.doubts import about_merged
from planner.domain.rules.weeks import Week
from planner.domain.symbols import schedule_words
from planner.domain.vocabulary import Completion, Freshness, Schedule
from planner.queries.items.views import ItemView

if TYPE_CHECKING:
    from planner.queries.weeks.requests import RequestRow
    from planner.register.reading import Reading

_OWING = (Freshness.DUE, Freshness.STALE, Freshness.NEVER)
_WORST_FIRST = (Schedule.OVERDUE, Schedule.OFF_TRACK, Schedule.BEHIND, Schedule.ON_TRACK, Schedule.NONE)
_SILENT_FIRST = (Freshness.NEVER, Freshness.STALE)


@value_class
class MyWeek:
    """A person's items: those that owe a report (most urgent first), those reported this week, and those to confirm.

    `merged_here` has the codes of the items that were merged into an item, by the code of that item. `requests` has the
    requests for help that concern the person: the open ones, and those that were answered this week. `continued` has
    sentences about the items that other plans continue, by item id: reports may belong there.
    """

    owed: tuple[ItemView, ...]
    reported: tuple[ItemView, ...]
    awaiting: tuple[ItemView, ...]
    merged_here: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    requests: "tuple[RequestRow, ...]" = ()
    continued: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def doubts(self, item: ItemView) -> tuple[str, ...]:
        """Return what a person should know before confirming that an item has ended."""
        return tuple(doubt.what for doubt in about_merged(item.phase, self.merged_here.get(item.code, ())))


def requests_in_week(
    reading: "Reading", items: Iterable[ItemView], bodies: Container[str] | None, *, answers: bool = False
) -> "tuple[RequestRow, ...]":
    """Return the requests for help in the week of a person who reports for the organisations `bodies`.

    If `answers` is set, the person answers requests, and gets those about all items.
    """
    mine = [item for item in items if answers or bodies is None or item.lead.key in bodies]
    # The app draws its first screen, which counts reports with this module, before SQLAlchemy is imported.
    from planner.queries.weeks.requests import read_requests

    return tuple(read_requests(reading, mine, Week.of(reading.as_of).previous.sunday))


def my_week(
    items: Iterable[ItemView],
    bodies: Container[str] | None,
    *,
    confirms: bool = False,
    can_report: bool = True,
    requests: "tuple[RequestRow, ...]" = (),
    continued: Mapping[int, tuple[str, ...]] | None = None,
) -> MyWeek:
    """Return the week of a person who reports for the organisations `bodies`. None means all organisations.

    The lead organisation owes the report. If `confirms` is set, the endings to confirm of all organisations are
    included. In a plan that has not begun or is closed (`can_report`), nothing is owed or to be confirmed. `requests`
    are those that `requests_in_week` returned, and `continued` are the sentences of `planner.queries.plans.lineage`.
    """
    listed = list(items)
    mine = [item for item in listed if bodies is None or item.lead.key in bodies]
    awaiting = tuple(item for item in listed if can_report and confirms and item.completion is Completion.AWAITING)
    return MyWeek(
        owed=tuple(sorted((item for item in mine if can_report and owes(item)), key=urgency)),
        reported=tuple(item for item in mine if not owes(item) and item.freshness is Freshness.REPORTED),
        awaiting=awaiting,
        merged_here=_merged_here(listed) if awaiting else {},
        requests=requests,
        continued=continued or {},
    )


def _merged_here(items: Iterable[ItemView]) -> Mapping[str, tuple[str, ...]]:
    """Return the codes of merged items, by the code of the item they were merged into."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in items:
        if item.last is not None and item.last.merged_into is not None:
            found[item.last.merged_into].append(item.code)
    return {into: tuple(codes) for into, codes in found.items()}


def owes(item: ItemView) -> bool:
    """Return whether an item owes a report this week. An item whose report was returned owes another one."""
    return item.returned is not None or item.freshness in _OWING


def urgency(item: ItemView) -> tuple[bool, bool, int, int, bool, str]:
    """Return the sort key of the queue.

    Returned reports come first, then contradictions. The rest is ordered by schedule, days late, missing reports and
    code.
    """
    return (
        item.returned is None,
        not item.contradiction,
        _WORST_FIRST.index(item.schedule),
        -item.days_late,
        item.freshness not in _SILENT_FIRST,
        item.code,
    )


def why(item: ItemView, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return the reasons for an item's place in the queue, the most important first.

    `names` are the names of people by login, for readers who do not know the logins.
    """
    reasons, returned = [], item.returned
    if returned is not None:
        person = (names or {}).get(returned.actor, returned.actor)
        reasons.append(tr("returned by {person}: {reason}", person=person, reason=returned.reason))
    if item.contradiction:
        reasons.append(tr("rated green although late"))
    if item.schedule is Schedule.OVERDUE:
        reasons.append(tr_count("{count:,} day overdue", "{count:,} days overdue", item.days_late))
    elif item.schedule in (Schedule.OFF_TRACK, Schedule.BEHIND):
        reasons.append(schedule_words(item.schedule))
    if item.freshness is Freshness.NEVER:
        reasons.append(tr("never reported"))
    elif item.freshness is Freshness.STALE:
        reasons.append(tr("no report for a long time"))
    return tuple(reasons)


def why_in_words(item: ItemView, names: Mapping[str, str] | None = None) -> str:
    """Return the reasons for an item's place in the queue on one line. `names` are those of people by login.

    A full stop at the end of a reason is removed.
    """
    return with_semicolons(reason.rstrip(".。") for reason in why(item, names))
