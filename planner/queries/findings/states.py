"""Findings about contradictions: ratings against computed states, and stated totals against the register."""

from collections import Counter
from collections.abc import Iterator

from planner.base.formats import percent
from planner.base.language import tr
from planner.domain.codes import canonical_code
from planner.domain.vocabulary import ComputedFinding, FindingSubject, ItemKind
from planner.queries.findings.known_register import KnownRegister
from planner.queries.findings.views import About, FindingView, SideView
from planner.queries.items.ordering import code_order
from planner.queries.items.register import read_parts, read_register
from planner.queries.items.views import ItemView
from planner.queries.weeks.inventory import shortfalls
from planner.store.models import PlanTotal


def contradicted_confidence(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding per item that its officer rated green although it is overdue or off track."""
    for item in sorted(_contradicted(register), key=code_order):
        yield FindingView(
            ComputedFinding.CONFIDENCE_CONTRADICTED,
            item.code,
            _contradiction_in_words(item),
            About(FindingSubject.ITEM, item.code, item.title),
            covers=(item.schedule.value,),
        )


def _contradicted(register: KnownRegister) -> list[ItemView]:
    if register.only is not None:
        items = read_register(register, [canonical_code(register.only)])
        return [item for item in items if item.contradiction]
    parts = read_parts(register, [register.as_of])
    return [item for part in parts for item in part.on_days[0] if item.contradiction]


def _contradiction_in_words(item: ItemView) -> str:
    reported = f" on {item.last.as_of}" if item.last else ""
    return (
        f"'{item.title}' was rated green{reported} although it is {item.schedule.value.replace('_', ' ')}: "
        f"{percent(item.actual or 0.0)} done, {percent(item.expected)} expected, due {item.current_due}."
    )


def totals_that_differ(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding per total that the plan states and the register does not match."""
    plan = register.plan
    totals = sorted((row for row in register.known_rows(PlanTotal) if row.plan_id == plan.id), key=lambda row: row.id)
    differing = shortfalls({total.name: total.value for total in totals}, _item_counts(register))
    citations = register.citations([total.citation_id for total in totals])
    for total in totals:
        if total.name in differing:
            shortfall = differing[total.name]
            citation = citations.get(total.citation_id) if total.citation_id else None
            side = citation and SideView(tr("The plan"), False, citation.document, None, None, None, citation)
            yield FindingView(
                ComputedFinding.TOTAL_DIFFERS,
                total.name,
                f"{shortfall[:1].upper()}{shortfall[1:]}.",
                About(FindingSubject.PLAN, plan.key, plan.title),
                (side,) if side else (),
            )


def _item_counts(register: KnownRegister) -> dict[str, int]:
    """Count all items, the tasks, and the key projects. The keys are those of the totals that a plan states."""
    kinds = Counter(item.kind for item in register.items.values())
    tasks, projects = kinds[ItemKind.TASK], kinds[ItemKind.KEY_PROJECT]
    return {"items": tasks + projects, "tasks": tasks, "key_projects": projects}
