"""Requests for later dates with their answers, and whether a moved date was asked for before it was over."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, and_, select

from planner.base.views import value_class
from planner.domain.vocabulary import Asked, ExtensionOutcome
from planner.queries.history.date_changes import DateChangeView, Dated
from planner.queries.items.views import ItemView, MilestoneView
from planner.register.effective_records import is_effective
from planner.register.instants import recorded_until
from planner.register.item_rows import is_item_of
from planner.register.reading import Reading
from planner.store.models import ExtensionAnswer, ExtensionRequest, Item


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

    `replaced` is true if a later request for the same date took its place.
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
    replaced: bool

    def milestone(self, item: ItemView) -> MilestoneView | None:
        """Return the milestone of the item whose date it is. Return None for the due date of the item."""
        return next((one for one in item.milestones if one.id == self.dated[1]), None)

    def is_open(self, item: ItemView) -> bool:
        """Return whether somebody still has to answer: the item is open, and its date was not moved since or met."""
        if self.answer is not None or self.replaced or item.phase.terminal:
            return False
        if self.dated[1] is None:
            return item.current_due == self.old
        step = self.milestone(item)
        return step is not None and step.met_on is None and step.current == self.old

    @property
    def asked(self) -> Asked:
        """Whether it was asked before the date was over. The day itself is not over."""
        return Asked.BEFORE if self.since <= self.old else Asked.AFTER


def read_extensions(reading: Reading, item_id: int | None = None) -> list[Extension]:
    """Return the requests for later dates of a plan, or of one of its items, in the order in which they were made."""
    statement = _select_requests(reading)
    if item_id is not None:
        statement = statement.where(ExtensionRequest.item_id == item_id)
    rows = reading.session.execute(statement).all()
    last = {(row.item_id, row.milestone_id): row.id for row in rows}
    found = {row.id: _extension(row, replaced=last[row.item_id, row.milestone_id] != row.id) for row in rows}
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
    # docs/decisions/0154: a moved date counts as asked for if a request was made before it was moved.
    if change.new <= change.old:
        return None
    asked = (
        one
        for one in extensions.get(change.dated, ())
        if one.old == change.old and one.since <= change.as_of and one.recorded_at <= change.recorded_at
    )
    first = min(asked, key=lambda one: one.since, default=None)
    return Asked.NOT if first is None else first.asked


def _extension(row: Any, *, replaced: bool) -> Extension:
    answer = None
    if row.outcome is not None:
        answer = ExtensionAnswerView(row.outcome, row.answer, row.answered_on, row.answered_by, row.answered_at)
    dated = (row.item_id, row.milestone_id)
    return Extension(
        row.id, dated, row.old_date, row.new_date, row.reason, row.as_of, row.actor, row.recorded_at, answer, replaced
    )


def _select_requests(reading: Reading) -> Select[Any]:
    """Select the requests that count, each with its answer."""
    request, answer, known_at = ExtensionRequest, ExtensionAnswer, reading.known_at
    of_request = and_(
        answer.extension_request_id == request.id,
        *recorded_until(answer, reading.as_of, known_at),
        is_effective(answer, known_at),
    )
    names = ("id", "item_id", "milestone_id", "old_date", "new_date", "reason", "as_of", "actor", "recorded_at")
    return (
        select(
            *(getattr(request, name) for name in names),
            answer.outcome,
            answer.reason.label("answer"),
            answer.as_of.label("answered_on"),
            answer.actor.label("answered_by"),
            answer.recorded_at.label("answered_at"),
        )
        .join(Item, Item.id == request.item_id)
        .outerjoin(answer, of_request)
        .where(
            is_item_of(reading.plan.id),
            *recorded_until(request, reading.as_of, known_at),
            is_effective(request, known_at),
        )
        .order_by(request.as_of, request.id, answer.id)
    )
