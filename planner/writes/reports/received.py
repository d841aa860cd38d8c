"""Recording what organisations sent in files about many items: all entries in one write, or none of them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial

from planner.base.errors import NotAllowedError, PlannerError
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission, may
from planner.domain.vocabulary import Basis
from planner.queries.history.expected_state import ExpectedState, expected_state_of
from planner.queries.items.indicators import read_all_indicators
from planner.queries.items.item import read_item_detail
from planner.queries.items.register import read_items
from planner.queries.people.people import read_person
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.journal import Actor, Journal
from planner.writes.items import item_row
from planner.writes.permission import not_permitted, require
from planner.writes.reports.conflicts import ConflictError
from planner.writes.reports.doubts import CheckedItem, DoubtfulError, read_checked
from planner.writes.reports.entries import Entry, add_entry, require_content
from planner.writes.reports.item_write import as_of_day
from planner.writes.reports.status import add_status


@value_class
class ReceivedEntry:
    """An entry about an item that an organisation sent, and the state of the item that it was compared with.

    `organisation` is the key of the organisation that sent it. `source` says which file has it, for the audit log.
    """

    code: str
    entry: Entry
    expected: ExpectedState
    as_of: date
    organisation: str
    source: str


def record_received(writing: Writing, received: Sequence[ReceivedEntry]) -> None:
    """Record all entries in one write. The audit log says on whose behalf, and from which file.

    Raises ConflictError if an item has changed since it was compared. The other errors are those of `record_entry` for
    any of the entries. Nothing has been written then.
    """
    with writing.journal() as journal:
        _require_unchanged(writing.reading(), received)
        for one in received:
            _add(writing, journal, one)


def without_permission(reading: Reading, actor: Actor, codes: Iterable[str]) -> Mapping[str, NotAllowedError]:
    """Return why a person may not report on items, by the code of each item on which the person may not."""
    person = read_person(reading.session, actor.name)
    if person is not None and may(person.role, Permission.REPORT, theirs=False):
        return {}
    items = ((code, item_row(reading.session, reading.plan, code)) for code in codes)
    found = ((code, not_permitted(reading.session, actor, Permission.REPORT, item)) for code, item in items)
    return {code: error for code, error in found if error is not None}


@value_class
class Refused:
    """Why the register would refuse an entry, and which part of it: the report, a milestone or an indicator.

    `part` is the beginning of the names of its fields, such as `milestone_2`. It is empty for the report.
    """

    part: str
    error: PlannerError


def try_received(writing: Writing, received: Sequence[ReceivedEntry]) -> Mapping[str, Sequence[Refused]]:
    """Return all errors that each entry would cause, by the code of its item. Nothing is recorded.

    An entry that would make its item inconsistent has a DoubtfulError.
    """
    refused: dict[str, Sequence[Refused]] = {}
    with _undone(writing) as journal:
        before = _checked(writing, received)
        for one in received:
            errors = _errors_of(writing, journal, one)
            if errors:
                refused[one.code] = errors
        for code, after in _checked(writing, received).items():
            if new := before[code].new_in(after):
                refused.setdefault(code, [Refused("", DoubtfulError(code, new))])
    return refused


def _errors_of(writing: Writing, journal: Journal, one: ReceivedEntry) -> list[Refused]:
    """Return the errors of an entry, of each part if it has several. An entry that is refused leaves nothing behind."""
    whole = _error_of(writing, partial(_add, writing, journal, one))
    if whole is None:
        return []
    if not one.entry.milestones and not one.entry.observations:
        return [Refused("", whole)]
    tried = {part: _error_of(writing, add) for part, add in _parts(writing, journal, one)}
    return [Refused(part, error) for part, error in tried.items() if error] or [Refused("", whole)]


def _error_of(writing: Writing, add: Callable[[], object]) -> PlannerError | None:
    try:
        with writing.session.begin_nested():
            add()
    except PlannerError as error:
        return error
    return None


def _parts(writing: Writing, journal: Journal, one: ReceivedEntry) -> Iterator[tuple[str, Callable[[], object]]]:
    """Yield the parts of an entry, each with the function that adds it alone."""
    item = item_row(writing.session, writing.plan, one.code)
    if not one.entry.report.empty:
        day = as_of_day(writing, one.as_of)
        yield "", partial(add_status, journal, item, one.entry.report, day, Basis.REGISTERED)
    for step in one.entry.milestones:
        entry = replace(one, entry=Entry(milestones=(step,)))
        yield f"milestone_{step.number}", partial(_add, writing, journal, entry)
    for value in one.entry.observations:
        entry = replace(one, entry=Entry(observations=(value,)))
        yield f"indicator_{value.number}", partial(_add, writing, journal, entry)


def _require_unchanged(reading: Reading, received: Sequence[ReceivedEntry]) -> None:
    """Raise ConflictError if one of the items is no longer in the expected state. All of them are read at once."""
    indicators = read_all_indicators(reading)
    items = {item.code: item for item in read_items(reading, [one.code for one in received])}
    for one in received:
        item = items.get(one.code)
        if item is None or expected_state_of(item, indicators.get(item.id, ())) != one.expected:
            raise ConflictError(read_item_detail(reading, one.code))


def _checked(writing: Writing, received: Sequence[ReceivedEntry]) -> dict[str, CheckedItem]:
    """Return the items with their inconsistencies, each on the day for which its entry counts."""
    codes: dict[date, list[str]] = defaultdict(list)
    for one in received:
        codes[one.as_of].append(one.code)
    return {code: item for day, some in codes.items() for code, item in read_checked(writing, some, day).items()}


def _add(writing: Writing, journal: Journal, one: ReceivedEntry) -> None:
    require_content(one.entry, one.code)
    day = as_of_day(writing, one.as_of)
    item = item_row(writing.session, writing.plan, one.code)
    require(writing.session, writing.actor, Permission.REPORT, item)
    with journal.on_behalf_of(one.organisation, one.source):
        add_entry(writing, journal, item, one.entry, day)


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
