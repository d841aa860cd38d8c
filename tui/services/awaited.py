"""Keeps what a key asked for before the data that it needs was there."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from tui.routes import new_screen

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from tui.loaded import LoadedApp


class Awaited:
    """What the last key asked for, until the data arrives. Meanwhile, the next keys are held: they are meant for it."""

    def __init__(self, app: "LoadedApp") -> None:
        self._app = app
        self._owner: object = None
        self._wanted: Callable[[], None] | None = None

    def ask(self, owner: object, wanted: Callable[[], None]) -> None:
        """Call a function when the data of `owner`, a screen or a service, arrives.

        If it takes long, a window says so, and nothing is called.
        """
        self._owner, self._wanted = owner, wanted
        self._app.hold_keys(self._give_up)

    def arrived(self, owner: object) -> None:
        """Do what a key asked for, because the data of `owner` is there."""
        if self._owner is owner and self._wanted is not None:
            wanted = self._wanted
            self._forget()
            self._app.go_on(wanted)

    def failed(self, error: "PlannerError") -> None:
        """Say that the data could not be read, if a key waits for it."""
        if self._wanted is not None:
            self._forget()
            self._app.go_on(lambda: self.refuse(error))

    def refuse(self, error: "PlannerError") -> None:
        """Say why a form does not open, in a window that takes the keys which are meant for the form."""
        # docs/decisions/0135: otherwise what is typed on would be taken for keys.
        self._app.push_screen(new_screen("refused", error))

    def _give_up(self) -> None:
        self._forget()
        self.refuse(NotAllowedError(tr("this is still being read"), do=tr("Try again when it is shown")))

    def _forget(self) -> None:
        self._owner = self._wanted = None
