"""The list of requests for help: the open ones, and those that were answered lately, each with its item."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.domain.rules.weeks import weeks_between
from planner.queries.items.columns import WHICH_ITEM
from planner.queries.items.ordering import register_order
from planner.queries.items.views import ItemView
from planner.queries.weeks.help_requests import HelpAnswerView, HelpRequest, items_answered, read_help_requests
from planner.register.reading import Reading
from planner.tables import columns
from planner.tables.columns import Column


class RequestState(StrEnum):
    """Whether a request waits for an answer or has one."""

    OPEN = "open"
    ANSWERED = "answered"


@dataclass(frozen=True)
class RequestRow:
    """A request about an item, as of a day. `simulated` is true in a demonstration."""

    item: ItemView
    request: HelpRequest
    as_of: date
    simulated: bool

    @property
    def state(self) -> RequestState:
        """Whether the request waits for an answer or has one."""
        return RequestState.ANSWERED if self.request.answer else RequestState.OPEN

    @property
    def answer(self) -> HelpAnswerView | None:
        """The answer, or None for an open request."""
        return self.request.answer

    @property
    def weeks_open(self) -> int:
        """The number of whole weeks from the request to its answer, or to the as-of date."""
        until = self.answer.as_of if self.answer else self.as_of
        return max(0, weeks_between(self.request.since, until))

    @property
    def days_overdue(self) -> int:
        """By how many days an open request is past the day by which an answer was needed."""
        by = self.request.answer_by
        return 0 if self.answer or by is None else max(0, (self.as_of - by).days)


def read_requests(reading: Reading, items: Sequence[ItemView], since: date) -> list[RequestRow]:
    """Return the requests about some items: the open ones, and those that were answered after the day `since`.

    The open ones come first, and among them the longest open. The answered ones follow, the last answer first.
    """
    answered = items_answered(reading, since)
    asking = [item for item in items if item.id in answered or (item.last is not None and item.last.help_needed)]
    found = read_help_requests(reading, [item.id for item in asking])
    rows = [
        RequestRow(item, one, reading.as_of, reading.plan.simulated)
        for item in asking
        for one in _listed(found.get(item.id, ()), since)
    ]
    return sorted(rows, key=_order)


def _listed(requests: Sequence[HelpRequest], since: date) -> Iterator[HelpRequest]:
    yield from (one for one in requests if one.open or (one.answer is not None and one.answer.as_of > since))


def _order(row: RequestRow) -> tuple[bool, int, object]:
    if row.answer is None:
        return False, row.request.since.toordinal(), register_order(row.item)
    return True, -row.answer.as_of.toordinal(), register_order(row.item)


REQUEST_COLUMNS: tuple[Column[RequestRow], ...] = (
    columns.word(
        "state",
        lambda row: row.state,
        "`open` if nobody has answered yet, `answered` if somebody answered in this week.",
        one_of=RequestState,
    ),
    *WHICH_ITEM,
    columns.text(
        "asked", lambda row: row.request.words, "The help that is asked for, in the officer's words.", "Request"
    ),
    columns.text(
        "asked_of",
        lambda row: row.request.asked_of,
        "Of whom it is asked, if that was said.",
        "Asked of",
        optional=True,
    ),
    columns.day(
        "answer_by",
        lambda row: row.request.answer_by,
        "The day by which the officer needs an answer, if that was said.",
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
        "The as-of date of the first of the reports that make the request without a break.",
        "Open since",
    ),
    columns.whole_number(
        "weeks_open",
        lambda row: row.weeks_open,
        "The number of whole reporting weeks from `since` to the answer, or to `as_of` if the request is open.",
        "Weeks open",
    ),
    columns.text(
        "answer", lambda row: row.answer.answer if row.answer else None, "The answer, if there is one.", optional=True
    ),
    columns.text(
        "answered_by",
        lambda row: row.answer.actor if row.answer else None,
        "The login of the person who answered.",
        optional=True,
    ),
    columns.day(
        "answered_on",
        lambda row: row.answer.as_of if row.answer else None,
        "The as-of date of the answer.",
        optional=True,
    ),
)
