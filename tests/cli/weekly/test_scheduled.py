"""What a scheduler is told by exit codes, and what docs/scheduled.md says to it."""

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from planner.base.errors import NOTHING_TO_REPORT
from planner.cli.context import Context
from planner.domain.vocabulary import Phase
from tests.factories import ITEM_CODES, noon, report

PAGE = (Path(__file__).parents[3] / "docs" / "scheduled.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("options", [("--section", "items"), ("--section", "totals"), ("--format", "json")])
def test_a_week_without_news_is_written_and_told(planner, filled, tmp_path, monkeypatch, options):
    monkeypatch.setattr(Context, "now", lambda _context: noon(date(2020, 6, 1)))
    for code in ITEM_CODES:
        report(filled, code, as_of=date(2020, 3, 4), phase=Phase.CANCELLED)
    file = tmp_path / ("week.json" if "json" in options else "week.csv")
    for week, exit_code in (("2020-W10", 0), ("2020-W12", NOTHING_TO_REPORT)):
        done = planner("weekly", "--week", week, *options, "-o", str(file))
        assert (done.exit_code, done.err.startswith("Wrote ")) == (exit_code, True)
        assert week.encode() in file.read_bytes()


def test_a_failure_is_neither_written_nor_nothing(planner, filled, tmp_path):
    (tmp_path / "file").touch()
    missing = str(tmp_path / "file" / "file")
    failed = [planner(*command, "-o", missing) for command in (("weekly",), ("chase",), ("calendar",))]
    assert {done.exit_code for done in failed}.isdisjoint({0, NOTHING_TO_REPORT})
    assert all(done.err.splitlines()[-1].startswith("planner: ") for done in failed)


def test_the_page_names_the_code_and_its_shell_lines_can_be_read():
    assert f"| {NOTHING_TO_REPORT} | nothing to report" in PAGE
    assert f"SuccessExitStatus={NOTHING_TO_REPORT}" in PAGE
    for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL):
        subprocess.run(["sh", "-n"], input=block, text=True, check=True)
