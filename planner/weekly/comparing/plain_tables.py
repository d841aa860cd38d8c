"""Convert the sections of a new file or of an issued file to rows of plain values, so that they can be compared."""

import json
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from planner.queries.weeks.issues import SectionFacts
from planner.tables.columns import by_name
from planner.tables.frame import FRAME_COLUMNS, Frame
from planner.tables.json_form import json_value
from planner.tables.table import Filled, Table
from planner.weekly.contents import SECTIONS, WeeklyFile

# A row with plain values by column name, as in JSON.
PlainRow = Mapping[str, Any]
Tables = Mapping[str, Filled[PlainRow]]

_FRAME = {column.name for column in FRAME_COLUMNS}
_TITLES = {section.name: section.title for section in SECTIONS}


def tables_of(found: WeeklyFile) -> Tables:
    """Return the sections of a newly made file with their rows as plain values."""
    return {
        filled.table.name: plain_table(
            filled.table.name,
            filled.table.key,
            [column.name for column in filled.table.columns],
            [json_value(filled.values(row)) for row in filled.rows],
            filled.frame,
        )
        for filled in found.sections
    }


def issued_tables(content: bytes, sections: Iterable[SectionFacts], frame: Frame) -> Tables:
    """Return the sections of an issued JSON file with their rows as plain values."""
    rows = {name: section["rows"] for name, section in json.loads(content)["weekly"]["sections"].items()}
    return {
        section.name: plain_table(section.name, section.key, section.columns, rows[section.name], frame)
        for section in sections
        if section.name in rows
    }


def plain_table(
    name: str, key: tuple[str, ...], columns: Sequence[str], rows: Sequence[PlainRow], frame: Frame
) -> Filled[PlainRow]:
    """Return a section as a table of plain values, without the columns that are the same in every row."""
    own = tuple(by_name(column) for column in columns if column not in _FRAME)
    return Filled(Table(name, _TITLES.get(name, name), "", own, key), frame, tuple(rows))


def narrowed(filled: Filled[PlainRow], columns: Container[str]) -> Filled[PlainRow]:
    """Return the table with only the given columns."""
    kept = tuple(column for column in filled.table.columns if column.name in columns)
    return replace(filled, table=replace(filled.table, columns=kept))
