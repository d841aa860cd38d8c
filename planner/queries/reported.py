"""What had been reported of the items of a register by one day or several, read as plain rows."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from planner.models import Base, CompletionConfirmation, DateChange, Item, Milestone, MilestoneReport, StatusUpdate
from planner.queries.among import among
from planner.queries.counted import counts, outcomes, withdrawn
from planner.queries.latest import latest
from planner.queries.plain import formed, plain_rows
from planner.queries.point import Point
from planner.queries.views import ReturnedView, StatusView
from planner.vocabulary import Basis, ByText, Confidence, Confirmation, Phase

# Up to how many owners are named to the database one by one; beyond, it is asked about all of them. There are as many
# items in a part of a register.
FEW = 4_000

PHASES = ByText(Phase)
CONFIDENCES = ByText(Confidence)
_BASES = ByText(Basis)


class StatusRow(NamedTuple):
    """The columns of a status update; `owner` is the item."""

    owner: int
    as_of: date
    id: int
    phase: str
    confidence: str | None
    percent: int | None
    completed_on: date | None
    done: str | None
    next: str | None
    blocker: str | None
    help_needed: str | None
    evidence: str | None
    basis: str
    actor: str
    recorded_at: datetime
    ended_on: date | None
    ending_reason: str | None
    merged_into: str | None
    unchanged: bool


class MilestoneRow(NamedTuple):
    """The columns of a milestone report; `owner` is the milestone."""

    owner: int
    as_of: date
    met_on: date | None
    forecast: date | None
    evidence: str | None


class DateRow(NamedTuple):
    """The columns of a date change; `owner` is what the date is of."""

    owner: int
    as_of: date
    new_date: date


_Form = TypeVar("_Form", StatusRow, MilestoneRow, DateRow)


@dataclass(frozen=True, slots=True)
class _History(Generic[_Form]):
    """A table of history seen from what it belongs to."""

    table: type[Base]
    form: type[_Form]
    owner: InstrumentedAttribute[int]
    belongs: Callable[[], ColumnElement[bool]]


_STATUS = _History(StatusUpdate, StatusRow, Item.id, lambda: StatusUpdate.item_id == Item.id)
_DUE = _History(
    DateChange, DateRow, Item.id, lambda: and_(DateChange.item_id == Item.id, DateChange.milestone_id.is_(None))
)
_MILESTONE_DATES = _History(
    DateChange,
    DateRow,
    Milestone.id,
    lambda: and_(DateChange.item_id == Milestone.item_id, DateChange.milestone_id == Milestone.id),
)
_MILESTONE_REPORTS = _History(
    MilestoneReport, MilestoneRow, Milestone.id, lambda: MilestoneReport.milestone_id == Milestone.id
)


class EndingKey(NamedTuple):
    """Which ending a report is about: of which item, by which word, since which day, merged into which other item."""

    item_id: int
    phase: str
    since: date | None
    merged_into: str | None


def ending_key(item_id: int, report: StatusView) -> EndingKey:
    """The ending that a report is about."""
    return EndingKey(item_id, report.phase.value, report.ended_since, report.merged_into)


@dataclass(frozen=True, slots=True)
class Reported:
    """What had been reported by a day, by the ids of what it belongs to."""

    status: dict[int, StatusRow]
    due: dict[int, DateRow]
    milestone_dates: dict[int, DateRow]
    milestone_reports: dict[int, MilestoneRow]
    # The endings that were confirmed: a later report on the same one needs no second confirmation.
    confirmed: set["EndingKey"]
    returned: dict[int, ReturnedView]


def read_reported(
    session: Session,
    days: Sequence[date],
    known_at: datetime | None,
    chosen: ColumnElement[bool],
    answered: Collection[int] | None = None,
) -> dict[date, Reported]:
    """What had been reported by each of some days of the items of which a condition holds.

    `answered` are those of them that `read_answered` gave, where that was asked.
    """
    found: dict[date, Reported] = {}
    later: Reported | None = None
    for day in sorted(set(days), reverse=True):
        later = found[day] = _by(session, Point(day, known_at), chosen, answered, later)
    return found


def read_answered(session: Session) -> frozenset[int]:
    """The items of which any report was ever confirmed or returned.

    They are few, and to find answers from the reports of items means to look through all reports: who reads a large
    register in parts asks this once.
    """
    answers = CompletionConfirmation.status_update_id == StatusUpdate.id
    found = session.execute(select(StatusUpdate.item_id).join(CompletionConfirmation, answers).distinct())
    return frozenset(found.scalars())


def _by(
    session: Session,
    point: Point,
    chosen: ColumnElement[bool],
    answered: Collection[int] | None,
    later: Reported | None,
) -> Reported:
    unanswered = answered is not None and not answered
    of_answered = chosen if answered is None else among(session, Item.id, answered)

    def newest(history: _History[_Form], then: dict[int, _Form] | None) -> dict[int, _Form]:
        return _newest(session, history, point, chosen, then)

    return Reported(
        status=newest(_STATUS, later.status if later else None),
        due=newest(_DUE, later.due if later else None),
        milestone_dates=newest(_MILESTONE_DATES, later.milestone_dates if later else None),
        milestone_reports=newest(_MILESTONE_REPORTS, later.milestone_reports if later else None),
        confirmed=set() if unanswered else read_confirmed(session, point, of_answered),
        returned={} if unanswered else _returned(session, point, of_answered),
    )


def _newest(
    session: Session,
    history: _History[_Form],
    point: Point,
    chosen: ColumnElement[bool],
    later: dict[int, _Form] | None,
) -> dict[int, _Form]:
    """The row that holds on a day, per owner; `later` are those that hold on a later one, of the same knowledge.

    A row that holds later and was as of the day already holds on it too. The database is asked only for the others.
    """
    if later is None:
        return _read(session, history, point, chosen)
    kept = {owner: row for owner, row in later.items() if row.as_of <= point.as_of}
    others = later.keys() - kept.keys()
    if len(others) > FEW:
        return _read(session, history, point, chosen)
    return kept | _read(session, history, point, among(session, history.owner, others)) if others else kept


def _read(session: Session, history: _History[_Form], point: Point, chosen: ColumnElement[bool]) -> dict[int, _Form]:
    _, *columns = history.form._fields
    statement = latest(session, history.table, history.owner, history.belongs, point, columns)
    if history.owner.class_ is Milestone:
        statement = statement.join(Item, Item.id == Milestone.item_id)
    rows = formed(history.form, plain_rows(session, statement.where(chosen)))
    return {row.owner: row for row in rows}


def read_confirmed(session: Session, point: Point, chosen: ColumnElement[bool]) -> set[EndingKey]:
    """The endings up to a day that were confirmed. A report that was returned afterwards confirms nothing."""
    statement = (
        _answered(Confirmation.CONFIRMED, point, chosen)
        .where(counts(StatusUpdate, point.known_at))
        .with_only_columns(
            StatusUpdate.item_id,
            StatusUpdate.phase,
            func.coalesce(StatusUpdate.completed_on, StatusUpdate.ended_on),
            StatusUpdate.merged_into,
        )
    )
    return {EndingKey(*row) for row in session.execute(statement)}


def _returned(session: Session, point: Point, chosen: ColumnElement[bool]) -> dict[int, ReturnedView]:
    """By item, the latest of its reports up to a day that were returned."""
    statement = (
        _answered(Confirmation.RETURNED, point, chosen)
        .where(StatusUpdate.id.not_in(withdrawn(StatusUpdate, point.known_at)))
        .order_by(StatusUpdate.as_of, StatusUpdate.id)
        .with_only_columns(StatusUpdate, CompletionConfirmation)
    )
    return {
        row.item_id: ReturnedView(status_view(row), answer.reason or "", answer.actor, answer.recorded_at)
        for row, answer in session.execute(statement)
    }


def _answered(outcome: Confirmation, point: Point, chosen: ColumnElement[bool]) -> Select[CompletionConfirmation]:
    """Select the answers with an outcome to reports up to a day."""
    return (
        outcomes(outcome, point.known_at)
        .join(StatusUpdate, StatusUpdate.id == CompletionConfirmation.status_update_id)
        .join(Item, Item.id == StatusUpdate.item_id)
        .where(chosen, StatusUpdate.as_of <= point.as_of)
    )


def status_view(row: StatusUpdate | StatusRow) -> StatusView:
    """A report as reads give it back."""
    return StatusView(
        id=row.id,
        as_of=row.as_of,
        phase=PHASES[row.phase],
        confidence=CONFIDENCES[row.confidence] if row.confidence else None,
        percent=row.percent,
        completed_on=row.completed_on,
        done=row.done,
        next=row.next,
        blocker=row.blocker,
        help_needed=row.help_needed,
        evidence=row.evidence,
        basis=_BASES[row.basis],
        actor=row.actor,
        recorded_at=row.recorded_at,
        ended_on=row.ended_on,
        ending_reason=row.ending_reason,
        merged_into=row.merged_into,
        unchanged=bool(row.unchanged),
    )
