"""Reporting on a milestone: it was met, it is forecast for a day, or it was not met after all."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError, unknown_name
from planner.base.language import later, tr
from planner.base.texts import clean, required
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Basis
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import Item, Milestone, MilestoneReport
from planner.writes.items import checked_day
from planner.writes.newest import newest
from planner.writes.reports.doubts import checking_consistency
from planner.writes.reports.item_write import as_of_day, writing_on_item


@value_class
class MilestoneReported:
    """A report on a milestone as it was recorded."""

    code: str
    number: int
    title: str
    met_on: date | None
    forecast: date | None
    as_of: date
    actor: str
    recorded_at: datetime


def milestone_row(session: Session, item: Item, number: int) -> Milestone:
    """Return an item's milestone by its number.

    Raises UnknownNameError if the item has no milestone with this number.
    """
    own = Milestone.item_id == item.id, ~Milestone.taken_out
    rows = session.execute(select(Milestone).where(*own)).scalars().all()
    for row in rows:
        if row.number == number:
            return row
    numbers = sorted(row.number for row in rows)
    none = tr("{code} has no milestones", code=item.code)
    raise unknown_name(
        tr("{code} has no milestone {number}", code=item.code, number=number),
        later("milestones"),
        numbers,
        where=f"milestone_{number}",
        none=none,
    )


def newest_report(session: Session, milestone_id: int, as_of: date) -> MilestoneReport | None:
    """Return the report on a milestone that is current on a day, or None if there is none."""
    return newest(session, MilestoneReport, {"milestone_id": milestone_id}, as_of=as_of)


def require_open(session: Session, item: Item, milestone: Milestone, as_of: date) -> None:
    """Raise NotAllowedError if a milestone was met on or before a day.

    Its date can then no longer be moved or forecast.
    """
    report = newest_report(session, milestone.id, as_of)
    if report is not None and report.met_on is not None:
        raise NotAllowedError(
            tr("milestone {number} was met on {met_on}", number=milestone.number, met_on=report.met_on),
            where=item.code,
            do=tr("First report the milestone as not met"),
            by_field="not_met",
        )


def meet_milestone(
    writing: Writing,
    code: str,
    number: int,
    met_on: date,
    *,
    evidence: str | None = None,
    check_doubts: bool = False,
) -> MilestoneReported:
    """Record that a milestone was met on a day. This day is also the as-of date, and must not be after today."""
    checked_day(writing.plan, met_on, writing.today, f"milestone_{number}_met")
    with writing_on_item(writing, code, Permission.REPORT) as (journal, item):
        milestone = milestone_row(writing.session, item, number)
        with checking_consistency(writing, [item.code], writing.today, check_doubts=check_doubts):
            row = add_meeting(journal, item, milestone, met_on, writing.today, evidence)
        return _reported(item, milestone, row)


def forecast_milestone(
    writing: Writing,
    code: str,
    number: int,
    forecast: date,
    *,
    as_of: date | None = None,
    check_doubts: bool = False,
) -> MilestoneReported:
    """Record the date on which a milestone is now expected to be met.

    The agreed date does not change. Raises NotAllowedError if the milestone was met.
    """
    day = as_of_day(writing, as_of)
    with writing_on_item(writing, code, Permission.REPORT, day) as (journal, item):
        milestone = milestone_row(writing.session, item, number)
        with checking_consistency(writing, [item.code], day, check_doubts=check_doubts):
            row = add_forecast(journal, item, milestone, forecast, day)
        return _reported(item, milestone, row)


def take_back_milestone(
    writing: Writing,
    code: str,
    number: int,
    reason: str,
    *,
    as_of: date | None = None,
    check_doubts: bool = False,
) -> MilestoneReported:
    """Record that a milestone reported as met was not met, with the reason. The earlier report stays in the history.

    Raises NotAllowedError if the milestone is not reported as met.
    """
    day = as_of_day(writing, as_of)
    why = required(reason, "reason")
    with writing_on_item(writing, code, Permission.REPORT, day) as (journal, item):
        milestone = milestone_row(writing.session, item, number)
        before = newest_report(writing.session, milestone.id, day)
        if before is None or before.met_on is None:
            raise NotAllowedError(tr("milestone {number} is not reported as met", number=number), where=item.code)
        with checking_consistency(writing, [item.code], day, check_doubts=check_doubts):
            row = add_milestone_report(journal, item, milestone, day, Basis.REGISTERED, evidence=why)
        return _reported(item, milestone, row)


def add_meeting(
    journal: Journal, item: Item, milestone: Milestone, met_on: date, today: date, evidence: str | None
) -> MilestoneReport:
    """Add the report that a milestone was met, as part of an open write transaction.

    Raises NotAllowedError if the milestone is already reported as met.
    """
    before = newest_report(journal.session, milestone.id, today)
    if before is not None and before.met_on is not None:
        raise NotAllowedError(
            tr("milestone {number} was already met on {met_on}", number=milestone.number, met_on=before.met_on),
            where=item.code,
            do=tr("To correct the date, first report the milestone as not met, then report the right date"),
            by_field="not_met",
        )
    # The as-of date must not be before that of the latest report, or that report would remain the current one.
    # A milestone may be met before its item is added to the plan, but nothing is known of the item on that day.
    as_of = max(met_on, before.as_of if before else met_on, item.added_on or met_on)
    return add_milestone_report(journal, item, milestone, as_of, Basis.REGISTERED, met_on=met_on, evidence=evidence)


def add_forecast(journal: Journal, item: Item, milestone: Milestone, forecast: date, as_of: date) -> MilestoneReport:
    """Add a milestone's forecast, as part of an open write transaction.

    Raises NotAllowedError if the milestone was met.
    """
    require_open(journal.session, item, milestone, as_of)
    return add_milestone_report(journal, item, milestone, as_of, Basis.REGISTERED, forecast=forecast)


def add_milestone_report(
    journal: Journal,
    item: Item,
    milestone: Milestone,
    as_of: date,
    basis: Basis,
    *,
    met_on: date | None = None,
    forecast: date | None = None,
    evidence: str | None = None,
) -> MilestoneReport:
    """Add a report on a milestone, as part of an open write transaction."""
    return journal.add(
        MilestoneReport(
            milestone_id=milestone.id,
            as_of=as_of,
            met_on=met_on,
            forecast=forecast,
            evidence=clean(evidence, f"milestone_{milestone.number}_evidence"),
            basis=basis,
        ),
        action="milestone",
        label=f"{item.code} milestone {milestone.number}",
    )


def _reported(item: Item, milestone: Milestone, row: MilestoneReport) -> MilestoneReported:
    return MilestoneReported(
        item.code, milestone.number, milestone.title, row.met_on, row.forecast, row.as_of, row.actor, row.recorded_at
    )
