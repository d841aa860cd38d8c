"""Closing a plan, so that it can only be read, and opening it again."""

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.texts import required
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import PlanEvent
from planner.register.closing import read_closing, require_open
from planner.register.writing import Writing
from planner.store.models import PlanAct
from planner.writes.permission import require


def close_plan(writing: Writing, reason: str) -> None:
    """Close the plan of the write. From then on, every write about the plan is refused.

    Raises NotAllowedError if the plan is closed already or the actor is not an administrator.
    """
    _act(writing, PlanEvent.CLOSED, reason)


def reopen_plan(writing: Writing, reason: str) -> None:
    """Open a closed plan again.

    Raises NotAllowedError if the plan is open or the actor is not an administrator.
    """
    _act(writing, PlanEvent.REOPENED, reason)


def _act(writing: Writing, kind: PlanEvent, reason: str) -> None:
    why = required(reason, "reason")
    session, plan = writing.session, writing.plan
    with writing.journal(of_plan=False) as journal:
        require(session, writing.actor, Permission.KEEP_PLANS)
        if kind is PlanEvent.CLOSED:
            require_open(session, plan)
        elif read_closing(session, plan.id) is None:
            raise NotAllowedError(tr("this plan is open"), where=plan.key, do=tr("There is nothing to do"))
        act = PlanAct(plan_id=plan.id, kind=kind, as_of=writing.today, reason=why)
        journal.add(act, action=_ACTIONS[kind], label=plan.key, reason=why)


_ACTIONS = {PlanEvent.CLOSED: "close-plan", PlanEvent.REOPENED: "reopen-plan"}
