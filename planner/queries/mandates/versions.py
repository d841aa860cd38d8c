"""The mandate versions of a register, and the error for a plan that has no mandate.

A plan always refers to a mandate. For a plan without one, the register holds a mandate with the key `none`, which has
no clauses. It is not a version: no list of versions includes it.
"""

from collections.abc import Iterable

from planner.base.errors import UnknownNameError
from planner.base.language import tr
from planner.domain.vocabulary import NO_MANDATE
from planner.store.models import Mandate


def mandate_versions(rows: Iterable[Mandate]) -> list[Mandate]:
    """Return the mandates that are versions, older first."""
    # docs/decisions/0019: the mandate without clauses is no version.
    return sorted((row for row in rows if row.key != NO_MANDATE), key=lambda row: row.id)


def no_mandate(where: str) -> UnknownNameError:
    """Return the error for naming a version or a clause when the plan has no mandate."""
    return UnknownNameError(
        tr("this plan has no mandate"),
        where=where,
        do=tr("Add a mandate to the plan's data files (docs/seeds.md) and load them again"),
    )
