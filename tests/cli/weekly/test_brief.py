"""planner brief, and the brief as a part of the weekly file and of an issued week."""

import io
import json
from datetime import date

import docx
import openpyxl
import pypdf
import pytest

from planner.base.output_files import is_planner_output
from planner.cli.weekly import brief, weekly
from planner.weekly import formats
from planner.weekly.brief.brief_formats import BY_ENDING, BriefFormat
from planner.weekly.formats import Format
from tests.effort import only_in_more
from tests.factories import report

WEEK = ("--week", "2020-W14", "--known-at", "2020-04-10")


def test_the_commands_know_the_formats_that_there_are() -> None:
    assert tuple(BriefFormat) == brief.FORMATS
    assert tuple(form.ending for form in BriefFormat) == brief.ENDINGS
    assert tuple(form.value for form in BriefFormat if not form.printable) == brief.FOR_FILES
    assert brief.BY_ENDING == BY_ENDING
    assert tuple(form.ending for form in Format) == weekly.ENDINGS
    assert weekly.BY_ENDING == formats.BY_ENDING
    assert [form.value for form in Format if form.is_brief] == list(weekly.BRIEFS)


def test_without_a_file_it_is_a_text_for_a_mail(planner, filled) -> None:
    done = planner("brief", *WEEK)
    assert done.exit_code == 0
    assert done.out.startswith("Harbour Town work plan 2020\nBrief of week 2020-W14 (2020-03-30 to 2020-04-05), as of")
    assert "WHAT GOT WORSE, AND WHY" in done.out
    assert done.err.splitlines()[0].startswith("Wrote the brief to standard output: week 2020-W14 as of 2020-04-05")
    assert planner("weekly", *WEEK, "--format", "brief").out == done.out


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("b.txt", b"Harbour"),
        only_in_more("b.md", b"# "),
        only_in_more("b.html", b"<!"),
        only_in_more("b.pdf", b"%PDF"),
        ("b.docx", b"PK"),
    ],
)
def test_the_name_of_the_file_is_the_format_and_only_its_own_file_is_replaced(
    planner, filled, tmp_path, name, begins
) -> None:
    file = tmp_path / name
    assert planner("brief", *WEEK, "-o", str(file)).exit_code == 0
    written = file.read_bytes()
    assert written.startswith(begins)
    assert is_planner_output(file)
    assert planner("brief", *WEEK, "-o", str(file)).exit_code == 0
    assert file.read_bytes() == written
    file.write_bytes(b"mine")
    assert planner("brief", *WEEK, "-o", str(file)).exit_code == 11
    assert file.read_bytes() == b"mine"


def test_a_word_document_that_somebody_edited_is_not_replaced(planner, filled, tmp_path) -> None:
    file = tmp_path / "brief.docx"
    planner("brief", *WEEK, "-o", str(file))
    document = docx.Document(str(file))
    document.core_properties.modified = document.core_properties.created.replace(year=2021)
    document.save(str(file))
    assert planner("brief", *WEEK, "-o", str(file)).exit_code == 11


def test_weekly_writes_it_too_into_a_folder_under_its_own_name(planner, filled, tmp_path) -> None:
    for form in ("brief", "pdf", "docx"):
        assert planner("weekly", *WEEK, "--format", form, "-o", str(tmp_path)).exit_code == 0
    assert planner("brief", *WEEK, "--format", "pdf", "-o", str(tmp_path / "own.pdf")).exit_code == 0
    name = "harbour-2020-2020-W14-brief"
    assert {path.name for path in tmp_path.iterdir() if path.suffix != ".sqlite"} == {
        f"{name}.txt",
        f"{name}.pdf",
        f"{name}.docx",
        "own.pdf",
    }
    assert (tmp_path / f"{name}.pdf").read_bytes() == (tmp_path / "own.pdf").read_bytes()
    assert planner("weekly", *WEEK, "-o", str(tmp_path / "week.txt")).exit_code == 0
    assert (tmp_path / "week.txt").read_bytes() == (tmp_path / f"{name}.txt").read_bytes()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("brief", "-o", "b.odt"), "Use a name that ends in .txt, .md, .html, .pdf or .docx"),
        (("brief", "-o", "b.txt", "--format", "md"), "the name ends in .txt, but --format is md"),
        (("weekly", "--format", "pdf", "--section", "totals"), "--format pdf always contains all sections"),
        (("weekly", "--format", "brief", "--bom"), "--bom: this option is for CSV, and the format is brief"),
    ],
)
def test_what_does_not_go_together_is_told(planner, options, said) -> None:
    done = planner(*options)
    assert (done.exit_code, done.out) == (3, "")
    assert said in done.err


def test_it_is_the_first_sheet_of_the_workbook(planner, filled, tmp_path) -> None:
    file = tmp_path / "week.xlsx"
    planner("weekly", *WEEK, "-o", str(file))
    book = openpyxl.load_workbook(file)
    assert book.sheetnames[:2] == ["Brief", "Cover"]
    texts = [cell.value for row in book["Brief"].iter_rows() for cell in row if cell.value]
    for text in ("Harbour Town work plan 2020", "What got worse, and why", "Who is silent", "Themes by state"):
        assert text in texts


@pytest.mark.more
def test_an_issued_week_contains_it_and_gives_it_again_to_the_byte(planner, filled, tmp_path) -> None:
    issued, again = tmp_path / "issued", tmp_path / "again"
    done = planner("weekly", "issue", "--week", "2020-W14", "--without-checkpoint", "-o", str(issued))
    assert done.exit_code == 0, done.err
    briefs = {path.name: path.read_bytes() for path in issued.iterdir() if "-brief." in path.name}
    assert {name.partition("-brief.")[2] for name in briefs} == {"txt", "md", "html", "pdf", "docx"}
    assert len(pypdf.PdfReader(io.BytesIO(briefs["harbour-2020-2020-W14-brief.pdf"])).pages) == 1
    assert planner("weekly", "reissue", "2020-W14", "-o", str(again)).exit_code == 0
    assert {name: (again / name).read_bytes() for name in briefs} == briefs


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("A teacher whom Mara Vint knows, from the next town", marks=pytest.mark.more),
        # In the PDF it is broken over lines.
        "请马拉老师来港口教书" * 12,
    ],
)
def test_a_redaction_removes_every_file_of_the_brief_that_shows_the_text(planner, filled, tmp_path, words) -> None:
    report(filled, "T-002", as_of=date(2020, 4, 2), help_needed=words)
    folder = str(tmp_path / "issued")
    planner("weekly", "issue", "--week", "2020-W14", "--without-checkpoint", "-o", folder)
    assert planner("redact", "T-002", "--field", "help_needed", "--reason", "A name.", "--yes").exit_code == 0
    done = planner("weekly", "reissue", "2020-W14", "--verify", "--format", "json")
    files = json.loads(done.out)["reissue"]["files"]
    came = {file["name"].partition("-brief.")[2]: file["came"] for file in files if "-brief." in file["name"]}
    assert came == dict.fromkeys(("txt", "md", "html", "pdf", "docx"), "redacted")
