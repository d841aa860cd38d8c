"""A damaged file is not written to: what can be seen at a glance is looked at before each write."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from planner.base.errors import BrokenHistoryError, DatabaseUnusableError, PlannerError
from planner.store.database import Database, open_database
from tests.command import run_command
from tests.factories import report

PAGE = 4096


@pytest.fixture
def file(sqlite_register: Database) -> Path:
    """A register with a report in it, which nobody has open."""
    report(sqlite_register)
    sqlite_register.close()
    return Path(str(sqlite_register.url.database))


def pages_of(file: Path, name: str) -> list[int]:
    """The pages of a table or an index that hold its rows, the one with the last row last."""
    with closing(sqlite3.connect(file)) as connection:
        query = "SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path"
        return [page for (page,) in connection.execute(query, (name,))]


def damage(file: Path, page: int, content: bytes, at: int = 0) -> None:
    found = bytearray(file.read_bytes())
    start = (page - 1) * PAGE + at
    found[start : start + len(content)] = content
    file.write_bytes(found)


def refused(file: Path, *command: str) -> PlannerError:
    """The error of a write. Nothing of it is in the file."""
    before = file.read_bytes()
    done = run_command("--db", str(file), "update", "T-002", "--done", "Rooms found.", *command)
    assert done.exit_code in (DatabaseUnusableError.exit_code, BrokenHistoryError.exit_code), done
    assert len(done.err.splitlines()) == 1
    assert file.read_bytes() == before
    error = DatabaseUnusableError if done.exit_code == DatabaseUnusableError.exit_code else BrokenHistoryError
    return error(done.err)


@pytest.mark.parametrize("change", [-PAGE, -1, 1, PAGE, 3 * PAGE])
def test_of_another_size_than_its_header_says(file: Path, change: int) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:change] if change < 0 else content + bytes(change))

    assert "damaged" in refused(file).what


@pytest.mark.first_cases(4)
@pytest.mark.parametrize("name", ["audit_event", "status_update", "ix_audit_event_recorded_at", "person", "plan"])
@pytest.mark.parametrize("content", [bytes(PAGE), b"\xff" * PAGE], ids=["zeros", "ones"])
def test_a_page_that_is_written_to_or_looked_at(file: Path, name: str, content: bytes) -> None:
    damage(file, pages_of(file, name)[-1], content)

    refused(file)


def test_the_last_event_of_the_log(file: Path) -> None:
    """One bit of its bytes: SQLite has no checksum that would tell."""
    with closing(sqlite3.connect(file)) as connection:
        (body,) = connection.execute("SELECT body FROM audit_event ORDER BY seq DESC LIMIT 1").fetchone()
    content = file.read_bytes()
    assert content.count(body[-60:]) == 1
    file.write_bytes(content.replace(body[-60:], body[-60:-1] + bytes([body[-1] ^ 1])))

    assert "the last one in the audit log, differs from what was recorded; nothing was written" in refused(file).what


@pytest.mark.parametrize(
    "change", ["recorded_at = '2099' || substr(recorded_at, 5)", "body = CAST(body AS TEXT)", "previous_leaf = leaf"]
)
def test_a_column_of_the_last_event_that_was_changed(sqlite_register: Database, change: str) -> None:
    """Of its instant, the next event's would be later than that, for good."""
    report(sqlite_register)
    with closing(sqlite3.connect(str(sqlite_register.url.database))) as connection:
        guard = connection.execute("SELECT name FROM sqlite_master WHERE name LIKE 'guard_audit_event_u%'").fetchone()[
            0
        ]
        connection.execute(f"DROP TRIGGER {guard}")
        connection.execute(f"UPDATE audit_event SET {change} WHERE seq > 1")
        connection.commit()

    with pytest.raises(BrokenHistoryError, match="differs from what was recorded; nothing was written"):
        report(sqlite_register, "T-002")


def test_a_file_whose_log_holds_new_pages_is_sound(sqlite_register: Database) -> None:
    """Until the log is folded in, the file is smaller than the database."""
    for number in range(30):
        report(sqlite_register, done=f"Stones laid {number}. " * 40)
    file = Path(str(sqlite_register.url.database))
    other = open_database(sqlite_register.url)

    report(other, "T-002")

    with other.read_connection() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
    assert pages * PAGE > file.stat().st_size
    other.close()
