"""A person's settings in the app: the errors in their settings file, and the colour theme."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.base.language import tr
from tui.themes import DARK, THEMES

if TYPE_CHECKING:
    from textual.theme import Theme

    from tui.loaded import LoadedApp
    from tui.services.tasks import Tasks

# Seconds for which a message about the settings file is shown. It has several lines to read.
LONG = 20

# The colours of each theme. They are cached because Textual computes them again whenever the app starts, reads its
# styles or changes its theme.
_colours: dict[str, dict[str, str]] = {}


def colours(theme: str, compute: Callable[[], dict[str, str]]) -> dict[str, str]:
    """Return the colours of a colour theme by their style sheet names. They are computed once for each colour theme."""
    if theme not in _colours:
        _colours[theme] = compute()
    return dict(_colours[theme])


class Looks:
    """Applies the person's key bindings and colour theme, and remembers the colour theme between runs."""

    def __init__(self, app: "LoadedApp", tasks: "Tasks") -> None:
        self._app = app
        self._tasks = tasks

    def apply(self) -> None:
        """Apply the person's key bindings and colour theme."""
        app = self._app
        for theme in THEMES.values():
            app.register_theme(theme)
        app.theme = self._first_theme().name
        app.set_keymap(dict(app.settings.keys))

    def _first_theme(self) -> "Theme":
        """Return the colour theme in the settings file, or else the one chosen last, or else the dark one."""
        state = self._app.person_state
        return THEMES.get(self._app.settings.theme or (state.theme if state else None) or "", DARK)

    def show_settings_errors(self) -> None:
        """Show the errors in the settings file, if any. A file with errors is ignored."""
        settings = self._app.settings
        if settings.troubles:
            errors = "\n".join(settings.troubles)
            self._app.notify(
                tr("{errors}\nThe settings file is not used. Check it with 'planner keys --check'.", errors=errors),
                title=tr("Your settings"),
                severity="warning",
                timeout=LONG,
                markup=False,
            )

    def next_theme(self) -> None:
        """Switch to the next colour theme."""
        names = list(THEMES)
        current = self._app.theme
        place = next((number for number, theme in enumerate(THEMES.values()) if theme.name == current), 0)
        self.use_theme(names[(place + 1) % len(names)])

    def use_theme(self, name: str) -> None:
        """Switch to a colour theme by its name, and remember the choice."""
        app, state, fixed = self._app, self._app.person_state, self._app.settings.theme
        app.theme = THEMES[name].name
        message = tr("Colour theme: {name}", name=name)
        if fixed:
            message = tr(
                "Colour theme: {name}. The next start uses {fixed} again, because your settings file names it.",
                name=name,
                fixed=fixed,
            )
        app.notify(message, markup=False)
        if state is not None:
            self._tasks.run(app, lambda: state.keep_theme(name), lambda _: None, app.warn, group="looks")
