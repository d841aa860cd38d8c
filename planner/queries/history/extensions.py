"""Requests for later dates with their answers, and whether a moved date was asked for before it was over."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import Select, and_, select

from planner.base.views import value_class
from planner.domain.vocabulary import Asked, ExtensionOutcome
from planner.queries.history.date_changes import DateChangeView, Dated
from planner.queries.items.views import ItemView, MilestoneView
from planner.register.effective_records import is_effective
from planner.register.instants import recorded_until
from planner.register.item_rows import is_item_of
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.models import Item


@value_class
class ExtensionAnswerView:
    """The answer to a request for a later date: the outcome, the reason, and who answered, as of which day and when."""

    outcome: ExtensionOutcome
    answer: str | None
    as_of: date
    actor: str
    recorded_at: datetime


@value_class
class Extension:
    """A request for a later date: which date, its values, the reason, who asked, and the answer or None.

    `number` counts the requests about the same date in the order in which they were recorded. `replaced` is true if a
    later one took its place.
    """

    id: int
    dated: Dated
    old: date
    new: date
    words: str
    since: date
    actor: str
    recorded_at: datetime
    answer: ExtensionAnswerView | None
    number: int
    replaced: bool

    def milestone(self, item: ItemView) -> MilestoneView | None:
        """Return the milestone of the item whose date it is. Return None for the due date of the item."""
        return next((one for one in item.milestones if one.id == self.dated[1]), None)

    def is_open(self, item: ItemView) -> bool:
        """Return whether somebody still has to answer: the item is open, and its date was not moved since or met."""
        if item.phase.terminal:
            return False
        if self.dated[1] is None:
            return self.waits(item.current_due)
        step = self.milestone(item)
        return step is not None and step.met_on is None and self.waits(step.current)

    def waits(self, current: date) -> bool:
        """Return whether the request still counts: nobody answered it, replaced it, or moved the date since.

        `current` is the current date. It is the one that was to be moved, unless somebody moved it.
        """
        return self.answer is None and not self.replaced and self.old == current

    @property
    def asked(self) -> Asked:
        """Whether it was asked before the date was over. The day itself is not over."""
        return Asked.BEFORE if self.since <= self.old else Asked.AFTER


def read_extensions(reading: Reading, item_id: int | None = None) -> list[Extension]:
    """Return the requests for later dates of a plan, or of one of its items, in the order of their as-of dates.

    Of several about the same date, the one that was recorded last replaces the others, whatever their as-of dates are.
    """
    from planner.store.models import ExtensionRequest  # imported only when the requests are read

    statement = _select_requests(reading)
    if item_id is not None:
        statement = statement.where(columns(ExtensionRequest).item_id == item_id)
    rows = reading.session.execute(statement).all()
    recorded: dict[Dated, list[int]] = defaultdict(list)
    for row_id, item, milestone in sorted({(row.id, row.item_id, row.milestone_id) for row in rows}, key=itemgetter(0)):
        recorded[item, milestone].append(row_id)
    found = {row.id: _extension(row, recorded[row.item_id, row.milestone_id]) for row in rows}
    return list(found.values())


def extensions_of(reading: Reading, items: Iterable[ItemView]) -> Iterator[tuple[ItemView, Extension]]:
    """Yield the requests for later dates of some items, each with its item, in the order in which they were made."""
    found = read_extensions(reading)
    mine = {item.id: item for item in items} if found else {}
    yield from ((mine[one.dated[0]], one) for one in found if one.dated[0] in mine)


def by_date(extensions: Iterable[Extension]) -> Mapping[Dated, list[Extension]]:
    """Return requests for later dates by the date that they are about."""
    found: dict[Dated, list[Extension]] = defaultdict(list)
    for one in extensions:
        found[one.dated].append(one)
    return found


def when_asked(change: DateChangeView, extensions: Mapping[Dated, list[Extension]]) -> Asked | None:
    """Return when somebody asked for the change of a date. Return None if the new date is earlier.

    The first request counts that was made about the same date before the change, whatever the answer to it was.
    """
    if change.new <= change.old:
        return None
    return _first_asked(one for one in _before(change, extensions) if one.old == change.old)


def when_asked_in_week(
    old: date, last: DateChangeView | None, before: date, extensions: Mapping[Dated, list[Extension]]
) -> Asked:
    """Return when somebody asked for a date that was `old` on the day `before` a week, and is later now.

    `last` is the last change in the week, or None if no record moved the date. The date may have moved several times:
    a request counts if it is about the old date, or if it was made in the week about a date between the two.
    """
    if last is None:
        return Asked.NOT
    return _first_asked(one for one in _before(last, extensions) if one.old == old or one.since > before)


def _before(change: DateChangeView, extensions: Mapping[Dated, list[Extension]]) -> Iterator[Extension]:
    """Yield the requests about the same date that were made before a change, or in the same write."""
    for one in extensions.get(change.dated, ()):
        if one.since <= change.as_of and one.recorded_at <= change.recorded_at:
            yield one


def _first_asked(extensions: Iterable[Extension]) -> Asked:
    # docs/decisions/0154: a moved date counts as asked for if a request was made before it was moved.
    first = min(extensions, key=lambda one: one.since, default=None)
    return Asked.NOT if first is None else first.asked


def reason_of(change: DateChangeView, extensions: Mapping[Dated, list[Extension]]) -> str:
    """Return why a date was moved. If a request was granted, these are the reasons of both persons, with their logins.

    Their texts are stored once each, with the request and with its answer, so that a text can be removed for good.
    """
    for one in extensions.get(change.dated, ()):
        answer = one.answer
        # The write that granted a request is the one that moved the date.
        if answer is not None and (answer.recorded_at, answer.actor) == (change.recorded_at, change.actor):
            parts = [(one.actor, one.words), (answer.actor, answer.answer)]
            return " – ".join(f"{person}: {text}" for person, text in parts if text)
    return change.reason


def _extension(row: Any, recorded: Sequence[int]) -> Extension:
    """Return a request. `recorded` has the ids of all requests about the same date, in the order of recording."""
    answer = None
    if row.outcome is not None:
        answer = ExtensionAnswerView(row.outcome, row.answer, row.answered_on, row.answered_by, row.answered_at)
    dated = (row.item_id, row.milestone_id)
    return Extension(
        id=row.id,
        dated=dated,
        old=row.old_date,
        new=row.new_date,
        words=row.reason,
        since=row.as_of,
        actor=row.actor,
        recorded_at=row.recorded_at,
        answer=answer,
        number=recorded.index(row.id) + 1,
        replaced=row.id != recorded[-1],
    )


def _select_requests(reading: Reading) -> Select[Any]:
    """Select the requests that count, each with its answer."""
    from planner.store.models import ExtensionAnswer, ExtensionRequest

    request, answer, known_at = columns(ExtensionRequest), columns(ExtensionAnswer), reading.known_at
    requests = ExtensionRequest.__table__.join(Item.__table__, columns(Item).id == request.item_id)
    of_request = and_(
        answer.extension_request_id == request.id,
        *recorded_until(answer, reading.as_of, known_at),
        is_effective(ExtensionAnswer, known_at),
    )
    names = ("id", "item_id", "milestone_id", "old_date", "new_date", "reason", "as_of", "actor", "recorded_at")
    return (
        select(
            *(request[name] for name in names),
            answer.outcome,
            answer.reason.label("answer"),
            answer.as_of.label("answered_on"),
            answer.actor.label("answered_by"),
            answer.recorded_at.label("answered_at"),
        )
        .select_from(requests.outerjoin(ExtensionAnswer.__table__, of_request))
        .where(
            is_item_of(reading.plan.id),
            *recorded_until(request, reading.as_of, known_at),
            is_effective(ExtensionRequest, known_at),
        )
        .order_by(request.as_of, request.id, answer.id)
    )
