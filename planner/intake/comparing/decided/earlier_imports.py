"""The earlier imports into a plan that count, those that are not undone, and what people decided in them."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from planner.domain.rules.weeks import local_day
from planner.intake.comparing.preview import DeclinedValue, Stored, as_history
from planner.intake.comparing.stored import StoredItem
from planner.intake.proposed import Field
from planner.register.plan_view import PlanView
from planner.store.journal import UNDO_IMPORT
from planner.store.models import AuditEvent, ImportBatch


def counting_imports(plan_id: int) -> ColumnElement[Any]:
    """Return the condition that an import is one into the plan and is not undone."""
    undone = exists().where(
        AuditEvent.table_name == ImportBatch.__tablename__,
        AuditEvent.row_id == ImportBatch.id,
        AuditEvent.action == UNDO_IMPORT,
    )
    return and_(ImportBatch.plan_id == plan_id, ~undone)


def first_import_day(session: Session, plan: PlanView) -> date | None:
    """Return the day of the first import that counts, in the time zone of the plan, or None if there is none."""
    first = session.execute(select(func.min(ImportBatch.recorded_at)).where(counting_imports(plan.id))).scalar()
    return None if first is None else local_day(first, plan.time_zone)


# Where the record of an import has the values that people declined, beside the columns of its tables.
DECLINED = "declined"


def read_declined(session: Session, plan_id: int) -> dict[int, dict[str, set[str | None]]]:
    """Return the values of files that people declined in conflicts, by the id of the item and by field."""
    batches = select(ImportBatch.mapping).where(counting_imports(plan_id))
    found: dict[int, dict[str, set[str | None]]] = defaultdict(lambda: defaultdict(set))
    for mapping in session.execute(batches).scalars():
        said = mapping.get(DECLINED)
        for item_id, fact, value in said if isinstance(said, list) else ():
            found[item_id][fact].add(value)
    return found


class Declined:
    """The values of files that people declined in conflicts: in earlier imports, and in this one.

    Such a value says nothing new when a file gives it again.
    """

    # docs/decisions/0123: what was decided once is not asked again.
    def __init__(self, earlier: Mapping[int, Mapping[str, set[str | None]]]) -> None:
        """Take what people declined in earlier imports."""
        self._earlier = earlier
        self.now: list[DeclinedValue] = []
        # The codes, fields and numbers of milestones whose values stay because of an earlier import.
        self.repeated: list[tuple[str, Field, int | None]] = []

    def is_repeated(self, item: StoredItem, fact: Field, value: Stored, milestone: int | None) -> bool:
        """Return whether a value was declined before, and note it if so."""
        found = as_history(value) in self._earlier.get(item.id, {}).get(_recorded(fact, milestone), ())
        if found:
            self.repeated.append((item.code, fact, milestone))
        return found

    def decline(self, item: StoredItem, fact: Field, value: Stored, milestone: int | None) -> None:
        """Note that a person declines a value in this import."""
        self.now.append(DeclinedValue(item.id, item.code, fact, as_history(value), milestone))


def declined_record(one: DeclinedValue) -> list[int | str | None]:
    """Return a value that a person declined as the record of the import keeps it."""
    return [one.id, _recorded(one.field, one.milestone), one.value]


def _recorded(fact: Field, milestone: int | None) -> str:
    """Return the name of a field as the record of an import keeps it."""
    return fact.value if milestone is None else f"milestone {milestone} {fact.value}"
