"""The values of files that people declined in conflicts, as the record of each import keeps them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.intake.comparing.differences.changes import Conflict, DeclinedValue, as_history
from planner.queries.plans.earlier_imports import counting_imports
from planner.store.models import ImportBatch

# Where the record of an import has these values, beside the columns of its tables.
DECLINED = "declined"

# The values by the id of the item, and by the name of the field in the record, each with the day of the newest file for
# which it was declined. Without a day, it was declined for all files.
DeclinedBefore: TypeAlias = Mapping[int, Mapping[str, Mapping[str | None, date]]]


def read_declined(session: Session, plan_id: int) -> DeclinedBefore:
    """Return the values of files that people declined in conflicts, by the id of the item and by field."""
    batches = select(ImportBatch.mapping).where(counting_imports(plan_id))
    found: dict[int, dict[str, dict[str | None, date]]] = defaultdict(lambda: defaultdict(dict))
    for mapping in session.execute(batches).scalars():
        said = mapping.get(DECLINED)
        for item_id, fact, value, *day in said if isinstance(said, list) else ():
            until = date.fromisoformat(day[0]) if day else date.max
            found[item_id][fact][value] = max(until, found[item_id][fact].get(value, until))
    return found


def was_declined(before: DeclinedBefore, item_id: int, conflict: Conflict, day: date) -> bool:
    """Return whether a person declined the value of a file of a day in an earlier import."""
    declined = before.get(item_id, {}).get(conflict.subject, {})
    return declined.get(as_history(conflict.change.new), date.min) >= day


def declined_record(one: DeclinedValue) -> list[int | str | None]:
    """Return a value that a person declined as the record of the import keeps it."""
    return [one.id, one.subject, one.value, *([str(one.until)] if one.until is not None else [])]
