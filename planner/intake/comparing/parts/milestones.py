"""Comparing the milestones of one item."""

from collections.abc import Mapping

from planner.base.language import tr
from planner.domain.vocabulary import Basis
from planner.intake.comparing.differences.changes import Conflict, FieldChange, Stored
from planner.intake.comparing.parts.parts import Parts
from planner.intake.comparing.stored import StoredMilestone
from planner.intake.proposed import Field

# What the milestones of an item weigh together.
WHOLE = 100.0


class Milestones(Parts[StoredMilestone]):
    """Compares the milestones of one item."""

    kind = Field.MILESTONES
    name_fact = Field.TITLE
    all_facts = (Field.TITLE, Field.DATE, Field.WEIGHT, Field.TEST)

    def _usual(self, new: int) -> dict[Field, Stored]:
        return {Field.TEST: "", Field.DATE: self._due, Field.WEIGHT: self._weight(new)}

    def _weight(self, new: int) -> float:
        if self._stored:
            return sum(part.weight for part in self._stored) / len(self._stored)
        return round(WHOLE / new, 2) if new else WHOLE

    def _assumed(self, facts: Mapping[Field, Stored]) -> dict[Field, str]:
        if Field.DATE in facts:
            return {}
        return {Field.DATE: tr("the files give no date, so the milestone has the due date of the item")}

    def _basis(self, part: StoredMilestone, fact: Field) -> Basis:
        return part.date_basis if fact is Field.DATE else part.basis

    def _conflict(self, part: StoredMilestone, change: FieldChange) -> Conflict:
        return Conflict(change, False, milestone=part.number)

    def _moves(self, part: StoredMilestone) -> bool:
        return part.agreed_date
