"""Recording what organisations sent in files about many items: all entries in one write, or none of them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

from planner.base.errors import PlannerError
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.writes.items import item_row
from planner.writes.permission import require
from planner.writes.reports.entries import Entry, add_entry, require_content
from planner.writes.reports.item_write import as_of_day

if TYPE_CHECKING:
    from planner.queries.history.expected_state import ExpectedState


@value_class
class ReceivedEntry:
    """An entry about an item that an organisation sent, and the state of the item that it was compared with.

    `organisation` is the key of the organisation that sent it. `source` says which file has it, for the audit log.
    """

    code: str
    entry: Entry
    expected: "ExpectedState"
    as_of: date
    organisation: str
    source: str


def record_received(writing: Writing, received: Sequence[ReceivedEntry]) -> None:
    """Record all entries in one write. The audit log says on whose behalf, and from which file.

    The errors are those of `record_entry` for any of the entries. Nothing has been written then.
    """
    with writing.journal() as journal:
        for one in received:
            _add(writing, journal, one, check_doubts=False)


def try_received(writing: Writing, received: Sequence[ReceivedEntry]) -> Mapping[str, PlannerError]:
    """Return the error that each entry would cause, by the code of its item. Nothing is recorded.

    An entry that would make its item inconsistent has a DoubtfulError.
    """
    refused: dict[str, PlannerError] = {}
    with _undone(writing) as journal:
        for one in received:
            try:
                # An entry that fails leaves nothing behind that the next ones could be affected by.
                with writing.session.begin_nested():
                    _add(writing, journal, one, check_doubts=True)
            except PlannerError as error:
                refused[one.code] = error
    return refused


def _add(writing: Writing, journal: Journal, one: ReceivedEntry, *, check_doubts: bool) -> None:
    require_content(one.entry, one.code)
    day = as_of_day(writing, one.as_of)
    item = item_row(writing.session, writing.plan, one.code)
    require(writing.session, writing.actor, Permission.REPORT, item)
    with journal.on_behalf_of(one.organisation, one.source):
        add_entry(writing, journal, item, one.entry, day, expected=one.expected, check_doubts=check_doubts)


class _NothingKeptError(Exception):
    """Ends a write that is only tried."""


@contextmanager
def _undone(writing: Writing) -> Iterator[Journal]:
    """Open a write that is rolled back at the end of the block."""
    try:
        with writing.journal() as journal:
            yield journal
            raise _NothingKeptError
    except _NothingKeptError:
        pass
