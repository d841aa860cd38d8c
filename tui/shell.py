"""The shell: what a screen may ask of the app. Screens and dialogs import the shell, never the app or each other."""

import importlib
from functools import cached_property
from typing import TYPE_CHECKING

from tui.callback_parameters import count_parameters_once
from tui.layout_once import lay_out_new_widgets_once
from tui.loaded import LoadedApp
from tui.message_handlers import search_handlers_once
from tui.services.awaited import Awaited
from tui.services.garbage import Garbage
from tui.services.loading import Loading
from tui.services.looks import Looks, colours
from tui.services.tasks import Tasks
from tui.styling import RememberingStylesheet

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from planner.personal.settings import PersonalSettings
    from planner.personal.state import StateFolder
    from planner.queries.people.person_view import PersonView
    from planner.queries.weeks.overview import Overview
    from tui.data.door import Door
    from tui.services.acts import Acts
    from tui.services.changes import Changes
    from tui.services.finder import Finder
    from tui.services.home import Home
    from tui.services.imports import Imports
    from tui.services.navigator import Navigator
    from tui.services.permissions import Permissions
    from tui.services.plans import Plans
    from tui.services.reports import Reports
    from tui.services.tour import Tour


# What the views of the first data are made of, and what the first screens draw with it.
NEEDED_WITH_DATA = (
    "planner.domain.period_names",
    "planner.queries.people.person_view",
    "planner.queries.weeks.overview",
    "planner.queries.moves.in_words",
    "planner.personal.drafts",
)


# docs/decisions/0096: one object per service, so that each can be read and tested alone.
class Shell(LoadedApp):
    """The app's state together with its services.

    Without `settings`, the app uses its default keys. Without `state`, it remembers nothing between runs. The first
    screen is drawn before most services exist: each is imported and made when it is first used.
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
        self.loading = Loading(self, self.tasks, self.awaited)
        self.looks = Looks(self, self.tasks)
        self.loading.on_failure.append(self._load_failed)
        # Whether a key has already waited for the first screen of the person, and whether it waits now.
        self._waited_for_home = self._waits_for_home = False
        self.loading.before_showing.append(self._arrived)
        self.loading.after_load.append(self._loaded)
        self.looks.apply()
        # The first parse of the style sheets then has the right colours, so that no second one is needed.
        self.stylesheet.set_variables(self.get_css_variables())

    @cached_property
    def permissions(self) -> "Permissions":
        """What the person may do."""
        from tui.services.permissions import Permissions

        return Permissions(self, self.awaited)

    @cached_property
    def navigator(self) -> "Navigator":
        """The ways from one screen to another."""
        from tui.services.navigator import Navigator

        return Navigator(self)

    @cached_property
    def home(self) -> "Home":
        """The first screen of each role."""
        from tui.services.home import Home

        return Home(self, self.navigator)

    @cached_property
    def tour(self) -> "Tour":
        """The tour of the screens."""
        from tui.services.tour import Tour

        return Tour(self, self.navigator)

    @cached_property
    def finder(self) -> "Finder":
        """The palette, the jump letters and the help."""
        from tui.services.finder import Finder

        finder = Finder(self, self.tasks, self.navigator, self.looks)
        finder.more_commands += [self.acts.commands, self.tour.commands]
        finder.leading_commands += [self.home.commands]
        return finder

    @cached_property
    def reports(self) -> "Reports":
        """The forms that write, and undoing."""
        from tui.services.reports import Reports

        return Reports(self, self.tasks, self.loading, self.permissions)

    @cached_property
    def acts(self) -> "Acts":
        """The acts that change the plan."""
        from tui.services.acts import Acts

        return Acts(self, self.tasks, self.loading, self.permissions)

    @cached_property
    def imports(self) -> "Imports":
        """The import of files."""
        from tui.services.imports import Imports

        return Imports(self, self.permissions)

    @cached_property
    def changes(self) -> "Changes":
        """What is recorded outside this app."""
        from tui.services.changes import Changes

        return Changes(self, self.tasks, self.loading)

    @cached_property
    def plans(self) -> "Plans":
        """The plans of the register."""
        from tui.services.plans import Plans

        return Plans(self, self.tasks, self.loading, self.navigator)

    def prepare_for_data(self) -> None:
        """Import what the first data need, and make the services that are told of them."""
        for name in NEEDED_WITH_DATA:
            importlib.import_module(name)
        for service in (self.home, self.tour, self.finder, self.reports):
            assert service

    def _arrived(self, standing: "Overview", me: "PersonView | None") -> None:
        """Open the screen of the person's role when the plan is there."""
        self.home.arrived(standing, me)
        self._home_opened()

    def _loaded(self, standing: "Overview") -> None:
        """Tell the services that the plan was loaded. The hint for beginners does not come over the tour."""
        self.tour.loaded(standing)
        self.finder.loaded(standing)
        self.reports.loaded(standing)

    def comes_early(self, key: str) -> bool:
        """Return whether a key is for the first screen of the person, which opens when the data is there.

        Keys that lead elsewhere, and those of the app, do not wait.
        """
        if self._waited_for_home or self.standing is not None or self.trouble or len(self.screen_stack) > 1:
            return False
        active = self.screen.active_bindings.get(key)
        self._waited_for_home = self._waits_for_home = active is None or active.node is not self
        return self._waits_for_home

    def _home_opened(self) -> None:
        if self._waits_for_home:
            self._waits_for_home = False
            self.call_later(self.release_keys)

    def _load_failed(self, error: "PlannerError") -> None:
        self._home_opened()
        self.plans.failed(error)

    def offers_key(self, key: str) -> bool:
        """Return whether the bottom line may show a key, by the id of its binding."""
        return self.standing is None or self.permissions.offers(key)

    def look_for_changes(self) -> None:
        """Read the plan again if something was recorded since it was read, unless it is being read."""
        if self.loading.recorded is not None:
            self.changes.look()

    def keys_done(self) -> None:
        """Use the pause after a key to collect garbage."""
        self.garbage.pause()

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the current theme by their style sheet names."""
        self.theme_variables = colours(self.theme, super().get_css_variables)
        return self.theme_variables
