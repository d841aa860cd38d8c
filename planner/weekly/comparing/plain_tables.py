"""Sections as rows of plain values, for files made now and for files read from an earlier issue alike."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from planner.queries.weeks.issues import SectionFacts
from planner.tables.json_form import json_value
from planner.weekly.contents import SECTIONS, WeeklyFile
from planner.weekly.frame import Frame
from planner.weekly.table import FRAME_COLUMNS, Column, ColumnType, Filled, Section, Value

# A row with plain values by column name, as in JSON.
PlainRow = Mapping[str, Any]
Tables = Mapping[str, Filled[PlainRow]]

_FRAME = {column.name for column in FRAME_COLUMNS}
_TITLES = {section.name: section.title for section in SECTIONS}


def tables_of(found: WeeklyFile) -> Tables:
    """Return the sections of a newly made file as plain rows."""
    return {
        filled.section.name: plain_table(
            filled.section.name,
            filled.section.key,
            [column.name for column in filled.section.columns],
            [json_value(filled.values(row)) for row in filled.rows],
            filled.frame,
        )
        for filled in found.sections
    }


def issued_tables(content: bytes, sections: Iterable[SectionFacts], frame: Frame) -> Tables:
    """Return the sections of an issued JSON file as plain rows."""
    rows = {name: section["rows"] for name, section in json.loads(content)["weekly"]["sections"].items()}
    return {
        section.name: plain_table(section.name, section.key, section.columns, rows[section.name], frame)
        for section in sections
        if section.name in rows
    }


def plain_table(
    name: str, key: tuple[str, ...], columns: Sequence[str], rows: Sequence[PlainRow], frame: Frame
) -> Filled[PlainRow]:
    """Return a section with plain rows. The columns that are the same in every row are left out."""
    own = tuple(_column(column) for column in columns if column not in _FRAME)
    return Filled(Section(name, _TITLES.get(name, name), "", own, lambda _reading: (), key), frame, tuple(rows))


def narrowed(table: Filled[PlainRow], columns: Iterable[str]) -> Filled[PlainRow]:
    """Return the table with only the given columns."""
    section = table.section
    kept = set(columns)
    names = [column.name for column in section.columns if column.name in kept]
    return plain_table(section.name, section.key, names, table.rows, table.frame)


def _column(name: str) -> Column[PlainRow]:
    return Column(name, name.replace("_", " "), ColumnType.TEXT, _reader(name), "")


def _reader(name: str) -> Callable[[PlainRow], Value]:
    def read(row: PlainRow) -> Value:
        value = row.get(name)
        return tuple(value) if isinstance(value, list) else value

    return read
