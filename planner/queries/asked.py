"""What waits for somebody's word: endings to confirm, help needed, returned reports, blockers; and since when."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import takewhile
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import StatusUpdate
from planner.queries.counted import counts
from planner.queries.history import recorded_until
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.queries.register import code_order
from planner.queries.reported import FEW
from planner.queries.views import ItemView, StatusView
from planner.rules.weeks import local_day
from planner.vocabulary import Completion


class Ask(StrEnum):
    """What is asked: that an ending be confirmed, help, a report made anew, a blocker taken out of the way."""

    CONFIRM = "confirm"
    HELP = "help"
    REPORT_ANEW = "report_anew"
    UNBLOCK = "unblock"


@dataclass(frozen=True)
class Asked:
    """Something asked of an item, in the words of who asks (a login), and the day since when."""

    item: ItemView
    ask: Ask
    words: str | None
    actor: str
    since: date


class _Said(NamedTuple):
    """What a report said of what can be asked for."""

    item_id: int
    as_of: date
    completed_on: date | None
    ended_on: date | None
    merged_into_id: int | None
    phase: str
    help_needed: str | None
    blocker: str | None


# What stays the same in the unbroken run of reports that ask for something.
_ASKED: dict[Ask, Callable[[Any], object]] = {
    Ask.CONFIRM: lambda said: (said.phase, said.completed_on, said.ended_on, said.merged_into_id),
    Ask.HELP: lambda said: bool(said.help_needed),
    Ask.UNBLOCK: lambda said: bool(said.blocker),
}


def asks_of(item: ItemView) -> Iterator[tuple[Ask, StatusView]]:
    """What the last report on an item asks for. A blocker for which help is asked is not listed a second time."""
    if item.last is None:
        return
    if item.completion is Completion.AWAITING:
        yield Ask.CONFIRM, item.last
    elif not item.phase.terminal and item.last.help_needed:
        yield Ask.HELP, item.last
    elif not item.phase.terminal and item.last.blocker:
        yield Ask.UNBLOCK, item.last


def read_asked(session: Session, plan: PlanView, items: Sequence[ItemView], point: Point) -> list[Asked]:
    """All that is asked of some items, seen from a point in time: by what is asked, the longest asked first."""
    asked = [(item, ask, report) for item in items for ask, report in asks_of(item)]
    said = _read_said(session, [item.id for item, _, _ in asked], point)
    found = [
        Asked(item, ask, _words(ask, report), report.actor, _since(said[item.id], _ASKED[ask]))
        for item, ask, report in asked
    ]
    found += _returned(items, plan.time_zone)
    order = list(Ask)
    return sorted(found, key=lambda one: (order.index(one.ask), one.since, code_order(one.item)))


def _words(ask: Ask, report: StatusView) -> str | None:
    if ask is Ask.CONFIRM:
        return report.why_ended or report.done or report.evidence
    return report.help_needed if ask is Ask.HELP else report.blocker


def _returned(items: Iterable[ItemView], time_zone: str) -> Iterator[Asked]:
    for item in items:
        if item.returned is not None:
            since = local_day(item.returned.recorded_at, time_zone)
            yield Asked(item, Ask.REPORT_ANEW, item.returned.reason, item.returned.actor, since)


def _since(said: Sequence[_Said], asks: Callable[[Any], object]) -> date:
    """The day of the first report of the unbroken run that asks what the last one asks. `said` is newest first."""
    *_, first = takewhile(lambda one: asks(one) == asks(said[0]), said)
    return first.as_of


def _read_said(session: Session, ids: Sequence[int], point: Point) -> dict[int, list[_Said]]:
    """All that counts of what was reported of some items, newest first."""
    found: dict[int, list[_Said]] = defaultdict(list)
    newest_first = (StatusUpdate.as_of.desc(), StatusUpdate.id.desc())
    for start in range(0, len(ids), FEW):
        statement = (
            select(*(getattr(StatusUpdate, name) for name in _Said._fields))
            .where(StatusUpdate.item_id.in_(ids[start : start + FEW]), *recorded_until(StatusUpdate, point))
            .where(counts(StatusUpdate, point.known_at))
            .order_by(*newest_first)
        )
        for row in session.execute(statement):
            found[row.item_id].append(_Said(*row))
    return found
