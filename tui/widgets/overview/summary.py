"""The plan as a whole in two lines: its title, how far it is, and how many of the week's reports are there."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from planner.base.formats import percent
from planner.domain.rules.figures import points_between
from planner.domain.vocabulary import Freshness
from tui.marks import MUTED, STRONG, bar, one_line, points

if TYPE_CHECKING:
    from planner.queries.weeks.overview import Overview


class Summary(Widget):
    """Empty lines until the plan is read."""

    overview: "reactive[Overview | None]" = reactive(None)

    def render(self) -> Content:
        """The two lines."""
        if self.overview is None:
            return Content.styled("Reading the plan…", MUTED)
        return Content("\n").join(
            [Content.styled(one_line(self.overview.plan.title), STRONG), *self._figures(self.overview)]
        )

    def _figures(self, standing: "Overview") -> list[Content]:
        now, before = standing.now, standing.before
        owed = now.items - now.freshnesses[Freshness.NOT_OWED]
        told = Content.assemble(
            f" {percent(now.actual)} done, {percent(now.expected)} expected, ",
            points(points_between(now.actual or 0.0, before.actual)),
            f" this week, {now.freshnesses[Freshness.REPORTED]} of {owed} reported",
        )
        return [bar(now.actual, now.expected, max(8, self.size.width - told.cell_length)) + told]
