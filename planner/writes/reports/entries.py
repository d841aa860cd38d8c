"""Saving, in one transaction, all that an officer enters about an item: report, milestones, dates and observations."""

from dataclasses import field
from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.base.errors import BadValueError
from planner.base.language import tr, tr_later
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Basis
from planner.queries.items.register import read_item, status_view
from planner.queries.items.views import ItemView, StatusView
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import Item, StatusUpdate
from planner.writes.items import checked_day, require_added
from planner.writes.permission import require
from planner.writes.reports.conflicts import require_unchanged
from planner.writes.reports.dates import add_date_change
from planner.writes.reports.doubts import checking_consistency
from planner.writes.reports.item_write import as_of_day, writing_on_item
from planner.writes.reports.milestones import add_forecast, add_meeting, milestone_row, require_open
from planner.writes.reports.observations import add_observation, indicator_row
from planner.writes.reports.status import SAY_SOMETHING, Report, add_status, require_new_content

if TYPE_CHECKING:
    from planner.queries.history.expected_state import ExpectedReport, ExpectedState


@value_class
class MilestoneEntry:
    """What an officer enters about one milestone: the day it was met, a new date with its reason, or a forecast."""

    number: int
    met_on: date | None = None
    moved_to: date | None = None
    reason: str | None = None
    forecast: date | None = None
    evidence: str | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing to record about the milestone. A reason or evidence alone is not recorded."""
        return self.met_on is None and self.moved_to is None and self.forecast is None


@value_class
class ObservationEntry:
    """A value entered for an indicator, with the indicator's number."""

    number: int
    value: float
    evidence: str | None = None


@value_class
class Entry:
    """Everything that an officer enters about one item at one time."""

    report: Report = field(default_factory=Report)
    milestones: tuple[MilestoneEntry, ...] = ()
    observations: tuple[ObservationEntry, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the officer entered nothing about the item."""
        return self.report.empty and self.report_alone

    @property
    def report_alone(self) -> bool:
        """Whether the entry has no content apart from the report."""
        return not self.observations and all(step.empty for step in self.milestones)


@value_class
class EntryRecorded:
    """What was recorded when an officer saved an entry about an item.

    `report` is None if the entry had no report. `milestones` counts the milestones met and forecasts, `dates` the moved
    dates, and `observations` the indicator values. `item` is the item afterwards, if its
    consistency was checked or it was asked for.
    """

    code: str
    report: StatusView | None
    milestones: int
    dates: int
    observations: int
    as_of: date
    actor: str
    recorded_at: datetime
    item: ItemView | None = None

    @property
    def reported(self) -> bool:
        """Whether the entry included a report."""
        return self.report is not None


def record_entry(
    writing: Writing,
    code: str,
    entry: Entry,
    *,
    expected: "ExpectedState | ExpectedReport | None" = None,
    check_doubts: bool = False,
    as_of: date | None = None,
    with_item: bool = False,
) -> EntryRecorded:
    """Record, in one transaction, everything entered about an item. The as-of date is today unless `as_of` is given.

    `expected` is the state of the item, or only of its report, when the officer began to write. Raises ConflictError if
    that state has changed since. If `check_doubts` is true, raises DoubtfulError when the result would be inconsistent.
    With `with_item`, the result has the item in any case. After these errors, and after BadValueError, NotAllowedError
    or UnknownNameError, nothing has been written.
    """
    require_content(entry, code)
    day = as_of_day(writing, as_of)
    with writing_on_item(writing, code, Permission.REPORT) as (journal, item):
        with checking_consistency(writing, [item.code], day, check_doubts=check_doubts) as after:
            report = add_entry(writing, journal, item, entry, day, expected=expected)
        # Build the result before the commit: if the answer to the commit is lost, the session cannot load the rows
        # again.
        view = status_view(report) if report else None
        if with_item and not after:
            after.append(read_item(writing.reading(day), item.code))
        return _recorded(item.code, entry, view, day, journal, after[0] if after else None)


def require_content(entry: Entry, code: str) -> None:
    """Raise BadValueError for an entry that reports nothing, or says something about a milestone only in part."""
    for step in entry.milestones:
        require_complete(step)
    if entry.empty:
        raise BadValueError(tr("the report is empty"), where=code, do=tr_later(SAY_SOMETHING))


def add_entry(
    writing: Writing,
    journal: Journal,
    item: Item,
    entry: Entry,
    day: date,
    *,
    expected: "ExpectedState | ExpectedReport | None" = None,
) -> StatusUpdate | None:
    """Add an entry about an item, as part of an open write transaction. `record_entry` describes the errors.

    The caller has checked that the actor may report on the item. Return the new report, or None if there is none.
    """
    require_added(item, day)
    if expected is not None:
        require_unchanged(writing, item, expected)
    if entry.report_alone:
        require_new_content(writing.session, item, entry.report, day)
    report = _add_parts(writing, journal, item, entry, day)
    writing.session.flush()
    return report


def _add_parts(writing: Writing, journal: Journal, item: Item, entry: Entry, as_of: date) -> StatusUpdate | None:
    for step in entry.milestones:
        _add_milestone_entry(writing, journal, item, step, as_of)
    for value in entry.observations:
        indicator = indicator_row(writing.session, item, value.number)
        add_observation(journal, item, indicator, value.value, as_of, Basis.REGISTERED, value.evidence)
    return None if entry.report.empty else add_status(journal, item, entry.report, as_of, Basis.REGISTERED)


def _add_milestone_entry(writing: Writing, journal: Journal, item: Item, step: MilestoneEntry, as_of: date) -> None:
    """Record what an officer entered about a milestone.

    A new date is recorded first, because the date of a milestone that was met cannot be moved.
    """
    milestone = milestone_row(writing.session, item, step.number)
    if step.moved_to is not None:
        require(writing.session, writing.actor, Permission.MOVE_MILESTONE, item)
        require_open(writing.session, item, milestone, as_of)
        add_date_change(journal, item, milestone, step.moved_to, step.reason or "", as_of, Basis.REGISTERED)
    if step.forecast is not None:
        add_forecast(journal, item, milestone, step.forecast, as_of)
    if step.met_on is not None:
        checked_day(writing.plan, step.met_on, writing.today, f"milestone_{step.number}_met")
        add_meeting(journal, item, milestone, step.met_on, writing.today, step.evidence)


def require_complete(step: MilestoneEntry) -> None:
    """Raise BadValueError for a reason without a new date, or for evidence without the day the milestone was met."""
    if step.reason and step.moved_to is None:
        raise BadValueError(
            tr("a reason was given, but no new date"),
            where=f"milestone_{step.number}_date",
            do=tr("Enter the new date"),
        )
    if step.evidence and step.met_on is None:
        raise BadValueError(
            tr("evidence was given, but not the day on which the milestone was met"),
            where=f"milestone_{step.number}_evidence",
            do=tr("Enter the day on which the milestone was met"),
        )


def _recorded(
    code: str, entry: Entry, report: StatusView | None, as_of: date, journal: Journal, item: ItemView | None
) -> EntryRecorded:
    met_or_forecast = sum((step.met_on is not None) + (step.forecast is not None) for step in entry.milestones)
    return EntryRecorded(
        code=code,
        report=report,
        milestones=met_or_forecast,
        dates=sum(step.moved_to is not None for step in entry.milestones),
        observations=len(entry.observations),
        as_of=as_of,
        actor=journal.actor.name,
        recorded_at=journal.at,
        item=item,
    )
