"""The plan as a whole in three lines: its title, how far it is, and how many items are in which state."""

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from planner.vocabulary import Freshness, Schedule
from tui.marks import MUTED, STRONG, bar, count, one_line, percent, points

if TYPE_CHECKING:
    from planner.queries.overview import Overview

_STATES = (Schedule.ON_TRACK, Schedule.BEHIND, Schedule.OFF_TRACK, Schedule.OVERDUE)


class Summary(Widget):
    """Empty lines until the plan is read."""

    standing: "reactive[Overview | None]" = reactive(None)

    def render(self) -> Content:
        """The three lines."""
        if self.standing is None:
            return Content.styled("Reading the plan…", MUTED)
        return Content("\n").join(
            [Content.styled(one_line(self.standing.plan.title), STRONG), *self._figures(self.standing)]
        )

    def _figures(self, standing: "Overview") -> list[Content]:
        now, before = standing.now, standing.before
        change = (now.actual or 0.0) - (before.actual or 0.0)
        told = Content.assemble(
            f" {percent(now.actual)} done, {percent(now.expected)} expected, ", points(change), " this week"
        )
        drawn = bar(now.actual, now.expected, max(8, self.size.width - told.cell_length))
        owed = now.items - now.freshnesses[Freshness.NOT_OWED]
        reported = Content(f"{now.freshnesses[Freshness.REPORTED]} of {owed} reported")
        counted = Content("  ").join([reported, *(count(state, now.schedules[state]) for state in _STATES)])
        total = Content(f"{now.items} items  ")
        fits = total.cell_length + counted.cell_length <= self.size.width
        return [Content.assemble(drawn, told), total + counted if fits else counted]
