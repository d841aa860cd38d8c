"""A person's own settings: their keys, and the colour theme, which is remembered between runs."""

from typing import TYPE_CHECKING

from planner.personal.settings import Settings
from tui.data.door import Door
from tui.keys.remapping import called, keys_of
from tui.reading import ReadingApp
from tui.styling import RememberingStylesheet
from tui.themes import DARK, THEMES

if TYPE_CHECKING:
    from textual.theme import Theme

    from planner.base.errors import PlannerError
    from planner.personal.state import StateFolder

# Seconds for which a message about the settings file is shown. It has several lines to read.
LONG = 20

# The colours of each theme. They are cached because Textual computes them again whenever the app starts, reads its
# styles or changes its theme.
_colours: dict[str, dict[str, str]] = {}


class LooksApp(ReadingApp):
    """An app with settings. `state` stores what is remembered between runs; with None, nothing is remembered."""

    def __init__(self, door: Door, settings: Settings | None = None, state: "StateFolder | None" = None) -> None:
        super().__init__(door)
        self.stylesheet = RememberingStylesheet(variables=self.stylesheet._variables)
        self.settings = settings or Settings()
        self.state = state
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = self._first_looks().name
        self.set_keymap(dict(self.settings.keys))

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the current theme by their style sheet names, computed once for each theme."""
        if self.theme not in _colours:
            _colours[self.theme] = super().get_css_variables()
        self.theme_variables = dict(_colours[self.theme])
        return self.theme_variables

    def _first_looks(self) -> "Theme":
        """Return the theme in the settings file, or the theme chosen last, or the dark theme."""
        remembered = self.state.theme if self.state else None
        return THEMES.get(self.settings.theme or remembered or "", DARK)

    def tell_settings(self) -> None:
        """Show the errors in the settings file, if any. A file with errors is ignored."""
        if self.settings.troubles:
            troubles = "\n".join(self.settings.troubles)
            self.notify(
                f"{troubles}\nNothing of the file was taken. 'planner keys --check' checks it.",
                title="Your settings",
                severity="warning",
                timeout=LONG,
                markup=False,
            )

    def key_for(self, name: str) -> str:
        """Return the first key of a binding in readable form, for sentences that mention the key."""
        return called(keys_of(name, self.settings.keys)[0])

    def action_looks(self) -> None:
        """Switch to the next theme."""
        names = list(THEMES)
        place = next((number for number, theme in enumerate(THEMES.values()) if theme.name == self.theme), 0)
        self.take_looks(names[(place + 1) % len(names)])

    def take_looks(self, name: str) -> None:
        """Switch to a theme by its name, and remember the choice."""
        self.theme = THEMES[name].name
        self.notify(f"Looks: {name}{self._until()}", markup=False)
        state = self.state
        if state is not None:
            self.ask(self, lambda: state.keep_theme(name), lambda _: None, self.tell_not_kept, group="looks")

    def _until(self) -> str:
        set_there = self.settings.theme
        return f". At the next start your settings file has it {set_there} again." if set_there else ""

    def tell_not_kept(self, error: "PlannerError") -> None:
        """Warn that something could not be remembered. This has no other consequences."""
        self.notify(error.message, severity="warning", markup=False)
