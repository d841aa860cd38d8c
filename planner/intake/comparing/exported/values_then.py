"""The values of an item, and of the report on it, as they were when a row was exported."""

from collections.abc import Mapping
from typing import Any

from planner.intake.comparing.exported.since import UNCHANGED, Since
from planner.intake.comparing.item_facts import ITEM_FACTS
from planner.intake.comparing.same_values import comparable
from planner.intake.comparing.stored import REPORT_FACTS, StoredItem, StoredRegister
from planner.intake.proposed import Field


def values_then(stored: StoredRegister, since: Since, item: StoredItem) -> Mapping[Field, str]:
    """Return the values that an item and the report on it had at an event, in the form in which rows are compared."""
    status = stored.statuses.get(item.id)
    values: dict[Field, Any] = {fact: getattr(item, fact.value) for fact in ITEM_FACTS}
    values |= {fact: getattr(status, fact.value, None) for fact in REPORT_FACTS}
    values |= since.items.get(item.id, UNCHANGED)
    values |= since.reports.get(item.id, UNCHANGED)
    return {fact: comparable(value) for fact, value in values.items()}
