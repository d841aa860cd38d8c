"""What somebody other than the reporter answers to a report: a completion is confirmed, a report is returned."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.errors import NotAllowedError
from planner.journal import Actor, Journal, writing
from planner.models import CompletionConfirmation, Item, StatusUpdate
from planner.queries.counted import counts, outcomes
from planner.queries.plans import PlanView
from planner.rules.permissions import Deed
from planner.texts import required
from planner.vocabulary import Confirmation, Phase
from planner.writes.conflicts import require_unchanged
from planner.writes.items import item_row
from planner.writes.newest import newest
from planner.writes.permission import require

if TYPE_CHECKING:
    from planner.queries.seen import SeenReport


@dataclass(frozen=True)
class Answered:
    """A recorded answer to a report of somebody else."""

    code: str
    outcome: Confirmation
    reported_by: str
    reported_as_of: date
    reason: str | None
    actor: str
    recorded_at: datetime


def confirm_completion(
    session: Session,
    actor: Actor,
    plan: PlanView,
    code: str,
    *,
    seen: "SeenReport | None" = None,
    today: date,
    at: datetime,
) -> Answered:
    """Confirm that an item is completed, as it was reported by somebody else.

    `seen` is the report the person was shown; ConflictError is raised where another one holds by now, NotAllowedError
    where the item is not reported as completed, was confirmed before, or was reported by the actor.
    """
    with writing(session, actor, at) as journal:
        item = item_row(session, plan, code)
        require(session, actor, Deed.CONFIRM, item)
        report = _report(session, plan, item, seen, today)
        if report.phase != Phase.COMPLETED:
            raise NotAllowedError(f"it is not reported as completed but {report.phase}", where=item.code)
        _by_somebody_else(report, actor, item)
        if _is_confirmed(session, report):
            raise NotAllowedError("its completion is confirmed already", where=item.code)
        return _answer(journal, item, report, Confirmation.CONFIRMED, None)


def return_report(
    session: Session,
    actor: Actor,
    plan: PlanView,
    code: str,
    reason: str,
    *,
    seen: "SeenReport | None" = None,
    today: date,
    at: datetime,
) -> Answered:
    """Return an item's latest report to who made it, with the reason: it counts no longer and is owed anew.

    `seen` is the report the person was shown; ConflictError is raised where another one holds by now, NotAllowedError
    where nothing is reported, or the actor reported it.
    """
    why = required(reason, "--reason")
    with writing(session, actor, at) as journal:
        item = item_row(session, plan, code)
        require(session, actor, Deed.RETURN, item)
        report = _report(session, plan, item, seen, today)
        _by_somebody_else(report, actor, item)
        return _answer(journal, item, report, Confirmation.RETURNED, why)


def _report(session: Session, plan: PlanView, item: Item, seen: "SeenReport | None", today: date) -> StatusUpdate:
    if seen is not None:
        require_unchanged(session, plan, item, seen, today)
    report = newest(session, StatusUpdate, StatusUpdate.item_id == item.id, as_of=today)
    if report is None:
        raise NotAllowedError("there is no report on it that counts", where=item.code)
    return report


def _by_somebody_else(report: StatusUpdate, actor: Actor, item: Item) -> None:
    if report.actor == actor.name:
        raise NotAllowedError(
            "you reported it yourself, and somebody else is to answer",
            where=item.code,
            do="To take your own report back, undo it",
        )


def _is_confirmed(session: Session, report: StatusUpdate) -> bool:
    """Whether this completion was confirmed, on this report or on an earlier one of the same completion."""
    same = (
        outcomes(Confirmation.CONFIRMED)
        .join(StatusUpdate, StatusUpdate.id == CompletionConfirmation.status_update_id)
        .where(
            StatusUpdate.item_id == report.item_id,
            StatusUpdate.completed_on == report.completed_on,
            counts(StatusUpdate),
        )
    )
    return session.execute(select(same.exists())).scalar_one()


def _answer(journal: Journal, item: Item, report: StatusUpdate, outcome: Confirmation, reason: str | None) -> Answered:
    row = add_answer(journal, item, report, outcome, reason)
    return Answered(item.code, outcome, report.actor, report.as_of, row.reason, row.actor, row.recorded_at)


def add_answer(
    journal: Journal, item: Item, report: StatusUpdate, outcome: Confirmation, reason: str | None
) -> CompletionConfirmation:
    """Add an answer to a report to a write that is already open."""
    return journal.add(
        CompletionConfirmation(
            status_update_id=report.id,
            reported_by=report.actor,
            outcome=outcome.value,
            reason=reason,
            actor=journal.actor.name,
            recorded_at=journal.at,
        ),
        action="confirm" if outcome is Confirmation.CONFIRMED else "return",
        label=item.code,
        reason=reason,
    )
