"""The program's own folders of the current user: for settings, for data, and for what it keeps between runs."""

import os
import sys
from pathlib import Path
from typing import Literal

Kind = Literal["config", "data", "state"]

NAME = "planner"
SETTINGS_NAME = "config.toml"
# The usual folders on Linux, below the home folder.
_USUAL = {"config": ".config", "data": ".local/share", "state": ".local/state"}


def user_folder(kind: Kind) -> Path:
    """Return the folder, which need not exist yet."""
    # Importing platformdirs would delay the app's first screen. It is asked in all cases that are not usual.
    return _usual_folder(kind) or _folder_of_platform(kind)


def settings_file() -> Path:
    """Return the path of the user's settings file, which need not exist."""
    return user_folder("config") / SETTINGS_NAME


def _usual_folder(kind: Kind) -> Path | None:
    """Return the folder on Linux as the environment gives it, or None if the environment is not usual."""
    if sys.platform != "linux" or "ANDROID_DATA" in os.environ:
        return None
    given = os.environ.get(f"XDG_{kind.upper()}_HOME", "")
    home = os.environ.get("HOME", "")
    above = given or (f"{home}/{_USUAL[kind]}" if home else "")
    return Path(above, NAME) if above.startswith("/") and above == above.strip() else None


def _folder_of_platform(kind: Kind) -> Path:
    import platformdirs

    find = {
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "state": platformdirs.user_state_path,
    }[kind]
    return find(NAME, appauthor=False)
