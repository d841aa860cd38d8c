"""What stands on no duty, and the duties and commitments that nothing stands behind."""

from collections import defaultdict
from collections.abc import Iterator

from planner.models import Unlinked
from planner.queries.findings.known_register import ItemLine, KnownRegister, about_item, about_measure
from planner.queries.findings.views import FindingView
from planner.vocabulary import ComputedFinding

_NO_REASON = "No reason is on record."


def measures_without_clause(register: KnownRegister) -> Iterator[FindingView]:
    """A measure that no clause of a mandate version is linked to, once per version, with the reason on record."""
    covered, reasons = _versions(register, "measure"), _reasons(register)
    sides = register.sides_of_measures(register.measures.values())
    for mandate in register.mandates.values():
        for measure in register.measures.values():
            if mandate.id not in covered[measure.id]:
                reason = reasons.get((measure.id, mandate.id), _NO_REASON)
                yield FindingView(
                    ComputedFinding.MEASURE_WITHOUT_CLAUSE,
                    f"{measure.code} in {mandate.key}",
                    f"No clause of {mandate.key} covers '{measure.title}'. {reason}",
                    about_measure(measure),
                    (sides[measure.id],),
                )


def items_without_clause(register: KnownRegister) -> Iterator[FindingView]:
    """An item that no clause of the version in force when the plan was made is linked to, nor to its measure."""
    by_measure, by_item = _versions(register, "measure"), _versions(register, "item")
    in_force = next((row.id for row in register.mandates.values() if row.key == register.plan.mandate), None)
    reasons = _reasons(register)
    for item in register.living.values():
        versions = by_measure[item.measure_id] | by_item[item.id]
        if in_force not in versions:
            reason = reasons.get((item.measure_id, in_force), _NO_REASON)
            statement = f"{_uncovered(register, item)} {reason}{_elsewhere(register, versions)}"
            yield FindingView(ComputedFinding.ITEM_WITHOUT_CLAUSE, item.code, statement, about_item(item))


def _uncovered(register: KnownRegister, item: ItemLine) -> str:
    measure = register.measures[item.measure_id].code
    return f"No clause of {register.plan.mandate} covers this item or its measure {measure}."


def _elsewhere(register: KnownRegister, versions: set[int]) -> str:
    """In which other versions there is a clause for it."""
    keys = ", ".join(row.key for row in register.mandates.values() if row.id in versions)
    return f" A clause of {keys} does." if keys else ""


def clauses_without_measure(register: KnownRegister) -> Iterator[FindingView]:
    """A clause that nothing of the plan is linked to; one that only gathers sub-clauses is served through them."""
    served = set(register.relying)
    served |= {clause.parent_id for clause in register.clauses.values() if clause.id in served and clause.parent_id}
    for clause in register.clauses.values():
        if clause.id not in served:
            linked = [
                link.near.name
                for link in register.links
                if clause.id in (link.clause.id, register.clauses[link.clause.id].parent_id)
            ]
            yield FindingView(
                ComputedFinding.CLAUSE_WITHOUT_MEASURE,
                register.reference(clause),
                f"{_unserved(linked)} {clause.restatement}",
                register.about_clause(clause),
            )


def _unserved(linked: list[str]) -> str:
    """Why nothing of the plan serves a clause: nothing is linked to it, or all that is was given up."""
    if not linked:
        return "No measure of the plan is linked to this clause."
    return f"All items behind what is linked to this clause ({', '.join(linked)}) are cancelled or merged."


def measures_without_items(register: KnownRegister) -> Iterator[FindingView]:
    """A measure that no item carries out: it has none, or all of them were cancelled or merged."""
    with_items = {item.measure_id for item in register.living.values()}
    without = [measure for measure in register.measures.values() if measure.id not in with_items]
    sides = register.sides_of_measures(without)
    for measure in without:
        whose = "of a theme" if measure.theme_id else "of the plan as a whole"
        yield FindingView(
            ComputedFinding.MEASURE_WITHOUT_ITEMS,
            measure.code,
            f"'{measure.title}' is a measure {whose}, and no item carries it out.{_given_up(register, measure.id)}",
            about_measure(measure),
            (sides[measure.id],),
        )


def _given_up(register: KnownRegister, measure_id: int) -> str:
    """Which items a measure had, where it had any."""
    codes = [item.code for item in register.items.values() if item.measure_id == measure_id]
    return f" Its items are cancelled or merged: {', '.join(codes)}." if codes else ""


def _versions(register: KnownRegister, kind: str) -> dict[int, set[int]]:
    """Per measure or item, by its id, the ids of the mandate versions of which a clause is linked to it itself."""
    versions: dict[int, set[int]] = defaultdict(set)
    for link in register.links:
        if link.near.kind == kind:
            versions[link.near.id].add(register.clauses[link.clause.id].mandate_id)
    return versions


def _reasons(register: KnownRegister) -> dict[tuple[int, int | None], str]:
    """Why no clause of a version covers a measure, by the ids of both."""
    return {(row.measure_id, row.mandate_id): row.reason for row in register.rows(Unlinked)}
