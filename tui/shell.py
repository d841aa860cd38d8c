"""The shell: what a screen may ask of the app. Screens and dialogs import the shell, never the app or each other."""

from typing import TYPE_CHECKING

from tui.callback_parameters import count_parameters_once
from tui.layout_once import lay_out_new_widgets_once
from tui.loaded import LoadedApp
from tui.message_handlers import search_handlers_once
from tui.services.acts import Acts
from tui.services.awaited import Awaited
from tui.services.finder import Finder
from tui.services.garbage import Garbage
from tui.services.home import Home
from tui.services.imports import Imports
from tui.services.loading import Loading
from tui.services.looks import Looks, colours
from tui.services.navigator import Navigator
from tui.services.permissions import Permissions
from tui.services.plans import Plans
from tui.services.reports import Reports
from tui.services.tasks import Tasks
from tui.services.tour import Tour
from tui.styling import RememberingStylesheet

if TYPE_CHECKING:
    from planner.personal.settings import PersonalSettings
    from planner.personal.state import StateFolder
    from tui.data.door import Door


# docs/decisions/0096: one object per service, so that each can be read and tested alone.
class Shell(LoadedApp):
    """The app's state together with its services.

    Without `settings`, the app uses its default keys. Without `state`, it remembers nothing between runs.
    """

    def __init__(
        self, door: "Door", settings: "PersonalSettings | None" = None, state: "StateFolder | None" = None
    ) -> None:
        search_handlers_once()
        count_parameters_once()
        lay_out_new_widgets_once()
        super().__init__(door, settings, state)
        self.stylesheet = RememberingStylesheet(variables=self.stylesheet._variables)
        self.tasks = Tasks(self)
        self.garbage = Garbage(self)
        self.awaited = Awaited(self)
        self.permissions = Permissions(self, self.awaited)
        self.loading = Loading(self, self.tasks, self.awaited)
        self.looks = Looks(self, self.tasks)
        self.navigator = Navigator(self)
        self.home = Home(self, self.navigator)
        self.tour = Tour(self, self.navigator)
        self.finder = Finder(self, self.tasks, self.navigator, self.looks)
        self.reports = Reports(self, self.tasks, self.loading, self.permissions)
        self.acts = Acts(self, self.tasks, self.loading, self.permissions)
        self.finder.more_commands += [self.acts.commands, self.tour.commands]
        self.imports = Imports(self, self.permissions)
        self.plans = Plans(self, self.tasks, self.loading, self.navigator)
        self.loading.on_failure.append(self.plans.failed)
        self.loading.before_showing.append(self.home.arrived)
        # The hint for beginners does not come over the tour.
        self.loading.after_load += [self.tour.loaded, self.finder.loaded, self.reports.loaded]
        self.looks.apply()
        # The first parse of the style sheets then has the right colours, so that no second one is needed.
        self.stylesheet.set_variables(self.get_css_variables())

    def offers_key(self, key: str) -> bool:
        """Return whether the bottom line may show a key, by the id of its binding."""
        return self.permissions.offers(key)

    def keys_done(self) -> None:
        """Use the pause after a key to collect garbage."""
        self.garbage.pause()

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the current theme by their style sheet names."""
        self.theme_variables = colours(self.theme, super().get_css_variables)
        return self.theme_variables
