"""Counts of a register's contents by basis, and their differences from the totals that the plan states."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from planner.domain.vocabulary import Basis
from planner.queries.mandates.versions import mandate_versions
from planner.register.item_rows import is_item_of
from planner.register.plan_view import PlanView
from planner.store.models import (
    Base,
    Clause,
    CrosswalkRow,
    Document,
    Indicator,
    Item,
    Link,
    Mandate,
    Measure,
    Milestone,
    Organisation,
    TextFinding,
    Theme,
)


@dataclass(frozen=True)
class KindCount:
    """The number of items of a kind."""

    key: str
    title: str
    items: int


@dataclass(frozen=True)
class Inventory:
    """The number of rows of each kind in the register. `items_by_basis` counts items by the basis of their title."""

    documents: int
    organisations: int
    mandates: int
    clauses: int
    crosswalk_rows: int
    text_findings: int
    themes: int
    measures: int
    items: int
    kinds: tuple[KindCount, ...]
    milestones: int
    indicators: int
    links: int
    items_by_basis: dict[str, int]
    leads_by_basis: dict[str, int]
    milestones_by_basis: dict[str, int]
    indicators_by_basis: dict[str, int]
    shortfalls: tuple[str, ...]


def read_inventory(session: Session, plan: PlanView) -> Inventory:
    """Return the counts for a plan."""

    def count(model: type[Base]) -> int:
        return session.execute(select(func.count()).select_from(model)).scalar_one()

    item_counts = read_item_counts(session, plan)
    return Inventory(
        documents=count(Document),
        organisations=count(Organisation),
        mandates=len(mandate_versions(session.execute(select(Mandate)).scalars())),
        clauses=count(Clause),
        crosswalk_rows=count(CrosswalkRow),
        text_findings=count(TextFinding),
        themes=count(Theme),
        measures=count(Measure),
        items=item_counts["items"],
        kinds=tuple(KindCount(kind.key, kind.title, item_counts[kind.key]) for kind in plan.kinds),
        milestones=count(Milestone),
        indicators=count(Indicator),
        links=count(Link),
        items_by_basis=_bases(session, Item.basis),
        leads_by_basis=_bases(session, Item.lead_basis),
        milestones_by_basis=_bases(session, Milestone.basis),
        indicators_by_basis=_bases(session, Indicator.basis),
        shortfalls=tuple(shortfalls(plan.totals, item_counts).values()),
    )


def read_item_counts(session: Session, plan: PlanView) -> dict[str, int]:
    """Return the numbers of all items of a plan and of each kind, by the names of the totals that a plan states."""
    kinds = _by_word(session, select(Item.kind, func.count()).where(is_item_of(plan.id)).group_by(Item.kind))
    return counts_by_total(plan, kinds)


# The name of the total of all items.
ALL_ITEMS = "items"
# The names of totals in plans that were loaded before plans had kinds of their own.
FORMER_TOTALS = {"tasks": "task", "key_projects": "key_project"}


def counts_by_total(plan: PlanView, kinds: Mapping[str, int]) -> dict[str, int]:
    """Return numbers of items by the names of totals, given the number of each kind: `items`, or a kind's key."""
    counts = {kind.key: kinds.get(kind.key, 0) for kind in plan.kinds} | dict(kinds)
    former = {name: counts[key] for name, key in FORMER_TOTALS.items() if key in counts}
    return {ALL_ITEMS: sum(kinds.values()), **counts, **former}


def shortfalls(totals: dict[str, int], item_counts: dict[str, int]) -> dict[str, str]:
    """Return a sentence for each stated total that the register does not match, by the total's name."""
    return {
        name: f"the plan states {stated} {name.replace('_', ' ')}, the register holds {item_counts[name]}"
        for name, stated in totals.items()
        if item_counts.get(name, stated) != stated
    }


def _by_word(session: Session, statement: Select[str, int]) -> dict[str, int]:
    return {word: number for word, number in session.execute(statement)}  # noqa: C416


def _bases(session: Session, column: InstrumentedAttribute[str]) -> dict[str, int]:
    found = _by_word(session, select(column, func.count()).group_by(column))
    return {basis.value: found[basis] for basis in Basis if basis in found}
