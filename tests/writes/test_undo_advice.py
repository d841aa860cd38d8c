"""What is advised instead of an undo: acts and commands that exist."""

import re
from pathlib import Path

import pytest

import planner
from bench.docs.command_reference import commands
from planner.writes.undo_advice import INSTEAD, instead_of_undo

SOURCES = Path(planner.__file__).parent


def _written() -> set[str]:
    """The texts in quotes in the modules that write, without those of the advice."""
    modules = [*SOURCES.glob("writes/**/*.py"), *SOURCES.glob("mandates/*.py"), *SOURCES.glob("integrity/*.py")]
    others = (module.read_text() for module in modules if module.stem != "undo_advice")
    return {text for module in others for text in re.findall(r'"([a-z-]+)"', module)}


def test_each_action_of_the_advice_is_one_of_the_log():
    # The action of a removed part is made from the part: remove-milestone.
    parts = {"remove-milestone", "remove-indicator"}
    assert set(INSTEAD) - parts - _written() == set()


@pytest.mark.parametrize("action", INSTEAD)
def test_each_command_of_the_advice_exists(action):
    known = {name.removeprefix("planner ") for name, _ in commands()}
    named = re.findall(r"'planner ([a-z -]+?)(?: [A-Z{].*?)?'", INSTEAD[action])
    assert named or action in ("redact",)
    assert set(named) <= known


def test_the_advice_names_what_the_write_is_about():
    assert instead_of_undo({"link"}, "M1.01:old:duty-1") == (
        "Reject the link with 'planner links review M1.01:old:duty-1'"
    )
    assert instead_of_undo({"correct-clock"}, "x") == "It stays in the history. Correct it with another act"
