"""Opens the app where the work of the person is."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, cast

from planner.base.language import tr
from planner.domain.rules.permissions import Permission, deeds_of
from planner.domain.vocabulary import Role
from tui.services.commands import PaletteEntry
from tui.services.navigator import OVERVIEW

if TYPE_CHECKING:
    from planner.queries.people.person_view import PersonView
    from planner.queries.weeks.overview import Overview
    from tui.loaded import LoadedApp
    from tui.services.navigator import Navigator


class ScreenOfMoves(Protocol):
    """A screen with a list of what moved in the week."""

    def go_to_moves(self) -> None:
        """Move the cursor to the list, which begins with what got worse."""


# docs/decisions/0149: who opens the app where.
class Home:
    """Opens the first screen of a person, once: when the plan is first loaded.

    If `tells_missing` is not set, an administrator gets the overview also if something is not set up yet.
    """

    def __init__(self, app: "LoadedApp", navigator: "Navigator") -> None:
        self._app = app
        self._navigator = navigator
        self._opened = False
        self.tells_missing = True
        self._screens: dict[Role, Callable[[], None]] = {
            Role.OFFICER: lambda: navigator.go("my_week"),
            Role.MANAGER: self._show_moves,
            Role.AUDITOR: navigator.open_findings,
            Role.ADMINISTRATOR: self._show_setup,
        }

    def arrived(self, standing: "Overview", me: "PersonView | None") -> None:
        """Open the screen of the person's role, before the screens show the plan.

        Everybody else stays on the overview, and so does who has opened something meanwhile or finds an empty plan.
        """
        if self._opened:
            return
        self._opened = True
        # An administrator of an empty plan is shown how to fill it.
        if me is not None and standing.total and len(self._app.screen_stack) == 1:
            self._screens.get(me.role, lambda: None)()

    def _show_setup(self) -> None:
        if self._app.missing and self.tells_missing:
            self._navigator.open_setup(self._app.missing)

    def commands(self) -> list[PaletteEntry]:
        """Return the commands of the palette that show the first screen of each role, also to others.

        Only an administrator is shown what is not set up yet.
        """
        go = self._navigator
        entries = [
            PaletteEntry("findings", tr("Show what an auditor should see"), "", go.open_findings, tr("Findings")),
            PaletteEntry("requests", tr("Show requests for help and for later dates"), "", go.open_requests),
            PaletteEntry("moved", tr("Show what moved, and first what got worse"), "", self._go_to_moves),
        ]
        if self._app.me is not None and Permission.CONFIRM in deeds_of(self._app.me.role):
            told = tr("Show the endings that wait for confirmation, or return reports")
            entries.append(PaletteEntry("confirm", told, "", go.open_confirmations, tr("To confirm")))
        if self._app.me is not None and self._app.me.role is Role.ADMINISTRATOR:
            entries.append(PaletteEntry("doctor", tr("Show what is not set up yet"), "", go.open_setup))
        return entries

    def _go_to_moves(self) -> None:
        self._navigator.go(OVERVIEW)
        self._show_moves()

    def _show_moves(self) -> None:
        cast("ScreenOfMoves", self._app.screen).go_to_moves()
