"""The mandate versions of a register, and the error for a plan that has no mandate.

In an old register, a plan without a mandate refers to a mandate with the key `none`, which has no clauses. It is not a
version: no list of versions includes it.
"""

from collections.abc import Iterable

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from planner.base.errors import UnknownNameError
from planner.base.language import tr
from planner.domain.no_mandate import how_to_give_a_mandate
from planner.domain.vocabulary import NO_MANDATE
from planner.register.reading import Reading
from planner.store.models import Clause, CrosswalkRow, Item, Link, Mandate, Measure, Plan


def mandate_versions(rows: Iterable[Mandate]) -> list[Mandate]:
    """Return the mandates that are versions, older first."""
    # docs/decisions/0019: the mandate without clauses is no version.
    return sorted((row for row in rows if row.key != NO_MANDATE), key=lambda row: row.id)


def version_titles(reading: Reading) -> dict[str, str]:
    """Return the titles of all mandate versions of the register by key, older first. A plan can stand on any one."""
    return {row.key: row.title for row in mandate_versions(reading.known_rows(Mandate))}


def versions_of_plan(reading: Reading) -> list[Mandate]:
    """Return the mandate versions that concern the plan, older first.

    In a register with several plans, the versions on which only other plans are based are left out.
    """
    foreign = _of_other_plans_only(reading.session, reading.plan.id)
    return [row for row in mandate_versions(reading.known_rows(Mandate)) if row.id not in foreign]


def _of_other_plans_only(session: Session, plan_id: int) -> set[int]:
    """Return the ids of the versions on which another plan is based, but neither this plan nor one of its links."""
    plans = {key: mandate for key, mandate in session.execute(select(Plan.id, Plan.mandate_id))}  # noqa: C416
    if len(plans) == 1:
        return set()
    related = _related(session)
    own = {plans.pop(plan_id), *session.execute(_linked_mandates(plan_id)).scalars()}
    mine = {other for mandate in own for other in related.get(mandate, ())}
    return {other for mandate in plans.values() for other in related.get(mandate, ())} - mine


def _linked_mandates(plan_id: int) -> Select[int]:
    """Select the mandate versions to which measures or items of a plan are linked."""
    return (
        select(Clause.mandate_id)
        .join(Link, Link.clause_id == Clause.id)
        .outerjoin(Measure, Measure.id == Link.measure_id)
        .outerjoin(Item, Item.id == Link.item_id)
        .where(or_(Measure.plan_id == plan_id, Item.plan_id == plan_id))
        .distinct()
    )


def _related(session: Session) -> dict[int | None, set[int]]:
    """Return all versions of the same mandate, for each version.

    Versions belong together if one supersedes the other, or if there is a crosswalk between them.
    """
    rows = session.execute(select(Mandate.id, Mandate.supersedes_id)).all()
    groups: dict[int | None, set[int]] = {row.id: {row.id} for row in rows}
    crosswalks = select(CrosswalkRow.from_mandate_id, CrosswalkRow.to_mandate_id).distinct()
    for one, other in (*rows, *session.execute(crosswalks)):
        if other is not None:
            joined = groups[one] | groups[other]
            for member in joined:
                groups[member] = joined
    return groups


def no_mandate(where: str, waiting: str | None = None) -> UnknownNameError:
    """Return the error for naming or needing a version or a clause when the plan has no mandate.

    `where` is empty if nobody named one. `waiting` is the key of a proposal that would be the plan's first version.
    """
    return UnknownNameError(tr("this plan has no mandate"), where=where, do=how_to_give_a_mandate(waiting))
