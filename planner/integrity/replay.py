"""Replay the log against the tables of the database.

Each row must match its last event. Each edit must start from the values that the event before it left.

The database joins each table's rows with their events, in order, using the log's index by table and row. One row and
its events are in memory at a time. A damaged index can leave events out. Therefore the events found are counted and
compared with the number read from the log itself. If a problem with the indexes was found, no index is used.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Select, Table, bindparam, exists, select, true, type_coerce
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from planner.base.language import tr, tr_count
from planner.base.progress import OnProgress
from planner.integrity.attempts import attempt
from planner.integrity.chain import PORTION
from planner.integrity.event_bytes import image_of, read_body
from planner.integrity.images import Images, odd_value
from planner.integrity.problems import ProblemKind, Problems
from planner.store.dialects import without_index
from planner.store.models import AuditEvent, IssuedContent, SeededRow, all_tables

# Tables without events of their own: the log, the bytes of issued files (checked by digest), and the loader's notes.
WITHOUT_EVENTS = frozenset(model.__tablename__ for model in (AuditEvent, IssuedContent, SeededRow))


@dataclass
class Replayed:
    """The amount of data that was replayed: rows known to the log, and tables.

    `partly` counts rows with columns that were added by a revision after the row's last event. The log has no values
    for these columns.
    """

    rows: int = 0
    tables: int = 0
    partly: int = 0


def replay(
    session: Session, problems: Problems, step: OnProgress, events: Mapping[str, int], *, by_index: bool = True
) -> Replayed:
    """Compare all rows with the log and report the differences.

    `events` is the number of events about each table, counted while the log was read from first to last. `by_index`
    says whether the indexes can be trusted.
    """
    replayed = Replayed()
    tables = replayed_tables()
    for table in tables:
        replayed.tables += 1
        one = _TableReplay(session, table, replayed, by_index=by_index)
        check = partial(one.run, step=step, logged=events.get(table.name, 0))
        attempt(session, problems, f"table {table.name}", check)
    _report_unknown_tables(events, {table.name for table in tables}, problems)
    return replayed


def replayed_tables() -> Sequence[Table]:
    """Return the tables whose rows are compared with the log."""
    return [table for table in all_tables().sorted_tables if table.name not in WITHOUT_EVENTS]


class RowRange(NamedTuple):
    """The rows of a table with ids after the first number, up to and with the second, and their events up to `last`."""

    after: int
    until: int
    last: int


def replay_rows(session: Session, table: Table, rows: RowRange, problems: Problems, replayed: Replayed) -> int:
    """Compare some rows of a table with the log. Return the number of their events."""
    return _TableReplay(session, table, replayed, rows=rows).compare(problems, _ignore_progress)


def _ignore_progress(name: str, by: int = 1) -> None:
    """Ignore the progress, which whoever divides the tables reports."""


@dataclass(frozen=True)
class _Statements:
    """The two queries for a table: its rows with their events, and its rows without any event."""

    images: Images
    with_events: Select[Any]
    without_event: Select[Any]


@cache
def _statements(table: Table, dialect: str, *, by_index: bool, in_range: bool) -> _Statements:
    """Build the queries for a table and kind of database. They are cached, because the app verifies repeatedly."""

    def looked_up(column: Any) -> ColumnElement[Any]:
        return column if by_index else without_index(dialect, column)

    images, number = Images(table, dialect), table.c.id
    own = (looked_up(AuditEvent.table_name) == table.name) & _known_by(in_range)
    with_events = (
        select(AuditEvent.row_id, AuditEvent.seq, type_coerce(AuditEvent.body, NullType()), number)
        .add_columns(*images.columns)
        .select_from(AuditEvent)
        # docs/decisions/0062: the database pairs rows and events, so memory does not grow.
        .outerjoin(table, number == AuditEvent.row_id)
        .where(own, _within(AuditEvent.row_id, in_range))
        .order_by(looked_up(AuditEvent.row_id), looked_up(AuditEvent.seq))
    )
    if by_index:
        has_event: ColumnElement[bool] = exists().where(own, AuditEvent.row_id == number)
    else:
        has_event = number.in_(select(AuditEvent.row_id).where(own, AuditEvent.row_id.is_not(None)))
    return _Statements(
        images, with_events, select(number).where(~has_event, _within(number, in_range)).order_by(number)
    )


def _known_by(in_range: bool) -> ColumnElement[bool]:
    return AuditEvent.seq <= bindparam("last", type_=BigInteger) if in_range else true()


def _within(number: Any, in_range: bool) -> ColumnElement[bool]:
    if not in_range:
        return true()
    condition: ColumnElement[bool] = (number > bindparam("after", type_=BigInteger)) & (
        number <= bindparam("until", type_=BigInteger)
    )
    return condition


class _TableReplay:
    """Compares the rows of one table with what the audit log says about them."""

    def __init__(
        self,
        session: Session,
        table: Table,
        replayed: Replayed,
        *,
        by_index: bool = True,
        rows: RowRange | None = None,
    ) -> None:
        self._connection = session.connection()
        self._table = table
        self._statements = _statements(
            table, self._connection.dialect.name, by_index=by_index, in_range=rows is not None
        )
        self._values = rows._asdict() if rows is not None else {}
        self._images = self._statements.images
        self._replayed = replayed
        self._problems = Problems()
        # The columns that the last event lacked. The rows from before an upgrade follow each other.
        self._missing: frozenset[str] = frozenset()

    def run(self, problems: Problems, step: OnProgress, logged: int) -> None:
        """Compare all rows with their events, and the number of the events with that of the log."""
        read = self.compare(problems, step)
        # docs/decisions/0062: a damaged index can leave events out.
        if read != logged:
            what = tr(
                "the log has {events} events about this table, but the log's index finds {found}",
                events=logged,
                found=read,
            )
            problems.add(ProblemKind.DAMAGE, f"table {self._table.name}", what)

    def compare(self, problems: Problems, step: OnProgress) -> int:
        """Compare the rows with their events. Return the number of these events."""
        self._problems, read, rows, partly = problems, 0, 0, 0
        for row_id, group in groupby(self._read(step), key=itemgetter(0)):
            events = list(group)
            read, rows = read + len(events), rows + 1
            partly += self._compare(row_id, events)
        for row_id in self._connection.execute(self._statements.without_event, self._values).scalars():
            problems.add(ProblemKind.ADDED, self._name(row_id), tr("the row is in the table, but in no event"))
        self._replayed.rows += rows
        self._replayed.partly += partly
        return read

    def _read(self, step: OnProgress) -> Iterator[Any]:
        """Yield each event with its row: row id, event number, event bytes, id of the table row or None, row values."""
        rows = self._connection.execute(
            self._statements.with_events, self._values, execution_options={"yield_per": PORTION}
        )
        for part in rows.partitions():
            yield from part
            step(self._table.name, len(part))

    def _name(self, row_id: Any) -> str:
        return f"{self._table.name} {row_id}"

    def _compare(self, row_id: Any, events: Sequence[Any]) -> bool:
        """Compare a row with its events. Return whether the row has columns without a value in the log."""
        _, seq, body, found, *values = events[-1]
        if found is None:
            self._problems.add(
                ProblemKind.MISSING,
                self._name(row_id),
                tr("event {seq} recorded this row, but the row is no longer in its table", seq=seq),
            )
            return False
        if len(events) == 1 and _has_image(body, self._images.image(values, self._missing)):
            return bool(self._missing)
        return self._compare_read(row_id, events, json.loads(self._images.image(values)))

    def _compare_read(self, row_id: Any, events: Sequence[Any], live: dict[str, Any]) -> bool:
        """Check the events of a row one by one, then compare the last one with the row."""
        logged: dict[str, Any] | None = None
        for _, seq, body, *_ in events:
            fields = read_body(body) if isinstance(body, bytes) else None
            if fields is None or not isinstance(fields["after"], dict):
                self._problems.add(
                    ProblemKind.HISTORY,
                    self._name(row_id),
                    tr("event {seq} of this row cannot be read", seq=seq),
                )
                return False
            self._report_broken_edit(row_id, seq, logged, fields["before"])
            logged = fields["after"]
        logged = logged or {}
        for name in _differing(logged, live):
            odd, seq, before = odd_value(live[name]), events[-1][1], _shown(logged[name])
            if odd is None:
                kind, value = ProblemKind.CHANGED, _shown(live[name])
                what = tr(
                    "{field} is {value}, but event {seq} has {before}", field=name, value=value, seq=seq, before=before
                )
            else:
                kind, value = ProblemKind.VALUE, _shortened(odd)
                what = tr(
                    "{field} is stored as {value}, but event {seq} has {before}",
                    field=name,
                    value=value,
                    seq=seq,
                    before=before,
                )
            self._problems.add(kind, self._name(row_id), what)
        missing = live.keys() - logged.keys()
        if len(events) == 1:
            self._missing = frozenset(missing)
        return bool(missing)

    def _report_broken_edit(self, row_id: Any, seq: Any, logged: dict[str, Any] | None, before: Any) -> None:
        """Report an edit that does not start from the values that the row's previous event left."""
        if logged is None and before is None:
            return
        if logged is None or not isinstance(before, dict):
            what = (
                tr("event {seq} changes a row that no event added", seq=seq)
                if logged is None
                else tr("event {seq} adds the row again", seq=seq)
            )
            self._problems.add(ProblemKind.HISTORY, self._name(row_id), what)
            return
        for name in _differing(logged, before):
            what = tr(
                "event {seq} gives {value} as the old value of {field}, but the log had {logged}",
                seq=seq,
                field=name,
                value=_shown(before[name]),
                logged=_shown(logged[name]),
            )
            self._problems.add(ProblemKind.HISTORY, self._name(row_id), what)


def _has_image(body: Any, image: bytes) -> bool:
    """Whether an event that adds a row contains exactly these values of the row (its image).

    The event's other bytes were checked when the log was read.
    """
    try:
        return image_of(body) == image
    except (AttributeError, TypeError, ValueError):
        return False


def _differing(logged: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [name for name in sorted(logged.keys() & other.keys()) if logged[name] != other[name]]


def _shown(value: Any) -> str:
    return _shortened(json.dumps(value, ensure_ascii=False))


def _shortened(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"


def _report_unknown_tables(events: Mapping[str, int], known: set[str], problems: Problems) -> None:
    for name in sorted(events.keys() - known, key=str):
        what = tr_count(
            "{count} event is about this table, but the register has no such table",
            "{count} events are about this table, but the register has no such table",
            events[name],
        )
        problems.add(ProblemKind.MISSING, f"table {name}", what)
