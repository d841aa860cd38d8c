"""The content, default name and location of a weekly progress file on disk."""

from collections.abc import Iterable
from pathlib import Path

from planner.base.files import expanded, names_folder
from planner.base.views import value_class
from planner.weekly.reading import Instance


@value_class
class NamedFile:
    """A file to be written: its name without a folder, and its content as a sequence of bytes objects."""

    name: str
    content: Iterable[bytes]


def file_name(found: Instance, ending: str = "csv", section: str = "items") -> str:
    """Return the default name of a week's file, made from the plan's key, the week and the part of the plan.

    In a demonstration the name begins with `simulated-`. A section other than `items` adds its own name.
    """
    simulated = "simulated-" if found.plan.simulated else ""
    part = "" if section == "items" else f"-{section}"
    return f"{simulated}{found.plan.key}-{found.week}{found.part.suffix}{part}.{ending}"


def output_path(given: str, found: Instance, ending: str = "csv", section: str = "items") -> Path:
    """Return the path to write to. If the given path is a folder, the default file name is added."""
    path = expanded(given)
    return path / file_name(found, ending, section) if names_folder(given) else path
