"""What a second person does with a report: confirming that the item has ended, or returning the report."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.texts import required
from planner.domain.rules.doubts import about_merged
from planner.domain.rules.permissions import Permission
from planner.domain.symbols import words
from planner.domain.vocabulary import Confirmation, Phase
from planner.queries.history.item_history.texts import milestone_text, observation_text
from planner.queries.items.merged import read_merged_here
from planner.queries.plans.lineage import read_lineage
from planner.register.effective_records import is_effective, recorded_with
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.journal import Actor, Journal
from planner.store.models import (
    CompletionConfirmation,
    DateChange,
    Indicator,
    Item,
    Milestone,
    MilestoneReport,
    Observation,
    StatusUpdate,
)
from planner.tables.json_form import NOT_IN_JSON
from planner.writes.items import item_row
from planner.writes.newest import newest
from planner.writes.open_items import is_confirmed, require_lead_if_open
from planner.writes.plan_changes.facts import Act
from planner.writes.plan_changes.split_parts import is_of_split, parts_to_remove, remove_parts
from planner.writes.reports.conflicts import require_unchanged
from planner.writes.reports.doubts import DoubtfulError
from planner.writes.reports.endings import require_no_circle
from planner.writes.reports.item_write import writing_on_item
from planner.writes.reports.other_requests import open_requests_of

if TYPE_CHECKING:
    from planner.queries.history.expected_state import ExpectedReport


@dataclass(frozen=True)
class Answered:
    """A recorded confirmation or return of another person's report.

    `phase` is the phase in the report. `continued` says which items of other plans continue an item that was confirmed
    as ended. `fell_back` describes the records that no longer count because they were saved
    together with a returned report.
    """

    code: str
    outcome: Confirmation
    reported_by: str
    reported_as_of: date
    reason: str | None
    actor: str
    recorded_at: datetime
    phase: Phase
    fell_back: tuple[str, ...] = ()
    continued: tuple[str, ...] = field(default=(), metadata=NOT_IN_JSON)


def confirm_ending(
    writing: Writing, code: str, *, expected: "ExpectedReport | None" = None, check_doubts: bool = False
) -> Answered:
    """Confirm another person's report that an item is completed, cancelled or merged.

    `expected` is the report that the user was shown. Raises ConflictError if a different report is current now. Raises
    NotAllowedError if the item is not reported as ended, if the ending was confirmed before, or if the actor made the
    report. If `check_doubts` is true, raises DoubtfulError when the item is reported as cancelled or merged although
    other items were merged into it.
    """
    with writing_on_item(writing, code, Permission.CONFIRM) as (journal, item):
        report = _unchanged_report(writing, item, expected)
        if not report.phase.terminal:
            raise NotAllowedError(
                tr(
                    "the item is {phase}, and only a completed, cancelled or merged item can be confirmed",
                    phase=words(report.phase.value),
                ),
                where=item.code,
                do=open_requests_of(writing.reading(), item.code),
            )
        _require_other_author(writing.session, report, writing.actor, item)
        if is_confirmed(writing.session, report):
            raise NotAllowedError(
                tr("this item has already been confirmed as {phase}", phase=words(report.phase.value)), where=item.code
            )
        if check_doubts:
            _require_nothing_merged_here(writing.reading(), item, report.phase)
        answered = _answer(journal, item, report, Confirmation.CONFIRMED, None)
        return replace(answered, continued=read_lineage(writing.reading(), item.id).later_sentences)


def return_report(writing: Writing, code: str, reason: str, *, expected: "ExpectedReport | None" = None) -> Answered:
    """Return an item's latest report to its author, with a reason. The report no longer counts, and a new one is owed.

    Milestones, dates and values saved together with the report no longer count either. If the item was split, the new
    items are removed. `expected` is the report that the user was shown.

    Raises ConflictError if a different report is current now. Raises NotAllowedError if no report counts, if the actor
    made the report, if the item would be open and its lead was merged or dissolved, or if something was recorded on a
    new item of a split.
    """
    why = required(reason, "reason")
    with writing_on_item(writing, code, Permission.RETURN) as (journal, item):
        report = _unchanged_report(writing, item, expected)
        _require_other_author(writing.session, report, writing.actor, item)
        fell_back = _saved_with(writing.session, item, report)
        answered = _answer(journal, item, report, Confirmation.RETURNED, why, fell_back)
        writing.session.flush()
        require_no_circle(writing.session, item.id)
        require_lead_if_open(writing.session, item)
        remove_parts(Act(writing, journal, writing.day, why), report)
        return answered


def what_falls_back(reading: Reading, code: str) -> tuple[str, ...]:
    """Describe the records that would no longer count if an item's latest report were returned.

    Return an empty tuple if the report was saved alone. Raises NotAllowedError if the item has no report that counts,
    and UnknownNameError if the plan has no item with this code.
    """
    item = item_row(reading.session, reading.plan, code)
    return _saved_with(reading.session, item, _report(reading, item))


def _saved_with(session: Session, item: Item, report: StatusUpdate) -> tuple[str, ...]:
    """Describe the item's records that were saved in the same write as the report and still count."""

    def rows(history: Any) -> Sequence[Any]:
        same_write = recorded_with(history, StatusUpdate.id == report.id)
        statement = select(history).where(history.id.in_(same_write), is_effective(history)).order_by(history.id)
        return session.execute(statement).scalars().all()

    numbers = {row.id: row.number for row in _parts(session, Milestone, item)}
    indicators = {row.id: row.number for row in _parts(session, Indicator, item)}
    milestones = [milestone_text(row, numbers[row.milestone_id]) for row in rows(MilestoneReport)]
    dates = [_moved(row, numbers.get(row.milestone_id)) for row in rows(DateChange)]
    values = [observation_text(row, indicators[row.indicator_id]) for row in rows(Observation)]
    parts = [tr("the new item {code} is removed", code=part.code) for part in parts_to_remove(session, report)]
    return (*milestones, *dates, *values, *parts)


def _moved(row: DateChange, milestone: int | None) -> str:
    if milestone is None:
        return tr("the due date moved to {day}", day=row.new_date)
    return tr("milestone {number} moved to {day}", number=milestone, day=row.new_date)


def _parts(session: Session, part: Any, item: Item) -> Sequence[Any]:
    return session.execute(select(part).where(part.item_id == item.id)).scalars().all()


def _unchanged_report(writing: Writing, item: Item, expected: "ExpectedReport | None") -> StatusUpdate:
    """Return the item's latest report. Raises ConflictError if it is not the expected one."""
    if expected is not None:
        require_unchanged(writing, item, expected)
    return _report(writing.reading(), item)


def _report(reading: Reading, item: Item) -> StatusUpdate:
    report = newest(reading.session, StatusUpdate, {"item_id": item.id}, as_of=reading.as_of)
    if report is None:
        raise NotAllowedError(
            tr("this item has no report that can be confirmed or returned"),
            where=item.code,
            do=open_requests_of(reading, item.code),
        )
    return report


def _require_other_author(session: Session, report: StatusUpdate, actor: Actor, item: Item) -> None:
    if report.actor == actor.name:
        own = tr("To take back your own report, undo it")
        # docs/decisions/0127: a split is an ending, so it takes a second person, who also takes it back.
        of_split = tr(
            "It is the report of a split, which nobody can undo. Ask another person who may confirm to return it"
        )
        raise NotAllowedError(
            tr("you wrote this report yourself, so somebody else must confirm or return it"),
            where=item.code,
            do=of_split if is_of_split(session, report) else own,
        )


def _require_nothing_merged_here(reading: Reading, item: Item, phase: Phase) -> None:
    doubts = tuple(about_merged(phase, read_merged_here(reading, item.id) if phase.dropped else ()))
    if doubts:
        raise DoubtfulError(item.code, doubts)


def _answer(
    journal: Journal,
    item: Item,
    report: StatusUpdate,
    outcome: Confirmation,
    reason: str | None,
    fell_back: tuple[str, ...] = (),
) -> Answered:
    row = add_answer(journal, item, report, outcome, reason)
    return Answered(
        code=item.code,
        outcome=outcome,
        reported_by=report.actor,
        reported_as_of=report.as_of,
        reason=row.reason,
        actor=row.actor,
        recorded_at=row.recorded_at,
        phase=report.phase,
        fell_back=fell_back,
    )


def add_answer(
    journal: Journal, item: Item, report: StatusUpdate, outcome: Confirmation, reason: str | None
) -> CompletionConfirmation:
    """Add the confirmation or return of a report, as part of an open write transaction."""
    return journal.add(
        CompletionConfirmation(
            status_update_id=report.id,
            reported_by=report.actor,
            outcome=outcome,
            reason=reason,
        ),
        action="confirm" if outcome is Confirmation.CONFIRMED else "return",
        label=item.code,
        reason=reason,
    )
