"""What every screen shares: masthead, banner of a demonstration, a place for trouble, footer."""

from typing import TYPE_CHECKING, cast

from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Footer

from tui.widgets.masthead import Masthead, SimulatedBanner
from tui.widgets.trouble import Trouble

if TYPE_CHECKING:
    from planner.errors import PlannerError
    from planner.queries.overview import Overview
    from tui.app import PlannerApp


class Page(Screen[bool]):
    """A screen of the app. Subclasses give their content in `content` and draw in `show`."""

    # Whether digits lead away from here to the register; a form keeps the person where they type.
    navigates = True

    # Whether ? lists the keys of this screen.
    has_help = True

    # What the masthead calls the screen.
    name_shown = ""

    @property
    def planner(self) -> "PlannerApp":
        """The app, as what it is."""
        return cast("PlannerApp", self.app)

    def compose(self) -> ComposeResult:
        """The frame around the content."""
        yield Masthead(self.name_shown)
        yield SimulatedBanner()
        yield Trouble()
        yield from self.content()
        yield Footer(compact=True)

    def content(self) -> ComposeResult:
        """The screen's own widgets."""
        raise NotImplementedError

    def on_mount(self) -> None:
        """Draw what is loaded, now and whenever it is loaded again."""
        self.watch(self.app, "standing", self._standing_changed)
        self.watch(self.app, "trouble", self._trouble_changed)

    def _standing_changed(self, standing: "Overview | None") -> None:
        self.query_one(Masthead).tell(self.planner.door.address, standing)
        self.query_one(SimulatedBanner).display = standing is not None and standing.plan.simulated
        if standing is not None:
            self.show(standing)

    def _trouble_changed(self, trouble: "PlannerError | None") -> None:
        self.query_one(Trouble).tell(trouble)

    def show(self, standing: "Overview") -> None:
        """Draw the plan as it was read."""

    def may_leave(self) -> bool:
        """Whether nothing would be lost by leaving; where something would, the screen says so."""
        return True

    def action_back(self) -> None:
        """Back to the screen before."""
        if self.may_leave():
            self.dismiss()

    def copied(self, text: str, what: str) -> None:
        """Put text on the terminal's clipboard. Some terminals have none and say nothing, so neither do we promise."""
        self.app.copy_to_clipboard(text)
        self.notify(f"{what} sent to the terminal's clipboard", markup=False)
