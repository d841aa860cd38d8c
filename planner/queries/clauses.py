"""Which clauses each measure of a plan is linked to."""

from collections import defaultdict
from datetime import datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import Base, Clause, Link, Mandate, Measure
from planner.queries.known import rollback_to
from planner.queries.plans import PlanView

_Row = TypeVar("_Row", bound=Base)


def read_clause_references(
    session: Session, plan: PlanView, known_at: datetime | None = None
) -> dict[str, tuple[str, ...]]:
    """Per measure's code, its clauses as mandate:key; a measure with no link is left out.

    The clauses of the version in force when the plan was made come first, then the other versions', older first; within
    a version in its own order.
    """
    back = rollback_to(session, known_at)

    def by_id(model: type[_Row]) -> dict[int, _Row]:
        rows = back.rows(list(session.execute(select(model)).scalars()))
        return {row.id: row for row in rows}  # type: ignore[attr-defined]

    mandates, clauses, measures = by_id(Mandate), by_id(Clause), by_id(Measure)
    linked: dict[str, list[Clause]] = defaultdict(list)
    for link in by_id(Link).values():
        measure = measures.get(link.measure_id) if link.measure_id else None
        if measure is not None and measure.plan_id == plan.id:
            linked[measure.code].append(clauses[link.clause_id])

    def place(clause: Clause) -> tuple[bool, int, int]:
        return (mandates[clause.mandate_id].key != plan.mandate, clause.mandate_id, clause.position)

    return {
        code: tuple(f"{mandates[clause.mandate_id].key}:{clause.key}" for clause in sorted(found, key=place))
        for code, found in linked.items()
    }
