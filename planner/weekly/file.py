"""The weekly progress file on disk: what it is called where no name is given, and where it goes."""

from pathlib import Path

from planner.weekly.reading import Instance


def file_name(found: Instance, ending: str = "csv", section: str = "items") -> str:
    """The name of a week's file, which says whose plan it is and, in a demonstration, that it is simulated.

    The file of all items bears the week alone; another section's bears its name too.
    """
    simulated = "simulated-" if found.plan.simulated else ""
    part = "" if section == "items" else f"-{section}"
    return f"{simulated}{found.plan.key}-{found.week}{part}.{ending}"


def place(given: str, found: Instance, ending: str = "csv", section: str = "items") -> Path:
    """The file that is meant: in a folder, the one of the week's own name."""
    path = expanded(given)
    try:
        return path / file_name(found, ending, section) if path.is_dir() else path
    except OSError:
        return path  # what the system does not let us look at is told when it is written


def expanded(given: str) -> Path:
    """A path as it was typed, the home folder's sign told apart."""
    try:
        return Path(given).expanduser()
    except RuntimeError:
        return Path(given)  # the home of somebody who has none
