"""Which screen a key leads to, and what becomes of the one before.

The overview is always beneath. Over it stands at most one of the screens that a key leads to from anywhere, and over
that what was opened from it. Those screens are kept for the run: one comes back to them as one left them, with their
filter and cursor, and opening them any number of times costs no more than once.
"""

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from tui.looks import LooksApp

if TYPE_CHECKING:
    from textual.screen import Screen

    from planner.queries.items import Filters
    from planner.queries.titles import TitleView
    from tui.screens.page import Page
    from tui.screens.register import RegisterScreen

OVERVIEW = "overview"

# The other screens by name, and where each is defined: it is imported when it is first opened.
SCREENS = {
    "my_week": "tui.screens.my_week:MyWeekScreen",
    "register": "tui.screens.register:RegisterScreen",
    "timeline": "tui.screens.timeline:TimelineScreen",
    "mandates": "tui.screens.mandates:MandatesScreen",
    "weekly": "tui.screens.weekly:WeeklyScreen",
    "log": "tui.screens.log:LogScreen",
}

# So many screens lie one over the other at most; forms and dialogs come on top of them.
DEEPEST = 9


class NavigatingApp(LooksApp):
    """An app that goes from screen to screen."""

    def action_go(self, name: str) -> None:
        """Show one of the screens, as it was left."""
        target = self._kept(name)
        with self.batch_update():
            while len(self.screen_stack) > 1 and self.screen is not target:
                self.pop_screen()
            if self.screen is not target:
                self.push_screen(target)

    def _kept(self, name: str) -> "Screen[Any]":
        if name == OVERVIEW:
            return self.screen_stack[0]
        if not self.is_screen_installed(name):
            module, _, made = SCREENS[name].partition(":")
            self.install_screen(cast("Page", getattr(importlib.import_module(module), made)()), name)
        return self.get_screen(name)

    def open_register(self, filters: "Filters | None" = None, *, filtering: bool = False) -> None:
        """Show the register narrowed to something; as it was left where nothing is given.

        `filtering` goes to the search at once.
        """
        self.action_go("register")
        register = cast("RegisterScreen", self.screen)
        if filters is not None:
            register.narrow(filters)
        if filtering:
            register.action_filter()

    def open_clause(self, mandate: str, key: str) -> None:
        """Show a clause among the mandates; back leads to where one was."""
        from tui.screens.mandates import MandatesScreen

        self._open(MandatesScreen(mandate, key))

    def open_title(self, title: "TitleView") -> None:
        """Show the items of a theme or a measure. A goal belongs to the plan as a whole: show the overview."""
        from planner.queries.items import Filters

        if title.kind == "theme":
            self.open_register(Filters(theme=int(title.key)))
        elif title.kind == "measure":
            self.open_register(Filters(measure=title.key))
        else:
            self.action_go(OVERVIEW)
            self.notify(f"Goal {title.key}: {title.title}", markup=False)

    def open_links(self, at: str = "", ends: frozenset[str] | None = None) -> None:
        """Show the links, or those of some ends; `at` is the link or the clause to begin with."""
        from tui.screens.links import LinksScreen

        self._open(LinksScreen(at, ends))

    def open_findings(self) -> None:
        """Show what an auditor should see."""
        from tui.screens.findings import FindingsScreen

        self._open(FindingsScreen())

    def open_item(self, code: str, codes: Sequence[str] = ()) -> None:
        """Show an item; `codes` is the list it was chosen from, for going on to the next."""
        from tui.screens.item import ItemScreen

        self._open(ItemScreen(code, codes))

    def _open(self, page: "Page") -> None:
        """Put a screen on top. From item to clause to item: where that goes on, the last gives way to the next."""
        if len(self.screen_stack) < DEEPEST:
            self.push_screen(page)
        else:
            self.switch_screen(page)

    def action_theme(self, number: int) -> None:
        """Narrow the screen to a theme, or to none; show the register of it where the screen has no themes."""
        theme = number or None
        if not cast("Page", self.screen).take_theme(theme):
            from planner.queries.items import Filters

            self.open_register(Filters(theme=theme))
