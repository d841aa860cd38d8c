"""Imports without circles, so that each module can be read, and changed, with only what it imports in mind."""

import pytest

from bench.house.figures import circles_of
from bench.house.import_circles import When
from bench.house.modules import ROOT, read_modules


@pytest.mark.more
def test_no_modules_import_each_other() -> None:
    """Not when the program starts, not inside functions, and not for types: the last counts all imports."""
    program = [module for module in read_modules(ROOT) if module.path.parts[0] in ("planner", "tui")]
    assert program
    assert circles_of(program, max(When)) == []
