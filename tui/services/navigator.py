"""Decides which screen a key opens, and what happens to the previous screen.

The overview is always at the bottom of the stack. Above it is at most one of the main screens, and above that are the
screens that were opened from it. The main screens are kept until the app ends, so that they keep their filter and
cursor, and opening one repeatedly creates it only once.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol, cast

from planner.base.language import tr
from planner.domain.vocabulary import ComputedFinding, FindingSubject
from tui.routes import ROUTES, new_screen

if TYPE_CHECKING:
    from textual.screen import Screen

    from planner.queries.findings import FindingView
    from planner.queries.items.filters import Filters
    from planner.queries.plans.not_set_up_view import NotSetUp
    from planner.queries.search.titles import TitleView
    from tui.loaded import LoadedApp

OVERVIEW = "overview"

# The largest number of stacked screens, not counting forms and dialogs.
DEEPEST = 9


class FilteredScreen(Protocol):
    """A screen with filters and a search field."""

    def narrow(self, filters: "Filters") -> None:
        """Apply these filters instead of the present ones."""

    def action_filter(self) -> None:
        """Open the search field."""


class ThemedScreen(Protocol):
    """A screen that may have a filter for themes."""

    def take_theme(self, theme: int | None) -> bool:
        """Show only one theme, or all themes if `theme` is None.

        Return False if the screen has no filter for themes.
        """


class ScreenOfLists(Protocol):
    """A screen with a list of requests for help and for later dates, and one of what waits for confirmation."""

    def go_to_requests(self) -> None:
        """Show the list of requests."""

    def go_to_confirmations(self) -> None:
        """Show the list of what waits for confirmation."""


class Navigator:
    """Switches between the screens of the app."""

    def __init__(self, app: "LoadedApp") -> None:
        self._app = app

    def go(self, name: str) -> None:
        """Show one of the main screens, in the state in which it was left."""
        app, target = self._app, self._kept(name)
        with app.batch_update():
            while len(app.screen_stack) > 1 and app.screen is not target:
                app.pop_screen()
            if app.screen is not target:
                app.push_screen(target)

    def start_over(self) -> None:
        """Show the overview, and forget all other screens, because the app shows another plan from now on."""
        app = self._app
        kept = [app.get_screen(name) for name in ROUTES if app.is_screen_installed(name)]
        with app.batch_update():
            while len(app.screen_stack) > 1:
                app.pop_screen()
        for screen in kept:
            app.uninstall_screen(screen)
            if screen.is_running:
                screen.remove()

    def _kept(self, name: str) -> "Screen[Any]":
        app = self._app
        if name == OVERVIEW:
            return app.screen_stack[0]
        # docs/decisions/0097: a screen keeps its filter and cursor.
        if not app.is_screen_installed(name):
            app.install_screen(new_screen(name), name)
        return app.get_screen(name)

    def open_register(self, filters: "Filters | None" = None, *, filtering: bool = False) -> None:
        """Show the register with the given filters, or in the state in which it was left.

        If `filtering` is true, the search field gets the focus.
        """
        # docs/decisions/0111: the screen reads these when it is mounted, which may be while it is pushed.
        register = cast("FilteredScreen", self._kept("register"))
        if filters is not None:
            register.narrow(filters)
        if filtering:
            register.action_filter()
        self.go("register")

    def open_requests(self) -> None:
        """Show the requests for help and for later dates on My week."""
        cast("ScreenOfLists", self._kept("my_week")).go_to_requests()
        self.go("my_week")

    def open_confirmations(self) -> None:
        """Show the endings that wait for confirmation on My week."""
        cast("ScreenOfLists", self._kept("my_week")).go_to_confirmations()
        self.go("my_week")

    def open_clause(self, mandate: str, key: str) -> None:
        """Show a clause on the mandates screen. Going back returns to the screen before."""
        self._open(new_screen("mandates", mandate, key))

    def open_title(self, title: "TitleView") -> None:
        """Show the items of a theme or a measure. A goal belongs to the whole plan, so it leads to the overview."""
        from planner.queries.items.filters import Filters

        if title.kind == "theme":
            self.open_register(Filters(theme=int(title.key)))
        elif title.kind == "measure":
            self.open_register(Filters(measure=title.key))
        else:
            self.go(OVERVIEW)
            goal = tr("Goal {key}: {title}", key=title.key, title=title.title)
            self._app.notify(goal, markup=False)

    def open_links(self, at: str = "", ends: frozenset[str] | None = None) -> None:
        """Show all links, or only those with one of the `ends`. `at` is the link or clause to select first."""
        self._open(new_screen("links", at, ends))

    def open_findings(self) -> None:
        """Show the findings."""
        self._open(new_screen("findings"))

    def open_setup(self, found: "Sequence[NotSetUp] | None" = None) -> None:
        """Show what is not set up yet: what was just found, or what a new read finds."""
        self._open(new_screen("setup", found))

    def open_item(self, code: str, codes: Sequence[str] = ()) -> None:
        """Show an item. `codes` is the list from which it was chosen, for moving to the next item."""
        self._open(new_screen("item", code, codes))

    def open_item_or_measure(self, name: str) -> None:
        """Show an item by its code, or the first item of a measure by the measure's key.

        If the measure has no items, its links are shown. The codes of items and the keys of measures never coincide.
        """
        standing = self._app.standing
        codes = [item.code for item in (standing.items if standing else ()) if name in (item.code, item.measure)]
        if codes:
            self.open_item(codes[0], codes)
        else:
            self.open_links(ends=frozenset({name}))

    def open_subject(self, finding: "FindingView") -> None:
        """Show the subject of a finding. A document has no screen, so a notification says how to find it."""
        kind, key = finding.about.kind, finding.about.key
        if kind is FindingSubject.CLAUSE:
            mandate, _, clause = key.partition(":")
            self.open_clause(mandate, clause)
        elif kind is FindingSubject.LINK:
            self.open_links(at=key)
        elif kind is FindingSubject.ITEM:
            self.open_item(key)
        elif kind is FindingSubject.MEASURE:
            self._open_measure(finding)
        elif kind is FindingSubject.THEME:
            self.show_theme(int(key))
        elif kind is FindingSubject.PLAN:
            self.go(OVERVIEW)
        else:
            self._app.notify(
                tr("The finding is about the document {key}. 'planner sources list' shows it.", key=key), markup=False
            )

    def _open_measure(self, finding: "FindingView") -> None:
        """Show the items of a measure, or the mandates screen if the finding is that the measure has no clause."""
        if finding.kind is ComputedFinding.MEASURE_WITHOUT_CLAUSE:
            self.open_clause(finding.subject.rpartition(" in ")[2], finding.about.key)
        else:
            self.open_item_or_measure(finding.about.key)

    def _open(self, page: "Screen[Any]") -> None:
        """Push a screen onto the stack.

        If the stack is at its greatest depth, replace the top screen instead. This limits long chains such as from an
        item to a clause, and on to another item.
        """
        if len(self._app.screen_stack) < DEEPEST:
            self._app.push_screen(page)
        else:
            self._app.switch_screen(page)

    def filter_by_theme(self, theme: int | None) -> None:
        """Filter the screen by a theme, or remove that filter if `theme` is None.

        If the screen has no themes, show the register filtered by the theme.
        """
        if not cast("ThemedScreen", self._app.screen).take_theme(theme):
            self.show_theme(theme)

    def show_theme(self, theme: int | None) -> None:
        """Show the register filtered by a theme, or without that filter if `theme` is None."""
        from planner.queries.items.filters import Filters

        self.open_register(Filters(theme=theme))
