"""The three opinions about each item side by side, and the items on which they differ."""

from functools import cached_property

from planner.base.language import tr
from planner.base.listing import with_semicolons
from planner.base.views import value_class
from planner.domain.rules.opinions import Difference, differences
from planner.queries.items.views import ItemView
from planner.queries.opinions.assessments import AssessmentView


@value_class
class Opinions:
    """What its officer, the rules and an assessment say about an item. `assessment` is None if nobody assessed it."""

    item: ItemView
    assessment: AssessmentView | None

    @cached_property
    def differ(self) -> tuple[Difference, ...]:
        """Which of the opinions differ. Once an item has ended, only an assessment made since then counts."""
        item, last = self.item, self.item.last
        assessed = self.assessment
        if assessed is not None and item.has_ended and last is not None and assessed.as_of < last.as_of:
            assessed = None
        return differences(item.confidence, item.schedule, assessed.rating if assessed else None, item.phase)

    @property
    def differ_in_words(self) -> str:
        """Which of the opinions differ, in a sentence. Empty if none do."""
        if not self.differ:
            return ""
        return tr("Opinions differ: {which}.", which=with_semicolons(one.words for one in self.differ))

    @property
    def assessed_in_words(self) -> tuple[str, ...]:
        """What the assessment says, what was seen, and which opinions differ. Empty if nobody assessed the item."""
        last = self.assessment
        if last is None:
            return ()
        said = tr(
            "Assessed as {rating} by {person} as of {day}: {reason}",
            rating=last.rating.value,
            person=last.actor,
            day=last.as_of,
            reason=last.reason,
        )
        seen = tr("Evidence seen: {evidence}", evidence=last.evidence) if last.evidence else ""
        return tuple(filter(None, (said, seen, self.differ_in_words)))
