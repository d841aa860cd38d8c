"""An exported demonstration is refused by an office's register, in each form and however it was saved."""

import csv
import json
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import URL

from planner.base.output_files import write_files
from planner.domain.symbols import SIMULATED
from planner.exchange.register.forms import RegisterForm, register_files
from planner.exchange.register.tables import register_tables
from planner.intake.comparing.reading.register import read_whole_register
from planner.intake.files.reading import read_files
from planner.intake.origin import origin_of
from planner.intake.previewing import preview_sheets
from planner.intake.proposed import Severity
from planner.intake.wishes import Wishes
from planner.store.database import Database
from tests.demo.rows import make_demonstration, opened
from tests.factories import ACTOR, reading_of

DAY = date(2020, 12, 31)


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory) -> URL:
    """A demonstration of the small plan."""
    return make_demonstration(tmp_path_factory.mktemp("simulated"), DAY)


@pytest.fixture
def exported(demonstration, tmp_path):
    """A way to export the demonstration in a form."""

    def write(form: RegisterForm) -> list[Path]:
        with opened(demonstration) as database, database.reading() as session:
            reading = reading_of(session)
            tables = register_tables(read_whole_register(reading), origin=origin_of(reading))
            files = register_files(form, tables, reading.plan)
            write_files(tmp_path / "exported", files, replace=True)
        return [tmp_path / "exported" / name for name in files]

    return write


def errors(database: Database, *files: Path) -> list[str]:
    """Where the preview of importing files has errors, and that each of them says why."""
    read = read_files(files)
    with database.reading() as session:
        preview = preview_sheets(reading_of(session), ACTOR, read.sheets, read.problems, Wishes())
    found = [problem for problem in preview.problems if problem.severity is Severity.ERROR]
    assert all("demonstration" in problem.what for problem in found)
    return [str(problem.place) for problem in found]


@pytest.mark.parametrize("form", RegisterForm)
def test_every_table_of_an_exported_demonstration_is_refused(form, exported, sqlite_register):
    files = exported(form)
    assert len(errors(sqlite_register, *files)) == 6


@pytest.mark.parametrize("form", RegisterForm)
def test_a_demonstration_takes_its_own_file(form, exported, demonstration):
    with opened(demonstration) as database:
        assert errors(database, *exported(form)) == []


def test_each_csv_file_is_refused_by_itself(exported, sqlite_register):
    for file in exported(RegisterForm.CSV):
        assert errors(sqlite_register, file), file.name


def test_a_json_document_is_refused_by_what_it_says_of_its_plan(exported, sqlite_register):
    (file,) = exported(RegisterForm.JSON)
    document = json.loads(file.read_bytes())
    rows = [{"code": "D-1", "title": "Renew the quay"}]
    file.write_text(json.dumps({"format": document["format"], "plan": document["plan"], "items": rows}))
    assert errors(sqlite_register, file) == ["register.json: items!1"]


def test_rows_are_refused_by_the_basis_of_a_fact(sqlite_register, tmp_path):
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("Number", "Task", "Lead", "lead_basis"),
        ("1", "Renew the quay", "Office", "registered"),
        ("2", "Plant trees", "Office", "Simulated "),
    ):
        sheet.append(row)
    book.save(tmp_path / "tasks.xlsx")
    assert errors(sqlite_register, tmp_path / "tasks.xlsx") == ["tasks.xlsx: Sheet!D3"]


def test_a_weekly_file_of_a_demonstration_is_refused(sqlite_register, tmp_path):
    rows = [("code", "title", "lead", "data"), ("D-1", "Renew the quay", "Office", "simulated")]
    with (tmp_path / "weekly.csv").open("w", newline="") as file:
        csv.writer(file).writerows(rows)
    assert errors(sqlite_register, tmp_path / "weekly.csv") == ["weekly.csv!D2"]


def test_a_workbook_says_in_every_row_and_in_its_title_that_it_is_simulated(exported):
    (file,) = exported(RegisterForm.XLSX)
    book = openpyxl.load_workbook(file)
    assert "simulated" in book.properties.title
    guide, *tables = book.worksheets
    assert guide["A2"].value == SIMULATED
    for sheet in tables:
        heading, *cells = [row[-2].value for row in sheet.iter_rows()]
        assert (heading, set(cells)) == ("data_basis", {"simulated"})
