"""The values of files that people declined in conflicts, as the record of each import keeps them."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.intake.comparing.differences.changes import Conflict, DeclinedValue, as_history
from planner.queries.plans.earlier_imports import counting_imports
from planner.store.models import ImportBatch

# Where the record of an import has these values, beside the columns of its tables.
DECLINED = "declined"

# The values by the id of the item, and by the name of the field in the record.
DeclinedBefore: TypeAlias = Mapping[int, Mapping[str, set[str | None]]]


def read_declined(session: Session, plan_id: int) -> dict[int, dict[str, set[str | None]]]:
    """Return the values of files that people declined in conflicts, by the id of the item and by field."""
    batches = select(ImportBatch.mapping).where(counting_imports(plan_id))
    found: dict[int, dict[str, set[str | None]]] = defaultdict(lambda: defaultdict(set))
    for mapping in session.execute(batches).scalars():
        said = mapping.get(DECLINED)
        for item_id, fact, value in said if isinstance(said, list) else ():
            found[item_id][fact].add(value)
    return found


def was_declined(before: DeclinedBefore, item_id: int, conflict: Conflict) -> bool:
    """Return whether a person declined the value of the files in an earlier import."""
    return as_history(conflict.change.new) in before.get(item_id, {}).get(conflict.subject, ())


def declined_record(one: DeclinedValue) -> list[int | str | None]:
    """Return a value that a person declined as the record of the import keeps it."""
    return [one.id, one.subject, one.value]
