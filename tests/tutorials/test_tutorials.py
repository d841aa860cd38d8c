"""Each tutorial does and shows what it says: its commands, their output and its keys are taken from the page."""

import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.command import CommandResult, run_command
from tests.plans.test_messy_workbook import require_shown
from tests.tui.desk import close_doors, desk, door_to
from tests.weekly.test_in_english import undrawn

TUTORIALS = Path(__file__).parents[2] / "docs" / "tutorials"
PAGES = sorted(TUTORIALS.glob("*.md"))
REGISTER = "lesson.sqlite"
DAY = date(2020, 7, 3)


def blocks(page: Path) -> list[tuple[str, str]]:
    """The blocks of commands and of output of a page, in order."""
    return re.findall(r"^```(sh|text)\n(.*?)^```", page.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


def keys(page: Path) -> list[tuple[str, str]]:
    """The keys to press in the app, each with the words that are on the screen then."""
    return re.findall(r"^\| `(.+?)` \| (.+?) \|$", page.read_text(encoding="utf-8"), re.MULTILINE)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration that all tutorials begin with, made once by the command of the first: tests copy it."""
    file = tmp_path_factory.mktemp("lesson") / REGISTER
    command = next(line for _, block in blocks(PAGES[0]) for line in block.splitlines() if " demo " in line)
    assert command.startswith(f"planner --db {REGISTER} demo --as-of {DAY} ")
    assert run_command(*shlex.split(command.replace(REGISTER, str(file)))[1:]).exit_code == 0
    return file


@pytest.fixture
def lesson(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An own folder with the demonstration."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLANNER_DB", raising=False)
    monkeypatch.setattr("planner.weekly.page.vega_lite.rendered", undrawn)
    shutil.copy(made, tmp_path)
    yield tmp_path
    close_doors()


def type_line(line: str, monkeypatch: pytest.MonkeyPatch) -> CommandResult:
    """Do what a shell does with a line of a tutorial. The comment on a line may announce its exit code."""
    name, *arguments = shlex.split(line, comments=True)
    if name == "export":
        monkeypatch.setenv(*arguments[0].split("="))
        return CommandResult(0, "", "", b"")
    assert name == "planner", line
    result = run_command(*arguments)
    announced = re.search(r"# exit code (\d+)", line)
    assert result.exit_code == (int(announced[1]) if announced else 0), (line, result.err)
    return result


@pytest.mark.more
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
async def test_a_tutorial_can_be_followed(page: Path, lesson: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = ""
    for kind, block in blocks(page):
        if kind == "sh":
            printed = "".join(type_line(line, monkeypatch).out for line in block.splitlines())
        else:
            require_shown(block, printed)
    async with desk(door_to(lesson / REGISTER, DAY, acting_as=page.stem), (160, 50)) as seat:
        for key, words in keys(page):
            await seat.press({"?": "question_mark", "esc": "escape"}.get(key, key))
            assert seat.lines[0].partition("│")[2].split("  ")[0].strip() == words, (key, seat.text)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_tutorial_takes_ten_minutes_and_begins_as_the_others(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    steps = re.findall(r"^## (\d)\. .* \((\d) minutes?\)$", text, re.MULTILINE)
    assert [int(number) for number, _ in steps] == list(range(1, len(steps) + 1))
    assert sum(int(minutes) for _, minutes in steps) == 10
    assert blocks(page)[0][1] == (
        f"export PLANNER_DB={REGISTER}\nplanner --db {REGISTER} demo --as-of {DAY} --as {page.stem}\n"
    )
    assert keys(page)


def test_there_is_a_tutorial_for_each_person_and_the_readme_names_it() -> None:
    assert {page.stem for page in PAGES} == {"auditor", "manager", "officer"}
    readme = (TUTORIALS.parents[1] / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in PAGES if f"docs/tutorials/{page.name}" not in readme] == []
