"""Open requests: endings to confirm, later dates, help, returned reports and blockers, each with its day."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import takewhile
from typing import Any, NamedTuple

from sqlalchemy import select

from planner.base.views import value_class
from planner.domain.rules.weeks import local_day
from planner.domain.vocabulary import Completion
from planner.queries.history.extensions import Extension, extensions_of
from planner.queries.items.ordering import register_order
from planner.queries.items.reported import FEW
from planner.queries.items.views import ItemView, StatusView
from planner.queries.weeks.help_requests import read_help_requests
from planner.register.effective_records import is_effective
from planner.register.instants import recorded_until
from planner.register.reading import Reading
from planner.store.models import StatusUpdate


class RequestKind(StrEnum):
    """The kind of request: confirm an ending, grant a later date, give help, report again, or remove a blocker."""

    CONFIRM = "confirm"
    EXTENSION = "extension"
    HELP = "help"
    REPORT_AGAIN = "report_anew"
    UNBLOCK = "unblock"


@value_class
class OpenRequest:
    """An open request about an item: its wording, the login of the requester, and the day it was first made.

    A request for help can say of whom the help is asked, and by when an answer is needed. A request for a later date
    has it as `extension`.
    """

    item: ItemView
    kind: RequestKind
    words: str | None
    actor: str
    since: date
    asked_of: str | None = None
    answer_by: date | None = None
    extension: Extension | None = None

    def days_overdue(self, day: date) -> int:
        """Return by how many days the request is past the day by which an answer was needed."""
        return 0 if self.answer_by is None else max(0, (day - self.answer_by).days)


class _ReportFields(NamedTuple):
    """The fields of a report that can make a request."""

    item_id: int
    as_of: date
    completed_on: date | None
    ended_on: date | None
    merged_into_id: int | None
    phase: str
    blocker: str | None


# The fields that stay the same while consecutive reports repeat one request.
_SAME_REQUEST: dict[RequestKind, Callable[[Any], object]] = {
    RequestKind.CONFIRM: lambda report: (report.phase, report.completed_on, report.ended_on, report.merged_into_id),
    RequestKind.UNBLOCK: lambda report: bool(report.blocker),
}


def requests_of(item: ItemView) -> Iterator[tuple[RequestKind, StatusView]]:
    """Yield the requests that the last report on an item makes.

    A blocker is left out if the report also asks for help.
    """
    if item.last is None:
        return
    if item.completion is Completion.AWAITING:
        yield RequestKind.CONFIRM, item.last
    elif not item.phase.terminal and item.last.help_needed:
        yield RequestKind.HELP, item.last
    elif not item.phase.terminal and item.last.blocker:
        yield RequestKind.UNBLOCK, item.last


def read_open_requests(reading: Reading, items: Sequence[ItemView]) -> list[OpenRequest]:
    """Return all open requests about some items at a point in time: grouped by kind, the oldest first in each kind."""
    made = [(item, kind, report) for item in items for kind, report in requests_of(item)]
    for_help = list(_for_help(reading, [item for item, kind, _ in made if kind is RequestKind.HELP]))
    requests = list(_without_answered(made, {one.item.id for one in for_help}))
    reports = _read_reports(reading, [item.id for item, _, _ in requests])
    found = [
        OpenRequest(item, kind, _words(kind, report), report.actor, _since(reports[item.id], _SAME_REQUEST[kind]))
        for item, kind, report in requests
    ]
    found += for_help
    found += _for_later_dates(reading, items)
    found += _returned(items, reading.plan.time_zone)
    order = list(RequestKind)
    return sorted(found, key=lambda one: (order.index(one.kind), one.since, register_order(one.item)))


def _words(kind: RequestKind, report: StatusView) -> str | None:
    return report.why_ended or report.done or report.evidence if kind is RequestKind.CONFIRM else report.blocker


def _without_answered(
    made: Iterable[tuple[ItemView, RequestKind, StatusView]], asking: Container[int]
) -> Iterator[tuple[ItemView, RequestKind, StatusView]]:
    """Yield the requests other than those for help. If the help was answered, the lead must still remove a blocker.

    `asking` has the ids of the items whose request for help is open.
    """
    for item, kind, report in made:
        if kind is not RequestKind.HELP:
            yield item, kind, report
        elif item.id not in asking and report.blocker:
            yield item, RequestKind.UNBLOCK, report


def _for_help(reading: Reading, items: Sequence[ItemView]) -> Iterator[OpenRequest]:
    """Yield the requests for help that nobody has answered yet."""
    asked = read_help_requests(reading, [item.id for item in items])
    for item in items:
        for one in asked.get(item.id, ()):
            if one.open:
                yield OpenRequest(item, RequestKind.HELP, one.words, one.actor, one.since, one.asked_of, one.answer_by)


def _for_later_dates(reading: Reading, items: Sequence[ItemView]) -> Iterator[OpenRequest]:
    """Yield the requests for later dates that nobody has answered yet."""
    for item, one in extensions_of(reading, items):
        if one.is_open(item):
            yield OpenRequest(item, RequestKind.EXTENSION, one.words, one.actor, one.since, extension=one)


def _returned(items: Iterable[ItemView], time_zone: str) -> Iterator[OpenRequest]:
    for item in items:
        if item.returned is not None:
            since = local_day(item.returned.recorded_at, time_zone)
            yield OpenRequest(item, RequestKind.REPORT_AGAIN, item.returned.reason, item.returned.actor, since)


def _since(reports: Sequence[_ReportFields], request_of: Callable[[Any], object]) -> date:
    """Return the day since which every report has made the same request as the last one. `reports` are newest first."""
    *_, first = takewhile(lambda one: request_of(one) == request_of(reports[0]), reports)
    return first.as_of


def _read_reports(reading: Reading, ids: Sequence[int]) -> dict[int, list[_ReportFields]]:
    """Return the effective reports of each item, newest first, by item id."""
    found: dict[int, list[_ReportFields]] = defaultdict(list)
    newest_first = (StatusUpdate.as_of.desc(), StatusUpdate.id.desc())
    for start in range(0, len(ids), FEW):
        statement = (
            select(*(getattr(StatusUpdate, name) for name in _ReportFields._fields))
            .where(
                StatusUpdate.item_id.in_(ids[start : start + FEW]),
                *recorded_until(StatusUpdate, reading.as_of, reading.known_at),
            )
            .where(is_effective(StatusUpdate, reading.known_at))
            .order_by(*newest_first)
        )
        for row in reading.session.execute(statement):
            found[row.item_id].append(_ReportFields(*row))
    return found
