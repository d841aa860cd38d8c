"""The small plan that docs/seeds.md shows is loaded as it is written there, and every command can work with it."""

import re
from pathlib import Path

import pytest

from planner.bundle.reader import read_bundle
from planner.bundle.references import check
from planner.errors import SeedError
from tests.command import run_command

PAGE = Path(__file__).parents[2] / "docs" / "seeds.md"
BLOCK = re.compile(r"^```yaml\n# (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)

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


@pytest.fixture
def folder(tmp_path):
    """The files that the page shows, under the names that it gives them."""
    files = dict(BLOCK.findall(PAGE.read_text("utf-8")))
    for name, content in files.items():
        file = tmp_path / "library" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, "utf-8")
    return tmp_path / "library"


@pytest.fixture
def library(folder, tmp_path):
    """Run a command on a register that was made from the files."""

    def run(*arguments):
        return run_command("--db", str(tmp_path / "library.sqlite"), *arguments)

    made = run("init", "--seeds", str(folder))
    assert made.exit_code == 0, made.err
    for facts, number in (("Item titles", 2), ("Leads", 2), ("Milestones", 2), ("Indicators", 1)):
        assert f"{facts} by basis: {number} registered\n" in made.out
    return run


def test_each_fact_has_the_office_s_own_basis(library):
    assert library("init").exit_code != 0
    shown = library("show", "P-001", "--as-of", "2026-05-04").out
    assert "Town Library (registered)" in shown
    assert "2026-10-31 (registered)" in shown
    assert "working" not in shown
    assert "Public Works" in shown


def test_commands_work_without_documents_citations_rules_and_findings(library, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = {line: library(*line.split()) for line in LINES}
    assert {line: one.err for line, one in done.items() if one.exit_code != 0} == {}


def test_a_milestone_without_a_test_has_no_empty_line_for_it(library, tmp_path):
    library("calendar", "-o", str(tmp_path / "due.ics"))
    assert (tmp_path / "due.ics").read_text("utf-8").count("Met when") == 1


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("  lead: library\n  due", "  due"), "no rule and no working lead says who leads M1.1"),
        (("  lead: library\n  due", "  lead: harbour\n  due"), "nothing is known by the name 'harbour'"),
        (("due: 2026-06-30", "due: 2025-06-30"), "it is due before it starts (2026-01-01)"),
        (("supporting: [works]", "supporting: [library]"), "'library' leads this item (its own lead)"),
        (("due: 2026-06-30", "measured_by: milestones"), "an item that milestones measure needs milestones"),
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
    assert "Town Library (working)" in shown
    assert "2026-10-31 (working)" in shown


def test_a_name_that_no_data_file_has_is_refused(folder):
    (folder / "links.yaml").rename(folder / "link.yaml")
    with pytest.raises(SeedError, match=r"link\.yaml: no data file has this name"):
        read_bundle(folder)


def test_a_path_that_is_no_folder_is_named(folder):
    with pytest.raises(SeedError, match="no folder of data files"):
        read_bundle(folder / "plan.yaml")


def test_without_links_it_is_a_plan_too(folder):
    (folder / "links.yaml").unlink()
    check(read_bundle(folder))
