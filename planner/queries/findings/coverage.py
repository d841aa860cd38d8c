"""Findings about gaps in coverage: measures and items without a clause, clauses and measures without support."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from planner.domain.vocabulary import ComputedFinding
from planner.queries.findings.known_register import ItemLine, KnownRegister, about_item, about_measure
from planner.queries.findings.on_demand import ViewsOnDemand
from planner.queries.findings.views import FindingView, computed
from planner.store.models import Unlinked

_NO_REASON = "No reason is on record."


def measures_without_clause(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding for each measure and mandate version without a link between them, with the recorded reason.

    Yield nothing if the plan has no mandate.
    """
    if not register.plan.has_mandate:
        return
    covered, reasons = _versions(register, "measure"), _reasons(register)
    sides = register.sides_of_measures(register.measures.values())
    for mandate in register.mandates.values():
        for measure in register.measures.values():
            if mandate.id not in covered.get(measure.id, ()):
                reason = reasons.get((measure.id, mandate.id), _NO_REASON)
                yield computed(
                    ComputedFinding.MEASURE_WITHOUT_CLAUSE,
                    f"{measure.code} in {mandate.key}",
                    f"No clause of {mandate.key} covers '{measure.title}'. {reason}",
                    about_measure(measure),
                    (sides[measure.id],),
                )


def items_without_clause(register: KnownRegister) -> Sequence[FindingView]:
    """Return a finding per item that no clause of the version in force covers, directly or through its measure.

    Return nothing if the plan has no mandate.
    """
    by_measure, by_item = _versions(register, "measure"), _versions(register, "item")
    in_force = next((row.id for row in register.mandates.values() if row.key == register.plan.mandate), None)
    if in_force is None:
        return ()
    reasons = _reasons(register)

    def views(items: Sequence[ItemLine]) -> Iterator[FindingView]:
        words = register.words(items)
        for item in items:
            measure = item.measure_id or 0
            reason = reasons.get((measure, in_force), _NO_REASON)
            versions = by_measure.get(measure, set()) | by_item.get(item.id, set())
            statement = f"{_uncovered(register, item)} {reason}{_elsewhere(register, versions)}"
            about = about_item(item, words[item.id])
            yield computed(ComputedFinding.ITEM_WITHOUT_CLAUSE, item.code, statement, about)

    measures, items = (
        {end for end, versions in of_kind.items() if in_force in versions} for of_kind in (by_measure, by_item)
    )
    return ViewsOnDemand(
        [item for item in register.active_items.values() if item.measure_id not in measures and item.id not in items],
        views,
    )


def _uncovered(register: KnownRegister, item: ItemLine) -> str:
    if not register.measures:
        return f"No clause of {register.plan.mandate} covers this item."
    if item.measure_id is None:
        return f"No clause of {register.plan.mandate} covers this item, which has no measure."
    measure = register.measures[item.measure_id].code
    return f"No clause of {register.plan.mandate} covers this item or its measure {measure}."


def _elsewhere(register: KnownRegister, versions: set[int]) -> str:
    """Return a sentence that names the other versions with a clause for the item, or an empty text."""
    keys = ", ".join(row.key for row in register.mandates.values() if row.id in versions)
    return f" A clause of {keys} does." if keys else ""


def clauses_without_measure(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding per clause without a link from an active measure or item to the clause or to one of its parts.

    Yield nothing if the plan has no mandate.
    """
    if not register.plan.has_mandate:
        return
    served = set(register.linked_codes)
    served |= {clause.parent_id for clause in register.clauses.values() if clause.id in served and clause.parent_id}
    for clause in register.clauses.values():
        if clause.id not in served:
            linked = [
                link.near.name
                for link in register.links
                if clause.id in (link.clause.id, register.clauses[link.clause.id].parent_id)
            ]
            yield computed(
                ComputedFinding.CLAUSE_WITHOUT_MEASURE,
                register.reference(clause),
                f"{_unserved(linked, has_measures=bool(register.measures))} {clause.restatement}",
                register.about_clause(clause),
            )


def _unserved(linked: list[str], *, has_measures: bool) -> str:
    """Return why a clause has no active link: it has no link at all, or all linked items were cancelled or merged."""
    if not linked:
        return f"No {'measure' if has_measures else 'item'} of the plan is linked to this clause."
    return f"All items behind what is linked to this clause ({', '.join(linked)}) are cancelled or merged."


def measures_without_items(register: KnownRegister) -> Iterator[FindingView]:
    """Yield a finding per measure that has no items, or whose items were all cancelled or merged."""
    with_items = {item.measure_id for item in register.active_items.values()}
    without = [measure for measure in register.measures.values() if measure.id not in with_items]
    sides = register.sides_of_measures(without)
    for measure in without:
        whose = "of a theme" if measure.theme_id else "of the plan as a whole"
        yield computed(
            ComputedFinding.MEASURE_WITHOUT_ITEMS,
            measure.code,
            f"'{measure.title}' is a measure {whose}, and no item carries it out.{_dropped(register, measure.id)}",
            about_measure(measure),
            (sides[measure.id],),
        )


def _dropped(register: KnownRegister, measure_id: int) -> str:
    """Return a sentence that names the cancelled and merged items of a measure, or an empty text."""
    codes = [item.code for item in register.dropped_items if item.measure_id == measure_id]
    return f" Its items are cancelled or merged: {', '.join(codes)}." if codes else ""


def _versions(register: KnownRegister, kind: str) -> dict[int, set[int]]:
    """Return the ids of the mandate versions linked to each measure or item, by the id of the measure or item."""
    versions: dict[int, set[int]] = defaultdict(set)
    for link in register.links:
        if link.near.kind == kind:
            versions[link.near.id].add(register.clauses[link.clause.id].mandate_id)
    return versions


def _reasons(register: KnownRegister) -> dict[tuple[int, int | None], str]:
    """Return the recorded reason why a version does not cover a measure, by measure id and version id."""
    return {(row.measure_id, row.mandate_id): row.reason for row in register.known_rows(Unlinked)}
