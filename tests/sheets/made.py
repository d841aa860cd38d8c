"""Status sheets of the small plan, for tests."""

from datetime import date
from io import BytesIO

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from planner.domain.rules.weeks import Week
from planner.sheets.content import StatusSheet, read_status_sheets
from planner.sheets.status_workbook import status_workbook_bytes
from planner.store.database import Database
from planner.weekly.reading import open_week
from tests.factories import noon, reading_of

# The Thursday on which the sheets are written, and its week.
DAY = date(2020, 4, 2)
W14 = Week(2020, 14)


def sheets_of(database: Database, day: date = DAY, week: Week | None = None) -> list[StatusSheet]:
    """The sheets of all organisations, as of noon of a day."""
    with database.reading() as session:
        return read_status_sheets(open_week(reading_of(session, day), now=noon(day), week=week))


def sheet_of(database: Database, key: str = "harbour-office", day: date = DAY, week: Week | None = None) -> bytes:
    """The workbook of an organisation's sheet."""
    sheet = next(sheet for sheet in sheets_of(database, day, week) if sheet.organisation.key == key)
    return status_workbook_bytes(sheet)


def opened(content: bytes) -> openpyxl.Workbook:
    """A workbook, as another library reads it."""
    return openpyxl.load_workbook(BytesIO(content))


def headings(page: Worksheet) -> dict[str, int]:
    """The numbers of the columns of a table, by heading."""
    return {str(cell.value): int(cell.column or 0) for cell in page[4]}
