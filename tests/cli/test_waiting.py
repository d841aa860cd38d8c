"""A command that waits for another program says so."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from planner.store import database, dialects


@pytest.mark.usefixtures("filled")
def test_a_command_that_waits_for_another_program_says_it_once_and_not_in_its_output(
    planner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialects, "LOCK_MILLISECONDS", 1)
    monkeypatch.setattr(database, "TOLD_ATTEMPTS", 2)
    monkeypatch.setattr(database, "LOCK_ATTEMPTS", 4)
    with closing(sqlite3.connect(tmp_path / "command.sqlite", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = planner("update", "T-001", "--done", "Some.", "--format", "json")
    assert (done.exit_code, done.out) == (8, "")
    assert done.err.count("command.sqlite: another program is writing, so this waits for it. ") == 1
    assert done.err.index("so this waits") < done.err.index("nothing was written")
