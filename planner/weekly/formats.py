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
from planner.tables.csv_form import USUAL, CsvStyle, csv_bytes
from planner.tables.table import Table
from planner.weekly.brief.brief_formats import BriefFormat, brief_bytes
from planner.weekly.brief.making import BRIEF_SECTIONS, brief_of
from planner.weekly.contents import SECTIONS, WeeklyFile
from planner.weekly.descriptions import PACKAGE, data_package, description_files
from planner.weekly.file import NamedFile, file_name
from planner.weekly.reading import Instance
from planner.weekly.section import Section
from planner.weekly.sections.items import ITEMS


class Format(StrEnum):
    """A format in which the weekly file can be written."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"
    HTML = "html"
    BRIEF = "brief"
    PDF = "pdf"
    DOCX = "docx"

    @property
    def pictured(self) -> bool:
        """Whether the format contains charts. If it does, their data must be read."""
        return self in (Format.XLSX, Format.HTML)

    @property
    def drawn(self) -> bool:
        """Whether the program itself draws the charts of this format. Drawing takes a long time."""
        return self is Format.HTML

    @property
    def is_brief(self) -> bool:
        """Whether a file in this format contains the brief of the week instead of its sections."""
        return self in _BRIEFS

    @property
    def ending(self) -> str:
        """The ending of the name of a file in this format."""
        return _BRIEFS[self][0].ending if self.is_brief else self.value

    @property
    def part(self) -> str:
        """The part of the week that a file in this format contains, for the name of the file."""
        return BRIEF if self.is_brief else ITEMS.name

    @property
    def sections(self) -> tuple[Section[Any], ...]:
        """The sections that must be read for a file with all that the format can contain."""
        return BRIEF_SECTIONS if self.is_brief else SECTIONS


# The part of the names of files with the brief.
BRIEF = "brief"

# The formats of the brief that belong to a format of the weekly file. If one file is asked for, it is the first.
_BRIEFS = {
    Format.BRIEF: (BriefFormat.TEXT, BriefFormat.MARKDOWN, BriefFormat.HTML),
    Format.PDF: (BriefFormat.PDF,),
    Format.DOCX: (BriefFormat.WORD,),
}

# The formats whose ending is another word than the format, by ending.
BY_ENDING = {form.ending: form.value for form in Format if form.ending != form}


# The functions that write all sections into one file, as module:function. Each takes a WeeklyFile and
# returns an iterator of bytes.
_MAKERS = {
    Format.JSON: "planner.weekly.json_file:file_json",
    Format.XLSX: "planner.weekly.workbook.book:workbook_bytes",
    Format.HTML: "planner.weekly.page.page:page_bytes",
}


def whole_file(found: WeeklyFile, form: Format, style: CsvStyle = USUAL) -> Iterator[bytes]:
    """Yield, in pieces, the bytes of the file that holds all sections in this format, or the brief.

    A CSV holds only one section.
    """
    if form is Format.CSV:
        (filled,) = found.sections
        return csv_bytes(filled.columns, filled.rows, style)
    if form.is_brief:
        return brief_bytes(brief_of(found), _BRIEFS[form][0])
    module, _, function = _MAKERS[form].partition(":")
    make: Callable[[WeeklyFile], Iterator[bytes]] = getattr(importlib.import_module(module), function)
    return make(found)


def files_of(found: WeeklyFile, form: Format, style: CsvStyle = USUAL) -> Iterator[NamedFile]:
    """Yield the files of a week in a format.

    CSV gives one file per section, with the files that describe it. `brief` gives the brief in several forms. The other
    formats give one file.
    `style` is that of each CSV.
    """
    if form is Format.CSV:
        yield from _csv_files(found, style)
    elif form.is_brief:
        yield from _brief_files(found, form)
    else:
        yield NamedFile(file_name(found.instance, form), whole_file(found, form))


def _brief_files(found: WeeklyFile, form: Format) -> Iterator[NamedFile]:
    brief = brief_of(found)
    for one in _BRIEFS[form]:
        yield NamedFile(file_name(found.instance, one.ending, BRIEF), brief_bytes(brief, one))


def _csv_files(found: WeeklyFile, style: CsvStyle) -> Iterator[NamedFile]:
    """Yield the CSV of each section and its descriptions, and a data package if there are several sections."""
    tables = {}
    for filled in found.sections:
        name = file_name(found.instance, "csv", filled.table.name)
        tables[name] = filled.table
        yield NamedFile(name, csv_bytes(filled.columns, filled.rows, style))
        yield from description_files(name, filled.table, found.instance, style)
    if len(tables) > 1:
        yield NamedFile(PACKAGE, [data_package(tables, found.instance, style)])


def write_described(
    path: Path,
    content: Iterable[bytes],
    table: Table[Any],
    instance: Instance,
    style: CsvStyle = USUAL,
    *,
    replace: bool = False,
) -> None:
    """Write a table's CSV and, next to it, the files that describe its columns.

    If one of the files cannot be written, none is written, and FileTroubleError is raised.
    """
    described = [
        (path.with_name(file.name), file.content) for file in description_files(path.name, table, instance, style)
    ]
    require_planner_output(path, *(description_path for description_path, _ in described), replace=replace)
    write_all({path: content, **dict(described)})
