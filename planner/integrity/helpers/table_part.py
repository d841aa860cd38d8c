"""The replay in parts: the rows of one table, or some rows of a large one."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from planner.base.progress import OnProgress
from planner.integrity.attempts import attempt
from planner.integrity.helpers.helpers import Helpers
from planner.integrity.problems import Problems
from planner.integrity.replay import Replayed, RowRange, replay, replay_rows, replayed_tables
from planner.store.models import AuditEvent, all_tables

# About how many events a part has, if the events are spread evenly over the rows.
EVENTS = 4_096

# Below and above all ids.
_LOWEST, _HIGHEST = -(2**63), 2**63 - 1


@dataclass(frozen=True)
class ComparedRows:
    """How many events of a table were read, how many rows they are about, and how many have columns without a value."""

    table: str
    events: int
    rows: int
    partly: int


@dataclass(frozen=True)
class TablePart:
    """Some rows of a table. `events` is about how many events they have."""

    name: str
    rows: RowRange
    events: int

    def check(self, session: Session) -> ComparedRows | None:
        """Compare the rows with the log. Return None if any of them differs from it."""
        problems, counted = Problems(), Replayed()
        table = all_tables().tables[self.name]
        events = attempt(
            session, problems, self.name, lambda found: replay_rows(session, table, self.rows, found, counted)
        )
        if problems.counts or events is None:
            return None
        return ComparedRows(self.name, events, counted.rows, counted.partly)


def replay_log(
    session: Session,
    problems: Problems,
    step: OnProgress,
    events: Mapping[str, int],
    helpers: Helpers | None = None,
    *,
    by_index: bool = True,
) -> Replayed:
    """Compare all rows with the log and add the differences to `problems`, in parts if there are helpers.

    `events` is the number of events about each table, counted while the log was read. `by_index` says whether the
    indexes can be trusted.
    """
    if helpers:
        # docs/decisions/0153: parts only say that nothing is wrong. What is wrong is found by one process.
        replayed = attempt(session, Problems(), "the tables", lambda _: replay_in_parts(session, helpers, step, events))
        if replayed is not None:
            return replayed
    return replay(session, problems, step, events, by_index=by_index)


def replay_in_parts(session: Session, helpers: Helpers, step: OnProgress, events: Mapping[str, int]) -> Replayed | None:
    """Compare all rows with the log in parts, together with the helpers. Return None if anything is wrong."""
    tables, last = replayed_tables(), sum(events.values())
    parts = [part for table in tables for part in _parts(session, table, events.get(table.name, 0), last)]
    found = helpers.check(session, parts, step)
    if found is None:
        return None
    read = Counter({table.name: 0 for table in tables})
    for one in found:
        read[one.table] += one.events
    if +read != +Counter(events):
        return None
    return Replayed(sum(one.rows for one in found), len(tables), sum(one.partly for one in found))


def _parts(session: Session, table: Table, events: int, last: int) -> Iterator[TablePart]:
    """Yield the parts of a table. Together they have every id, whatever ids there are."""
    number = max(1, round(events / EVENTS))
    bounds = [_LOWEST, *(_inner_bounds(session, table, number) if number > 1 else ()), _HIGHEST]
    for after, until in pairwise(bounds):
        yield TablePart(table.name, RowRange(after, until, last), events // number)


def _inner_bounds(session: Session, table: Table, number: int) -> Iterator[int]:
    lowest, highest = (
        session.execute(select(end(AuditEvent.row_id)).where(AuditEvent.table_name == table.name)).scalar_one()
        for end in (func.min, func.max)
    )
    for at in range(1, number):
        yield lowest + (highest - lowest) * at // number
