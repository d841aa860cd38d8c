"""Tests that need the official texts are a selection of their own: left out, or an error where texts are missing."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILE = "tests/mandates/test_official.py"
NO_TESTS_RAN = 5


def pytest_run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run pytest on the file, as if the official texts were looked for in a folder that has none."""
    command = [sys.executable, "-m", "pytest", "-n", "0", "-p", "no:cacheprovider", FILE, *arguments]
    environment = os.environ | {"PLANNER_SOURCES": str(folder)}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.more
def test_every_day_they_are_left_out_whole(tmp_path: Path) -> None:
    done = pytest_run(tmp_path)
    assert (done.returncode, "2 deselected" in done.stdout) == (NO_TESTS_RAN, True), done.stdout
    assert "skipped" not in done.stdout


@pytest.mark.more
def test_asked_for_they_fail_where_the_texts_are_missing_and_say_what_to_do(tmp_path: Path) -> None:
    done = pytest_run(tmp_path, "-m", "texts")
    assert (done.returncode, "2 errors" in done.stdout) == (1, True), done.stdout
    assert f"no official texts in {tmp_path}: set PLANNER_SOURCES to their folder" in done.stdout


def test_only_one_place_knows_where_the_texts_are() -> None:
    readers = {
        file.relative_to(ROOT).as_posix()
        for folder in ("tests", "bench", "planner", "tui")
        for file in (ROOT / folder).rglob("*.py")
        if re.search(r"\bos\.(environ|getenv)\W{1,2}(get\W+)?PLANNER_SOURCES", file.read_text(encoding="utf-8"))
    }
    assert readers == {"tests/conftest.py"}
