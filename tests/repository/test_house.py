"""The figures of `make house`, counted in a small tree whose figures are known."""

import subprocess
from pathlib import Path

import pytest

from bench.house.__main__ import table
from bench.house.figures import figures
from bench.house.modules import Module, read_modules, read_revision
from bench.house.unused_names import unused_names

TREE = {
    "planner/__init__.py": '"""The package."""\n',
    # At run time: first → second → third → first.
    "planner/first.py": "from planner import second\n\n\nclass Twice:\n    pass\n",
    "planner/second.py": "from .third import one\n\n\nclass Twice:\n    pass\n",
    "planner/third.py": '"""Documented."""\nimport planner.first\n\n\ndef one():\n    return 1\n',
    # Through a function: reads ↔ writes.
    "planner/store/reads.py": "def read(session, plan, a, b, c, d):\n    from planner.store import writes\n",
    "planner/store/writes.py": "import planner.store.reads\n\n\ndef _told(a):\n    return a.value\n",
    # For types only: app ↔ screen.
    "tui/app.py": "from tui.screens.reads import Screen\n\n\ndef _told(a):\n    return a.values()\n",
    "tui/screens/reads.py": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from tui.app import App\n\n\nclass Screen: ...\n"
    ),
    "tui/screens/writes.py": (
        'def deep(rows):\n    """Documented.\n\n    In three lines.\n    """\n'
        "    for row in rows:\n        if row:\n            return 1\n        elif rows:\n"
        "            return 2\n    return tr('What was said before')\n\n\ndef _told(): ...\n"
    ),
    "planner/messages.py": "TEXT = 'give --percent or --phase now'\nOTHER = f'{TEXT} of which none is told'\n",
    "planner/cli/main.py": "TEXT = '--percent'\n",
    "tests/test_first.py": "def test_first(): ...\n",
    "build/copy.py": "import planner\n",
    ".venv/lib.py": "import planner\n",
}


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tree")
    for name, text in TREE.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def found(tree: Path) -> dict[str, str]:
    return figures(read_modules(tree))


def test_files_are_counted_apart_from_tests_and_built_ones(found: dict[str, str]) -> None:
    assert (found["files outside tests"], found["files in tests"]) == ("11", "1")
    assert found["lines in tests"] == "1"
    assert found["largest folders"].split(", ")[0] == "planner 5"


def test_circles_are_counted_in_three_ways(found: dict[str, str]) -> None:
    assert found["import circles at run time"] == "1 of 3 modules"
    assert found["… imports in functions counted"] == "2 of 5 modules"
    assert found["… and imports for types only"] == "3 of 7 modules"


def test_functions_are_measured_without_their_docstrings(found: dict[str, str]) -> None:
    sizes = {"one": 2, "read": 2, "_told": 2, "_told in the app": 2, "_told on a screen": 1, "deep": 7}
    assert found["functions"] == str(len(sizes))
    assert found["function lines, median"] == "2"
    assert found["function lines, longest"] == str(max(sizes.values()))
    # A loop with an `if` in it; its `elif` is no deeper.
    assert found["deepest nesting"] == "2"
    # Two of the eleven modules, none of the three classes, and one of the three public functions.
    assert found["public parts with a docstring"] == f"{100 * 3 / 17:.0f}%"


def test_names_that_several_modules_have_are_counted(found: dict[str, str]) -> None:
    assert found["public names in several modules"] == "1"
    assert found["private names in three modules or more"] == "1"
    # reads and writes are in one folder of planner, and in one folder of tui.
    assert found["file names in several folders of a package"] == "0"


def test_public_names_that_only_tests_use_are_named() -> None:
    tree = {
        "planner/__init__.py": "",
        "planner/parts/__init__.py": "from planner.parts.making import passed_on, passed_on_in_vain\n",
        "planner/parts/making.py": (
            "from dataclasses import dataclass\n"
            "def passed_on(): ...\ndef passed_on_in_vain(): ...\ndef recursive():\n    recursive()\n"
            "def read_as_attribute(): ...\ndef in_a_string(): ...\n@group.command('x')\ndef registered(): ...\n"
            "class Quoted: ...\nclass Documented: ...\ndef _private(): ...\n@dataclass\nclass Unused: ...\n"
            "def here(part):\n    'Documented: a word in a text.'\n    return cast('Quoted', part)\n"
        ),
        "planner/parts/using.py": (
            "from planner.parts import making, passed_on\nmaking.read_as_attribute()\nmaking.here()\n"
        ),
        "bench/run.py": "COMMAND = 'planner.parts.making:in_a_string'\ndef not_looked_at(): ...\n",
    }
    modules = [Module(Path(name), text) for name, text in tree.items()]
    found = unused_names(modules, {"planner"})
    making = "planner.parts.making"
    assert found == [f"{making}.{name}" for name in ("passed_on_in_vain", "recursive", "Documented", "Unused")]
    assert figures(modules)["public names that only tests use"] == f"4: {', '.join(found)}"


def test_habits_and_words_are_counted(found: dict[str, str]) -> None:
    assert found["`.value` in planner"] == "1"
    assert found["option names in strings below the edges"] == "2"
    assert found["functions of over 5 parameters with session and plan"] == "1"
    assert (found["the word 'told'"], found["the word 'said'"], found["the word 'of which'"]) == ("1", "1", "1")
    assert (found["sentences in strings"], found["… through tr or tr_count"]) == ("2", "50%")


def test_a_revision_stands_next_to_the_files_as_they_are_now(tree: Path, found: dict[str, str]) -> None:
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "planner"], ["commit", "-q", "-m", "All but the app"]):
        subprocess.run([*git, *command], cwd=tree, check=True)
    before = figures(read_revision("HEAD", tree))
    lines = list(table({"before": before, "now": found}))
    assert lines[0] == "|  | before | now |"
    assert "| files outside tests | 8 | 11 |" in lines
