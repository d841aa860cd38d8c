"""Which screen a key opens, and what happens to the screen before.

The overview is always at the bottom of the stack. Above it is at most one of the main screens, and above that are the
screens that were opened from it. The main screens are kept until the app ends, so that they keep their filter and
cursor, and opening one repeatedly creates it only once.
"""

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from tui.looks import LooksApp

if TYPE_CHECKING:
    from textual.screen import Screen

    from planner.queries.items.filters import Filters
    from planner.queries.search.titles import TitleView
    from tui.screens.page import Page
    from tui.screens.register.screen import RegisterScreen

OVERVIEW = "overview"

# The other main screens by name, and where each is defined. A screen is imported when it is first opened.
SCREENS = {
    "my_week": "tui.screens.my_week:MyWeekScreen",
    "register": "tui.screens.register.screen:RegisterScreen",
    "timeline": "tui.screens.timeline:TimelineScreen",
    "mandates": "tui.screens.mandates:MandatesScreen",
    "weekly": "tui.screens.weekly:WeeklyScreen",
    "log": "tui.screens.log:LogScreen",
}

# The largest number of stacked screens, not counting forms and dialogs.
DEEPEST = 9


class NavigatingApp(LooksApp):
    """An app that switches between screens."""

    def action_go(self, name: str) -> None:
        """Show one of the main screens, in the state in which it was left."""
        target = self._kept(name)
        with self.batch_update():
            while len(self.screen_stack) > 1 and self.screen is not target:
                self.pop_screen()
            if self.screen is not target:
                self.push_screen(target)

    def _kept(self, name: str) -> "Screen[Any]":
        if name == OVERVIEW:
            return self.screen_stack[0]
        # docs/decisions/0097: a screen keeps its filter and cursor.
        if not self.is_screen_installed(name):
            module, _, made = SCREENS[name].partition(":")
            self.install_screen(cast("Page", getattr(importlib.import_module(module), made)()), name)
        return self.get_screen(name)

    def open_register(self, filters: "Filters | None" = None, *, filtering: bool = False) -> None:
        """Show the register with the given filters, or in the state in which it was left.

        If `filtering` is true, the search field gets the focus.
        """
        # docs/decisions/0111: the screen reads these when it is mounted, which may be while it is pushed.
        register = cast("RegisterScreen", self._kept("register"))
        if filters is not None:
            register.narrow(filters)
        if filtering:
            register.action_filter()
        self.action_go("register")

    def open_clause(self, mandate: str, key: str) -> None:
        """Show a clause on the mandates screen. Going back returns to the screen before."""
        from tui.screens.mandates import MandatesScreen

        self._open(MandatesScreen(mandate, key))

    def open_title(self, title: "TitleView") -> None:
        """Show the items of a theme or a measure. A goal belongs to the whole plan, so it leads to the overview."""
        from planner.queries.items.filters import Filters

        if title.kind == "theme":
            self.open_register(Filters(theme=int(title.key)))
        elif title.kind == "measure":
            self.open_register(Filters(measure=title.key))
        else:
            self.action_go(OVERVIEW)
            self.notify(f"Goal {title.key}: {title.title}", markup=False)

    def open_links(self, at: str = "", ends: frozenset[str] | None = None) -> None:
        """Show all links, or only those with one of the `ends`. `at` is the link or clause to select first."""
        from tui.screens.links import LinksScreen

        self._open(LinksScreen(at, ends))

    def open_findings(self) -> None:
        """Show the findings."""
        from tui.screens.findings import FindingsScreen

        self._open(FindingsScreen())

    def open_item(self, code: str, codes: Sequence[str] = ()) -> None:
        """Show an item. `codes` is the list from which it was chosen, for moving to the next item."""
        from tui.screens.item import ItemScreen

        self._open(ItemScreen(code, codes))

    def _open(self, page: "Page") -> None:
        """Push a screen. At the largest depth, replace the top screen instead.

        This limits long chains such as from an item to a clause, and on to another item.
        """
        if len(self.screen_stack) < DEEPEST:
            self.push_screen(page)
        else:
            self.switch_screen(page)

    def action_theme(self, number: int) -> None:
        """Filter the screen by a theme, or remove that filter if `number` is 0.

        If the screen has no themes, show the register filtered by the theme.
        """
        theme = number or None
        if not cast("Page", self.screen).take_theme(theme):
            from planner.queries.items.filters import Filters

            self.open_register(Filters(theme=theme))
