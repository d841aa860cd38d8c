"""The formats of the weekly file, and the files that each of them is: the one place that knows all of them.

What makes a format is imported when it is asked for: a CSV needs neither the workbook's nor the page's libraries.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from planner.files import write_all
from planner.weekly.contents import WeeklyFile
from planner.weekly.csv_file import section_csv
from planner.weekly.descriptions import PACKAGE, beside, data_package
from planner.weekly.file import file_name
from planner.weekly.reading import Instance
from planner.weekly.table import Section
from planner.written import require_ours


class Format(StrEnum):
    """A form in which the weekly file can be had."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"

    @property
    def pictured(self) -> bool:
        """Whether it needs a file that was filled with what its pictures show."""
        return self in (Format.XLSX, Format.HTML)


# What makes the formats that hold the whole file (module:function, of a WeeklyFile to pieces of bytes).
_MAKERS = {
    Format.JSON: "planner.weekly.json_file:file_json",
    Format.XLSX: "planner.weekly.workbook.book:workbook_bytes",
    Format.HTML: "planner.weekly.page.page:page_bytes",
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


def files_of(found: WeeklyFile, form: Format, *, bom: bool = False) -> Iterator[NamedFile]:
    """The files that a week is in a format: one with all sections, or as CSV one of each and what describes them.

    `bom` puts a byte-order mark before each CSV.
    """
    if form is Format.CSV:
        yield from _csv_files(found, bom=bom)
    else:
        yield NamedFile(file_name(found.instance, form), whole_file(found, form))


def _csv_files(found: WeeklyFile, *, bom: bool) -> Iterator[NamedFile]:
    """Each section with its descriptions beside it; several sections are a data package."""
    sections = {}
    for filled in found.sections:
        name = file_name(found.instance, "csv", filled.section.name)
        sections[name] = filled.section
        yield NamedFile(name, section_csv(filled, bom=bom))
        yield from descriptions_of(name, filled.section, found.instance)
    if len(sections) > 1:
        yield NamedFile(PACKAGE, [data_package(sections, found.instance)])


def descriptions_of(name: str, section: Section[Any], instance: Instance) -> Iterator[NamedFile]:
    """What lies beside a section's CSV of some name."""
    for beside_it, content in beside(name, section, instance):
        yield NamedFile(beside_it, [content])


def write_described(
    path: Path, content: Iterable[bytes], section: Section[Any], instance: Instance, *, replace: bool = False
) -> None:
    """Write a section's CSV, and beside it what describes its columns. Raises FileTroubleError, with none written."""
    described = [(path.with_name(file.name), file.content) for file in descriptions_of(path.name, section, instance)]
    require_ours(path, *(beside_it for beside_it, _ in described), replace=replace)
    write_all({path: content, **dict(described)})
