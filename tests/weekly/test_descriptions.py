"""What lies beside a CSV describes it: an independent reader accepts each file by its description, and no other."""

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from planner.domain.vocabulary import Confidence
from planner.store.database import Database
from planner.tables.columns import ColumnType
from planner.tables.csv_form import CsvStyle
from planner.tables.schemas import csvw_metadata, table_schema
from planner.tables.spreadsheets import neutralised
from planner.weekly.contents import SECTIONS, WeeklyFile, fill_all
from planner.weekly.descriptions import PACKAGE
from planner.weekly.formats import Format, files_of
from planner.weekly.reading import open_week
from planner.weekly.sections.items import ITEMS
from planner.writes.plan_changes.organisations import rename_organisation
from tests.factories import ITEM_CODES, meet, move, noon, observed, reading_of, report
from tests.queries.reads import retitle
from tests.weekly.week import LATER, W14
from tests.writes.plan_changes.acts import act

# What spreadsheets run, what CSV quotes, and what hides on screens.
TITLES = dict(
    zip(
        ITEM_CODES,
        (
            '=HYPERLINK("http://example.org","more")',
            "+cmd|' /C calc'!A0",
            '\t@SUM(A1); two, "quoted"\nlines',
            "🚢 港口 \u202egnp.exe مرفأ",
            "@plain; -1",
        ),
        strict=True,
    )
)


@pytest.fixture
def week(sqlite_register: Database) -> WeeklyFile:
    """Week 14 of the small plan with a row in every section, and texts that would go wrong."""
    for code, title in TITLES.items():
        retitle(sqlite_register, code, title, noon(date(2020, 1, 5)))
    odd: dict[str, Any] = {"done": "=1+1\n; ", "next": "-2", "blocker": "\ttab", "help_needed": '"'}
    report(sqlite_register, "T-001", as_of=date(2020, 4, 1), percent=10, confidence=Confidence.RED, **odd)
    report(sqlite_register, "P-002", as_of=date(2020, 4, 2), percent=20, blocker="＝A1", confidence=Confidence.GREEN)
    observed(sqlite_register, "T-001", 1, 0.1 + 0.2, as_of=date(2020, 4, 3))
    observed(sqlite_register, "P-002", 1, -1e21, as_of=date(2020, 4, 3))
    move(sqlite_register, "P-001", 2, date(2020, 4, 10), as_of=date(2020, 4, 3))
    meet(sqlite_register, "P-001", 1, date(2020, 4, 4), at=noon(date(2020, 4, 8)))
    act(sqlite_register, rename_organisation, "harbour-office", "=Port\t+Office", "@So; decided", day=date(2020, 4, 2))
    with sqlite_register.reading() as session:
        return fill_all(open_week(reading_of(session), now=LATER, week=W14))


@pytest.fixture
def folder(week: WeeklyFile, tmp_path: Path) -> Path:
    """All its CSVs with what describes them."""
    for file in files_of(week, Format.CSV):
        (tmp_path / file.name).write_bytes(b"".join(file.content))
    return tmp_path


def described(folder: Path) -> Any:
    """The package of data that an independent reader finds in the folder."""
    # To import it takes a second, in each process that collects the tests.
    from frictionless import Package

    return Package(str(folder / PACKAGE))


def test_every_section_is_valid_by_its_own_schema(week: WeeklyFile, folder: Path):
    package = described(folder)
    outcome = package.validate()
    assert outcome.flatten(["rowNumber", "fieldName", "type", "note"]) == []
    assert outcome.valid
    assert package.resource_names == [section.name for section in SECTIONS]
    empty = {filled.table.name for filled in week.sections if not filled.rows}
    assert empty <= {"decisions", "outlook"}
    for filled in week.sections:
        read = package.get_table_resource(filled.table.name).read_rows()
        assert len(read) == len(filled.rows)
        for row, values in zip(read, map(filled.values, filled.rows), strict=True):
            for column in filled.columns:
                _compare(row[column.name], values[column.name], column.type)


def test_a_file_with_decimal_commas_is_described_as_it_is(week: WeeklyFile, tmp_path: Path):
    for file in files_of(week, Format.CSV, CsvStyle(decimal_comma=True)):
        (tmp_path / file.name).write_bytes(b"".join(file.content))
    package = described(tmp_path)
    assert package.validate().valid
    filled = week.section("totals")
    read = package.get_table_resource("totals").read_rows()
    for row, values in zip(read, map(filled.values, filled.rows), strict=True):
        for column in filled.columns:
            _compare(row[column.name], values[column.name], column.type)


def _compare(read, value, kind):
    """What the reader got by the description, and what the file was made of."""
    if kind is ColumnType.LIST:
        assert read == (neutralised("; ".join(value)).split("; ") if value else None)
    elif isinstance(value, str):
        assert read == neutralised(value)
    else:
        assert read == value if value is None or isinstance(value, date) else float(read) == value


def test_cells_that_the_description_does_not_allow_are_found(folder: Path):
    broken = {
        "code": ("", "constraint-error"),
        "phase": ("chore", "constraint-error"),
        "percent": ("12,5", "type-error"),
        "days_late": ("1.5", "type-error"),
        "current_due": ("31/12/2020", "type-error"),
    }
    file = folder / "harbour-2020-2020-W14.csv"
    with file.open(encoding="utf-8", newline="") as given:
        rows = list(csv.DictReader(given))
    rows[1] |= {column: cell for column, (cell, _) in broken.items()}
    with file.open("w", encoding="utf-8", newline="") as changed:
        writer = csv.DictWriter(changed, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    outcome = described(folder).get_resource("items").validate()
    found = {(row, column, kind) for row, column, kind in outcome.flatten(["rowNumber", "fieldName", "type"])}
    # Without its code the row has no key either.
    expected = {(3, column, kind) for column, (_, kind) in broken.items()}
    assert found == expected | {(3, None, "primary-key")}


def test_the_two_descriptions_are_of_the_columns_of_the_definition(week: WeeklyFile):
    for section in SECTIONS:
        _check_columns(section, week.instance)


def _check_columns(section, instance):
    columns = section.all_columns
    fields = table_schema(section)["fields"]
    described = csvw_metadata("week.csv", section, "Week", "Items")["tableSchema"]
    assert [field["name"] for field in fields] == [column.name for column in columns]
    assert described["primaryKey"] == list(section.key) == table_schema(section)["primaryKey"]
    required = {column.name for column in columns if column.required}
    assert set(section.key) <= required
    for column, field, csvw in zip(columns, fields, described["columns"], strict=True):
        assert field["description"] == csvw["dc:description"]
        assert field["description"].startswith(column.description)
        assert ("apostrophe" in field["description"]) == (column.type in (ColumnType.TEXT, ColumnType.LIST))
        # CSVW knows a column by the header that one of its titles is.
        assert column.name in csvw["titles"]
        assert csvw["required"] == field["constraints"]["required"] == column.required
        assert ("separator" in csvw) == (column.type is ColumnType.LIST)
        for word in column.one_of:
            assert word in field["constraints"]["enum"]
            assert re.fullmatch(csvw["datatype"]["format"], word)


def test_csvw_stands_where_programs_look_for_it_and_names_its_file(folder: Path):
    for file in folder.glob("*.csv"):
        found = json.loads((folder / f"{file.name}-metadata.json").read_text(encoding="utf-8"))
        assert found["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
        assert found["url"] == file.name
        assert found["dialect"]["lineTerminators"] == ["\r\n"]
        assert "as known at 2020-05-04T21:00:00+09:00" in found["dc:description"]
        assert found["dc:title"].endswith("Harbour Town work plan 2020, week 2020-W14")


def test_one_section_alone_is_no_package(sqlite_register: Database):
    with sqlite_register.reading() as session:
        reading = open_week(reading_of(session), now=LATER, week=W14)
        alone = fill_all(reading, [ITEMS])
    assert [file.name for file in files_of(alone, Format.CSV)] == [
        "harbour-2020-2020-W14.csv",
        "harbour-2020-2020-W14.schema.json",
        "harbour-2020-2020-W14.csv-metadata.json",
    ]
