"""The days of what the register learned of an item: from files, and of single facts."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date

from planner.base.views import value_class
from planner.intake.comparing.differences.changes import Conflict
from planner.intake.proposed import Field


# docs/decisions/0167: what an officer reports says nothing of titles, leads or dates.
@value_class
class NewerEntries:
    """What the register has of an item that can be newer than a file.

    `by_file` is the day of the last file that added or changed the item or reported on it. `facts` has the day of the
    last change of single facts. The dates of its milestones are the fact `date`, and its targets the fact `target`.
    """

    by_file: date = date.min
    facts: Mapping[Field, date] = field(default_factory=dict)

    def newest(self, conflict: Conflict) -> date:
        """Return the last day from which the register has its value in a conflict.

        An item without a value is as a file says only if somebody removed the value: other files may not know it.
        """
        fact = _fact_of(conflict)
        changed = date.min if fact is None else self.facts.get(fact, date.min)
        return changed if conflict.change.old in (None, "", ()) else max(changed, self.by_file)


def _fact_of(conflict: Conflict) -> Field | None:
    """Return the fact of which the changes tell how new the value of the register is."""
    fact = conflict.change.field
    if conflict.indicator is not None:
        return Field.TARGET if fact in (Field.TARGET, Field.DUE) else None
    return fact if conflict.milestone is None or fact is Field.DATE else None


NOTHING_NEWER = NewerEntries()
