"""The weekly progress file on disk: what it is called where no name is given, and writing it."""

from pathlib import Path

from planner.files import write_whole
from planner.weekly.csv_file import csv_bytes
from planner.weekly.rows import Weekly


def file_name(found: Weekly, ending: str = "csv") -> str:
    """The name of a week's file, which says whose plan it is and, in a demonstration, that it is simulated."""
    simulated = "simulated-" if found.plan.simulated else ""
    return f"{simulated}{found.plan.key}-{found.week}.{ending}"


def place(given: str, found: Weekly, ending: str = "csv") -> Path:
    """The file that is meant: in a folder, the one of the week's own name."""
    path = _expanded(given)
    try:
        return path / file_name(found, ending) if path.is_dir() else path
    except OSError:
        return path  # what the system does not let us look at is told when it is written


def _expanded(given: str) -> Path:
    try:
        return Path(given).expanduser()
    except RuntimeError:
        return Path(given)  # the home of somebody who has none


def write_csv(path: Path, found: Weekly) -> None:
    """Write the CSV, the same bytes that `planner weekly` writes. Raises FileTroubleError."""
    write_whole(path, csv_bytes(found.rows))
