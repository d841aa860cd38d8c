"""The list of requests for help and later dates: the open ones, and those answered lately, each with its item."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum
from itertools import chain

from planner.base.views import value_class
from planner.domain.rules.weeks import weeks_between
from planner.domain.vocabulary import Asked
from planner.queries.history.date_changes import DateChangeView, read_date_changes
from planner.queries.history.extensions import Extension, ExtensionAnswerView, extensions_of
from planner.queries.items.columns import WHICH_ITEM
from planner.queries.items.ordering import register_order
from planner.queries.items.views import ItemView, MilestoneView
from planner.queries.moves.moves import Aspect
from planner.queries.weeks.help_requests import HelpAnswerView, HelpRequest, items_answered, read_help_requests
from planner.register.reading import Reading
from planner.tables import columns
from planner.tables.columns import Column


class Wanted(StrEnum):
    """What a request asks for."""

    HELP = "help"
    EXTENSION = "extension"


class RequestState(StrEnum):
    """Whether a request waits for an answer, or which one it has."""

    OPEN = "open"
    ANSWERED = "answered"
    GRANTED = "granted"
    REFUSED = "refused"
    MOVED = "moved"


@value_class
class MovedInstead:
    """A change of the date for which a later one was asked, which somebody made by hand instead of answering.

    `new` is the new date, and `answer` is why it was moved.
    """

    new: date
    answer: str
    as_of: date
    actor: str
    recorded_at: datetime


@value_class
class RequestRow:
    """A request about an item, as of a day. `simulated` is true in a demonstration.

    `number` counts the requests for help with the item, or for a later day of the same date. `moved` is the change of
    the date by hand that ended a request for a later date, or None.
    """

    item: ItemView
    request: HelpRequest | Extension
    number: int
    as_of: date
    simulated: bool
    moved: MovedInstead | None = None

    @property
    def extension(self) -> Extension | None:
        """The request for a later date, or None for a request for help."""
        return self.request if isinstance(self.request, Extension) else None

    @property
    def milestone(self) -> MilestoneView | None:
        """The milestone for which a later date is asked, or None."""
        return self.extension.milestone(self.item) if self.extension else None

    @property
    def asked_of(self) -> str | None:
        """Of whom help is asked, if that was said."""
        return None if isinstance(self.request, Extension) else self.request.asked_of

    @property
    def answer_by(self) -> date | None:
        """The day by which an answer is needed, if that was said. Who asks for a later date cannot say it."""
        return None if isinstance(self.request, Extension) else self.request.answer_by

    @property
    def state(self) -> RequestState:
        """Whether the request waits for an answer, or which one it has."""
        if self.moved:
            return RequestState.MOVED
        if isinstance(self.request, Extension):
            return RequestState(self.request.answer.outcome) if self.request.answer else RequestState.OPEN
        return RequestState.ANSWERED if self.request.answer else RequestState.OPEN

    @property
    def answer(self) -> HelpAnswerView | ExtensionAnswerView | MovedInstead | None:
        """The answer or what somebody did instead of answering, or None for an open request."""
        return self.moved or self.request.answer

    @property
    def weeks_open(self) -> int:
        """The number of whole weeks from the request to its answer, or to the as-of date."""
        until = self.answer.as_of if self.answer else self.as_of
        return max(0, weeks_between(self.request.since, until))

    @property
    def days_overdue(self) -> int:
        """By how many days an open request is past the day by which an answer was needed."""
        by = self.answer_by
        return 0 if self.answer or by is None else max(0, (self.as_of - by).days)


def read_requests(reading: Reading, items: Sequence[ItemView], since: date) -> list[RequestRow]:
    """Return the requests about some items: the open ones, and those that were answered after the day `since`.

    They are requests for help and for later dates. A request for a later date also counts as answered if somebody moved
    the date by hand. The open ones come first, and among them the longest open. The answered ones follow, the last
    answer first.
    """
    answered = items_answered(reading, since)
    asking = [item for item in items if item.id in answered or (item.last is not None and item.last.help_needed)]
    found = read_help_requests(reading, [item.id for item in asking])
    rows = [
        RequestRow(item, one, number, reading.as_of, reading.plan.simulated)
        for item in asking
        for number, one in _listed(found.get(item.id, ()), since)
    ]
    rows += _for_later_dates(reading, items, since)
    return sorted(rows, key=_order)


def count_open_requests(reading: Reading, items: Sequence[ItemView]) -> int:
    """Return how many requests about some items are open. This reads less than the list of requests."""
    asking = [item.id for item in items if item.last is not None and item.last.help_needed]
    for_help = chain.from_iterable(read_help_requests(reading, asking).values())
    return sum(one.open for one in for_help) + sum(one.is_open(item) for item, one in extensions_of(reading, items))


def _listed(requests: Sequence[HelpRequest], since: date) -> Iterator[tuple[int, HelpRequest]]:
    for number, one in enumerate(requests, 1):
        if one.open or (one.answer is not None and one.answer.as_of > since):
            yield number, one


def _for_later_dates(reading: Reading, items: Sequence[ItemView], since: date) -> Iterator[RequestRow]:
    found = list(extensions_of(reading, items))
    # A request that nobody answered or replaced is only over if its date was moved or met, or the item has ended.
    over = any(one.answer is None and not one.replaced and not one.is_open(item) for item, one in found)
    changes = read_date_changes(reading, since) if over else {}
    for item, one in found:
        moved = None if one.is_open(item) else _moved_instead(one, changes.get(one.dated))
        if moved or one.is_open(item) or (one.answer is not None and one.answer.as_of > since):
            yield RequestRow(item, one, one.number, reading.as_of, reading.plan.simulated, moved)


def _moved_instead(asked: Extension, change: DateChangeView | None) -> MovedInstead | None:
    """Return the change of a date, if it was made after an unanswered request. Return None for any other change."""
    if change is None or asked.answer is not None or asked.replaced or change.recorded_at <= asked.recorded_at:
        return None
    return MovedInstead(change.new, change.reason, change.as_of, change.actor, change.recorded_at)


def which_date(extension: Extension | None, item: ItemView) -> str:
    """Return the date that a request would move, as files name it. Return `item` for a request that moves no date."""
    if extension is None:
        return Aspect.ITEM.value
    step = extension.milestone(item)
    return f"milestone {step.number}" if step else Aspect.DUE_DATE.value


def _order(row: RequestRow) -> tuple[bool, int, object]:
    if row.answer is None:
        return False, row.request.since.toordinal(), register_order(row.item)
    return True, -row.answer.as_of.toordinal(), register_order(row.item)


REQUEST_COLUMNS: tuple[Column[RequestRow], ...] = (
    columns.word(
        "state",
        lambda row: row.state,
        "`open` if nobody has answered yet. If somebody answered in this week, `answered` for help, and `granted` or "
        "`refused` for a later date, or `moved` if the date was moved without an answer.",
        one_of=RequestState,
    ),
    columns.word(
        "request",
        lambda row: Wanted.EXTENSION if row.extension else Wanted.HELP,
        "What is asked for: `help`, or `extension` for a later date.",
        "Asks for",
        one_of=Wanted,
    ),
    *WHICH_ITEM,
    columns.text(
        "date",
        lambda row: which_date(row.extension, row.item),
        "The date that would be moved: `due_date`, or `milestone` and its number. For help it is `item`.",
        "Which date",
    ),
    columns.day(
        "from",
        lambda row: row.extension.old if row.extension else None,
        "The current date when the later date was asked for. Empty for help.",
        "Current date",
        optional=True,
    ),
    columns.day(
        "to",
        lambda row: row.extension.new if row.extension else None,
        "The later date that is asked for. Empty for help.",
        "Date asked for",
        optional=True,
    ),
    columns.word(
        "when_asked",
        lambda row: row.extension.asked if row.extension else None,
        "Whether the later date was asked for `before` the current date was over, or `after` it. Empty for help.",
        "Asked",
        one_of=Asked,
        optional=True,
    ),
    columns.whole_number(
        "number",
        lambda row: row.number,
        "Which request it is of those for help with the item, or for a later day of the same date. The first is 1.",
        "Request no.",
    ),
    columns.text(
        "asked",
        lambda row: row.request.words,
        "The help that is asked for or the reason for a later date, in the officer's words.",
        "Request",
    ),
    columns.text(
        "asked_of",
        lambda row: row.asked_of,
        "Of whom it is asked, if that was said.",
        "Asked of",
        optional=True,
    ),
    columns.day(
        "answer_by",
        lambda row: row.answer_by,
        "The day by which the officer needs an answer, if that was said. Empty for a later date.",
        "Answer by",
        optional=True,
    ),
    columns.whole_number(
        "days_overdue",
        lambda row: row.days_overdue,
        "By how many days an open request is past `answer_by`; else 0.",
        "Days overdue",
    ),
    columns.text("asked_by", lambda row: row.request.actor, "The login of the officer who asks.", "Requested by"),
    columns.day(
        "since",
        lambda row: row.request.since,
        "The as-of date of the request: for help, of the first of the reports that make it without a break.",
        "Open since",
    ),
    columns.whole_number(
        "weeks_open",
        lambda row: row.weeks_open,
        "The number of whole reporting weeks from `since` to the answer, or to `as_of` if the request is open.",
        "Weeks open",
    ),
    columns.text(
        "answer",
        lambda row: row.answer.answer if row.answer else None,
        "The answer, if there is one. For a later date it is the reason of the person who granted or refused it, or "
        "who moved the date without an answer.",
        optional=True,
    ),
    columns.text(
        "answered_by",
        lambda row: row.answer.actor if row.answer else None,
        "The login of the person who answered, or who moved the date without an answer.",
        optional=True,
    ),
    columns.day(
        "answered_on",
        lambda row: row.answer.as_of if row.answer else None,
        "The as-of date of the answer, or of the change of the date.",
        optional=True,
    ),
)
