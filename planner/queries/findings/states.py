"""Findings about contradictions: ratings against computed states, and stated totals against the register."""

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import attrgetter

from planner.base.formats import percent
from planner.base.language import tr
from planner.domain.vocabulary import ComputedFinding, FindingSubject
from planner.queries.findings.known_register import ItemLine, ItemWords, KnownRegister, about_item
from planner.queries.findings.on_demand import ViewsOnDemand
from planner.queries.findings.views import About, FindingView, SideView, computed
from planner.queries.items.contradictions import Contradiction, read_contradictions
from planner.queries.weeks.inventory import counts_by_total, shortfalls
from planner.store.models import PlanTotal

_KIND = attrgetter("kind")


def contradicted_confidence(register: KnownRegister) -> Sequence[FindingView]:
    """Return a finding per item that its officer rated green although it is overdue or off track."""
    found = {one.item_id: one for one in read_contradictions(register, register.chosen)}

    def views(items: Sequence[ItemLine]) -> Iterator[FindingView]:
        words = register.words(items)
        return (_contradicted(item, words[item.id], found[item.id]) for item in items)

    return ViewsOnDemand([item for key, item in register.items.items() if key in found], views)


def _contradicted(item: ItemLine, words: ItemWords, found: Contradiction) -> FindingView:
    statement = (
        f"'{words.title}' was rated green on {found.reported_on} although it is"
        f" {found.schedule.value.replace('_', ' ')}: {percent(found.actual or 0.0)} done,"
        f" {percent(found.expected)} expected, due {found.current_due}."
    )
    covers = (found.schedule.value,)
    about = about_item(item, words)
    return computed(ComputedFinding.CONFIDENCE_CONTRADICTED, item.code, statement, about, covers=covers)


def totals_that_differ(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding per total that the plan states and the register does not match."""
    plan = register.plan
    totals = sorted((row for row in register.known_rows(PlanTotal) if row.plan_id == plan.id), key=lambda row: row.id)
    stated = {total.name: total.value for total in totals if total.value is not None}
    differing = shortfalls(stated, _item_counts(register))
    citations = register.citations([total.citation_id for total in totals])
    for total in totals:
        if total.name in differing:
            shortfall = differing[total.name]
            citation = citations.get(total.citation_id) if total.citation_id else None
            side = citation and SideView(tr("The plan"), False, citation.document, None, None, None, citation)
            yield computed(
                ComputedFinding.TOTAL_DIFFERS,
                total.name,
                f"{shortfall[:1].upper()}{shortfall[1:]}.",
                About(FindingSubject.PLAN, plan.key, plan.title),
                (side,) if side else (),
            )


def _item_counts(register: KnownRegister) -> dict[str, int]:
    """Return the numbers of all items and of each kind, by the names of the totals that a plan states."""
    return counts_by_total(register.plan, Counter(map(_KIND, register.items.values())))
