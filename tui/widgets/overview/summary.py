"""The whole plan in two lines: its title, and its progress with the number of this week's reports.

A third line is for who answers requests.
"""

from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from planner.base.formats import percent
from planner.base.language import tr, tr_count, tr_later
from planner.domain.rules.figures import points_between
from planner.domain.symbols import this_period
from planner.domain.vocabulary import Freshness
from tui.marks import MUTED, STRONG, bar, one_line, points

if TYPE_CHECKING:
    from planner.queries.weeks.overview import Overview
    from tui.loaded import LoadedApp


class Summary(Widget):
    """The summary of the plan. It shows a note until the plan is loaded."""

    overview: "reactive[Overview | None]" = reactive(None)

    def on_mount(self) -> None:
        """Replace the note about loading if the plan could not be loaded."""
        self.watch(self.app, "trouble", self._trouble_changed, init=False)

    def _trouble_changed(self) -> None:
        self.refresh()

    def render(self) -> Content:
        """Draw the two lines."""
        if self.overview is None:
            failed = cast("LoadedApp", self.app).trouble is not None
            return Content.styled(tr("Nothing is loaded.") if failed else tr("Loading the plan…"), MUTED)
        return Content("\n").join(
            [Content.styled(one_line(self.overview.plan.title), STRONG), *self._figures(self.overview)]
        )

    def _figures(self, overview: "Overview") -> list[Content]:
        now, before = overview.now, overview.before
        if not overview.total:
            from tui.widgets.empty_plan import how_to_fill

            return [Content.styled(how_to_fill(cast("LoadedApp", self.app)), MUTED)]
        if overview.never_reported:
            from planner.queries.weeks.overview import NEVER_REPORTED

            return [Content.styled(tr_later(NEVER_REPORTED), STRONG)]
        owed = now.items - now.freshnesses[Freshness.NOT_OWED]
        done = tr("{done} done, {expected} expected", done=percent(now.actual), expected=percent(now.expected))
        reported = tr("{reported:,} of {owed:,} reported", reported=now.freshnesses[Freshness.REPORTED], owed=owed)
        change = points(points_between(now.actual or 0.0, before.actual))
        figures = Content.assemble(f" {done}, ", change, f" {this_period(overview.plan.cadence)}, {reported}")
        return [bar(now.actual, now.expected, max(8, self.size.width - figures.cell_length)) + figures]


class OpenRequests(Static):
    """How many requests wait for an answer, and the key that lists them. It is only visible if one waits."""

    count: reactive[int] = reactive(0, init=False)

    def __init__(self) -> None:
        super().__init__(markup=False, id="open-requests")
        self.display = False

    def watch_count(self, count: int) -> None:
        """Show the number of requests, or hide the line."""
        self.display = count > 0
        key = cast("LoadedApp", self.app).key_for("overview.requests")
        waiting = tr_count(
            "{count:,} request waits for an answer ({key} lists it)",
            "{count:,} requests wait for an answer ({key} lists them)",
            count,
            key=key,
        )
        self.update(Content.styled(waiting, STRONG))

    async def on_click(self) -> None:
        """List the requests."""
        await self.run_action("screen.requests")
