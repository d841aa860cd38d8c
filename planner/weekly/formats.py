"""The formats of the weekly file and the files that each format consists of. This is the only list of formats.

The code of a format is imported when the format is requested, because a CSV needs neither the workbook's nor the page's
libraries.
"""

import importlib
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from planner.base.files import write_all
from planner.base.output_files import require_planner_output
from planner.tables.csv_form import csv_bytes
from planner.tables.table import Table
from planner.weekly.contents import WeeklyFile
from planner.weekly.descriptions import PACKAGE, data_package, description_files
from planner.weekly.file import NamedFile, file_name
from planner.weekly.reading import Instance


class Format(StrEnum):
    """A format in which the weekly file can be written."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"

    @property
    def pictured(self) -> bool:
        """Whether the format contains charts. If it does, their data must be read."""
        return self in (Format.XLSX, Format.HTML)

    @property
    def drawn(self) -> bool:
        """Whether the program itself draws the charts of this format. Drawing takes a long time."""
        return self is Format.HTML


# The functions that write all sections into one file, as module:function. Each takes a WeeklyFile and
# returns an iterator of bytes.
_MAKERS = {
    Format.JSON: "planner.weekly.json_file:file_json",
    Format.XLSX: "planner.weekly.workbook.book:workbook_bytes",
    Format.HTML: "planner.weekly.page.page:page_bytes",
}


def whole_file(found: WeeklyFile, form: Format, *, bom: bool = False) -> Iterator[bytes]:
    """Yield, in pieces, the bytes of the file that holds all sections in this format. A CSV holds only one section."""
    if form is Format.CSV:
        (filled,) = found.sections
        return csv_bytes(filled.columns, filled.rows, bom=bom)
    module, _, function = _MAKERS[form].partition(":")
    make: Callable[[WeeklyFile], Iterator[bytes]] = getattr(importlib.import_module(module), function)
    return make(found)


def files_of(found: WeeklyFile, form: Format, *, bom: bool = False) -> Iterator[NamedFile]:
    """Yield the files of a week in a format.

    CSV gives one file per section, with the files that describe it. The other formats give one file with all sections.
    `bom` puts a byte-order mark at the start of each CSV.
    """
    if form is Format.CSV:
        yield from _csv_files(found, bom=bom)
    else:
        yield NamedFile(file_name(found.instance, form), whole_file(found, form))


def _csv_files(found: WeeklyFile, *, bom: bool) -> Iterator[NamedFile]:
    """Yield the CSV of each section and its descriptions, and a data package if there are several sections."""
    tables = {}
    for filled in found.sections:
        name = file_name(found.instance, "csv", filled.table.name)
        tables[name] = filled.table
        yield NamedFile(name, csv_bytes(filled.columns, filled.rows, bom=bom))
        yield from description_files(name, filled.table, found.instance)
    if len(tables) > 1:
        yield NamedFile(PACKAGE, [data_package(tables, found.instance)])


def write_described(
    path: Path, content: Iterable[bytes], table: Table[Any], instance: Instance, *, replace: bool = False
) -> None:
    """Write a table's CSV and, next to it, the files that describe its columns.

    If one of the files cannot be written, none is written, and FileTroubleError is raised.
    """
    described = [(path.with_name(file.name), file.content) for file in description_files(path.name, table, instance)]
    require_planner_output(path, *(description_path for description_path, _ in described), replace=replace)
    write_all({path: content, **dict(described)})
