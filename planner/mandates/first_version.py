"""The first mandate version of a plan that has no mandate: when it is adopted, it becomes the mandate of the plan."""

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.register.closing import require_open
from planner.register.writing import Writing
from planner.store.models import Mandate
from planner.writes.items import checked_act_day
from planner.writes.plan_changes.facts import Act
from planner.writes.plan_changes.plan_facts import changed_facts
from planner.writes.plans.plan_mandate import mandate_fact


def require_no_mandate(writing: Writing, plan: str) -> None:
    """Raise NotAllowedError unless the write is about the plan with this key, and the plan has no mandate."""
    if plan != writing.plan.key:
        raise NotAllowedError(
            tr("this is proposed as the first mandate version of the plan '{plan}'", plan=plan),
            where=writing.plan.key,
            do=tr("Name that plan, or choose it with 'planner plan use {plan}'", plan=plan),
        )
    if writing.plan.has_mandate:
        raise NotAllowedError(
            tr("the plan already has the mandate '{mandate}'", mandate=writing.plan.mandate),
            where=writing.plan.key,
            do=tr(
                "Propose the text again: it is then compared with that mandate. If there is already a proposal"
                " of this text, drop it first"
            ),
        )


def give_mandate(act: Act, plan: str, version: Mandate, action: str) -> None:
    """Make an adopted version the mandate of its plan, as part of an act. `plan` is the key of that plan.

    Raises NotAllowedError if the write is about another plan, or if the plan is closed or has a mandate. Raises
    BadValueError if the day is after today or before the plan starts.
    """
    # docs/decisions/0147: a fact of the plan, so that a read as of an earlier day finds no mandate.
    require_open(act.writing.session, act.writing.plan)
    require_no_mandate(act.writing, plan)
    checked_act_day(act.writing.plan, act.day, act.writing.today)
    changed_facts(act, mandate_fact(act.writing, version), action=action)
