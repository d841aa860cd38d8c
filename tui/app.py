"""The app: its key bindings, the actions behind them, and how the app starts and ends.

The actions call the services (tui/services) of the shell, and the services do the work.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from planner.base.signals import raise_on_signals
from planner.base.user_folders import settings_file
from planner.base.visible_text import one_line
from planner.personal.settings import read_settings
from planner.personal.state import StateFolder, state_folder
from tui.data import Door
from tui.keys import bindings
from tui.keys.remapping import catalog
from tui.layout_once import HEIGHTS, WIDTHS
from tui.screens.overview import OverviewScreen
from tui.screens.page import Page
from tui.shell import Shell
from tui.signals import heed_signals
from tui.visible import VisibleFilter

if TYPE_CHECKING:
    from textual.filter import LineFilter
    from textual.screen import Screen

    from tui.data.early_reading import EarlyReading


# Seconds after which a thread that reads a large register gives way to the screen. Python's default of 5 ms causes a
# noticeable delay, because drawing one screen takes several such turns.
THREAD_TURN = 0.0005

# The styles of dialogs and forms, which are read after the first screen has been drawn.
LATER_STYLES = [Path(__file__).with_name(name) for name in ("dialogs.tcss", "forms.tcss")]


class PlannerApp(Shell):
    """The whole app on one database. Textual looks up the actions of keys as methods of this class."""

    TITLE = "planner"
    CSS_PATH = ["styles.tcss"]  # noqa: RUF012  (Textual's own protocol)
    BINDINGS = bindings.APP
    ENABLE_COMMAND_PALETTE = False
    _visible = VisibleFilter()
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def get_line_filters(self) -> "Sequence[LineFilter]":
        """Return the filters for every line of the screen, including the one for control characters."""
        return [*super().get_line_filters(), self._visible]

    @property
    def _background_screens(self) -> "list[Screen[Any]]":
        """Return the screens that are visible behind the front screen, or none if the front screen is a page.

        Textual always counts the next screen as visible, and so draws the front screen again whenever the next screen
        changes.
        """
        return [] if isinstance(self.screen, Page) else super()._background_screens

    @property
    def failure(self) -> Exception | None:
        """Return the unexpected error that ended the app, or None if the app ended normally."""
        return self._exception

    def _print_error_renderables(self) -> None:
        """Print no traceback, because the command that opened the app reports the error."""

    def notify(self, message: str, **shown: Any) -> None:
        """Show a notification, under the title of the plan if the register has several.

        It is put on one line, because names in it may contain line breaks.
        """
        super().notify(one_line(message), **{**shown, "title": shown.get("title") or self.plan_of_several})

    def get_default_screen(self) -> "Screen[Any]":
        """Return the first screen, which is drawn without data before anything is loaded."""
        return OverviewScreen()

    def on_mount(self) -> None:
        """Load the data after the first screen has been drawn."""
        if not self.is_headless:
            heed_signals(self)
        self.looks.show_settings_errors()
        self.call_after_refresh(self._continue_start)

    def _continue_start(self) -> None:
        """Load the data. Meanwhile, prepare for them, and read the styles that the first screen does not use."""
        self.loading.load_first()
        self.stylesheet.read_all(LATER_STYLES)
        self.stylesheet.parse()
        self.prepare_for_data()

    def on_app_focus(self) -> None:
        """Look for changes when the person comes back to this window, for example from a command in another one."""
        if isinstance(self.screen, Page) and self.screen.navigates:
            self.look_for_changes()

    def action_go(self, name: str) -> None:
        """Show one of the main screens."""
        self.navigator.go(name)

    def action_theme(self, number: int) -> None:
        """Filter the screen by a theme, or remove that filter if `number` is 0."""
        self.navigator.filter_by_theme(number or None)

    def action_reload(self) -> None:
        """Load everything again."""
        self.loading.reload()

    def action_as_of(self) -> None:
        """Open the dialog for the as-of date."""
        self.loading.choose_as_of()

    def action_plan(self) -> None:
        """Ask which plan of the register to show."""
        self.plans.choose()

    def action_import(self) -> None:
        """Ask for a file to import into the register."""
        self.imports.begin()

    def action_change(self) -> None:
        """List the acts that change the plan, to choose one."""
        self.acts.choose()

    def action_as_of_today(self) -> None:
        """Show today's data again."""
        self.loading.return_to_today()

    def action_palette(self) -> None:
        """Open the palette."""
        self.finder.open_palette()

    def action_jump(self) -> None:
        """Show a letter at each place on the screen to which the person can jump."""
        self.finder.show_jump_letters()

    def action_help(self) -> None:
        """Show the help screen for the present screen."""
        self.finder.show_help()

    def action_looks(self) -> None:
        """Switch to the next colour theme."""
        self.looks.next_theme()

    def action_undo(self) -> None:
        """Undo this person's last write, if the person confirms."""
        self.reports.undo()

    async def action_leave(self) -> None:
        """Quit with a plain letter key. In a form this key is disabled, because the person may be typing."""
        await self.action_quit()

    async def action_quit(self) -> None:
        """Quit, unless the screen has unsaved content."""
        if not isinstance(self.screen, Page) or self.screen.may_leave():
            self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Allow a theme key only if the theme exists. In a form, allow no key that leaves it.

        The palette of a form closes the form before it leads elsewhere.
        """
        page = self.screen if isinstance(self.screen, Page) else None
        navigates = page is not None and page.navigates
        if action == "theme":
            themes = self.standing.plan.themes if self.standing else ()
            return navigates and parameters[0] in {0, *(theme.number for theme in themes)}
        if action == "leave":
            return page is None or navigates
        if action in ("go", "as_of", "plan", "undo", "import", "change"):
            return navigates
        if action == "palette":
            return page is not None
        if action == "as_of_today":
            return navigates and self.looking_from is not None
        if action == "help":
            return getattr(self.screen, "has_help", False)
        return True


def run(door: Door, early: "EarlyReading | None" = None, *, tour: bool = False) -> int:
    """Run the app on a register until the person quits. Return the exit code.

    `early` is a reading of the plan that another process has started. With `tour`, the app begins with the tour. An
    unexpected error of the app is raised again.
    """
    sys.setswitchinterval(THREAD_TURN)
    app = PlannerApp(door, read_settings(settings_file(), catalog()), StateFolder(state_folder()))
    app.loading.early = early
    if tour:
        app.tour.wanted = True
    try:
        app.run()
    finally:
        # The signal handlers ended with the event loop, so they are set again.
        raise_on_signals()
        door.close()
    if app.failure is not None:
        raise app.failure
    return app.return_code or 0
