"""Items that ended, were suspended or went on by a report that was recorded in a week, but holds from a day before it.

A report that was returned or taken back in the week is one of these: on its day, the item had not ended after all.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, null, select, union_all

from planner.base.views import value_class
from planner.domain.vocabulary import Confirmation, Phase
from planner.queries.items.reported import StatusRow, status_view
from planner.queries.moves.moves import MoveKind, phase_kind
from planner.queries.moves.reasons import reason_in
from planner.register.codes_then import codes_then
from planner.register.effective_records import is_effective
from planner.register.instants import Late, known_by, recorded_in, recorded_until
from planner.register.item_rows import is_item_of
from planner.register.raw_rows import columns, named_rows
from planner.register.reading import Reading
from planner.store.models import AuditEvent, ClockCorrection, CompletionConfirmation, Item, StatusUpdate, Withdrawal

# That an item was begun is left out: the reports after it say how far it is.
_TOLD = frozenset(
    {MoveKind.COMPLETED, MoveKind.DROPPED, MoveKind.REOPENED, MoveKind.SUSPENDED, MoveKind.RESUMED},
)


@value_class
class PhaseLate:
    """The phase of an item on an earlier day, as known before the week and after it, and who changed it and why.

    `as_of` is the day of the report.
    """

    was: Phase
    now: Phase
    as_of: date
    reason: str | None
    actor: str


class _Last(NamedTuple):
    """The last report on an item, and the phase in which it left the item."""

    item_id: int
    id: int
    as_of: date
    phase: Phase


class _Cause(NamedTuple):
    """A report that was recorded in the span; or one that was returned or taken back, with who did this and why."""

    item_id: int
    report_id: int
    actor: str | None
    reason: str | None


def read_phases_late(reading: Reading, before: date, late: Late) -> dict[int, PhaseLate]:
    """Return the items whose phase on the day `before` was changed by what was recorded in a span, by item id.

    Items that were not in the register before the span are left out.
    """
    causes = named_rows(reading.session, _Cause, _causes(reading, before, late))
    ids = _recorded_before(reading, {cause.item_id for cause in causes}, late) if causes else ()
    if not ids:
        return {}
    after, until = late
    earlier = _last_reports(reading, ids, before, (after, after))
    present = _last_reports(reading, ids, before, (until, reading.known_at))
    found: dict[int, PhaseLate] = {}
    for item_id in ids:
        own = {cause.report_id: cause for cause in causes if cause.item_id == item_id}
        changed = _changed(reading, earlier.get(item_id), present.get(item_id), own)
        if changed is not None:
            found[item_id] = changed
    return found


def _changed(
    reading: Reading, earlier: _Last | None, present: _Last | None, causes: Mapping[int, _Cause]
) -> PhaseLate | None:
    """Return the change of a phase, if one is told. The causes are those of the item, by the ids of the reports."""
    was, now = (Phase.NOT_STARTED if row is None else row.phase for row in (earlier, present))
    kind = phase_kind(was, now)
    caused = next((row for row in (present, earlier) if row is not None and row.id in causes), None)
    if kind not in _TOLD or caused is None:
        return None
    cause = causes[caused.id]
    if cause.actor is not None:
        return PhaseLate(was, now, caused.as_of, cause.reason, cause.actor)
    report = status_view(_read_report(reading, caused.id), codes_then(reading))
    return PhaseLate(was, now, report.as_of, reason_in(report, kind), report.actor)


def _last_reports(
    reading: Reading, ids: Iterable[int], before: date, known: tuple[datetime, datetime | None]
) -> Mapping[int, _Last]:
    """Return the last report of each item up to a day.

    `known` has the instant by which the reports were recorded, and the one as of which they must count.
    """
    recorded, counting = known
    report = columns(StatusUpdate)
    statement = (
        select(*(report[name] for name in _Last._fields))
        .where(report.item_id.in_(list(ids)), *recorded_until(report, before, reading.known_at))
        .where(known_by(report.recorded_at, recorded), is_effective(StatusUpdate, counting))
        .order_by(report.as_of, report.id)
    )
    return {row.item_id: row for row in named_rows(reading.session, _Last, statement)}


def _read_report(reading: Reading, report_id: int) -> StatusRow:
    """Return all columns of a report. Of the items with something recorded late, few ended or went on by it."""
    report = columns(StatusUpdate)
    _, *names = StatusRow._fields
    statement = select(report.item_id, *(report[name] for name in names)).where(report.id == report_id)
    return named_rows(reading.session, StatusRow, statement)[0]


def _recorded_before(reading: Reading, ids: Iterable[int], late: Late) -> list[int]:
    """Return those of the items that were in the register before the span."""
    event = columns(AuditEvent)
    statement = select(event.row_id).where(
        event.table_name == Item.__tablename__, event.row_id.in_(sorted(ids)), known_by(event.recorded_at, late[0])
    )
    return sorted(set(reading.session.execute(statement).scalars()))


def _causes(reading: Reading, before: date, late: Late) -> Any:
    """Select what was recorded in the span about the reports on items of the plan up to a day."""
    report = columns(StatusUpdate)
    of_plan = select(columns(Item).id).where(is_item_of(reading.plan.id))
    return union_all(
        *(
            statement.where(report.as_of <= before, report.item_id.in_(of_plan), recorded_in(recorded_at, late)).where(
                *([] if reading.known_at is None else [known_by(recorded_at, reading.known_at)])
            )
            for statement, recorded_at in _records(late)
        )
    )


def _records(late: Late) -> Iterator[tuple[Select[Any], ColumnElement[Any]]]:
    """Yield a statement for the reports, their returns, and what was taken back of both, with the instants of these."""
    report, event = columns(StatusUpdate), columns(AuditEvent)
    answer, taken = columns(CompletionConfirmation), columns(Withdrawal)
    of_report = select(report.item_id, report.id)
    # The reports of the span are found by the log, which has an index of its instants.
    events = (event.table_name == StatusUpdate.__tablename__) & (event.row_id == report.id)
    yield (
        of_report.add_columns(null(), null())
        .join(AuditEvent.__table__, events)
        .where(event.recorded_at > late[0], event.recorded_at <= _last_possible(late)),
        report.recorded_at,
    )
    returned = of_report.add_columns(answer.actor, answer.reason).join(
        CompletionConfirmation.__table__, answer.status_update_id == report.id
    )
    yield returned.where(answer.outcome == Confirmation.RETURNED), answer.recorded_at
    taken_back = of_report.add_columns(taken.actor, taken.reason)
    yield taken_back.join(Withdrawal.__table__, taken.status_update_id == report.id), taken.recorded_at
    yield (
        taken_back.join(CompletionConfirmation.__table__, answer.status_update_id == report.id).join(
            Withdrawal.__table__, taken.completion_confirmation_id == answer.id
        ),
        taken.recorded_at,
    )


def _last_possible(late: Late) -> ColumnElement[Any]:
    """Return the last instant that a clock may have given to what counts as recorded in the span.

    A clock that was ahead gave later ones (docs/decisions/0003).
    """
    until, correction = late[1], columns(ClockCorrection)
    ahead = select(func.max(correction.false_until)).where(
        correction.counts_from <= until, correction.false_until > until
    )
    return func.coalesce(ahead.scalar_subquery(), until)
