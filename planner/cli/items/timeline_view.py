"""The data that `planner timeline` prints in every format."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from planner.domain.rules.scale import Zoom
from planner.domain.vocabulary import Grouping

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.register.plan_view import PlanView


@dataclass(frozen=True)
class TimelineView:
    """The timeline to print: its items, period and as-of date. If `by` is None, there is a line for each item."""

    plan: "PlanView"
    items: "Sequence[ItemView]"
    as_of: date
    first: date | None
    last: date | None
    by: Grouping | None
    zoom: Zoom | None

    @property
    def ends(self) -> tuple[date, date]:
        """The first and last day of the timeline. By default, they are those of the plan."""
        return self.first or self.plan.starts, self.last or self.plan.ends
