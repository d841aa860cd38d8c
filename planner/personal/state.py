"""Small files that the program keeps for one user between runs. They are not records of the register."""

from pathlib import Path

from planner.base.errors import FileTroubleError
from planner.base.user_folders import user_folder
from planner.personal.person_file import read_text, save_text


def state_folder() -> Path:
    """Return the user's folder for program state."""
    return user_folder("state")


class StateFolder:
    """The folder for program state. It is created when something is first stored.

    A file that cannot be read counts as missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def theme(self) -> str | None:
        """The theme that was last chosen in the app, or None."""
        return self._read("theme")

    def keep_theme(self, theme: str) -> None:
        """Remember the chosen theme. Raises FileTroubleError if it cannot be written."""
        self._write("theme", theme)

    @property
    def welcomed(self) -> bool:
        """Whether the welcome message was shown to this user."""
        return self._read("welcomed") is not None

    def keep_welcomed(self) -> None:
        """Remember that the welcome message was shown. Raises FileTroubleError if this cannot be written."""
        self._write("welcomed", "yes")

    @property
    def last_import(self) -> str:
        """The paths from which the app last read files to import, or an empty text."""
        return self._read("last-import") or ""

    def keep_last_import(self, paths: str) -> None:
        """Remember the paths of an import. Raises FileTroubleError if they cannot be written."""
        self._write("last-import", paths)

    def keep_copy(self, text: str, ending: str) -> Path:
        """Write copied text to a file with this extension, replacing the text copied before. Return the path.

        Raises FileTroubleError if the file cannot be written.
        """
        return self._write(f"copied.{ending}", text)

    def _read(self, name: str) -> str | None:
        try:
            text = read_text(self._folder / name)
        except FileTroubleError:
            return None
        return None if text is None else text.strip()

    def _write(self, name: str, text: str) -> Path:
        file = self._folder / name
        save_text(file, text)
        return file
