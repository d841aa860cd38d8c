"""The first mandate version of a plan that has no mandate: when it is adopted, it becomes the mandate of the plan."""

from datetime import date

from planner.base.command_names import command_with
from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.register.closing import require_open
from planner.register.writing import Writing
from planner.store.journal import Journal
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


def give_mandate(
    writing: Writing, journal: Journal, plan: str, version: Mandate, reason: str, day: date | None, action: str
) -> None:
    """Make an adopted version the mandate of its plan from a day on, within an open write.

    Raises NotAllowedError if the write is about another plan, or if the plan is closed or has a mandate. Raises
    BadValueError if the day is after today or before the plan starts.
    """
    # docs/decisions/0147: a fact of the plan, so that a read as of an earlier day finds no mandate.
    require_open(writing.session, writing.plan)
    require_no_mandate(writing, plan)
    checked = checked_act_day(writing.plan, day or writing.day, writing.today)
    changed_facts(Act(writing, journal, checked, reason), mandate_fact(writing, version), action=action)


def require_no_day(plan: str, day: date | None, supersedes: str | None) -> None:
    """Raise BadValueError if a day is given for a version that does not become the mandate of a plan."""
    if day is not None:
        raise BadValueError(
            tr("this version supersedes {version}, so the mandate of the plan does not change", version=supersedes),
            where="as_of",
            do=tr(
                "Leave out the day. To change the mandate of the plan, use '{command}'",
                command=command_with(f"plan edit {plan}", mandate="KEY"),
            ),
        )
