"""Finding things in the app: the palette, jump letters, the help on keys, and the hint at the first run."""

from functools import partial

from textual.binding import ActiveBinding

from tui.commands import Command, commands_of
from tui.data.places import Places
from tui.marks import one_line
from tui.navigation import NavigatingApp
from tui.themes import THEMES


class FindingApp(NavigatingApp):
    """An app with a palette and jump letters.

    `places` searches the items, clauses and organisations that were last loaded. It is None before the first load.
    """

    places: Places | None = None

    def arrived(self) -> None:
        """Search in the newly loaded data, and show the hint at the first run."""
        super().arrived()
        if self.standing is not None:
            self.places = Places(self.door, self.standing.items)
            self._welcome()

    def _welcome(self) -> None:
        """Show the hint for beginners, once per person."""
        state = self.state
        if state is None or state.welcomed or len(self.screen_stack) > 1:
            return
        from tui.widgets.hint import Hint

        self.screen.mount(Hint(self.screen.focused))
        self.ask(self, state.keep_welcomed, lambda _: None, self.tell_not_kept, group="welcome")

    def open_near(self, name: str) -> None:
        """Show an item by its code, or the first item of a measure by the measure's key.

        If the measure has no items, its links are shown. The codes of items and the keys of measures never coincide.
        """
        items = self.standing.items if self.standing is not None else ()
        codes = [item.code for item in items if name in (item.code, item.measure)]
        if codes:
            self.open_item(codes[0], codes)
        else:
            self.open_links(ends=frozenset({name}))

    def action_palette(self) -> None:
        """Open the palette to run a command or to go to a place."""
        from tui.dialogs.palette import Palette

        self.push_screen(Palette(self._commands(), self.places), self._do)

    def _commands(self) -> list[Command]:
        return [*commands_of(self.screen.active_bindings.values(), self._press), *self._themes(), *self._looks()]

    def _press(self, active: ActiveBinding) -> None:
        """Run the action of a key, on the widget that would have received the key."""
        self.call_later(self.run_action, active.binding.action, active.node)

    def _themes(self) -> list[Command]:
        themes = self.standing.plan.themes if self.standing else ()
        return [
            Command(
                "theme",
                f"{theme.number} {one_line(theme.title)}",
                "",
                partial(self.action_theme, theme.number),
            )
            for theme in themes
        ]

    def _looks(self) -> list[Command]:
        return [Command("looks", name, "", partial(self.take_looks, name)) for name in THEMES]

    def _do(self, command: Command | None) -> None:
        if command is not None:
            command.act()

    def action_jump(self) -> None:
        """Show a letter on each widget that can have the focus. Pressing a letter moves the focus there."""
        from tui.dialogs.jump import JumpScreen, spots_of

        spots = spots_of(self.screen)
        if spots:
            self.push_screen(JumpScreen(spots), lambda go: go() if go else None)

    def action_help(self) -> None:
        """Show the purpose of the screen and its keys."""
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))
