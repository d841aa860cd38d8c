"""The tour: the main screens one after another, with one sentence about each."""

from typing import TYPE_CHECKING

from planner.base.language import later, tr, tr_later
from tui.routes import new_screen
from tui.services.commands import PaletteEntry

if TYPE_CHECKING:
    from planner.queries.weeks.overview import Overview
    from tui.loaded import LoadedApp
    from tui.services.navigator import Navigator

# The screens of the tour, each with its sentence. {key} is the key that leads to the screen.
_STEPS = (
    ("overview", later("Overview ({key}): where the plan stands, a line for each theme.")),
    ("my_week", later("My week ({key}): what you still have to report. enter opens the form.")),
    ("register", later("Register ({key}): all items. Type / and a word to search.")),
    ("timeline", later("Timeline ({key}): what falls due when.")),
    ("mandates", later("Mandates ({key}): the duties, and the items that stand on each.")),
    ("weekly", later("Weekly file ({key}): the week, as a manager sends it on.")),
    ("log", later("Log ({key}): who changed what, and when. Nothing is overwritten.")),
    ("overview", later("That was all. ? lists the keys of a screen, ctrl+p finds anything.")),
)


class Tour:
    """Leads through the app. If it is `wanted`, it begins as soon as the plan is loaded."""

    def __init__(self, app: "LoadedApp", navigator: "Navigator") -> None:
        self.wanted = False
        self._app = app
        self._navigator = navigator

    def loaded(self, _standing: "Overview") -> None:
        """Begin the tour if it is wanted. It begins once, although the plan can be loaded again."""
        if self.wanted:
            self.wanted = False
            self._show(0)

    def commands(self) -> list[PaletteEntry]:
        """Return the command that begins the tour, for the palette."""
        return [PaletteEntry("tour", tr("Show the screens one after another"), "", lambda: self._show(0))]

    def _show(self, number: int) -> None:
        """Show a screen of the tour with its sentence."""
        screen, sentence = _STEPS[number]
        self._navigator.go(screen)
        words = tr_later(sentence).replace("{key}", self._app.key_for(f"go.{screen}"))
        line = new_screen("tour", words, number + 1, len(_STEPS))
        self._app.push_screen(line, lambda by: self._go_on(number, by))

    def _go_on(self, number: int, by: int | None) -> None:
        following = None if by is None else max(number + by, 0)
        if following is not None and following < len(_STEPS):
            self._show(following)
