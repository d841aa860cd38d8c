"""The versions of the software that makes the files: recorded when a week is issued, compared when it is reproduced."""

import platform
import zlib
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version

from planner import __version__
from planner.weekly.formats import Format

# The libraries that determine the bytes of a format, by the names of their distributions.
LIBRARIES: Mapping[str, tuple[str, ...]] = {
    "xlsx": ("XlsxWriter",),
    "html": ("Jinja2", "vl-convert-python"),
    "brief": ("Jinja2",),
    "pdf": ("typst",),
    "docx": ("python-docx", "lxml"),
}


def program_version() -> str:
    """Return the version of this program."""
    return __version__


def library_versions(formats: Iterable[Format] = tuple(Format)) -> dict[str, str]:
    """Return the versions of Python, of zlib (which compresses workbooks), and of the libraries for these formats."""
    names = [name for form in formats for name in LIBRARIES.get(form, ())]
    return {"Python": platform.python_version(), "zlib": zlib.ZLIB_RUNTIME_VERSION} | {
        name: _version(name) for name in names
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
