"""Finding things in the app: the palette, jump letters, the help on keys, and the hint at the first run."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, cast

from textual.binding import ActiveBinding, Binding

from tui.data.jump_targets import JumpTargets
from tui.keys.bindings import APP
from tui.marks import one_line
from tui.routes import new_screen
from tui.services.commands import PaletteEntry, commands_of
from tui.themes import THEMES

if TYPE_CHECKING:
    from textual.screen import Screen

    from planner.queries.weeks.overview import Overview
    from tui.loaded import LoadedApp
    from tui.services.looks import Looks
    from tui.services.navigator import Navigator
    from tui.services.tasks import Tasks


class PageWithKeys(Protocol):
    """A screen with keys of its own."""

    navigates: bool

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """Return the keys that work at present."""

    def leave_for(self, then: Callable[[], object]) -> None:
        """Close the screen, and then go elsewhere."""


class Finder:
    """Opens the palette, the jump letters and the help.

    `places` searches the items, clauses and organisations that were last loaded. It is None before the first load.
    `more_commands` are functions that return commands without a key of their own, for the screen that is shown.
    `leading_commands` are those of them that lead to another screen.
    """

    def __init__(self, app: "LoadedApp", tasks: "Tasks", navigator: "Navigator", looks: "Looks") -> None:
        self._app = app
        self._tasks = tasks
        self._navigator = navigator
        self._looks = looks
        self.places: JumpTargets | None = None
        self.more_commands: list[Callable[[], list[PaletteEntry]]] = []
        self.leading_commands: list[Callable[[], list[PaletteEntry]]] = []

    def loaded(self, standing: "Overview") -> None:
        """Use newly loaded data for searches, and show the hint at the first run."""
        self.places = JumpTargets(self._app.door, standing.items)
        self._welcome()

    def _welcome(self) -> None:
        """Show the hint for beginners, once per person."""
        app, state = self._app, self._app.person_state
        # A window or a form in front has keys of its own, and so has the tour.
        if state is None or state.welcomed or not getattr(app.screen, "navigates", False):
            return
        # The first screen of the person may only just have been opened.
        app.screen.call_after_refresh(self._show_hint, app.screen)
        self._tasks.run(app, state.keep_welcomed, lambda _: None, app.warn, group="welcome")

    def _show_hint(self, screen: "Screen[Any]") -> None:
        from tui.widgets.hint import Hint

        if screen.is_running:
            screen.mount(Hint(screen.focused))

    def open_palette(self) -> None:
        """Open the palette to run a command or to go to a place."""
        places = self.places if getattr(self._app.screen, "navigates", False) else None
        self._app.push_screen(new_screen("palette", self._commands(), places), self._run)

    def _leading(self, page: "PageWithKeys") -> list[PaletteEntry]:
        """Return the commands that lead from a form to a screen. They close the form as its own key does."""
        keys = [one for one in APP if isinstance(one, Binding) and (one.id or "").startswith("go.")]
        screens = commands_of([ActiveBinding(self._app, one, True, one.tooltip) for one in keys], self._press)
        homes = [command for commands in self.leading_commands for command in commands()]
        return [replace(one, key="", act=partial(page.leave_for, one.act)) for one in (*screens, *homes)]

    def _commands(self) -> list[PaletteEntry]:
        page = cast("PageWithKeys", self._app.screen)
        own = commands_of(page.active_bindings.values(), self._press)
        more = [command for commands in (*self.more_commands, *self.leading_commands) for command in commands()]
        if page.navigates:
            return [*own, *more, *self._themes(), *self._colour_themes()]
        return [*own, *self._leading(page), *self._colour_themes()]

    def _press(self, active: ActiveBinding) -> None:
        """Run the action of a key, on the widget that would have received the key."""
        self._app.call_later(self._app.run_action, active.binding.action, active.node)

    def _themes(self) -> list[PaletteEntry]:
        standing = self._app.standing
        themes = standing.plan.themes if standing else ()
        return [self._theme(theme.number, f"{theme.number} {one_line(theme.title)}") for theme in themes]

    def _theme(self, number: int, title: str) -> PaletteEntry:
        return PaletteEntry("theme", title, "", partial(self._navigator.filter_by_theme, number), title)

    def _colour_themes(self) -> list[PaletteEntry]:
        return [PaletteEntry("looks", name, "", partial(self._looks.use_theme, name), name) for name in THEMES]

    def _run(self, command: PaletteEntry | None) -> None:
        if command is not None:
            command.act()

    def show_jump_letters(self) -> None:
        """Show a letter on each widget that can have the focus. Pressing a letter moves the focus there."""
        from tui.services.jump_spots import spots_of

        spots = spots_of(self._app.screen)
        if spots:
            self._app.push_screen(new_screen("jump", spots), lambda go: go() if go else None)

    def show_help(self) -> None:
        """Show the purpose of the screen and its keys."""
        self._app.push_screen(new_screen("help", self._app.screen))
