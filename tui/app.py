"""The app: what is loaded, and which screen comes up for what. The screens do the rest."""

import gc
import importlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from textual.reactive import reactive
from textual.worker import get_current_worker

from planner.errors import PlannerError
from tui import keys
from tui.data import Door
from tui.data.standing import read_standing
from tui.screens.overview import OverviewScreen
from tui.screens.page import Page
from tui.themes import DARK, THEMES
from tui.typeahead import TypeAheadApp

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import URL
    from textual.dom import DOMNode
    from textual.screen import Screen

    from planner.queries.overview import Overview
    from planner.queries.plans import PlanView
    from tui.screens.register import RegisterScreen

_Answer = TypeVar("_Answer")

# The screens a key leads to from anywhere, by name; each is imported when it is first opened. The overview is beneath.
SCREENS = {
    "my_week": "tui.screens.my_week:MyWeekScreen",
    "register": "tui.screens.register:RegisterScreen",
    "timeline": "tui.screens.timeline:TimelineScreen",
    "mandates": "tui.screens.mandates:MandatesScreen",
    "weekly": "tui.screens.weekly:WeeklyScreen",
    "log": "tui.screens.log:LogScreen",
}


class PlannerApp(TypeAheadApp):
    """`standing` is the plan as last read (None until it is there), `trouble` what hinders reading it."""

    TITLE = "planner"
    CSS_PATH = "styles.tcss"
    BINDINGS = keys.APP
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (120, "-wide")]  # noqa: RUF012  (Textual's own protocol)

    standing: reactive["Overview | None"] = reactive(None)
    trouble: reactive[PlannerError | None] = reactive(None)

    def __init__(self, door: Door) -> None:
        super().__init__()
        self.door = door
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = DARK.name

    def get_default_screen(self) -> "Screen[Any]":
        """The first screen, painted as a skeleton before anything is read."""
        return OverviewScreen()

    def on_mount(self) -> None:
        """Read once the first screen has been painted."""
        self.call_after_refresh(self.action_reload)

    def ask(
        self,
        node: "DOMNode",
        question: Callable[[], _Answer],
        answer: Callable[[_Answer], None],
        trouble: Callable[[PlannerError], None] | None = None,
    ) -> None:
        """Run a question to the core in a thread for a screen; its answer, or the trouble, is told in the app's own.

        A newer question of the same screen takes the place of an older one; nothing is told to a screen that is gone.
        """

        def told(error: PlannerError) -> None:
            gc.enable()
            self.trouble = error

        def work() -> None:
            worker = get_current_worker()
            try:
                got = question()
            except PlannerError as error:
                if not worker.is_cancelled:
                    self.call_from_thread(trouble or told, error)
            else:
                if not worker.is_cancelled:
                    self.call_from_thread(answer, got)

        node.run_worker(work, thread=True, exclusive=True, group="ask")

    def action_reload(self) -> None:
        """Read everything again."""
        self.ask(self, lambda: read_standing(self.door), self._arrived)

    def _arrived(self, standing: "Overview") -> None:
        gc.enable()
        self.trouble = None
        self.standing = standing
        # Which digits choose a theme is known only now.
        self.screen.refresh_bindings()

    def action_go(self, name: str) -> None:
        """Show the overview, or one of the screens over it."""
        while len(self.screen_stack) > 1:
            self.pop_screen()
        if name != "overview":
            module, _, made = SCREENS[name].partition(":")
            self.push_screen(getattr(importlib.import_module(module), made)())

    def open_register(self, theme: int | None = None, *, filtering: bool = False) -> None:
        """Show the register, narrowed to a theme; the one that is open already, if any."""
        from tui.screens.register import RegisterScreen

        while len(self.screen_stack) > 1 and not isinstance(self.screen, RegisterScreen):
            self.pop_screen()
        if isinstance(self.screen, RegisterScreen):
            self._narrow(self.screen, theme, filtering)
        else:
            self.push_screen(RegisterScreen(theme, filtering=filtering))

    def _narrow(self, register: "RegisterScreen", theme: int | None, filtering: bool) -> None:
        register.theme = theme
        if filtering:
            register.action_filter()

    def open_item(self, code: str, codes: Sequence[str] = ()) -> None:
        """Show an item; `codes` is the list it was chosen from, for going on to the next."""
        from tui.screens.item import ItemScreen

        self.push_screen(ItemScreen(code, codes))

    def open_report(self, code: str) -> None:
        """Show the report form of an item; once a report is recorded, everything is read again."""
        from tui.screens.report import ReportScreen

        def closed(recorded: bool | None) -> None:
            if recorded:
                self.action_reload()

        self.push_screen(ReportScreen(code), closed)

    def action_theme(self, number: int) -> None:
        """Show the register of a theme, or of all."""
        self.open_register(number or None)

    def action_help(self) -> None:
        """Show the keys of the screen."""
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen.active_bindings))

    async def action_quit(self) -> None:
        """Quit, unless the screen has something to lose."""
        if not isinstance(self.screen, Page) or self.screen.may_leave():
            self.exit()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Digits choose only themes that there are, and never while a form is open."""
        if action == "theme":
            themes = self.standing.plan.themes if self.standing else ()
            numbers = {0, *(theme.number for theme in themes)}
            return isinstance(self.screen, Page) and self.screen.navigates and parameters[0] in numbers
        if action == "go":
            return isinstance(self.screen, Page) and self.screen.navigates
        if action == "help":
            return isinstance(self.screen, Page) and self.screen.has_help
        return True


def run(
    url: "URL | str",
    today: "Callable[[PlanView], date]",
    actor_name: str,
    now: "Callable[[], datetime]",
) -> None:
    """Run the app on a database until the person leaves it. Garbage is collected from the first reading on."""
    door = Door(url, today, actor_name, now)
    try:
        PlannerApp(door).run()
    finally:
        door.close()
