"""Recording an officer's report on an item."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy.orm import Session

from planner.errors import BadValueError, NotAllowedError
from planner.journal import Actor, Journal, writing
from planner.models import Item, StatusUpdate
from planner.queries.plans import PlanView
from planner.queries.register import status_view
from planner.queries.views import StatusView
from planner.rules.permissions import Deed
from planner.texts import clean
from planner.vocabulary import Basis, Confidence, MeasuredBy, Phase
from planner.writes.items import checked_day, item_row
from planner.writes.newest import newest
from planner.writes.permission import require


@dataclass(frozen=True)
class Report:
    """What an officer reports. Phase, confidence, percent left out stay as last reported; texts are its own."""

    phase: Phase | None = None
    confidence: Confidence | None = None
    percent: int | None = None
    done: str | None = None
    next: str | None = None
    blocker: str | None = None
    help_needed: str | None = None
    evidence: str | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing at all is reported; blank text says nothing."""
        given = (getattr(self, field.name) for field in fields(self))
        return all(value is None or (isinstance(value, str) and not value.strip()) for value in given)


def record_status(
    session: Session, actor: Actor, plan: PlanView, code: str, report: Report, *, as_of: date, today: date, at: datetime
) -> StatusView:
    """Record a report as of a date (today or earlier) at an instant.

    Raises BadValueError for what cannot be so, NotAllowedError for a percent on an item measured by its milestones,
    UnknownNameError for a code the plan does not have. Then nothing was written.
    """
    if report.empty:
        raise BadValueError("nothing is reported", where="update", do="Give at least one of the fields")
    checked_day(plan, as_of, today, "--as-of")
    with writing(session, actor, at) as journal:
        item = item_row(session, plan, code)
        require(session, actor, Deed.REPORT, item)
        row = add_status(journal, item, report, as_of, Basis.REGISTERED)
    return status_view(row)


def add_status(journal: Journal, item: Item, report: Report, as_of: date, basis: Basis) -> StatusUpdate:
    """Add a report to a write that is already open."""
    if report.percent is not None and not 0 <= report.percent <= 100:
        raise BadValueError(
            f"{report.percent} is not a percent", where="--percent", do="Give a whole number from 0 to 100"
        )
    by_milestones = item.measured_by == MeasuredBy.MILESTONES
    if by_milestones and report.percent is not None:
        raise NotAllowedError(
            f"{item.code} is measured by its milestones, so its percent follows from them",
            where="--percent",
            do=f"Mark a milestone met instead: planner milestone {item.code} NUMBER --met DATE",
        )
    last = newest(journal.session, StatusUpdate, StatusUpdate.item_id == item.id, as_of=as_of)
    phase = report.phase or _phase_after(last, report)
    percent = report.percent if report.percent is not None else (last.percent if last else None)
    if phase is Phase.COMPLETED:
        _require_evidence(report, last)
        percent = percent if by_milestones else _complete_percent(report)
    return journal.add(
        StatusUpdate(
            item_id=item.id,
            as_of=as_of,
            phase=phase.value,
            confidence=report.confidence.value if report.confidence else (last.confidence if last else None),
            percent=percent,
            completed_on=_completed_on(phase, last, as_of),
            done=clean(report.done, "--done"),
            next=clean(report.next, "--next"),
            blocker=clean(report.blocker, "--blocker"),
            help_needed=clean(report.help_needed, "--help-needed"),
            evidence=clean(report.evidence, "--evidence"),
            basis=basis.value,
            actor=journal.actor.name,
            recorded_at=journal.at,
        ),
        action="report",
        label=item.code,
    )


def _phase_after(last: StatusUpdate | None, report: Report) -> Phase:
    """The phase where none is given: as last reported; an item on which work is first reported is in progress."""
    before = Phase(last.phase) if last else Phase.NOT_STARTED
    worked = bool(report.percent) or bool(report.done and report.done.strip())
    return Phase.IN_PROGRESS if before is Phase.NOT_STARTED and worked else before


def _require_evidence(report: Report, last: StatusUpdate | None) -> None:
    """Completing an item asks for what shows it; a later report on the same completion does not ask again."""
    completes = last is None or last.phase != Phase.COMPLETED
    if completes and not (report.evidence and report.evidence.strip()):
        raise BadValueError(
            "completing an item asks for its evidence",
            where="--evidence",
            do="Name what shows that it is done: a document, a link, a record",
        )


def _complete_percent(report: Report) -> int:
    if report.percent not in (None, 100):
        raise BadValueError(
            f"a completed item is at 100 percent, not {report.percent}",
            where="--percent",
            do="Leave --percent out, or report another phase",
        )
    return 100


def _completed_on(phase: Phase, last: StatusUpdate | None, as_of: date) -> date | None:
    """The completion date: kept where the item was completed before, else the date of this report."""
    if phase is not Phase.COMPLETED:
        return None
    return last.completed_on if last and last.completed_on else as_of
