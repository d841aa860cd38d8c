"""The app: its keys, what they may do where, how it begins and ends. Each of its other parts is a module of its own.

From the ground up: keys in order (typeahead), questions to the core (asking), what was read (reading), a person's own
settings (looks), going from screen to screen (navigation), finding one's way (finding), from a
finding to what it is about (opening), writing (reporting).
"""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from planner.settings_file import read_settings, settings_file
from planner.signals import raise_on_signals
from planner.state import StateFolder, state_folder
from planner.visible_text import one_line
from tui import keys
from tui.data import Door
from tui.keymap import catalog
from tui.reporting import ReportingApp
from tui.screens.overview import OverviewScreen
from tui.screens.page import Page
from tui.signals import heed_signals
from tui.visible import VisibleFilter

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import URL
    from textual.filter import LineFilter
    from textual.screen import Screen

    from planner.queries.plans import PlanView

# A thread that reads a large register gives way to the screen after so many seconds; Python's own 5 ms are felt, for
# drawing one screen takes several turns.
THREAD_TURN = 0.0005


class PlannerApp(ReportingApp):
    """The whole app on a database. Without `settings` and `state` it has its own keys and remembers nothing."""

    TITLE = "planner"
    CSS_PATH = ["styles.tcss", "dialogs.tcss", "forms.tcss"]  # noqa: RUF012  (Textual's own protocol)
    BINDINGS = keys.APP
    ENABLE_COMMAND_PALETTE = False
    _visible = VisibleFilter()
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  (Textual's own protocol)

    def get_line_filters(self) -> "Sequence[LineFilter]":
        """What every line of the screen passes through, whatever drew it."""
        return [*super().get_line_filters(), self._visible]

    @property
    def failure(self) -> Exception | None:
        """The error that ended the app although nothing expected it; None where it ended as it should."""
        return self._exception

    def _print_error_renderables(self) -> None:
        """Print no traceback: the command that opened the app says what happened."""

    def notify(self, message: str, **shown: Any) -> None:
        """Tell something in a corner of the screen, on one line: what it is about may have any name."""
        super().notify(one_line(message), **shown)

    def get_default_screen(self) -> "Screen[Any]":
        """The first screen, painted as a skeleton before anything is read."""
        return OverviewScreen()

    def on_mount(self) -> None:
        """Read once the first screen has been painted."""
        if not self.is_headless:
            heed_signals(self)
        self.tell_settings()
        self.call_after_refresh(self.action_reload)

    async def action_leave(self) -> None:
        """Quit with a key that a form must not take for that: somebody who types may have left the field."""
        await self.action_quit()

    async def action_quit(self) -> None:
        """Quit, unless the screen has something to lose."""
        if not isinstance(self.screen, Page) or self.screen.may_leave():
            self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits choose only themes that there are; nothing leads away while a form is open."""
        page = self.screen if isinstance(self.screen, Page) else None
        navigates = page is not None and page.navigates
        if action == "theme":
            themes = self.standing.plan.themes if self.standing else ()
            return navigates and parameters[0] in {0, *(theme.number for theme in themes)}
        if action == "leave":
            return page is None or navigates
        if action in ("go", "as_of", "palette", "undo"):
            return navigates
        if action == "as_of_today":
            return navigates and self.looking_from is not None
        if action == "help":
            return page is not None and page.has_help
        return True


def run(
    url: "URL | str",
    today: "Callable[[PlanView], date]",
    actor_name: str,
    now: "Callable[[], datetime]",
    acting_as: str | None = None,
) -> int:
    """Run the app on a database until the person leaves it, and give its exit code.

    Garbage is collected from the first reading on.
    """
    door = Door(url, today, actor_name, now, acting_as)
    sys.setswitchinterval(THREAD_TURN)
    app = PlannerApp(door, read_settings(settings_file(), catalog()), StateFolder(state_folder()))
    try:
        app.run()
    finally:
        # The event loop took its signal handlers with it.
        raise_on_signals()
        door.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
