"""The exported register: every table under the headings that an import knows, with the values typed."""

import json
from datetime import date, datetime
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from planner.base.language import languages
from planner.exchange.register.tables import register_tables
from planner.intake.comparing.reading.register import read_whole_register
from planner.intake.origin import origin_of
from planner.intake.proposed import FOR_READING, Field
from planner.writes.plan_changes.items import ItemEdit, edit_item
from planner.writes.plan_changes.removed_parts import remove_milestone
from tests.effort import only_in_more
from tests.exchange.register_schema import schema, schema_errors
from tests.factories import ACTOR, noon, reading_of, report, writing_by
from tests.writes.plan_changes.acts import act

DOCS = Path(__file__).parents[2] / "docs" / "exports.md"


@pytest.fixture
def tables(sqlite_register):
    with sqlite_register.reading() as session:
        reading = reading_of(session)
        return register_tables(read_whole_register(reading), origin=origin_of(reading))


def test_each_column_is_one_that_an_import_knows_or_is_for_reading(tables):
    names = {str(column.name) for table in tables for column in table.columns}
    assert names - set(Field) == FOR_READING


def test_the_page_lists_the_columns_of_each_table(tables):
    page = DOCS.read_text(encoding="utf-8")
    for table in tables:
        assert f"| {table.name} | {', '.join(f'`{column.name}`' for column in table.columns)} |" in page


def test_the_schema_has_the_columns_of_each_table(tables):
    parts = {name: part for name, part in schema()["properties"].items() if name not in ("format", "plan", "sha256")}
    known = {name: list(part["items"]["properties"]) for name, part in parts.items()}
    assert known == {table.name: [str(column.name) for column in table.columns] for table in tables}


def test_a_document_fits_the_schema(planner, sqlite_url, sqlite_register):
    report(sqlite_register, "T-001", percent=20, done="Dug.", next="Stones.", blocker="Rain.", help_needed="Pumps.")
    content = planner("--db", str(sqlite_url), "export", "register", "--format", "json").out_bytes
    assert schema_errors(content) == []
    assert schema_errors(content.replace(b'"percent": 20', b'"percent": "20"')) != []


def test_the_first_sheet_tells_people_what_the_file_is_and_an_import_leaves_it_out(
    planner, sqlite_url, sqlite_register, tmp_path
):
    file = tmp_path / "register.xlsx"
    planner("--db", str(sqlite_url), "export", "register", "-o", str(file))
    book = openpyxl.load_workbook(file)
    page = book.worksheets[0]
    assert (page.title, page["A1"].value) == ("About this file", "Register of the plan Harbour Town work plan 2020")
    said = " ".join(str(value) for row in page.iter_rows(values_only=True) for value in row if value)
    assert "Columns with a grey heading are only for reading" in said
    assert "items  –  items, with their latest reports: 5" in said
    columns = {cell.value: cell.fill.fgColor.rgb for cell in book["items"][1]}
    grey = {name for name, colour in columns.items() if colour != columns["code"]}
    assert grey == FOR_READING & columns.keys()
    book.save(file)
    unchanged = planner("--db", str(sqlite_url), "import", str(file), "--preview")
    assert ("About this file" in unchanged.out, "0 new items, 0 changed" in unchanged.out) == (False, True)
    # What somebody wrote on it is not lost without a word.
    page["B30"] = "Please add the bridge."
    book.save(file)
    changed = planner("--db", str(sqlite_url), "import", str(file), "--preview")
    assert "About this file!B30" in changed.out


@pytest.mark.parametrize(
    "name", [name if name in ("ar", "zh") else only_in_more(name) for name in languages() if name != "en"]
)
def test_the_first_sheet_is_in_the_plan_s_language(planner, sqlite_url, sqlite_register, tmp_path, name):
    planner("--db", str(sqlite_url), "plan", "edit", "harbour-2020", "--language", name, "--reason", "Asked.")
    file = tmp_path / "register.xlsx"
    planner("--db", str(sqlite_url), "export", "register", "-o", str(file))
    page = openpyxl.load_workbook(file).worksheets[0]
    english = [text for row in page.iter_rows(values_only=True) for text in row if str(text or "").isascii() and text]
    assert english == ["planner-register-guide/1", page.cell(page.max_row, 2).value]
    assert bool(page.sheet_view.rightToLeft) is (name == "ar")
    assert "grey" not in planner("--db", str(sqlite_url), "import", str(file), "--preview").out


def test_a_workbook_has_typed_cells(planner, sqlite_url, sqlite_register, tmp_path):
    file = tmp_path / "register.xlsx"
    planner("--db", str(sqlite_url), "export", "register", "-o", str(file))
    book = openpyxl.load_workbook(file)
    head, first, *_ = book["items"].iter_rows()
    cells = {heading.value: cell for heading, cell in zip(head, first, strict=True)}
    assert (cells["code"].value, cells["code"].number_format) == ("T-001", "@")
    assert isinstance(cells["due"].value, datetime)
    assert isinstance(cells["weight"].value, int | float)
    assert cells["supporting"].value is None or isinstance(cells["supporting"].value, str)
    assert book["milestones"].max_row > 1


@pytest.mark.parametrize("weight", [100 / 3, 37.306040942877964, 1e-7, 2.0])
def test_a_number_in_a_workbook_keeps_all_its_digits(planner, sqlite_url, sqlite_register, tmp_path, weight):
    act(sqlite_register, edit_item, "T-001", ItemEdit(weight=weight), "So decided.")
    file = tmp_path / "register.xlsx"
    planner("--db", str(sqlite_url), "export", "register", "-o", str(file))

    head, first, *_ = openpyxl.load_workbook(file)["items"].iter_rows(values_only=True)

    assert dict(zip(head, first, strict=True))["weight"] == weight
    assert "0 new items, 0 changed" in planner("--db", str(sqlite_url), "import", str(file), "--preview").out


def test_a_workbook_is_printed_with_its_heads_on_pages_that_can_be_read(planner, sqlite_url, sqlite_register, tmp_path):
    file = tmp_path / "register.xlsx"
    planner("--db", str(sqlite_url), "item", "edit", "T-001", "--title", "Mend the quays " * 10, "--reason", "Longer.")
    planner("--db", str(sqlite_url), "export", "register", "-o", str(file))
    book = openpyxl.load_workbook(file)
    for name, several in (("items", True), ("themes", False)):
        page = book[name]
        assert (page.page_setup.orientation, (page.page_setup.fitToWidth or 1) > 1, page.page_setup.fitToHeight) == (
            "landscape", several, 0,
        )  # fmt: skip
        assert (page.print_title_rows, page.print_title_cols) == ("$1:$1", "$A:$A")
    items = book["items"]
    numbers = {row[0].value: int(row[0].row or 0) for row in items.iter_rows()}
    heights = {code: items.row_dimensions[number].height for code, number in numbers.items()}
    assert heights["T-001"] == 45
    assert heights["T-002"] is None


def test_the_forms_have_the_same_values(planner, sqlite_url, sqlite_register, tmp_path):
    planner("--db", str(sqlite_url), "export", "register", "-o", str(tmp_path / "register.json"))
    planner("--db", str(sqlite_url), "export", "register", "--format", "csv", "-o", str(tmp_path / "tables"))
    document = json.loads((tmp_path / "register.json").read_bytes())
    assert document["format"] == "planner-register/1"
    names = [name for name in document if name not in ("format", "plan", "sha256")]
    assert sorted(path.name for path in (tmp_path / "tables").glob("[!.]*")) == sorted(f"{name}.csv" for name in names)
    lines = (tmp_path / "tables" / "organisations.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == len(document["organisations"]) + 1


def test_a_workbook_that_somebody_saved_again_is_not_replaced(planner, sqlite_url, sqlite_register, tmp_path):
    file = tmp_path / "register.xlsx"
    command = ("--db", str(sqlite_url), "export", "register", "-o", str(file))
    assert planner(*command).exit_code == 0
    assert planner(*command).exit_code == 0
    openpyxl.load_workbook(file).save(file)
    assert planner(*command).exit_code == 11


def test_a_merged_item_says_which_item_continues_it(planner, sqlite_url, sqlite_register):
    merged = ("--phase", "merged", "--merged-into", "T-001", "--ending-reason", "One site.", "--as-of", "2020-12-31")
    assert not planner("--db", str(sqlite_url), "update", "T-003", *merged).exit_code
    document = json.loads(planner("--db", str(sqlite_url), "export", "register", "--format", "json").out)
    assert {row["code"]: row["became"] for row in document["items"] if "became" in row} == {
        "T-003": ["merged into T-001"]
    }


def test_a_folder_of_tables_is_replaced_while_nobody_has_changed_a_file(planner, sqlite_url, sqlite_register, tmp_path):
    folder = tmp_path / "tables"
    command = ("--db", str(sqlite_url), "export", "register", "--format", "csv", "-o", str(folder))
    assert "Replaced" not in planner(*command).err
    # A table without rows any more would be imported again.
    (folder / "measures.csv").write_bytes(b"code")
    digests = folder / ".planner-files.sha256"
    digests.write_text(f"{digests.read_text()}{sha256(b'code').hexdigest()}  measures.csv\n")

    assert "Replaced the files of the earlier export" in planner(*command).err
    (folder / "items.csv").write_bytes(b"code")
    assert "Replaced files that somebody had changed or put there: items.csv." in planner(*command, "--replace").err

    assert not (folder / "measures.csv").exists()
    assert not planner("--db", str(sqlite_url), "import", str(folder), "--preview").exit_code
    with (folder / "themes.csv").open("ab") as file:
        file.write(b" ")
    refused = planner(*command)
    assert (refused.exit_code, "somebody may have changed this file" in refused.err) == (11, True)
    assert (folder / "themes.csv").read_bytes().endswith(b" ")
    assert not planner(*command, "--replace").exit_code


@pytest.mark.parametrize("name", ["tables", "folder/"])
def test_a_folder_without_a_format_is_refused_with_a_hint(planner, sqlite_url, sqlite_register, tmp_path, name):
    refused = planner("--db", str(sqlite_url), "export", "register", "-o", f"{tmp_path}/{name}")
    assert refused.exit_code != 0
    assert "for a folder with one CSV file per table, give --format csv" in refused.err
    assert ("this is a folder" if name.endswith("/") else "has no ending such as .xlsx") in refused.err
    assert list(tmp_path.glob("tables")) == []


def test_a_removed_milestone_stands_at_its_place_in_the_plan_as_it_was_known(planner, sqlite_url, sqlite_register):
    then = ("--as-of", "2020-04-05", "--known-at", "2020-04-05T14:00:00+00:00", "--format", "json")
    before = planner("--db", str(sqlite_url), "export", "register", *then)
    assert before.exit_code == 0, before.err
    with sqlite_register.writing() as session:
        remove_milestone(writing_by(session, ACTOR, noon(date(2020, 5, 4)), date(2020, 5, 4)), "T-001", 1, "Agreed.")

    assert planner("--db", str(sqlite_url), "export", "register", *then).out == before.out
