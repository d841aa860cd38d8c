"""The app in the made-up language: every screen opens, its labels are translated, and its layout holds."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from bench.catalog import catalog, modules
from planner.base.language import LANGUAGE_VARIABLE, PSEUDO
from tests.tui.desk import NARROW
from tests.tui.process.pseudo_language_run import WAYS
from tui.keys.remapping import all_bindings

# A process that opens every screen takes seven seconds. In `make test`, tests/base/test_language.py reads the sources.
pytestmark = pytest.mark.more

# A letter that stands in every message of the made-up language.
WIDE_LETTER = "長"

# A word of a label that the made-up language would change. CSV, for example, has no letter that it changes.
ENGLISH = re.compile(r"\b[A-Z][a-z]{2,}\b")

LETTERS = re.compile(r"[A-Za-z]{2}")


@pytest.fixture(scope="module")
def run(told_file: Path) -> dict[str, Any]:
    """What the app shows in the made-up language, and the messages that it looked up."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.tui.process.pseudo_language_run", str(told_file)],
        env={**os.environ, LANGUAGE_VARIABLE: PSEUDO},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def shown(run: dict[str, Any]) -> dict[str, list[str]]:
    """The lines of each screen and dialog at 80x24."""
    found: dict[str, list[str]] = run["screens"]
    return found


def test_every_message_that_is_looked_up_is_in_the_catalogue(run: dict[str, Any]) -> None:
    """Else a translator would never see it, because nothing marks it as a message."""
    ids = (message.id for message in catalog(modules()))
    known = {form for one in ids for form in ([one] if isinstance(one, str) else one)}
    # Titles of columns can be symbols or digits.
    assert {message for message in run["messages"] if LETTERS.search(message)} - known == set()


def test_every_screen_and_dialog_opens_within_its_width(shown: dict[str, list[str]]) -> None:
    width, height = NARROW
    assert list(shown) == list(WAYS)
    for name, lines in shown.items():
        assert len(lines) == height, name
        assert [line for line in lines if cell_len(line) > width] == [], name


def test_no_label_of_a_footer_is_english(shown: dict[str, list[str]]) -> None:
    labels = {word for binding in all_bindings().values() for word in ENGLISH.findall(binding.description)}
    for name, lines in shown.items():
        assert not labels & set(ENGLISH.findall(lines[-1])), name


def test_every_screen_names_itself_in_the_language(shown: dict[str, list[str]]) -> None:
    assert [name for name, lines in shown.items() if WIDE_LETTER not in "".join(lines[:-1])] == []
