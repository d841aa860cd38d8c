"""Requests for help: what the reports on an item ask for, of whom and by when, since when, and the answers."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from planner.base.views import value_class
from planner.queries.items.reported import FEW
from planner.register.effective_records import is_effective
from planner.register.instants import known_at_parameter, recorded_until
from planner.register.reading import Reading
from planner.store.models import HelpAnswer, StatusUpdate


@value_class
class HelpAnswerView:
    """The answer to a request for help: its text, and who gave it, as of which day and when."""

    answer: str
    as_of: date
    actor: str
    recorded_at: datetime


@value_class
class HelpRequest:
    """A request for help on an item: its latest wording, of whom and by when, the login of who asks, and since when.

    `open` is true if the last report on the item makes the request and nobody has answered it. `answer` is the last
    answer, or None.
    """

    item_id: int
    words: str
    asked_of: str | None
    answer_by: date | None
    actor: str
    since: date
    open: bool
    answer: HelpAnswerView | None = None


@dataclass
class _Growing:
    """A request while the reports on its item are read, oldest first."""

    newest: Any
    since: date
    wordings: set[str] = field(default_factory=set)
    answer: HelpAnswerView | None = None


def read_help_requests(reading: Reading, item_ids: Iterable[int]) -> dict[int, tuple[HelpRequest, ...]]:
    """Return the requests for help that the effective reports on items make, oldest first, by item id.

    Reports that ask for help without a break make one request. After an answer, a report in other words makes a new
    one, and a report that repeats the words does not.
    """
    # docs/decisions/0151: a request is what consecutive reports ask for.
    ids = list(item_ids)
    found: dict[int, tuple[HelpRequest, ...]] = {}
    for start in range(0, len(ids), FEW):
        found |= _read(reading, ids[start : start + FEW])
    return found


def items_answered(reading: Reading, since: date) -> set[int]:
    """Return the ids of all items with an answer to a request that was given after the day `since`."""
    of_reports = StatusUpdate.id == HelpAnswer.status_update_id
    statement = select(StatusUpdate.item_id).join(HelpAnswer.__table__, of_reports).where(HelpAnswer.as_of > since)
    return set(reading.session.execute(statement).scalars())


def _read(reading: Reading, ids: Sequence[int]) -> dict[int, tuple[HelpRequest, ...]]:
    values = {"items": ids, **reading.point.values}
    in_past = reading.point.in_past
    answers: dict[int, HelpAnswerView] = {}
    for row in reading.session.execute(_select_answers(in_past), values):
        answers[row.status_update_id] = HelpAnswerView(row.answer, row.as_of, row.actor, row.recorded_at)
    by_item: dict[int, list[Any]] = defaultdict(list)
    for row in reading.session.execute(_select_reports(in_past), values):
        by_item[row.item_id].append(row)
    found = {item: _requests(rows, answers) for item, rows in by_item.items()}
    return {item: requests for item, requests in found.items() if requests}


def _requests(reports: Sequence[Any], answers: Mapping[int, HelpAnswerView]) -> tuple[HelpRequest, ...]:
    """Return the requests that the reports on one item make. `reports` are oldest first."""
    growing: list[_Growing] = []
    current: _Growing | None = None
    for report in reports:
        words = report.help_needed
        if not words:
            current = None
            continue
        if current is None or (current.answer is not None and words not in current.wordings):
            current = _Growing(report, report.as_of)
            growing.append(current)
        current.newest = report
        current.wordings.add(words)
        current.answer = answers.get(report.id, current.answer)
    return tuple(_request(one, is_last=one is current) for one in growing)


def _request(one: _Growing, *, is_last: bool) -> HelpRequest:
    report = one.newest
    is_open = is_last and one.answer is None and not report.phase.terminal
    return HelpRequest(
        report.item_id,
        report.help_needed,
        report.help_from,
        report.help_by,
        report.actor,
        one.since,
        is_open,
        one.answer,
    )


@cache
def _select_reports(in_past: bool) -> Select[Any]:
    known_at = known_at_parameter(in_past)
    names = ("id", "item_id", "as_of", "phase", "help_needed", "help_from", "help_by", "actor")
    return (
        select(*(getattr(StatusUpdate, name) for name in names))
        .where(
            StatusUpdate.item_id.in_(bindparam("items", expanding=True)),
            *recorded_until(StatusUpdate, bindparam("as_of"), known_at),
            is_effective(StatusUpdate, known_at),
        )
        .order_by(StatusUpdate.as_of, StatusUpdate.id)
    )


@cache
def _select_answers(in_past: bool) -> Select[Any]:
    known_at = known_at_parameter(in_past)
    names = ("status_update_id", "answer", "as_of", "actor", "recorded_at")
    return (
        select(*(getattr(HelpAnswer, name) for name in names))
        .join(StatusUpdate.__table__, StatusUpdate.id == HelpAnswer.status_update_id)
        .where(
            StatusUpdate.item_id.in_(bindparam("items", expanding=True)),
            *recorded_until(HelpAnswer, bindparam("as_of"), known_at),
            is_effective(HelpAnswer, known_at),
        )
        .order_by(HelpAnswer.as_of, HelpAnswer.id)
    )
