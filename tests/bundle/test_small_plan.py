"""The small plan that docs/seeds.md shows is loaded as it is written there, and every command can work with it."""

import json
import re
import zipfile
from pathlib import Path
from typing import get_args

import pytest

from planner.base.errors import SeedError, SourceError
from planner.bundle import forms
from planner.bundle.reader import read_bundle
from planner.bundle.references import check
from planner.domain.vocabulary import (
    Cadence,
    Coverage,
    Direction,
    FindingRank,
    Lineage,
    LinkType,
    OrganisationKind,
    RuleKind,
    SetRelation,
)
from tests.command import run_command
from tests.factories import edit_file

PAGE = Path(__file__).parents[2] / "docs" / "seeds.md"
BLOCK = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
TEXT = re.compile(r"^```text\n(.*?)^```", re.MULTILINE | re.DOTALL)
# The section that goes beyond the small plan begins and ends with these headings.
WITH_TEXT = ("## The text of a mandate", "## All files")

FILES = {
    "documents.yaml": forms.DocumentsFile,
    "organisations.yaml": forms.OrganisationsFile,
    "mandates/*.yaml": forms.MandateFile,
    "crosswalk.yaml": forms.CrosswalkFile,
    "text-findings.yaml": forms.FindingsFile,
    "plan.yaml": forms.PlanFile,
    "measures.yaml": forms.MeasuresFile,
    "rules.yaml": forms.RulesFile,
    "items/*.yaml": forms.ItemsFile,
    "links.yaml": forms.LinksFile,
    "demonstration.yaml": forms.DemonstrationFile,
}

LINES = (
    "items",
    "overview",
    "show T-001 --as-of 2026-05-04",
    "trace T-001",
    "trace charter:duty-1",
    "clauses",
    "clauses --format html -o clauses.html",
    "matrix",
    "timeline --as-of 2026-05-04",
    "weekly --week 2026-W19 -o week.xlsx",
    "weekly --week 2026-W19 -o week.html",
    "brief",
    "calendar",
    "outlook --as-of 2026-05-04",
    "chase",
    "export oscal",
    "export skos",
    "export annotations",
    "links list",
    "sources list",
    "evidence T-001 -o pack.zip",
    "verify",
)


def sections():
    """The page without the section on the text of a mandate, and that section."""
    before, rest = PAGE.read_text("utf-8").split(WITH_TEXT[0])
    section, after = rest.split(WITH_TEXT[1])
    return before + after, section


def write(folder, page):
    """Write the files that a page shows, under the names that it gives them."""
    for name, content in BLOCK.findall(page):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")


@pytest.fixture
def folder(tmp_path):
    """The files of the small plan."""
    write(tmp_path / "library", sections()[0])
    return tmp_path / "library"


@pytest.fixture
def library(folder, tmp_path):
    """Run a command on a register that was made from the files."""

    def run(*arguments):
        return run_command("--db", str(tmp_path / "library.sqlite"), *arguments)

    made = run("init", "--seeds", str(folder))
    assert made.exit_code == 0, made.err
    for facts, number in (("Item titles", 2), ("Lead organisations", 2), ("Milestones", 2), ("Indicators", 1)):
        assert f"{facts} by basis: {number} registered\n" in made.out
    return run


def test_each_fact_has_the_office_s_own_basis(library):
    shown = library("show", "P-001", "--as-of", "2026-05-04").out
    assert "Town Library (basis: registered)" in shown
    assert "2026-10-31 (basis: registered)" in shown
    assert "working" not in shown
    assert "Public Works" in shown


@pytest.mark.more
def test_commands_work_without_documents_citations_rules_and_findings(library, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = {line: library(*line.split()) for line in LINES}
    assert {line: one.err for line, one in done.items() if one.exit_code != 0} == {}


@pytest.fixture
def no_mandate(folder, tmp_path, monkeypatch):
    """Run a command on a register of the small plan without its mandate."""
    monkeypatch.chdir(tmp_path)
    for name in ("mandates/charter.yaml", "links.yaml"):
        (folder / name).unlink()
    edit_file(folder, "plan.yaml", lambda file: file["plan"].pop("mandate"))
    database = str(tmp_path / "library.sqlite")
    made = run_command("--db", database, "init", "--seeds", str(folder))
    assert made.exit_code == 0, made.err
    assert "0 clauses in 0 mandate versions" in made.out
    return lambda *arguments: run_command("--db", database, *arguments)


@pytest.mark.more
def test_every_reading_command_works_without_a_mandate_and_says_so(no_mandate):
    told = "This plan has no mandate."
    lines = (*(line for line in LINES if line not in ("export oscal", "trace charter:duty-1")), "findings", "my-week")
    done = {line: no_mandate(*line.split()) for line in lines}
    assert {line: one.err for line, one in done.items() if one.exit_code != 0} == {}
    for line in ("trace T-001", "clauses", "matrix", "findings", "links list", "export skos", "export annotations"):
        assert told in done[line].out + done[line].err, line
    assert json.loads(no_mandate("clauses", "--format", "json").out)["clauses"] == []
    assert json.loads(no_mandate("trace", "T-001", "--format", "json").out)["trace"]["mandates"] == []
    assert told in Path("clauses.html").read_text("utf-8")
    assert told in no_mandate("findings", "--format", "html", "-o", "-").out
    with zipfile.ZipFile("pack.zip") as pack:
        page = next(name for name in pack.namelist() if name.endswith("index.html"))
        assert told in pack.read(page).decode("utf-8")


def test_a_clause_or_version_that_is_named_without_a_mandate_is_refused(no_mandate):
    for line in ("trace duty-1", "clauses duty-1", "clauses --mandate charter", "links suggest"):
        refused = no_mandate(*line.split())
        assert (refused.exit_code, "this plan has no mandate" in refused.err) == (4, True), line
    refused = no_mandate("export", "oscal")
    assert (refused.exit_code != 0, "this plan has no mandate" in refused.err) == (True, True)


def test_commands_that_need_a_mandate_name_the_proposal_that_waits(no_mandate, tmp_path):
    assert "--mandate" not in no_mandate("links", "suggest").err
    text = tmp_path / "charter.txt"
    text.write_text("1. Keep the reading rooms open.\n2. Keep the building in good order.\n", "utf-8")
    assert no_mandate("mandate", "add", str(text), "--key", "charter").exit_code == 0
    told = "use 'planner mandate review charter', then 'planner mandate adopt charter'"
    assert told in no_mandate("links", "suggest").err
    link = "links add T-001 --clause duty-1 --type supports --coverage full --rationale So"
    assert told in no_mandate(*link.split()).err
    for line in ("clauses", "matrix", "trace T-001", "findings", "links list"):
        assert told in no_mandate(*line.split()).out.replace("\n", " "), line
    for line in ("clauses duty-1", "clauses --mandate other", "trace duty-1", "links list --mandate other"):
        assert told in no_mandate(*line.split()).err, line


def test_a_first_mandate_version_supersedes_none(no_mandate, tmp_path):
    text = tmp_path / "charter.txt"
    text.write_text("1. Keep the reading rooms open.\n2. Keep the building in good order.\n", "utf-8")
    refused = no_mandate("mandate", "add", str(text), "--key", "charter", "--supersedes", "old")
    assert (refused.exit_code, "Leave it out: this is the first mandate" in refused.err) == (4, True)
    assert no_mandate("mandate", "add", str(text), "--key", "charter", "--supersedes", "none").exit_code == 0


def test_a_mandate_can_be_put_into_the_data_files_later(no_mandate, folder):
    write(folder, sections()[0])
    assert no_mandate("init", "--seeds", str(folder)).exit_code == 0
    assert "charter, in force when the plan was made: Charter of the library" in no_mandate("clauses").out
    assert "implements duty-1" in no_mandate("trace", "T-001").out
    assert no_mandate("verify").exit_code == 0


def test_a_mandate_that_people_adopted_stays_when_the_data_files_are_loaded_again(no_mandate, folder, tmp_path):
    text = tmp_path / "charter.txt"
    text.write_text("1. Keep the reading rooms open.\n2. Keep the building in good order.\n", "utf-8")
    for line in (
        f"mandate add {text} --key charter",
        "mandate review charter --as-printed --reason Agreed",
        "mandate adopt charter --reason Decided",
    ):
        done = no_mandate(*line.split())
        assert done.exit_code == 0, (line, done.err)
    assert "Agreed" in no_mandate("log", "--format", "csv").out
    two = no_mandate("mandate", "review", "charter", "--as-printed", "--restate", "x")
    assert (two.exit_code, "Give exactly one decision" in two.err) == (2, True)
    assert no_mandate("init", "--seeds", str(folder)).exit_code == 0
    assert "charter, in force when the plan was made" in no_mandate("clauses").out
    assert no_mandate("verify").exit_code == 0


def test_a_plan_is_linked_after_its_mandate_came_and_data_files_may_have_the_same_link(no_mandate, folder):
    write(folder, sections()[0])
    written = (folder / "links.yaml").read_text("utf-8")
    edit_file(folder, "links.yaml", lambda file: file["links"].clear())
    assert no_mandate("init", "--seeds", str(folder)).exit_code == 0
    first = json.loads(no_mandate("links", "suggest", "--measures", "--least", "0", "--format", "json").out)
    assert first["suggested"]["suggestions"] != []
    assert no_mandate("links", "suggest", "--measures", "--least", "0", "--add", "--yes").exit_code == 0
    assert no_mandate("verify").exit_code == 0
    (folder / "links.yaml").write_text(written, "utf-8")
    again = no_mandate("init", "--seeds", str(folder))
    assert (again.exit_code, again.err) == (0, "")
    assert all(link["origin"] == "machine" for link in json.loads(no_mandate("links", "--format", "json").out)["links"])
    assert no_mandate("verify").exit_code == 0


def test_a_plan_that_names_no_mandate_although_there_is_one_is_refused(folder):
    edit_file(folder, "plan.yaml", lambda file: file["plan"].pop("mandate"))
    with pytest.raises(SeedError, match="the plan names no mandate, but there are mandate files for charter"):
        check(read_bundle(folder))
    edit_file(folder, "plan.yaml", lambda file: file["plan"].update(mandate="none"))
    with pytest.raises(SeedError, match="'none' is reserved for plans without a mandate"):
        read_bundle(folder)


def test_what_a_small_plan_does_not_have_is_said_and_no_title_is_repeated(folder, tmp_path):
    (folder / "links.yaml").unlink()
    database = str(tmp_path / "library.sqlite")
    assert run_command("--db", database, "init", "--seeds", str(folder)).exit_code == 0
    traced = run_command("--db", database, "trace", "T-001").out
    assert traced.count("Longer opening hours") == 1
    assert "  No clause of this version is linked to the item or its measure, and no reason is recorded.\n" in traced
    assert run_command("--db", database, "sources", "list").out.startswith("The plan cites no documents.")


def test_a_text_is_described_cited_and_attached_as_the_page_shows(folder, tmp_path):
    section = sections()[1]
    write(folder, section)
    text, database = tmp_path / "charter.txt", str(tmp_path / "library.sqlite")
    text.write_text(TEXT.findall(section)[0], "utf-8")
    assert run_command("--db", database, "init", "--seeds", str(folder)).exit_code == 0
    assert "Verified: 2 of 2 clauses." in run_command("--db", database, "sources", "attach", str(text)).out
    assert "    │ Keep the reading rooms open" in run_command("--db", database, "trace", "T-001").out
    phrase = "Keep the building in good order."
    assert run_command("sources", "cite", str(text), phrase, "--key", "charter-en").out.strip() in section


def test_a_citation_of_a_wrong_place_is_found_when_the_document_is_attached(folder, tmp_path):
    section = sections()[1]
    write(folder, section.replace("start: 3,", "start: 4,"))
    text, database = tmp_path / "charter.txt", str(tmp_path / "library.sqlite")
    text.write_text(TEXT.findall(section)[0], "utf-8")
    assert run_command("--db", database, "init", "--seeds", str(folder)).exit_code == 0
    attached = run_command("--db", database, "sources", "attach", str(text))
    assert (attached.exit_code, "citations that differ: 1, missing: 0" in attached.err) == (SourceError.exit_code, True)
    assert "correct the citations. 'planner sources cite' makes new ones" in attached.err


def entries(form, name=""):
    """Each form within a form, by the name that the page gives it; what has one field only is that field's list."""
    for field, about in form.model_fields.items():
        inner = [one for one in (about.annotation, *get_args(about.annotation)) if isinstance(one, type)]
        for one in inner:
            if issubclass(one, forms.FileEntry) and not issubclass(one, forms.CitationForm | forms.NameForm):
                path = f"{name}: {field}" if name else field
                yield path, one
                yield from entries(one, path)


def test_the_page_lists_the_fields_of_each_entry_and_says_which_are_needed():
    table = PAGE.read_text("utf-8").split("## All fields")[1].split("\n## ")[0]
    listed, file = {}, ""
    for cells in re.findall(r"^\| (`[^|]*`)? ?\| ([^|]*)\| ([^|]*)\| ([^|]*)\|$", table, re.MULTILINE):
        file = cells[0].strip("`") or file
        must, may = (set(re.findall(r"`([^`]+)`", re.sub(r" \([^)]*\)+|; .*", "", cell))) for cell in cells[2:])
        for entry in re.findall(r"`([^`]+)`", cells[1]):
            listed[file, entry] = (must | may, must)

    expected = {}
    for name, form in FILES.items():
        for entry, inner in entries(form):
            fields = {about.alias or field: about.is_required() for field, about in inner.model_fields.items()}
            filled_in = {"restatement"} if issubclass(inner, forms.RestatedForm) else set()
            expected[name, entry] = (set(fields), {field for field, needed in fields.items() if needed} - filled_in)
    assert listed == expected


def test_the_page_lists_the_words_that_a_field_may_have():
    table = PAGE.read_text("utf-8").split("| field | words |")[1].split("\n\n")[0]
    rows = [re.sub(r" \([^)]*\)", "", row).split("|")[1:3] for row in table.strip().splitlines()[1:]]
    assert [set(re.findall(r"`([^`]+)`", words)) for _, words in rows] == [
        {word.value for word in words}
        for words in (
            OrganisationKind,
            RuleKind,
            LinkType,
            Coverage,
            Lineage,
            SetRelation,
            Direction,
            FindingRank,
            Cadence,
        )
    ]


def test_a_milestone_without_a_test_has_no_empty_line_for_it(library, tmp_path):
    library("calendar", "-o", str(tmp_path / "due.ics"))
    assert (tmp_path / "due.ics").read_text("utf-8").count("Met when") == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("  lead: library\n  due", "  due"), "it names no lead, and no rule or working lead says who leads M1.1"),
        (("  lead: library\n  due", "  lead: harbour\n  due"), "nothing is known by the name 'harbour'"),
        (("due: 2026-06-30", "due: 2025-06-30"), "it is due before it starts (2026-01-01)"),
        (("supporting: [works]", "supporting: [library]"), "'library' leads this item (its own lead)"),
        (("due: 2026-06-30", "measured_by: milestones"), "an item that is measured by its milestones needs milestones"),
    ],
)
def test_what_does_not_fit_is_told(folder, change, told, tmp_path):
    file = folder / "items" / "2026.yaml"
    file.write_text(file.read_text("utf-8").replace(*change, 1), "utf-8")
    done = run_command("--db", str(tmp_path / "library.sqlite"), "init", "--seeds", str(folder))
    assert told in done.err
    assert done.exit_code == SeedError.exit_code


def test_a_working_item_has_no_registered_lead_or_dates(folder, tmp_path):
    file = folder / "items" / "2026.yaml"
    file.write_text(file.read_text("utf-8").replace("- code: P-001", "- code: P-001\n  basis: working"), "utf-8")
    database = str(tmp_path / "library.sqlite")
    assert run_command("--db", database, "init", "--seeds", str(folder)).exit_code == 0
    shown = run_command("--db", database, "show", "P-001", "--as-of", "2026-05-04").out
    assert "Town Library (basis: working)" in shown
    assert "2026-10-31 (basis: working)" in shown


def test_a_name_that_no_data_file_has_is_refused(folder):
    (folder / "links.yaml").rename(folder / "link.yaml")
    with pytest.raises(SeedError, match=r"link\.yaml: this is not the name of a data file"):
        read_bundle(folder)


def test_a_path_that_is_no_folder_is_named(folder):
    with pytest.raises(SeedError, match="there is no such folder"):
        read_bundle(folder / "plan.yaml")


def test_without_links_it_is_a_plan_too(folder):
    (folder / "links.yaml").unlink()
    bundle = read_bundle(folder)
    assert not bundle.links
    # It raises where a file names what is not there.
    check(bundle)
