"""Each decision has a file in docs/decisions with a number, a line in the list there, and a place in the code."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs" / "decisions"
FILES = sorted(DECISIONS.glob("[0-9]*.md"))

CODE = ("planner", "tui", "migrations", "bench", "tests")

# A decision fits on a screen.
MOST_LINES = 30


def test_numbers_have_no_gaps_and_none_is_used_twice() -> None:
    assert [file.name[:5] for file in FILES] == [f"{number:04}-" for number in range(1, len(FILES) + 1)]


def test_the_list_has_each_decision_once_with_its_title() -> None:
    listed = [line for group in _listed() for line in group]
    titles = [file.read_text("utf-8").partition("\n")[0] for file in FILES]
    assert sorted((name, f"# {number}. {title}") for number, name, title in listed) == list(
        zip((file.name for file in FILES), titles, strict=True)
    )


def test_decisions_about_one_subject_are_listed_in_order() -> None:
    assert [group for group in _listed() if group != sorted(group)] == []


def _listed() -> list[list[tuple[str, str, str]]]:
    """Return the number, the file and the title of each line of the list, by subject."""
    groups = (DECISIONS / "README.md").read_text("utf-8").split("\n## ")
    return [re.findall(r"^- \[(\d{4})\]\((.+?)\) (.+)$", group, re.MULTILINE) for group in groups]


def test_each_decision_has_its_three_parts_and_is_short() -> None:
    assert [file.name for file in FILES if not _is_in_form(file)] == []


def _is_in_form(file: Path) -> bool:
    lines = file.read_text("utf-8").splitlines()
    headings = [line for line in lines if line.startswith("## ")]
    return headings == ["## Context", "## Decision", "## Consequences"] and len(lines) <= MOST_LINES


def test_each_decision_that_the_code_names_exists_and_each_is_named() -> None:
    """A decision that no code names can no longer be found from the line that follows it."""
    named = {number for file in _code() for number in re.findall(r"docs/decisions/(\d+)", file.read_text("utf-8"))}
    assert named == {file.name[:4] for file in FILES}


def _code() -> Iterator[Path]:
    yield ROOT / "Makefile"
    for folder in CODE:
        yield from (ROOT / folder).rglob("*.py")
