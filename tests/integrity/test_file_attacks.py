"""Attacks by somebody who has a SQLite file and may change anything in it, its schema and its pages too.

Each is made on a copy of the file, closed, and opened again as the program opens it. docs/verifying.md has the table.
"""

import shutil
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import make_url

from planner.integrity.guards import guards
from planner.integrity.problems import ProblemKind
from planner.integrity.verifying import Verdict, Verification
from planner.store.database import open_database, open_to_verify
from tests.factories import report
from tests.integrity.conftest import History, checkpoint_of, verified

K = ProblemKind
LOG_INDEX = "ix_audit_event_table_name_row_id_seq"
REPORTS_INDEX = "ix_status_update_item_id_as_of_id"

Attack = Callable[[sqlite3.Connection], None]


@pytest.fixture(scope="module")
def whole(history: History, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the register, in one file."""
    file = tmp_path_factory.mktemp("attacked") / "whole.sqlite"
    with closing(sqlite3.connect(str(history.database.url.database))) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    return file


@pytest.fixture
def file(whole: Path, tmp_path: Path) -> Path:
    """A copy to be attacked."""
    return Path(shutil.copy(whole, tmp_path / "register.sqlite"))


pytestmark = pytest.mark.parametrize("history", ["sqlite"], indirect=True, scope="module")


def found_in(file: Path, *kept: object) -> Verification:
    """What verification finds in a file that is opened as the command opens it."""
    with (
        closing(open_to_verify(make_url(f"sqlite:///{file}"))) as database,
        database.read_connection() as connection,
    ):
        return verified(connection, *kept)  # type: ignore[arg-type]


def attack(file: Path, *attacks: Attack) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for one in attacks:
            one(connection)


def run(*statements: str) -> Attack:
    def attack(connection: sqlite3.Connection) -> None:
        for statement in statements:
            connection.execute(statement)

    return attack


def unguarded(*statements: str) -> Attack:
    """Statements between lifting all guards and putting them back as they were."""
    standing = guards("sqlite")
    lifted = [f"DROP TRIGGER {guard.name}" for guard in standing]
    return run(*lifted, *statements, *(guard.definition for guard in standing))


def definition_of(connection: sqlite3.Connection, name: str) -> str:
    return str(connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0])


def redefined(name: str, before: str, after: str) -> Attack:
    """The text of a definition changed past the database."""

    def attack(connection: sqlite3.Connection) -> None:
        sql = definition_of(connection, name)
        assert before in sql
        write_definition(connection, name, sql.replace(before, after, 1))

    return attack


def write_definition(connection: sqlite3.Connection, name: str, sql: str) -> None:
    run("PRAGMA writable_schema = ON")(connection)
    connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (sql, name))
    (version,) = connection.execute("PRAGMA schema_version").fetchone()
    run(f"PRAGMA schema_version = {version + 1}", "PRAGMA writable_schema = OFF")(connection)


def leaving_out(index: str, condition: str, *, hidden: bool) -> Attack:
    """An index made again without some rows; `hidden`: with its old definition put back over it."""

    def attack(connection: sqlite3.Connection) -> None:
        sql = definition_of(connection, index)
        run(f"DROP INDEX {index}", f"{sql} WHERE NOT ({condition})")(connection)
        if hidden:
            write_definition(connection, index, sql)

    return attack


def swapped_roots(one: str, other: str) -> Attack:
    """Two indexes of one table, each standing where the other stood."""

    def attack(connection: sqlite3.Connection) -> None:
        pages = dict(connection.execute("SELECT name, rootpage FROM sqlite_master WHERE name IN (?, ?)", (one, other)))
        run("PRAGMA writable_schema = ON")(connection)
        for name, page in ((one, pages[other]), (other, pages[one])):
            connection.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = ?", (page, name))
        run("PRAGMA writable_schema = OFF")(connection)

    return attack


def without_row_numbers(table: str) -> Attack:
    """A table made again in another way, its rows as they were."""

    def attack(connection: sqlite3.Connection) -> None:
        sql = definition_of(connection, table)
        run(
            f"CREATE TEMP TABLE kept AS SELECT * FROM {table}",
            f"DROP TABLE {table}",
            f"{sql} WITHOUT ROWID",
            f"INSERT INTO {table} SELECT * FROM kept",
        )(connection)

    return attack


DELETE_REPORT_3 = unguarded("DELETE FROM status_update WHERE id = 3")
# A partial index may hold no subquery, so the row is named by its number.
REPORT_3 = "table_name = 'status_update' AND row_id = 3"
TITLE_EDITS = "table_name = 'item' AND action = 'edit'"
UNDO_EDITS = unguarded("UPDATE item SET title = 'Paint the lights of the harbour' WHERE code = 'T-002'")

ATTACKS: dict[str, tuple[list[Attack], set[ProblemKind]]] = {
    "a-report-deleted-and-the-log's-index-leaves-it-out": (
        [DELETE_REPORT_3, leaving_out(LOG_INDEX, REPORT_3, hidden=False)],
        {K.SCHEMA, K.MISSING},
    ),
    "the-same-under-the-index's-old-definition": (
        [DELETE_REPORT_3, leaving_out(LOG_INDEX, REPORT_3, hidden=True)],
        {K.DAMAGE, K.MISSING},
    ),
    "an-edit-undone-and-left-out-of-the-index": (
        [UNDO_EDITS, leaving_out(LOG_INDEX, TITLE_EDITS, hidden=True)],
        {K.DAMAGE, K.CHANGED},
    ),
    "an-index-hides-a-report-from-every-screen": ([leaving_out(REPORTS_INDEX, "id = 3", hidden=True)], {K.DAMAGE}),
    "an-index-hides-a-report-openly": ([leaving_out(REPORTS_INDEX, "id = 3", hidden=False)], {K.SCHEMA}),
    "two-indexes-change-places": (
        [swapped_roots("ix_audit_event_recorded_at", "ix_audit_event_write_id")],
        {K.DAMAGE},
    ),
    "a-table-replaced-by-a-view-that-depends-on-the-clock": (
        [
            run(
                "PRAGMA legacy_alter_table = ON",
                "ALTER TABLE person RENAME TO people",
                "CREATE VIEW person AS SELECT * FROM people WHERE julianday('now') > 0 OR role = 'manager'",
            )
        ],
        {K.SCHEMA, K.DAMAGE},
    ),
    "an-instant-with-a-T": (
        [unguarded("UPDATE status_update SET recorded_at = replace(recorded_at, ' ', 'T') WHERE id = 2")],
        {K.VALUE},
    ),
    "an-instant-of-the-log-with-a-T": (
        [unguarded("UPDATE audit_event SET recorded_at = replace(recorded_at, ' ', 'T') WHERE seq = 9")],
        {K.VALUE, K.COPY},
    ),
    "an-instant-as-bytes": (
        [unguarded("UPDATE status_update SET recorded_at = CAST(recorded_at AS BLOB) WHERE id = 2")],
        {K.VALUE},
    ),
    "a-text-as-bytes": ([run("UPDATE item SET title = CAST(title AS BLOB) WHERE code = 'T-001'")], {K.VALUE}),
    "a-date-as-bytes": (
        [run("UPDATE item SET baseline_due = CAST(baseline_due AS BLOB) WHERE code = 'T-001'")],
        {K.VALUE},
    ),
    "a-document-with-blanks": (
        [unguarded("UPDATE weekly_issue SET sections = sections || ' '")],
        {K.VALUE},
    ),
    "another-collation": ([redefined("person", "login VARCHAR(64)", "login VARCHAR(64) COLLATE NOCASE")], {K.SCHEMA}),
    "a-check-taken-out": (
        [redefined("status_update", "percent >= 0 AND percent <= 100", "percent >= 0")],
        {K.SCHEMA},
    ),
    "another-default": ([redefined("status_update", "DEFAULT false", "DEFAULT true")], {K.SCHEMA}),
    "a-generated-column": (
        [
            run(
                "ALTER TABLE goal RENAME COLUMN title TO kept",
                "ALTER TABLE goal ADD COLUMN title TEXT GENERATED ALWAYS AS (kept || '')",
            )
        ],
        {K.SCHEMA},
    ),
    "a-table-without-row-numbers": (
        [without_row_numbers("goal")],
        {K.SCHEMA},
    ),
    "a-unique-index-that-stops-reports": (
        [run("CREATE UNIQUE INDEX once ON status_update (item_id, percent) WHERE percent > 90")],
        {K.SCHEMA},
    ),
    "an-index-on-an-expression": ([run("CREATE INDEX folded ON item (lower(title))")], {K.SCHEMA}),
    "a-sequence-table": ([run("CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT)")], {K.SCHEMA}),
    "a-reference-to-nothing": (
        [run("UPDATE item SET measure_id = 999 WHERE code = 'T-001'")],
        {K.DAMAGE, K.CHANGED},
    ),
}


@pytest.mark.first_cases(9)
@pytest.mark.parametrize("name", ATTACKS)
def test_what_was_made_of_the_file_is_named(file, name):
    done, kinds = ATTACKS[name]
    attack(file, *done)
    found = found_in(file)
    assert set(found.counts) == kinds, found.problems
    assert found.verdict is Verdict.BROKEN


def test_the_copy_itself_is_sound(file):
    assert found_in(file).problems == ()


def test_a_list_of_free_pages_that_was_changed_is_named(file):
    content = bytearray(file.read_bytes())
    content[36:40] = struct.pack(">I", 7)
    file.write_bytes(content)
    assert set(found_in(file).counts) == {K.DAMAGE}


def test_a_changed_write_ahead_log_cuts_the_end_off_and_only_a_checkpoint_tells(history, file, tmp_path):
    """SQLite drops all that follows the first page in it that does not check, as after a power cut."""
    attack(file, run("PRAGMA journal_mode = WAL"))
    victim = tmp_path / "victim.sqlite"
    database = open_database(make_url(f"sqlite:///{file}"))
    report(database, "T-001", percent=80, as_of=date(2020, 5, 6))
    with database.reading() as session:
        kept = checkpoint_of(session, history.key)
    for end in ("", "-wal"):
        shutil.copy(f"{file}{end}", f"{victim}{end}")
    database.close()
    assert found_in(victim, kept).verdict is Verdict.ANCHORED
    log = Path(f"{victim}-wal")
    changed = bytearray(log.read_bytes())
    changed[len(changed) // 2] ^= 1
    log.write_bytes(changed)
    cut = found_in(victim)
    assert (cut.events, cut.verdict) == (kept.checkpoint.size - 1, Verdict.CHAINED)
    assert set(found_in(victim, kept).counts) == {K.CHECKPOINT}
