"""The mandate of a plan, as a fact that acts change: the mandate version on which the plan stands, or none."""

from collections.abc import Mapping

from sqlalchemy import select

from planner.base.errors import unknown_name
from planner.base.language import later, tr
from planner.domain.codes import canonical_key
from planner.domain.no_mandate import how_to_give_a_mandate
from planner.queries.mandates.versions import mandate_versions
from planner.register.writing import Writing
from planner.store.models import Mandate, Plan
from planner.writes.plan_changes.facts import Fact


def mandate_fact(writing: Writing, version: Mandate | None) -> Mapping[str, Fact]:
    """Return the mandate of the plan before and after an act. `version` is None if the plan has none from then on."""
    present = writing.session.get_one(Plan, writing.plan.id).mandate_id
    # An old register may have a mandate `none`, which is no version.
    before = next((one.key for one in _versions(writing) if one.id == present), None)
    columns = {"mandate_id": version.id if version else None}
    return {"mandate": Fact(before, version.key if version else None, columns)}


def mandate_named(writing: Writing, key: str) -> Mandate | None:
    """Return the mandate version with this key, or None for an empty key. Raises UnknownNameError for another one."""
    if not key.strip():
        return None
    versions = _versions(writing)
    found = next((one for one in versions if one.key == canonical_key(key)), None)
    if found is None:
        what = tr("no mandate version is called '{key}'", key=key)
        known = (one.key for one in versions)
        raise unknown_name(
            what, later("versions"), known, where="mandate", none=how_to_give_a_mandate(writing.plan.waiting)
        )
    return found


def _versions(writing: Writing) -> list[Mandate]:
    return mandate_versions(writing.session.execute(select(Mandate)).scalars())
