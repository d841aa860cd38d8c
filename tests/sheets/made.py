"""Status sheets of the small plan, for tests: written, filled in with another library, and read again."""

import random
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from planner.domain.rules.weeks import Week
from planner.intake.files.reading import read_files
from planner.intake.sheets import Row, Sheet, Value
from planner.sheets.comparing import compare
from planner.sheets.content import StatusSheet, read_status_sheets
from planner.sheets.preview import SheetLine, SheetPreview
from planner.sheets.reading.files import SheetFiles, read_sheet_files
from planner.sheets.reading.filled import FilledSheet
from planner.sheets.reading.workbook import read_filled
from planner.sheets.status_workbook import status_workbook_bytes
from planner.store.database import Database
from planner.store.journal import Actor
from planner.weekly.reading import open_week
from planner.writes.reports.received import record_received
from tests.factories import OFFICER, noon, reading_of, writing_by

# The Thursday on which the sheets are written, and its week.
DAY = date(2020, 4, 2)
W14 = Week(2020, 14)

# What is filled in: the cells by heading, by the code of the row.
Entries = Mapping[str, Mapping[str, Any]]


def sheets_of(
    database: Database, day: date = DAY, week: Week | None = None, language: str | None = None
) -> list[StatusSheet]:
    """The sheets of all organisations, as of noon of a day."""
    with database.reading() as session:
        opened_week = open_week(reading_of(session, day), now=noon(day), week=week)
        return read_status_sheets(opened_week, sheet_language=language)


def sheet_of(database: Database, key: str = "harbour-office", day: date = DAY, week: Week | None = None) -> bytes:
    """The workbook of an organisation's sheet."""
    sheet = next(sheet for sheet in sheets_of(database, day, week) if sheet.organisation.key == key)
    return status_workbook_bytes(sheet)


def opened(content: bytes) -> openpyxl.Workbook:
    """A workbook, as another library reads it."""
    return openpyxl.load_workbook(BytesIO(content))


def saved(book: openpyxl.Workbook) -> bytes:
    """The bytes of a workbook that another library saved."""
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def headings(page: Worksheet) -> dict[str, int]:
    """The numbers of the columns of a table, by heading."""
    return {str(cell.value): int(cell.column or 0) for cell in page[4]}


def row_of(page: Worksheet, code: str, number: int | None = None) -> int:
    """The number of the row with a code, and with the number of a milestone or an indicator."""
    rows = (row for row in page.iter_rows(min_row=5) if row[0].value == code)
    return int(next(row[0].row for row in rows if number in (None, row[3].value)) or 0)


def fill(page: Worksheet, code: str, cells: Mapping[str, Any], number: int | None = None) -> None:
    """Fill in cells of a row, by heading."""
    columns = headings(page)
    for heading, value in cells.items():
        page.cell(row_of(page, code, number), columns[heading]).value = value


def filled(content: bytes, entries: Entries, edit: Callable[[openpyxl.Workbook], None] | None = None) -> bytes:
    """A sheet in which reports were filled in, and then something else was done with the workbook."""
    book = opened(content)
    for code, cells in entries.items():
        fill(book["Reports"], code, cells)
    if edit is not None:
        edit(book)
    return saved(book)


def shuffled(page: Worksheet, chance: random.Random) -> None:
    """Put the rows of a table, and its columns, into another order. A cell that moves keeps how its number is shown."""
    rows = [[(cell.value, cell.number_format) for cell in row] for row in page.iter_rows(min_row=4)]
    order = list(range(len(rows[0])))
    chance.shuffle(order)
    body = rows[1:]
    chance.shuffle(body)
    for number, row in enumerate([rows[0], *body], 4):
        for column, place in enumerate(order, 1):
            cell = page.cell(number, column)
            cell.value, cell.number_format = row[place]


def read_back(content: bytes, name: str = "sheet.xlsx") -> FilledSheet:
    """What was filled in, as the readers of files give it."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        return read_sheet_files([f"{folder}/{name}"])[0][0]


def read_sheets(content: bytes) -> list[Sheet]:
    """The sheets of a workbook, as the readers of files give them."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "sheet.xlsx").write_bytes(content)
        return read_files([Path(folder) / "sheet.xlsx"]).sheets


def with_cells(
    sheets: list[Sheet], code: str, cells: Mapping[str, Any], page: str = "Reports", number: int | None = None
) -> FilledSheet:
    """What was filled in in one row, where no other program has to write the file for it."""
    return read_filled(
        "sheet.xlsx", "0" * 64, [_with_cells(one, code, cells, number) if one.name == page else one for one in sheets]
    )


def heads_of(sheet: Sheet) -> tuple[Value, ...]:
    """The headings of a table."""
    return next(row.values for row in sheet.rows if row.values[0] == "Code")


def _with_cells(sheet: Sheet, code: str, cells: Mapping[str, Any], number: int | None) -> Sheet:
    heads = heads_of(sheet)
    rows = []
    for row in sheet.rows:
        values = [*row.values, *([None] * (len(heads) - len(row.values)))]
        if values[0] == code and number in (None, values[3]):
            for heading, value in cells.items():
                values[heads.index(heading)] = value
        rows.append(Row(row.number, tuple(values)))
    return replace(sheet, rows=rows)


def compared(database: Database, *sheets: FilledSheet, day: date = DAY, actor: Actor = OFFICER) -> SheetPreview:
    """What taking back some sheets would do, in the afternoon of a day."""
    with database.writing() as session:
        return compare(writing_by(session, actor, noon(day).replace(hour=14)), SheetFiles(sheets))


def preview_of(
    database: Database, *contents: bytes, day: date = DAY, actor: Actor = OFFICER, **options: Any
) -> SheetPreview:
    """What taking some sheets back would do, in the afternoon of a day."""
    sheets = [read_back(content, f"sheet-{number}.xlsx") for number, content in enumerate(contents, 1)]
    with database.writing() as session:
        return compare(writing_by(session, actor, noon(day).replace(hour=14)), SheetFiles(sheets), **options)


def taken(
    database: Database, *contents: bytes, day: date = DAY, actor: Actor = OFFICER, **options: Any
) -> SheetPreview:
    """Take some sheets back, and record what is new."""
    preview = preview_of(database, *contents, day=day, actor=actor, **options)
    assert preview.errors == []
    with database.writing() as session:
        record_received(writing_by(session, actor, noon(day).replace(hour=14)), preview.received)
    return preview


def line_of(preview: SheetPreview, code: str = "T-001") -> SheetLine:
    """What happens with the entries about an item."""
    return next(line for line in preview.lines if line.code == code)
