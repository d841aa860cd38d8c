"""Finding one's way: the palette, letters to jump by, the keys of the screen, and the hint at the first run."""

from functools import partial

from textual.binding import ActiveBinding

from tui.commands import Command, commands_of
from tui.data.places import Places
from tui.marks import one_line
from tui.navigation import NavigatingApp
from tui.themes import THEMES


class FindingApp(NavigatingApp):
    """`places` finds items, clauses and organisations of what was read last; None before anything was."""

    places: Places | None = None

    def arrived(self) -> None:
        """Find among what was read now; tell at the first run how to get on."""
        super().arrived()
        if self.standing is not None:
            self.places = Places(self.door, self.standing.items)
            self._welcome()

    def _welcome(self) -> None:
        """Tell a person who is here for the first time how to get on, once."""
        state = self.state
        if state is None or state.welcomed or len(self.screen_stack) > 1:
            return
        from tui.widgets.hint import Hint

        self.screen.mount(Hint(self.screen.focused))
        self.ask(self, state.keep_welcomed, lambda _: None, self.tell_not_kept, group="welcome")

    def open_near(self, name: str) -> None:
        """Show an item by its code, or of a measure its first item, the others following; its links where it has none.

        Both are called by codes, and no measure has an item's.
        """
        items = self.standing.items if self.standing is not None else ()
        codes = [item.code for item in items if name in (item.code, item.measure)]
        if codes:
            self.open_item(codes[0], codes)
        else:
            self.open_links(ends=frozenset({name}))

    def action_palette(self) -> None:
        """Find a command, or a place to go to."""
        from tui.screens.palette import Palette

        self.push_screen(Palette(self._commands(), self.places), self._do)

    def _commands(self) -> list[Command]:
        return [*commands_of(self.screen.active_bindings.values(), self._press), *self._themes(), *self._looks()]

    def _press(self, active: ActiveBinding) -> None:
        """Do what a key does, where it would have done it."""
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
        """Letters on everything that can have the focus."""
        from tui.screens.jump import JumpScreen, spots_of

        spots = spots_of(self.screen)
        if spots:
            self.push_screen(JumpScreen(spots), lambda go: go() if go else None)

    def action_help(self) -> None:
        """What the screen answers, and its keys."""
        from tui.screens.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))
