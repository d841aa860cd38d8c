"""The setting `plain` in a user's settings file.

It is read before every command, so for a user without a settings file this costs one look at the disk and no import.
"""

from planner.base.user_folders import settings_file


def wants_plain() -> bool:
    """Return whether the settings file asks for plain words. Other errors in the file do not matter here."""
    if not _has_file():
        return False
    from planner.base.errors import FileTroubleError
    from planner.personal.person_file import read_text

    try:
        text = read_text(settings_file())
    except FileTroubleError:
        return False
    return text is not None and "plain" in text and _is_set(text)


def _has_file() -> bool:
    try:
        return settings_file().exists()
    except (OSError, RuntimeError):
        # The folder may not be entered, or the user has none.
        return False


def _is_set(text: str) -> bool:
    import tomllib

    try:
        looks = tomllib.loads(text).get("looks")
    except tomllib.TOMLDecodeError:
        return False
    return isinstance(looks, dict) and looks.get("plain") is True
