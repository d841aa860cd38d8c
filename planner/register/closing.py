"""Whether a plan is closed. A closed plan can only be read."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.views import value_class
from planner.domain.vocabulary import PlanEvent
from planner.register.instants import recorded_until
from planner.register.plan_view import PlanView
from planner.store.models import PlanAct


@value_class
class Closing:
    """The act that closed a plan: its day, its reason, the person and the instant."""

    as_of: date
    reason: str
    actor: str
    recorded_at: datetime


def read_closing(
    session: Session, plan_id: int, day: date = date.max, known_at: datetime | None = None
) -> Closing | None:
    """Return the act that closed a plan, or None if it is open. Acts after a day or an instant are left out."""
    kinds = (PlanEvent.CLOSED, PlanEvent.REOPENED)
    acts = select(PlanAct).where(PlanAct.plan_id == plan_id, PlanAct.kind.in_(kinds))
    acts = acts.where(*recorded_until(PlanAct, day, known_at))
    last = session.execute(acts.order_by(PlanAct.id.desc()).limit(1)).scalar()
    if last is None or last.kind != PlanEvent.CLOSED:
        return None
    return Closing(last.as_of, last.reason, last.actor, last.recorded_at)


def require_open(session: Session, plan: PlanView) -> None:
    """Raise NotAllowedError if a plan is closed."""
    closing = read_closing(session, plan.id)
    if closing is not None:
        raise is_closed(plan.key, closing)


def is_closed(key: str, closing: Closing) -> NotAllowedError:
    """Return the error that says why nothing can be written about the plan with this key."""
    return NotAllowedError(
        tr(
            "{actor} closed this plan on {day} ({reason}), so it can only be read",
            actor=closing.actor,
            day=closing.as_of,
            reason=closing.reason,
        ),
        where=key,
        do=tr("An administrator can open it again with 'planner plan reopen {plan}'", plan=key),
    )
