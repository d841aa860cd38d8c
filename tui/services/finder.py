"""Finding things in the app: the palette, jump letters, the help on keys, and the hint at the first run."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import ActiveBinding

from tui.data.jump_targets import JumpTargets
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


class Finder:
    """Opens the palette, the jump letters and the help.

    `places` searches the items, clauses and organisations that were last loaded. It is None before the first load.
    `more_commands` are functions that return commands without a key of their own, for the screen that is shown.
    """

    def __init__(self, app: "LoadedApp", tasks: "Tasks", navigator: "Navigator", looks: "Looks") -> None:
        self._app = app
        self._tasks = tasks
        self._navigator = navigator
        self._looks = looks
        self.places: JumpTargets | None = None
        self.more_commands: list[Callable[[], list[PaletteEntry]]] = []

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
        self._app.push_screen(new_screen("palette", self._commands(), self.places), self._run)

    def _commands(self) -> list[PaletteEntry]:
        bindings = self._app.screen.active_bindings.values()
        more = [command for commands in self.more_commands for command in commands()]
        return [*commands_of(bindings, self._press), *more, *self._themes(), *self._colour_themes()]

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
