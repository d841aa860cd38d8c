"""What the program keeps of one person between runs that is no record: small files in a folder of theirs."""

from pathlib import Path

from planner.errors import FileTroubleError
from planner.files import LARGEST_SMALL_FILE, make_private_folder, read_bounded, write_whole


def state_folder() -> Path:
    """The per-user folder for state."""
    from platformdirs import user_state_path

    return user_state_path("planner", appauthor=False)


class StateFolder:
    """The folder, made when something is first kept. What cannot be read there counts as not kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def theme(self) -> str | None:
        """The looks last chosen in the app."""
        return self._read("theme")

    def keep_theme(self, theme: str) -> None:
        """Remember the looks. Raises FileTroubleError."""
        self._write("theme", theme)

    @property
    def welcomed(self) -> bool:
        """Whether this person was told how to get on."""
        return self._read("welcomed") is not None

    def keep_welcomed(self) -> None:
        """Remember that they were. Raises FileTroubleError."""
        self._write("welcomed", "yes")

    def keep_copy(self, text: str, ending: str) -> Path:
        """Keep what was copied last, in place of what was copied in that form before. Raises FileTroubleError."""
        return self._write(f"copied.{ending}", text)

    def _read(self, name: str) -> str | None:
        try:
            return read_bounded(self._folder / name, LARGEST_SMALL_FILE).decode("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None

    def _write(self, name: str, text: str) -> Path:
        file = self._folder / name
        try:
            make_private_folder(self._folder)
        except OSError as error:
            raise FileTroubleError(
                f"the folder cannot be made ({(error.strerror or str(error)).lower()})", where=str(self._folder)
            ) from error
        write_whole(file, [text.encode("utf-8", "replace")], private=True)
        return file
