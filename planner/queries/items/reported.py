"""What was reported about items up to one or several days, read as plain rows."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, select
from sqlalchemy.orm import Session

from planner.base.views import view
from planner.domain.vocabulary import Basis, Confidence, Confirmation, Phase
from planner.queries.chosen import Chosen, Condition, items_among, milestones_among
from planner.queries.id_in import dialect_of
from planner.queries.items.views import ReturnedView, StatusView
from planner.queries.latest import latest
from planner.register.codes_then import codes_then
from planner.register.effective_records import has_outcome, is_effective, withdrawn
from planner.register.instants import known_at_parameter
from planner.register.raw_rows import columns, each_row, raw_rows
from planner.register.reading import Reading
from planner.store.models import (
    Base,
    CompletionConfirmation,
    DateChange,
    Item,
    Milestone,
    MilestoneReport,
    StatusUpdate,
)

# Up to this many owners are selected by id; for more, the rows of all owners are read. The parts of a register have
# the same number of items.
FEW = 4_000


class StatusRow(NamedTuple):
    """The columns of a status update. `owner` is the item's id."""

    owner: int
    as_of: date
    id: int
    phase: Phase
    confidence: Confidence | None
    percent: int | None
    completed_on: date | None
    done: str | None
    next: str | None
    blocker: str | None
    help_needed: str | None
    evidence: str | None
    basis: Basis
    actor: str
    recorded_at: datetime
    ended_on: date | None
    ending_reason: str | None
    help_from: str | None
    help_by: date | None
    merged_into: str | None
    unchanged: bool


class ReportRow(NamedTuple):
    """The columns of a status update on which the state of an item depends. `owner` is the item's id."""

    owner: int
    as_of: date
    id: int
    phase: Phase
    confidence: Confidence | None
    percent: int | None
    completed_on: date | None
    recorded_at: datetime
    ended_on: date | None
    merged_into: str | None


class MilestoneRow(NamedTuple):
    """The columns of a milestone report. `owner` is the milestone's id."""

    owner: int
    as_of: date
    met_on: date | None
    forecast: date | None
    evidence: str | None


class DateRow(NamedTuple):
    """The columns of a date change. `owner` is the id of the item or milestone with that date."""

    owner: int
    as_of: date
    new_date: date


_Form = TypeVar("_Form", StatusRow, MilestoneRow, DateRow)
_Columns = TypeVar("_Columns", bound=NamedTuple)
_Others = TypeVar("_Others", bound=NamedTuple)


@dataclass(frozen=True, slots=True, eq=False)
class History(Generic[_Columns]):
    """A history table: the columns to read, the table that its rows belong to, and the condition that joins both.

    The first column is the id of the owner, which is the item or milestone that the row is about. `among` chooses
    owners by their ids. `kept` is a condition on the columns of the row in force; an owner whose row does not meet it
    is left out.
    """

    table: type[Base]
    form: type[_Columns]
    owner: type[Base]
    belongs: Callable[[], ColumnElement[bool]]
    among: Callable[[Session, Iterable[int]], Chosen]
    kept: Callable[[Any], ColumnElement[bool]] | None = None

    def of_columns(self, form: type[_Others]) -> "History[_Others]":
        """Return the same history with other columns, of which the first is the id of the owner too."""
        return History(self.table, form, self.owner, self.belongs, self.among, self.kept)


STATUS = History(StatusUpdate, StatusRow, Item, lambda: columns(StatusUpdate).item_id == columns(Item).id, items_among)
STATE = STATUS.of_columns(ReportRow)
DUE = History(
    DateChange,
    DateRow,
    Item,
    lambda: and_(columns(DateChange).item_id == columns(Item).id, columns(DateChange).milestone_id.is_(None)),
    items_among,
)
MILESTONE_DATES = History(
    DateChange,
    DateRow,
    Milestone,
    lambda: and_(
        columns(DateChange).item_id == columns(Milestone).item_id,
        columns(DateChange).milestone_id == columns(Milestone).id,
    ),
    milestones_among,
)
MILESTONE_REPORTS = History(
    MilestoneReport,
    MilestoneRow,
    Milestone,
    lambda: columns(MilestoneReport).milestone_id == columns(Milestone).id,
    milestones_among,
)


class EndingKey(NamedTuple):
    """What identifies an ending: the item, the phase, the day of the ending, and the item it was merged into."""

    item_id: int
    phase: Phase
    since: date | None
    merged_into: str | None


class ReportedEnding(Protocol):
    """The columns of a report that identify an ending."""

    @property
    def phase(self) -> Phase:
        """The reported phase."""

    @property
    def completed_on(self) -> date | None:
        """The day on which the item was completed."""

    @property
    def ended_on(self) -> date | None:
        """The day on which the item was cancelled or merged."""

    @property
    def merged_into(self) -> str | None:
        """The code of the item that this item was merged into."""


def ending_key(item_id: int, report: ReportedEnding) -> EndingKey:
    """Return the key of the ending that a report is about."""
    return EndingKey(item_id, report.phase, report.completed_on or report.ended_on, report.merged_into)


# The confirmed endings, and the returned reports by the id of the item.
_Answers = tuple[set[EndingKey], dict[int, ReturnedView]]


@view
class Reported:
    """What was reported up to a day, by the id of the item or milestone."""

    status: dict[int, StatusRow]
    due: dict[int, DateRow]
    milestone_dates: dict[int, DateRow]
    milestone_reports: dict[int, MilestoneRow]
    # The confirmed endings. A later report of the same ending needs no second confirmation.
    confirmed: set["EndingKey"]
    returned: dict[int, ReturnedView]


@view
class ReportedInBrief:
    """What was reported up to a day, as far as the states of items depend on it, by the id of the item."""

    status: dict[int, ReportRow]
    due: dict[int, DateRow]
    confirmed: set["EndingKey"]
    returned: dict[int, ReturnedView]


def read_reported_in_brief(reading: Reading, chosen: Chosen, answered: Collection[int]) -> ReportedInBrief:
    """Return what the states of the chosen items depend on. `answered` is as in `read_reported`."""
    return ReportedInBrief(
        read_newest(reading, STATE, chosen),
        read_newest(reading, DUE, chosen),
        *_answers_on([reading], chosen, answered)[0],
    )


def read_reported(
    reading: Reading,
    days: Sequence[date],
    chosen: Chosen,
    answered: Collection[int] | None = None,
) -> dict[date, Reported]:
    """Return what was reported about the chosen items up to each of several days.

    `answered` has the ids of the chosen items that `read_answered` returned, or is None if it was not called.
    """
    readings = reading.on_days(sorted(set(days), reverse=True))
    answers = _answers_on(readings, chosen, answered)
    found: dict[date, Reported] = {}
    later: Reported | None = None
    for then, of_day in zip(readings, answers, strict=True):
        later = found[then.as_of] = _by(then, chosen, of_day, later)
    return found


def read_answered(session: Session, chosen: Chosen | None = None) -> frozenset[int]:
    """Return the ids of the items (all, or the chosen ones) with a report that was ever confirmed or returned.

    For a large register, which is read in parts, these few items are found once for all parts.
    """
    if chosen is None:
        return frozenset(session.execute(_select_answered()).scalars())
    statement = _select_answered_among(dialect_of(session), chosen.condition)
    return frozenset(session.execute(statement, chosen.values).scalars())


@cache
def _select_answered() -> Select[int]:
    # As a join, SQLite would read all reports, of which there are many more than answers.
    answered = select(columns(CompletionConfirmation).status_update_id)
    return select(columns(StatusUpdate).item_id).where(columns(StatusUpdate).id.in_(answered))


@cache
def _select_answered_among(dialect: str, condition: Condition) -> Select[int]:
    of_items = columns(Item).id == columns(StatusUpdate).item_id
    return _select_answered().join_from(StatusUpdate.__table__, Item.__table__, of_items).where(condition(dialect))


def _by(reading: Reading, chosen: Chosen, answers: _Answers, later: Reported | None) -> Reported:
    def newest(history: History[_Form], then: dict[int, _Form] | None) -> dict[int, _Form]:
        return _newest(reading, history, chosen, then)

    return Reported(
        newest(STATUS, later.status if later else None),
        newest(DUE, later.due if later else None),
        newest(MILESTONE_DATES, later.milestone_dates if later else None),
        newest(MILESTONE_REPORTS, later.milestone_reports if later else None),
        *answers,
    )


def _answers_on(readings: Sequence[Reading], chosen: Chosen, answered: Collection[int] | None) -> list[_Answers]:
    """Return the confirmed endings and the returned reports of the chosen items on each day, the last day first."""
    if answered is not None:
        if not answered:
            return [(set(), {}) for _ in readings]
        chosen = items_among(readings[0].session, answered)
    confirmed, returned = _confirmed(readings[0], chosen), _returned_rows(readings[0], chosen)
    return [({key for day, key in confirmed if day <= then.as_of}, _returned(then, returned)) for then in readings]


def _newest(
    reading: Reading,
    history: History[_Form],
    chosen: Chosen,
    later: dict[int, _Form] | None,
) -> dict[int, _Form]:
    """Return the row in force on a day for each owner. `later` has the rows in force on a later day, if they were read.

    A row of `later` that is not dated after this day is in force on this day too, so only the other rows are read. Both
    days must be read as known at the same instant.
    """
    if later is None:
        return read_newest(reading, history, chosen)
    kept = {owner: row for owner, row in later.items() if row.as_of <= reading.as_of}
    others = later.keys() - kept.keys()
    if len(others) > FEW:
        return read_newest(reading, history, chosen)
    return kept | read_newest(reading, history, history.among(reading.session, others)) if others else kept


def read_newest(reading: Reading, history: History[_Columns], chosen: Chosen) -> dict[int, _Columns]:
    """Return the row in force of each chosen owner that has one, by the owner's id."""
    return {row[0]: row for row in each_newest(reading, history, chosen)}


def each_newest(reading: Reading, history: History[_Columns], chosen: Chosen) -> Iterator[_Columns]:
    """Yield the same rows one after the other, for a reader that makes something smaller of each."""
    statement = _select_newest(dialect_of(reading.session), history, chosen.condition, reading.point.in_past)
    return each_row(reading.session, history.form, statement, {**chosen.values, **reading.point.values})


@cache
def _select_newest(dialect: str, history: History[Any], condition: Condition, in_past: bool) -> Select[Any]:
    _, *names = history.form._fields
    statement = latest(dialect, history.table, history.owner, history.belongs(), names, in_past=in_past)
    if history.kept is not None:
        statement = statement.where(history.kept(statement.selected_columns))
    if history.owner is not Item:
        of_item = columns(Item).id == columns(history.owner).item_id
        statement = statement.join_from(history.owner.__table__, Item.__table__, of_item)
    return statement.where(condition(dialect))


def read_confirmed(reading: Reading, chosen: Chosen) -> set[EndingKey]:
    """Return the endings that were reported up to a day and confirmed.

    If a report was returned after it was confirmed, its ending is left out.
    """
    return {ending for _, ending in _confirmed(reading, chosen)}


def _confirmed(reading: Reading, chosen: Chosen) -> list[tuple[date, EndingKey]]:
    """Return the confirmed endings, each with the as-of date of its report."""
    statement = _select_confirmed(dialect_of(reading.session), chosen.condition, reading.point.in_past)
    rows = raw_rows(reading.session, statement, {**chosen.values, **reading.point.values})
    return [(as_of, EndingKey(*ending)) for as_of, *ending in rows]


@cache
def _select_confirmed(dialect: str, condition: Condition, in_past: bool) -> Select[Any]:
    report = columns(StatusUpdate)
    ended = func.coalesce(report.completed_on, report.ended_on)
    wanted = (report.as_of, report.item_id, report.phase, ended, report.merged_into)
    answered = _answered(wanted, Confirmation.CONFIRMED, condition(dialect), in_past)
    return answered.where(is_effective(StatusUpdate, known_at_parameter(in_past)))


def _returned_rows(reading: Reading, chosen: Chosen) -> Sequence[Any]:
    """Return the returned reports with the managers' answers, in the order of their dates."""
    statement = _select_returned(dialect_of(reading.session), chosen.condition, reading.point.in_past)
    return raw_rows(reading.session, statement, {**chosen.values, **reading.point.values})


def _returned(reading: Reading, rows: Iterable[Any]) -> dict[int, ReturnedView]:
    """Return the latest returned report of each item, among the reports dated up to a day."""
    until = [row for row in rows if row.as_of <= reading.as_of]
    codes = codes_then(reading) if until else NO_CODES
    found = {}
    for *report, reason, actor, returned_at in until:
        row = StatusRow(*report)
        found[row.owner] = ReturnedView(status_view(row, codes), reason or "", actor, returned_at)
    return found


@cache
def _select_returned(dialect: str, condition: Condition, in_past: bool) -> Select[Any]:
    report, answer = columns(StatusUpdate), columns(CompletionConfirmation)
    _, *names = StatusRow._fields
    wanted = (report.item_id, *(report[name] for name in names), answer.reason, answer.actor, answer.recorded_at)
    return (
        _answered(wanted, Confirmation.RETURNED, condition(dialect), in_past)
        .where(report.id.not_in(withdrawn(StatusUpdate, known_at_parameter(in_past))))
        .order_by(report.as_of, report.id)
    )


def _answered(wanted: Iterable[Any], outcome: Confirmation, chosen: ColumnElement[bool], in_past: bool) -> Select[Any]:
    """Select columns of the managers' answers with this outcome, and of the reports up to a day that they are about."""
    report, answer = columns(StatusUpdate), columns(CompletionConfirmation)
    reports = CompletionConfirmation.__table__.join(StatusUpdate.__table__, report.id == answer.status_update_id)
    return (
        select(*wanted)
        .select_from(reports.join(Item.__table__, columns(Item).id == report.item_id))
        .where(*has_outcome(outcome, known_at_parameter(in_past)), chosen, report.as_of <= bindparam("as_of"))
    )


_COPIED = attrgetter(*(field.name for field in fields(StatusView) if field.name not in ("merged_into", "unchanged")))
NO_CODES: Mapping[str, str] = {}


def status_view(row: StatusUpdate | StatusRow, codes: Mapping[str, str] = NO_CODES) -> StatusView:
    """Return the view of a report's row. `codes` has the codes on the day of items that have another code now."""
    into = row.merged_into
    values = (*_COPIED(row), codes.get(into, into) if into else into, bool(row.unchanged))
    return StatusView(*values)
