"""The data that `planner outlook` prints in every format."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.weeks.outlook import PlanOutlook
    from planner.register.plan_view import PlanView
    from planner.tables.table import Filled
    from planner.weekly.sections.outlook import OutlookRow


@dataclass(frozen=True)
class OutlookView:
    """The outlook to print: themes and items at risk, or items with given codes.

    `filled` has their rows in the section `outlook`. `drawn` has the rows for which a time line is drawn.
    """

    plan: "PlanView"
    filled: "Filled[OutlookRow]"
    found: "PlanOutlook"
    drawn: "Sequence[OutlookRow]"
