"""The formats of the weekly file, and the files that each of them is: the one place that knows all of them.

What makes a format is imported when it is asked for: a CSV needs neither the workbook's nor the page's libraries.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from planner.weekly.contents import WeeklyFile
from planner.weekly.csv_file import section_csv
from planner.weekly.file import file_name


class Format(StrEnum):
    """A form in which the weekly file can be had."""

    CSV = "csv"
    JSON = "json"


# What makes the formats that hold the whole file (module:function, of a WeeklyFile to pieces of bytes).
_MAKERS = {
    Format.JSON: "planner.weekly.json_file:file_json",
}


@dataclass(frozen=True)
class NamedFile:
    """A file to be written: its name without a folder, and its content in pieces."""

    name: str
    content: Iterable[bytes]


def whole_file(found: WeeklyFile, form: Format) -> Iterator[bytes]:
    """The file of a format that holds all sections."""
    module, _, function = _MAKERS[form].partition(":")
    make: Callable[[WeeklyFile], Iterator[bytes]] = getattr(importlib.import_module(module), function)
    return make(found)


def files_of(found: WeeklyFile, form: Format) -> Iterator[NamedFile]:
    """The files that a week is in a format: one with all sections, or as CSV one of each."""
    if form is Format.CSV:
        for filled in found.sections:
            yield NamedFile(file_name(found.instance, "csv", filled.section.name), section_csv(filled))
    else:
        yield NamedFile(file_name(found.instance, form), whole_file(found, form))
