"""Everything about one item: its state, indicators, reports and history."""

from dataclasses import field

from planner.base.views import value_class
from planner.queries.history.item_history.entries import HistoryEntry, read_history
from planner.queries.items.indicators import read_indicators
from planner.queries.items.register import read_item
from planner.queries.items.views import IndicatorView, ItemView, StatusView
from planner.queries.opinions.assessments import AssessmentView
from planner.queries.plans.lineage import Lineage, read_lineage
from planner.queries.plans.office_facts import OfficeFacts, read_office_facts
from planner.register.reading import Reading


@value_class
class ItemDetail:
    """An item with its indicators, reports, assessments and whole history. What is recorded is newest first.

    Only `read_item_detail` fills all of it. Some readers of an item need no more than the item and its indicators.
    """

    item: ItemView
    indicators: tuple[IndicatorView, ...] = ()
    reports: tuple[StatusView, ...] = ()
    history: tuple[HistoryEntry, ...] = ()
    lineage: Lineage = field(default_factory=Lineage)
    office: OfficeFacts = field(default_factory=OfficeFacts)
    assessments: tuple[AssessmentView, ...] = ()

    @property
    def assessed_in_words(self) -> tuple[str, ...]:
        """What the last assessment says beside the officer's rating and the computed schedule, if there is one."""
        if not self.assessments:
            return ()
        # Imported only if there is an assessment.
        from planner.queries.opinions.opinions import Opinions

        return Opinions(self.item, self.assessments[0]).assessed_in_words


def read_item_detail(reading: Reading, code: str) -> ItemDetail:
    """Return everything about an item at a point in time. Raises UnknownNameError if no item has this code."""
    item = read_item(reading, code)
    history = read_history(reading, item)
    return ItemDetail(
        item=item,
        indicators=read_indicators(reading, item.id),
        reports=history.reports,
        history=history.entries,
        lineage=read_lineage(reading, item.id),
        office=read_office_facts(reading, item.id),
        assessments=history.assessments,
    )
