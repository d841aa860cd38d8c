"""Locating the data that comes with the program: beside the package in a checkout, inside the package in a wheel."""

from pathlib import Path

# The package `planner`, which this module lies two levels below.
PACKAGE = Path(__file__).resolve().parent.parent


def bundled(name: str) -> Path:
    """Return the folder of the bundled data named `name`: `seeds` or `migrations`."""
    inside = PACKAGE / "bundled" / name
    return inside if inside.is_dir() else PACKAGE.parent / name
