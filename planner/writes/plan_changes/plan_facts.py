"""Changing facts of a plan or of one of its themes as of a day: the row, and one row of history for each fact."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import and_

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.domain.vocabulary import Basis
from planner.store.models import Plan, PlanChange, Theme
from planner.writes.plan_changes.facts import Act, Fact, require_latest

Changes = dict[str, tuple[str | None, str | None]]
_Row = TypeVar("_Row", Plan, Theme)


def changed_facts(act: Act, facts: Mapping[str, Fact], *, theme: Theme | None = None, action: str) -> Changes:
    """Change facts of the act's plan or of one of its themes. Return those that changed, before and after.

    Raises BadValueError if nothing changes, and NotAllowedError if a fact was changed as of a later day already.
    """
    changed = {name: fact for name, fact in facts.items() if (fact.old or "") != (fact.new or "")}
    label = act.writing.plan.key if theme is None else str(theme.number)
    if not changed:
        raise BadValueError(tr("it is already as you say"), where=label, do=tr("Give at least one value that differs"))
    own = PlanChange.theme_id.is_(None) if theme is None else PlanChange.theme_id == theme.id
    of = label if theme is None else tr("theme {number}", number=label)
    require_latest(act, PlanChange, and_(PlanChange.plan_id == act.writing.plan.id, own), changed, of=of)
    for name, fact in changed.items():
        add_plan_history(act, name, fact.old, fact.new, theme=theme, action=action)
    values = {column: value for fact in changed.values() for column, value in fact.columns.items()}
    row: Plan | Theme = act.writing.session.get_one(Plan, act.writing.plan.id) if theme is None else theme
    act.journal.change(row, values, action=action, label=label, reason=act.reason)
    return {name: (fact.old, fact.new) for name, fact in changed.items()}


def add_plan_history(
    act: Act, field: str, old: str | None, new: str | None, *, theme: Theme | None = None, action: str
) -> None:
    """Add the row of history for one fact of the act's plan or of one of its themes."""
    plan = act.writing.plan
    row = PlanChange(
        plan_id=plan.id,
        theme_id=theme.id if theme else None,
        as_of=act.day,
        field=field,
        old_value=old,
        new_value=new,
        reason=act.reason,
        basis=Basis.REGISTERED,
    )
    label = f"{plan.key} {field}" if theme is None else f"{theme.number} {field}"
    act.journal.add(row, action=action, label=label, reason=act.reason)
