"""Begins the import of a file into the register."""

from typing import TYPE_CHECKING

from tui.routes import new_screen

if TYPE_CHECKING:
    from tui.data.importing import ChosenFiles
    from tui.loaded import LoadedApp
    from tui.services.permissions import Permissions


class Imports:
    """Asks for a file, and shows what its import would do."""

    def __init__(self, app: "LoadedApp", permissions: "Permissions") -> None:
        self._app = app
        self._permissions = permissions

    def begin(self) -> None:
        """Ask for the path of a file. Everybody may look at a preview, and only who may import can import."""
        if self._permissions.may_look():
            self._app.push_screen(new_screen("import_files"), self._show)

    def _show(self, chosen: "ChosenFiles | None") -> None:
        if chosen is not None:
            self.show(chosen)

    def show(self, chosen: "ChosenFiles") -> None:
        """Show what the import of files would do."""
        self._app.push_screen(new_screen("import", chosen))
