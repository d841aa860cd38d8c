"""What a person has set for themselves: the keys, and the looks, which are remembered from run to run."""

from typing import TYPE_CHECKING

from planner.settings_file import Settings
from tui.data.door import Door
from tui.keymap import called, keys_of
from tui.reading import ReadingApp
from tui.styling import RememberingStylesheet
from tui.themes import DARK, THEMES

if TYPE_CHECKING:
    from textual.theme import Theme

    from planner.errors import PlannerError
    from planner.state import StateFolder

# So long a message about the settings file stays, in seconds: it has several lines to be read.
LONG = 20

# The colours of each theme: Textual mixes them anew whenever the app starts, reads its styles or changes its theme.
_colours: dict[str, dict[str, str]] = {}


class LooksApp(ReadingApp):
    """`state` keeps what is remembered between runs; None keeps nothing."""

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
        """The colours of the current theme by their names in the style sheet, computed once for each theme."""
        if self.theme not in _colours:
            _colours[self.theme] = super().get_css_variables()
        self.theme_variables = dict(_colours[self.theme])
        return self.theme_variables

    def _first_looks(self) -> "Theme":
        """Those of the settings file, else those chosen last, else dark."""
        remembered = self.state.theme if self.state else None
        return THEMES.get(self.settings.theme or remembered or "", DARK)

    def tell_settings(self) -> None:
        """Say what is wrong with the settings file, if anything; then the app runs without it."""
        if self.settings.troubles:
            told = "\n".join(self.settings.troubles)
            self.notify(
                f"{told}\nNothing of the file was taken. 'planner keys --check' checks it.",
                title="Your settings",
                severity="warning",
                timeout=LONG,
                markup=False,
            )

    def key_for(self, name: str) -> str:
        """The first key of a binding by its id, as people call it: for sentences that name a key."""
        return called(keys_of(name, self.settings.keys)[0])

    def action_looks(self) -> None:
        """The next looks."""
        names = list(THEMES)
        place = next((number for number, theme in enumerate(THEMES.values()) if theme.name == self.theme), 0)
        self.take_looks(names[(place + 1) % len(names)])

    def take_looks(self, name: str) -> None:
        """Take some looks by their name, and remember them."""
        self.theme = THEMES[name].name
        self.notify(f"Looks: {name}{self._until()}", markup=False)
        state = self.state
        if state is not None:
            self.ask(self, lambda: state.keep_theme(name), lambda _: None, self.tell_not_kept, group="looks")

    def _until(self) -> str:
        set_there = self.settings.theme
        return f". At the next start your settings file has it {set_there} again." if set_there else ""

    def tell_not_kept(self, error: "PlannerError") -> None:
        """Say that something could not be remembered; it does no other harm."""
        self.notify(error.message, severity="warning", markup=False)
