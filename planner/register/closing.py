"""Whether a plan is closed. A closed plan can only be read."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.views import value_class
from planner.domain.vocabulary import PlanEvent
from planner.register.instants import recorded_until
from planner.register.plan_view import PlanView
from planner.register.raw_rows import named_rows, unmapped_table
from planner.register.reading import Reading


@value_class
class Closing:
    """The act that closed a plan: its day, its reason, the person and the instant."""

    as_of: date
    reason: str
    actor: str
    recorded_at: datetime


class _Act(NamedTuple):
    id: int
    plan_id: int
    kind: str
    as_of: date
    reason: str
    actor: str
    recorded_at: datetime


# Every write asks whether its plan is closed, and needs no mapped class for it.
_ACTS = unmapped_table("plan_act", _Act)


def read_closing(
    session: Session, plan_id: int, day: date = date.max, known_at: datetime | None = None
) -> Closing | None:
    """Return the act that closed a plan, or None if it is open. Acts after a day or an instant are left out."""
    act, kinds = _ACTS.columns, (PlanEvent.CLOSED.value, PlanEvent.REOPENED.value)
    acts = select(_ACTS).where(act.plan_id == plan_id, act.kind.in_(kinds), *recorded_until(act, day, known_at))
    last = next(iter(named_rows(session, _Act, acts.order_by(act.id.desc()).limit(1))), None)
    if last is None or last.kind != PlanEvent.CLOSED:
        return None
    return Closing(last.as_of, last.reason, last.actor, last.recorded_at)


def closing_on(reading: Reading) -> Closing | None:
    """Return the act that closed the plan of a reading, or None if it is open.

    This is asked about today, unless somebody chose another day: a plan that is long over is shown as of its end, and
    was closed after that.
    """
    return read_closing(reading.session, reading.plan.id, reading.today, reading.known_at)


def require_open(session: Session, plan: PlanView, day: date = date.max, known_at: datetime | None = None) -> None:
    """Raise NotAllowedError if a plan is closed. Acts after a day or an instant are left out."""
    closing = read_closing(session, plan.id, day, known_at)
    if closing is not None:
        raise is_closed(plan.key, closing)


class PlanClosedError(NotAllowedError):
    """Nothing can be written about a plan, because it is closed."""


def is_closed(key: str, closing: Closing) -> PlanClosedError:
    """Return the error that says why nothing can be written about the plan with this key."""
    return PlanClosedError(
        tr(
            "{actor} closed this plan on {day} ({reason}), so it can only be read",
            actor=closing.actor,
            day=closing.as_of,
            reason=closing.reason,
        ),
        where=key,
        do=tr("An administrator can open it again with 'planner plan reopen {plan}'", plan=key),
    )
