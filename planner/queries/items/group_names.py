"""Checks the measures, kinds of items and lead rules that a user names as filters."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import unknown_name
from planner.base.language import later, tr
from planner.domain.codes import canonical_key, code_key
from planner.domain.vocabulary import RuleKind
from planner.queries.items.filters import NO_MEASURE, NO_RULE
from planner.register.plan_view import PlanView
from planner.register.reading import Reading
from planner.store.models import DerivationRule, Measure


def known_measures(reading: Reading, codes: Iterable[str]) -> list[str]:
    """Return measure codes in their usual form. Raises UnknownNameError for a measure that the plan does not have."""
    of_plan = select(Measure.code).where(Measure.plan_id == reading.plan.id).order_by(Measure.position)
    known = {code_key(code): code for code in (*reading.session.execute(of_plan).scalars(), NO_MEASURE)}
    named = list(codes)
    for code in named:
        if code_key(code) not in known:
            raise unknown_name(
                tr("the plan has no measure '{code}'", code=code), later("measures"), known.values(), where="measure"
            )
    return [known[code_key(code)] for code in named]


def known_kinds(plan: PlanView, names: Iterable[str]) -> list[str]:
    """Return the keys of kinds of items, given by key or title. Raises UnknownNameError for an unknown kind."""
    known = {_spelling(name): kind.key for kind in plan.kinds for name in (kind.title, kind.key)}
    named = list(names)
    for name in named:
        if _spelling(name) not in known:
            keys = [kind.key for kind in plan.kinds]
            raise unknown_name(
                tr("the plan has no kind of items '{kind}'", kind=name), later("kinds"), keys, where="kind"
            )
    return [known[_spelling(name)] for name in named]


def _spelling(name: str) -> str:
    return canonical_key(name).replace("_", " ").replace("-", " ")


def known_rules(session: Session, keys: Iterable[str]) -> list[str]:
    """Return the keys of lead rules in their usual form. Raises UnknownNameError for a rule that does not exist."""
    of_leads = select(DerivationRule.key).where(DerivationRule.kind == RuleKind.LEAD).order_by(DerivationRule.key)
    known = [*session.execute(of_leads).scalars(), NO_RULE]
    named = [canonical_key(key) for key in keys]
    for key in named:
        if key not in known:
            raise unknown_name(tr("there is no lead rule '{key}'", key=key), later("lead rules"), known, where="rule")
    return named
