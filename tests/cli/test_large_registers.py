"""What is asked about one item, or done with it, costs the same however many items there are."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from planner.store.database import Database
from tests.chasing.factories import make_a_demonstration

# Commands about one thing. Each is run after those above it.
COMMANDS = [
    ["show", "T-001"],
    ["show", "T-001", "--course"],
    ["trace", "T-001"],
    ["log", "T-001"],
    ["links", "show", "M1.01:old:duty-1"],
    ["links", "list", "M1.01"],
    ["links", "review", "M1.01:old:duty-1", "--accept", "--yes"],
    ["milestone", "T-002", "1", "--met", "2020-03-12", "--yes"],
    ["due", "T-001", "--move", "2020-12-18", "--reason", "Fog.", "--yes"],
    ["assess", "T-001", "--rating", "amber", "--reason", "It is late."],
    ["item", "edit", "T-001", "--title", "Mend the west quay", "--reason", "Agreed."],
    ["update", "T-001", "--phase", "in_progress", "--done", "The site was chosen.", "--as-of", "2020-03-20"],
    ["undo", "--yes"],
]

# The tables with rows for each item or report.
GROWING = (
    "assessment|audit_event|date_change|indicator|item|milestone|milestone_report|observation"
    "|responsibility|status_update|target"
)
# A step that reads a whole table or plan. A number after a name marks a second use of the table in a statement.
READS_ALL = re.compile(rf"SCAN ({GROWING})(_\d+)?\b|SEARCH item(_\d+)? .*\(plan_id=\?\)")


def _analyzed_as_if_large(file: Path) -> None:
    """Let SQLite know of the items what it would know if there were a thousand times as many.

    A column with one value in all rows still has one value in all rows.
    """
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("ANALYZE item")
        for row, counts in connection.execute("SELECT rowid, stat FROM sqlite_stat1").fetchall():
            rows, *per_value = counts.split()
            larger = [f"{rows}000" if number == rows else number for number in (rows, *per_value)]
            connection.execute("UPDATE sqlite_stat1 SET stat = ? WHERE rowid = ?", (" ".join(larger), row))


@contextmanager
def _steps() -> Iterator[list[tuple[str, str]]]:
    """Collect the steps in which SQLite carries out each statement that is sent, with the statement."""
    found: list[tuple[str, str]] = []

    def explain(*told: Any) -> None:
        connection, statement, values = told[0].connection.driver_connection, *told[2:4]
        if statement.startswith(("SELECT", "WITH")):
            steps = [row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}", values)]
            # The first row in the order of an index is found without reading the others.
            reads_first = statement.endswith("LIMIT ? OFFSET ?") and not any("TEMP B-TREE" in step for step in steps)
            found.extend((step, statement) for step in steps if not reads_first)

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", explain)


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("analyzed", [False, True], ids=["new", "analyzed"])
def test_commands_about_one_thing_read_no_whole_table_of_what_grows(filled: Database, planner, tmp_path, analyzed):
    if analyzed:
        _analyzed_as_if_large(tmp_path / "command.sqlite")
    for words in COMMANDS:
        with _steps() as steps:
            done = planner(*words)
        assert done.exit_code == 0, (words, done.err)
        assert [step for step in steps if READS_ALL.match(step[0])] == [], words
        assert steps
    with _steps() as steps:
        assert planner("show", "T-001").exit_code == 0
    # Whether an act changed the plan after the day.
    assert any("item_change USING COVERING INDEX ix_item_change_as_of" in step for step, _ in steps)


def test_acting_as_the_only_person_with_a_role_reads_no_items(filled: Database, planner):
    """The items of each organisation are counted only to choose among several people."""
    make_a_demonstration(filled, date(2020, 9, 18))
    with _steps() as steps:
        assert planner("--as", "manager", "whoami").exit_code == 0
    assert [step for step in steps if READS_ALL.match(step[0])] == []
