"""What makes the files, and in which version: written down when a week is issued, compared when it is had again."""

import platform
import zlib
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version

from planner import __version__
from planner.weekly.formats import Format

# The libraries that have a say in a format's bytes, by the names under which they are installed.
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "xlsx": ("XlsxWriter",),
    "html": ("Jinja2", "vl-convert-python"),
}


def program_version() -> str:
    """The version of this program."""
    return __version__


def library_versions(formats: Iterable[Format] = tuple(Format)) -> dict[str, str]:
    """The versions of what the formats are made with: Python, its zlib (a workbook is a zip), and libraries."""
    names = [name for form in formats for name in LIBRARIES.get(form, ())]
    return {"Python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION} | {
        name: _version(name) for name in names
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
