"""The track record of the outlook: how often it was right when the register's past is replayed day by day."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from operator import attrgetter
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from planner.domain.rules.backtest import PastItem, backtest
from planner.domain.rules.outlook import DONE, WEEKS
from planner.domain.rules.progress import Step, actual_percent
from planner.domain.rules.track_record import Calibration, Record
from planner.domain.vocabulary import Confirmation, MeasuredBy, NoOutlook, Phase
from planner.queries.id_in import id_in
from planner.queries.items.views import ItemView
from planner.register.instants import effective_instants, known_by
from planner.register.raw_rows import raw_rows
from planner.register.reading import Reading
from planner.store.models import Base, CompletionConfirmation, DateChange, MilestoneReport, StatusUpdate, Withdrawal

# The outlook is tested on every fourth week of the last year, because consecutive weeks differ little. After the end
# of the plan, its last year and some months after it are tested, so that its due dates stay within the tested time.
STRIDE = timedelta(weeks=4)
TESTED, TESTED_AFTER = 13, 6

# At most this many items are tested, spread evenly over the register, so that a large one takes no longer.
SAMPLE = 250


def read_track_record(reading: Reading, items: Sequence[ItemView]) -> tuple[Record, Calibration]:
    """Return what the outlook can learn from the register's past, and how often it was right, at a point in time.

    `items` is the register at that point.
    """
    pasts = read_pasts(reading, _sampled(items))
    # docs/decisions/0029: ranges come from the register's past, not from a model.
    return backtest(
        (day, standings(pasts, day, _known(reading, day)))
        for day in _tested_days(reading.plan.starts, reading.plan.ends, reading.as_of)
    )


def _tested_days(starts: date, ends: date, as_of: date) -> list[date]:
    """Return the days on which the outlook is tested, followed by the as-of date."""
    last = min(as_of, ends)
    back = min(TESTED, max(0, (last - starts) // STRIDE))
    days = [last + STRIDE * step for step in range(-back, TESTED_AFTER + 1)]
    return [*(day for day in days if day < as_of), as_of]


def _sampled(items: Sequence[ItemView]) -> list[ItemView]:
    """Return all items, or an evenly spread sample if there are many."""
    if len(items) <= SAMPLE:
        return list(items)
    return [items[place * len(items) // SAMPLE] for place in range(SAMPLE)]


def _known(reading: Reading, day: date) -> datetime:
    """Return the instant for replaying a past day: the day's end, or the known-at instant if that is earlier."""
    end = datetime.combine(day, time.max, ZoneInfo(reading.plan.time_zone)).astimezone(UTC)
    if day == reading.as_of:
        return reading.known_at or datetime.max.replace(tzinfo=UTC)
    return min(end, reading.known_at) if reading.known_at else end


def why_no_outlook(starts: date, phase: Phase, actual: float | None, day: date) -> NoOutlook | None:
    """Return why the outlook of an item cannot be computed from its percents, or None if it can."""
    if phase is Phase.SUSPENDED:
        return NoOutlook.SUSPENDED
    if phase is Phase.NOT_STARTED and day < starts:
        return NoOutlook.NOT_STARTED
    return NoOutlook.NEVER_REPORTED if actual is None else None


class HistoryRow(NamedTuple):
    """A history row with the instant from which it is effective. `value` has its content.

    `discounted` has the spans of time in which the row was not effective. A span without an end has not ended.
    """

    as_of: date
    recorded_at: datetime
    discounted: tuple[tuple[datetime, datetime | None], ...]
    value: Any

    def is_effective(self, known: datetime) -> bool:
        """Return whether the row was recorded and effective at an instant."""
        if self.recorded_at > known:
            return False
        return not self.discounted or not any(
            since <= known and (until is None or known < until) for since, until in self.discounted
        )


@dataclass(slots=True)
class Past:
    """Everything ever reported about an item, to compute its state on any day as it was known at any instant."""

    item: ItemView
    reports: list[HistoryRow] = field(default_factory=list)
    due: list[HistoryRow] = field(default_factory=list)
    steps: dict[int, list[HistoryRow]] = field(default_factory=lambda: defaultdict(list))
    # For each confirmed report that dropped the item: its as-of date, and the instants of confirmation and withdrawal.
    endings: list[tuple[date, datetime, datetime | None]] = field(default_factory=list)

    def known(self, known: datetime) -> "Past":
        """Return a copy with only the rows that were effective at an instant."""
        return Past(
            self.item,
            [row for row in self.reports if row.is_effective(known)],
            [row for row in self.due if row.is_effective(known)],
            {step: [row for row in rows if row.is_effective(known)] for step, rows in self.steps.items()},
            [one for one in self.endings if one[1] <= known and (one[2] is None or known < one[2])],
        )

    def is_ending_confirmed(self, day: date) -> bool:
        """Return whether the item's cancellation or merger, reported up to a day, was confirmed."""
        return any(as_of <= day for as_of, _, _ in self.endings)

    def on(self, day: date) -> tuple[Phase, float | None]:
        """Return the phase and the percent of the item on a day."""
        report = _value_on(self.reports, day)
        phase, percent = (Phase.NOT_STARTED, None) if report is None else report
        return phase, actual_percent(self.item.measured_by, phase, self._steps(day), percent)

    def _steps(self, day: date) -> list[Step]:
        """Return the item's milestones on a day, or an empty list if milestones do not measure its progress."""
        if self.item.measured_by is not MeasuredBy.MILESTONES:
            return []
        rows = self.steps
        return [
            Step(step.baseline, step.weight, _value_on(rows.get(step.id, ()), day)) for step in self.item.milestones
        ]

    def due_on(self, day: date) -> date:
        """Return the current due date of the item on a day."""
        moved: date | None = _value_on(self.due, day)
        return self.item.baseline_due if moved is None else moved

    def done_on(self, day: date) -> date | None:
        """Return the day since which the item has stayed at 100 percent, or None if it is below 100 on the day."""
        changes = {row.as_of for rows in (self.reports, *self.steps.values()) for row in rows if row.as_of <= day}
        found = None
        for change in sorted(changes, reverse=True):
            if (self.on(change)[1] or 0.0) < DONE:
                break
            found = change
        return found


_AS_OF = attrgetter("as_of")


def _value_on(rows: Sequence[HistoryRow], day: date) -> Any:
    """Return the value of the row in force on a day, or None."""
    place = bisect_right(rows, day, key=_AS_OF)
    return rows[place - 1].value if place else None


def standings(pasts: Sequence[Past], day: date, known: datetime) -> list[PastItem]:
    """Return the state of the items on a day, as known at an instant."""
    weeks = [day - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]
    return [_standing(past.known(known), day, weeks) for past in pasts]


def _standing(past: Past, day: date, weeks: Sequence[date]) -> PastItem:
    starts = past.item.starts
    phase, actual = past.on(day)
    before = [(week, past.on(week)[1]) for week in weeks if week >= starts]
    series = [(week, percent) for week, percent in (*before, (day, actual)) if percent is not None and week >= starts]
    return PastItem(
        item=past.item.id,
        series=series,
        due=past.due_on(day),
        no_pace_reason=why_no_outlook(starts, phase, actual, day),
        done_on=past.done_on(day) if actual is not None and actual >= DONE else None,
        given_up=phase.dropped and past.is_ending_confirmed(day),
    )


def read_pasts(reading: Reading, items: Sequence[ItemView]) -> list[Past]:
    """Return the history of some items, read in a fixed number of statements."""
    pasts = {item.id: Past(item) for item in items}
    of_step = {step.id: pasts[item.id] for item in items for step in item.milestones}
    confirmed = _answered(reading.session, Confirmation.CONFIRMED)
    for owner, row in _rows(reading, StatusUpdate, StatusUpdate.item_id, pasts, ("phase", "percent", "id")):
        phase, percent, report = row.value
        pasts[owner].reports.append(row._replace(value=(phase, percent)))
        if phase.dropped:
            pasts[owner].endings.extend((row.as_of, *answer) for answer in confirmed.get(report, ()))
    for owner, row in _rows(reading, DateChange, DateChange.item_id, pasts, ("milestone_id", "new_date")):
        if row.value[0] is None:
            pasts[owner].due.append(row._replace(value=row.value[1]))
    for owner, row in _rows(reading, MilestoneReport, MilestoneReport.milestone_id, of_step, ("met_on",)):
        of_step[owner].steps[owner].append(row._replace(value=row.value[0]))
    return list(pasts.values())


def _rows(
    reading: Reading,
    history: Any,
    owner: InstrumentedAttribute[int],
    owners: Iterable[int],
    columns: Sequence[str],
) -> Iterator[tuple[int, HistoryRow]]:
    """Yield history rows up to a point in time, each with the id of its owner, ordered by as-of date."""
    wanted = [getattr(history, name) for name in columns]
    statement = (
        select(owner, history.as_of, history.id, history.recorded_at, *wanted)
        .where(id_in(reading.session, owner, owners), history.as_of <= reading.as_of)
        .order_by(history.as_of, history.id)
    )
    if reading.known_at is not None:
        statement = statement.where(known_by(history.recorded_at, reading.known_at))
    discounted, counted = _discounted_spans(reading.session, history), effective_instants(reading.session)
    for of, as_of, row_id, recorded_at, *value in raw_rows(reading.session, statement):
        yield of, HistoryRow(as_of, counted(recorded_at), tuple(discounted.get(row_id, ())), tuple(value))


def _discounted_spans(session: Session, history: type[Base]) -> dict[int, list[tuple[datetime, datetime | None]]]:
    """Return the spans of time in which history rows were not effective, by row id.

    A row is not effective after its withdrawal, and a report is not effective while it is returned.
    """
    discounted: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for row_id, since in _withdrawn(session, history).items():
        discounted[row_id].append((since, None))
    if history is StatusUpdate:
        for report, answers in _answered(session, Confirmation.RETURNED).items():
            discounted[report].extend(answers)
    return discounted


def _answered(session: Session, outcome: Confirmation) -> dict[int, list[tuple[datetime, datetime | None]]]:
    """Return the spans of time in which a manager's answer to a report was in effect, by report id."""
    undone, counted = _withdrawn(session, CompletionConfirmation), effective_instants(session)
    answers: Any = select(
        CompletionConfirmation.id, CompletionConfirmation.status_update_id, CompletionConfirmation.recorded_at
    ).where(CompletionConfirmation.outcome == outcome)
    found: dict[int, list[tuple[datetime, datetime | None]]] = defaultdict(list)
    for answer, report, since in raw_rows(session, answers):
        found[report].append((counted(since), undone.get(answer)))
    return found


def _withdrawn(session: Session, history: type[Base]) -> dict[int, datetime]:
    """Return the instants when rows of a table were withdrawn, by row id."""
    column, counted = getattr(Withdrawal, f"{history.__tablename__}_id"), effective_instants(session)
    withdrawals = raw_rows(session, select(column, Withdrawal.recorded_at).where(column.is_not(None)))
    return {row_id: counted(since) for row_id, since in withdrawals}
