"""The dialog that asks which plan of the register to show."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.base.language import tr, tr_count
from tui.dialogs.pick import Pick, PickDialog

if TYPE_CHECKING:
    from planner.queries.plans.summaries import PlanSummary


class PlansDialog(PickDialog):
    """Lists the plans with their years and numbers of items. The result is the key of the chosen plan."""

    def __init__(self, plans: "Sequence[PlanSummary]", shown: str) -> None:
        picks = [Pick(one.key, one.title, _note(one)) for one in plans]
        super().__init__(tr("Plans of this register"), picks, at=shown)


def _note(one: "PlanSummary") -> str:
    items = tr_count("{count:,} item", "{count:,} items", one.items)
    closed = tr("closed {day}", day=one.closed) if one.closed else ""
    return " · ".join(part for part in (str(one.year), items, closed) if part)
